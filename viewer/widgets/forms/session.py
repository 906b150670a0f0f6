"""One form from its opening to its end: its draft, what others do meanwhile, and its saving."""

from __future__ import annotations

from abc import abstractmethod
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from db.errors import AllianceError
from viewer.widgets.forms.draft_keeper import DraftKeeper
from viewer.words.dates import moment_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from db.records import Language
    from viewer.document import Document
    from viewer.edits.edit import Edit
    from viewer.widgets.forms.draft_keeper import Keepable
    from viewer.widgets.forms.drafts import DraftStore
    from viewer.widgets.forms.event_fields import Wrong
    from viewer.widgets.forms.form_panel import FormPanel, Notice

Draft = TypeVar("Draft")
Read = TypeVar("Read", covariant=True)


class Filling(Protocol[Read]):
    """The fields of a form, as they are read when it is saved."""

    def refresh_choices(self) -> None: ...
    def typed(self) -> Read: ...
    def settle(self) -> None: ...
    def wrong(self) -> list[Wrong]: ...
    def draft(self) -> Read: ...


class Kept(Protocol[Read]):
    """A draft that is gone on with: `time` is UTC as the log writes it."""

    @property
    def time(self) -> str: ...
    @property
    def typed(self) -> Read: ...
    @property
    def pending(self) -> Mapping[str, str]: ...


_NOTHING: Mapping[str, str] = MappingProxyType({})


class FormSession(QObject, Generic[Draft]):
    """`saved` tells the edit that was written and the draft that it was made from; `left` and
    `discarded` that the form's user is through."""

    saved = Signal(object, object)
    left = Signal()
    discarded = Signal()

    def __init__(
        self,
        document: Document,
        form: FormPanel,
        fields: Filling[Draft],
        resumed: Kept[Draft] | None,
    ) -> None:
        super().__init__(form)
        self._document, self.panel, self._filling = document, form, fields
        self._resumed = resumed
        self._keeper: DraftKeeper
        self._stored: Draft
        self._base: Draft

    def _begin(
        self, stored: Draft, store: DraftStore, key: str, pack: Callable[[Any], bytes]
    ) -> None:
        """Fills the fields with what the file has and with the draft that is gone on with; from
        then on changes are by hand, and kept. `stored` may be how a new one begins."""
        form = self.panel
        self._show(stored)
        if self._resumed is not None:
            self._fill(self._resumed.typed, self._resumed.pending)
        form.show_touched(self._resumed is not None)
        self._keeper = DraftKeeper(store, key, self._look, self, pack)
        self._keeper.failed.connect(form.show_draft_fault)
        form.changed.connect(self._on_touched)
        form.save_asked.connect(self.save)
        form.leave_asked.connect(self.left)
        form.discard_asked.connect(self.discarded)

    @property
    def key(self) -> str:
        """The name of its draft."""
        return self._keeper.key

    def _show(self, stored: Draft) -> None:
        """Shows what the file has."""
        self._fill(stored, _NOTHING)
        # The same as the fields have it: what is compared with it later comes from them too.
        self._stored, self._base = stored, self._filling.typed()

    @abstractmethod
    def _fill(self, draft: Draft, pending: Mapping[str, str]) -> None:
        """Has the fields show a draft, and what stood in those that take their text on Enter."""

    @abstractmethod
    def _look(self, time: str) -> Keepable:
        """What the form holds just now."""

    @abstractmethod
    def _what_others_did(self) -> list[Notice]:
        """What is to be said of it. Raises as `Document.rows_about` does."""

    @abstractmethod
    def _edit(self, draft: Draft) -> Edit:
        """What saving does. Raises what keeps it from being done."""

    def _on_touched(self) -> None:
        self._keeper.touched()
        self.panel.show_touched(True)

    # What others do meanwhile

    def follow(self) -> None:
        """The file was changed by somebody else, or by undo."""
        self._filling.refresh_choices()
        self._look_for_others()

    def _look_for_others(self) -> None:
        """Says in the form what others did to what it is on; a form that nobody has touched simply
        shows it as it is by now."""
        notices: list[Notice] = []
        if self._resumed is not None:
            notices.append(("form.resumed", {"when": self._when}))
        try:
            notices += self._what_others_did()
        except AllianceError:
            # The file is being written or was taken away: saving will say so.
            return
        self.panel.show_notices(notices)

    def _when(self, language: Language) -> str:
        assert self._resumed is not None
        return moment_words(self._resumed.time, language)

    # Its end

    def save(self) -> None:
        """Writes what the form has; what keeps it from being written is said in the form."""
        form = self.panel
        form.commit_typing()
        self._filling.settle()
        if wrong := self._filling.wrong():
            form.show_wrong(wrong)
            return
        draft = self._filling.draft()
        try:
            edit = self._edit(draft)
            self._document.apply(edit, self)
        except AllianceError as error:
            self._keeper.flush()
            self._tell_refusal(error)
            return
        self.forget()
        self.saved.emit(edit, draft)

    def _tell_refusal(self, error: AllianceError) -> None:
        self.panel.show_fault(error)

    def flush(self) -> Literal["kept", "nothing", "failed"]:
        """Puts what is typed on the disk."""
        self.panel.commit_typing()
        return self._keeper.flush()

    def forget(self) -> None:
        """What was typed is no longer wanted as a draft."""
        self._keeper.forget()
