"""What a quote is evidence for: an event or stage found as one types, or an event that is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal

from viewer.widgets.parts.suggesting import Offer, SuggestField
from viewer.words import t
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.records import Bilingual, Language, Ref

UNDECIDED: Ref = ("", 0)
"""Neither something that is there nor an event that is to be made."""


class FoundTarget(NamedTuple):
    """An event or stage on offer; `edtf` is its date, where it has one, `signs` are those of what
    is doubtful about it."""

    ref: Ref
    title: Bilingual
    edtf: str | None
    signs: str = ""


class TargetField(SuggestField):
    """`target` is a Ref, None for the new event, or `UNDECIDED`. `find` gives what fits a text,
    `may_make` tells whether a new event may be made for it; `named` tells its title."""

    named = Signal(str)
    decided = Signal()

    def __init__(
        self,
        key: str,
        find: Callable[[str], Sequence[FoundTarget]],
        may_make: Callable[[], bool],
    ) -> None:
        super().__init__(key)
        self._find, self._may_make = find, may_make
        self._found: FoundTarget | None = None
        self.target: Ref | None = UNDECIDED
        self.line.entered.connect(self._on_entered)

    def fill(self, target: Ref | None, found: FoundTarget | None = None, typed: str = "") -> None:
        """`found` is what the target is called, `typed` what stands in the line without one."""
        self.target, self._found = target, found
        self.line.fold()
        self.line.setText(found.title.text(self.language) if found else typed)
        self.line.setCursorPosition(0)
        self.show_wrong(None)

    @property
    def pending(self) -> str:
        """What was typed and is not decided yet."""
        return self.line.text().strip() if self.target == UNDECIDED else ""

    def settle(self) -> None:
        """Takes what stands ready to be taken."""
        if self.target == UNDECIDED:
            self.line.take_highlighted()

    def _offers(self, text: str) -> list[Offer]:
        found = [Offer(self._words(each), each) for each in self._find(text)]
        if self._may_make():
            key = "quoting.target.make" if text else "quoting.target.make-untitled"
            found.append(Offer(t(key, self.language, title=text), text))
        return found

    def _words(self, found: FoundTarget) -> str:
        """What tells it from others of a like title comes first: a long title is cut."""
        title = f"{found.signs} {found.title.text(self.language)}".strip()
        if found.ref[0] == "stage":
            return f"{t('quoting.target.stage', self.language)} · {title}"
        return f"{edtf_words(found.edtf, self.language)} · {title}" if found.edtf else title

    def _on_picked(self, offer: Offer) -> None:
        found = offer.data
        if isinstance(found, FoundTarget):
            self.fill(found.ref, found)
        else:
            self._make(str(found))
        self.touched()
        self.decided.emit()

    def _on_entered(self, text: str) -> None:
        if self._may_make():
            self._make(text)
            self.touched()
            self.decided.emit()

    def _make(self, title: str) -> None:
        self.fill(None, typed=title)
        self.named.emit(title)

    def _on_edited(self) -> None:
        # Another text is something else, or nothing yet.
        self.target, self._found = UNDECIDED, None
        self.touched()

    def hint(self) -> str:
        if self.target is None:
            return t("quoting.target.new", self.language)
        if self._found is None:
            return t("quoting.target.how", self.language)
        if self._found.ref[0] == "stage":
            return t("quoting.target.is-stage", self.language)
        if not self._found.edtf:
            return t("quoting.target.is-event", self.language)
        date = edtf_words(self._found.edtf, self.language)
        return t("quoting.target.is-event-of", self.language, date=date)

    def retext(self, language: Language) -> None:
        super().retext(language)
        self.line.setPlaceholderText(t("quoting.target.find", language))
        if self._found is not None:
            self.fill(self.target, self._found)
