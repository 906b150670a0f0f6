"""One document on its way into the file: read in a process of its own, asked about, described."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from viewer.widgets.parts.steps import Steps, Stopped
from viewer.widgets.sources.seeking import seek
from viewer.words import explain, t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from db.details import SourceRow
    from db.errors import AllianceError
    from db.records import Source
    from viewer.document import Document
    from viewer.edits.edit import Edit
    from viewer.edits.sources import SourceDraft
    from viewer.sources.records import ReadDocument
    from viewer.widgets.forms.editing import Editing
    from viewer.widgets.sources.source_form import SourceForm
    from viewer.widgets.sources.source_questions import Question
    from viewer.widgets.state import ViewState

_LONGEST = 80  # characters of a pasted text's first line that are its title


@dataclass(frozen=True, slots=True)
class Brought:
    """What was chosen, dropped (`path`) or pasted (`data`, of a `kind` that is known then), and
    what was answered about it."""

    name: str
    path: Path | None = None
    data: bytes = b""
    kind: str | None = None
    encoding: str | None = None
    password: str | None = None


class BringingOne(QObject):
    """`ended` tells that it is done with: the id of the source that is to be shown, None for
    none; before it, `stored` the id of a new source, and `stopped` that what waits is not wanted
    either."""

    ended = Signal(object)
    stored = Signal(object)
    stopped = Signal()

    def __init__(
        self,
        document: Document,
        state: ViewState,
        editing: Editing,
        window: QWidget,
        brought: Brought,
        place: tuple[int, int],
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._editing = document, state, editing
        self._window, self._brought, self._place = window, brought, place
        self._stored: tuple[SourceRow, ...] = ()
        self._data = b""

    # Reading

    def read(self) -> None:
        """Reads it beside the window, under a box that can stop it."""
        from viewer.widgets.parts.progress import working

        language = self._state.language
        self._stored = self._document.sources()
        working(
            self._window,
            t("bringing.reading", language, name=self._brought.name),
            t("button.cancel", language),
            self._job,
            done=lambda found: self._soon(lambda: self._on_read(found)),
            failed=lambda error: self._soon(lambda: self._on_fault(error)),
            stopped=self._on_stopped,
        )

    def _job(self, steps: Steps) -> SourceRow | ReadDocument:
        """In a thread: the stored source that it is already, or what was read."""
        from viewer.edits.sources import same
        from viewer.sources import worker
        from viewer.sources.files import bytes_of
        from viewer.sources.kinds import kind_of
        from viewer.sources.records import Asked

        brought = self._brought
        data = brought.data
        if brought.path is not None:
            data = bytes_of(brought.path, worker.Limits().bytes)
        self._data = data
        if there := same(data, self._stored):
            return there
        kind = kind_of(brought.name, data, brought.kind)
        asked = Asked(kind, brought.name, brought.encoding, brought.password)
        try:
            return worker.read(data, asked, steps, lambda: steps.stopped)
        except worker.ReadingCancelled:
            raise Stopped from None

    def _soon(self, then: Callable[[], object]) -> None:
        """Once the box before is away: two boxes over each other lose the keyboard."""
        QTimer.singleShot(0, self, then)

    def _on_stopped(self) -> None:
        self.stopped.emit()
        self.ended.emit(None)

    # What it came to

    def _on_fault(self, error: AllianceError) -> None:
        from viewer.widgets.parts.messages import warning_box
        from viewer.widgets.sources.source_questions import ask_encoding, ask_password

        language, name = self._state.language, self._brought.name
        candidates = error.fields.get("candidates")
        if error.code == "source.encoding" and isinstance(candidates, list) and candidates:
            self._begin(ask_encoding(name, candidates, language, self._window, self._read_in))
        elif error.code in ("source.encrypted", "source.password"):
            wrong = error.code == "source.password"
            self._begin(ask_password(name, language, self._window, self._read_with, wrong=wrong))
        else:
            text = t("bringing.refused", language, name=name, reason=explain(error, language))
            box = warning_box(self._window, text, language)
            box.finished.connect(lambda _: self._soon(lambda: self.ended.emit(None)))
            box.open()

    def _begin(self, question: Question) -> None:
        question.rejected.connect(lambda: self._soon(lambda: self.ended.emit(None)))
        question.begin()

    def _read_in(self, encoding: str) -> None:
        self._brought = replace(self._brought, encoding=encoding)
        self._soon(self.read)

    def _read_with(self, password: str) -> None:
        self._brought = replace(self._brought, password=password)
        self._soon(self.read)

    def _on_read(self, found: SourceRow | ReadDocument) -> None:
        from db.details import SourceRow

        if isinstance(found, SourceRow):
            self._tell_same(found)
        elif any(each.code == "no-text" for each in found.warnings):
            self._ask_whether_to_keep(found)
        else:
            self._describe(found)

    def _tell_same(self, there: SourceRow) -> None:
        """The same file again is not stored twice; the stored one can be opened."""
        language = self._state.language
        title = there.title.text(language)
        text = t("bringing.same", language, name=self._brought.name, title=title)
        self._ask(text, t("bringing.same.open", language), lambda: self.ended.emit(there.id))

    def _ask_whether_to_keep(self, found: ReadDocument) -> None:
        language = self._state.language
        text = t("bringing.no-text", language, name=self._brought.name, pages=len(found.places))
        self._ask(text, t("bringing.no-text.keep", language), lambda: self._describe(found))

    def _ask(self, text: str, yes: str, then: Callable[[], object]) -> None:
        from viewer.widgets.parts.messages import ask

        agreed: list[bool] = []
        box = ask(self._window, text, yes, self._state.language, lambda: agreed.append(True))
        # The button is told before the box: whether it was pressed is known once that has gone.
        box.finished.connect(
            lambda _: self._soon(lambda: then() if agreed else self.ended.emit(None))
        )

    # What is said of it

    def _describe(self, found: ReadDocument) -> None:
        from viewer.edits.sources import draft_of
        from viewer.widgets.sources.source_form import SourceForm

        draft = draft_of(found, self._title(found))
        if found.dated_by == "properties":
            # When the file was made is no date to reckon "last October" by.
            draft = replace(draft, edtf="")
        made: list[int] = []
        form = SourceForm(
            self._brought.name,
            found,
            draft,
            self._stored,
            self._state.language,
            self._window,
            write=lambda typed: self._write(found, typed, form, made),
            older=self._source,
            place=self._place,
        )
        form.rejected.connect(lambda: self.stopped.emit() if form.leaves_rest else None)
        form.finished.connect(
            lambda _: self._soon(lambda: self.ended.emit(made[0] if made else None))
        )
        form.begin()

    def _title(self, found: ReadDocument) -> str:
        """A document without a title has that of its file, a pasted one its first line."""
        if self._brought.path is not None:
            return PurePath(self._brought.name).stem
        from viewer.sources.text import first_line

        return first_line(found.text, _LONGEST) or self._brought.name

    def _source(self, ident: int) -> Source:
        return self._document.source(ident).source

    def _write(
        self, found: ReadDocument, typed: SourceDraft, form: SourceForm, made: list[int]
    ) -> bool:
        """Raises what `added` raises; a fault of the file is told in a box. A newer edition is
        stored once it was searched for the quotes of the older: until then the form stays."""
        from viewer.edits.sources import added

        edit = added(found, typed, self._data, self._document.sources())
        if typed.supersedes_id is None:
            return self._apply(edit, made)

        def done(searched: Edit) -> None:
            if self._apply(searched, made):
                form.forget()
                form.accept()

        title, older = typed.title.text(form.language), typed.supersedes_id
        seek(self._document, edit, found.text, title, older, form, form.language, done)
        return False

    def _apply(self, edit: Edit, made: list[int]) -> bool:
        if not self._editing.apply(edit):
            return False
        assert edit.made is not None
        made.append(edit.made[1])
        self.stored.emit(edit.made[1])
        return True
