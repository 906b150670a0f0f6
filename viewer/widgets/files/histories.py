"""The history in the window: its dialog, and the restoring that is asked for there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from db.errors import AllianceError
from viewer.words import explain, t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from db.records import Ref
    from viewer.document import Document
    from viewer.edits.restoring import Restored
    from viewer.widgets.files.history_dialog import HistoryDialog
    from viewer.widgets.files.history_models import Entry
    from viewer.widgets.forms.editing import Editing
    from viewer.widgets.parts.steps import Steps
    from viewer.widgets.settings import Settings
    from viewer.widgets.state import Selection, ViewState
    from viewer.words.history import Line

_AT_A_MOMENT = "restore-file"  # what the log calls it


class Histories(QObject):
    """Opens the history, one window of it at a time. `news` is a sentence about what was done."""

    news = Signal(str)

    def __init__(
        self,
        document: Document,
        state: ViewState,
        selection: Selection,
        settings: Settings,
        editing: Editing,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._selection = document, state, selection
        self._settings, self._editing, self._window = settings, editing, window
        self._dialog: HistoryDialog | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        return {"history": self.open}

    def open(self) -> HistoryDialog | None:
        """Shows the history of the file, or brings the window that shows it to the front."""
        if self._document.path is None:
            return None
        if self._dialog is None:
            from viewer.widgets.files.history_dialog import HistoryDialog

            dialog = HistoryDialog(self._document, self._state, self._selection, self._window)
            dialog.field_asked.connect(self.restore_field)
            dialog.row_asked.connect(self.ask_and_restore)
            dialog.file_asked.connect(self.ask_and_make_file)
            dialog.finished.connect(self._forget)
            self._dialog = dialog
            dialog.read_anew()
            dialog.show()
            dialog.steps_view.setFocus()
        self._dialog.raise_()
        self._dialog.activateWindow()
        return self._dialog

    def open_of(self, ref: Ref) -> None:
        """Shows the history of an event or stage."""
        self._selection.select(ref)
        dialog = self.open()
        if dialog is not None:
            dialog.show_scope("this")

    def _forget(self) -> None:
        self._dialog = None

    # Restoring

    def restore_field(self, line: Line) -> None:
        """One field as it was before a change."""
        from viewer.edits.restoring import references, restored_field

        change = line.change
        own = (change.table, change.id)
        value = {line.column: change.before[line.column]}
        try:
            known = self._document.history.known([own, *references(change.table, value)])
            edit = restored_field(change, line.column, line.about, known)
        except AllianceError as error:
            self._tell(error)
            return
        self._editing.apply(edit)

    def ask_and_restore(self, ref: Ref, name: str, entry: Entry) -> None:
        """A whole event or stage as it was before a changeset, once that is agreed to."""
        from viewer.widgets.parts.messages import ask
        from viewer.words.history import Teller

        language = self._state.language
        try:
            found = self._restored(ref, name, entry)
            teller = Teller(language, lambda each: self._document.history.known([each]).get(each))
            names = [
                f"{teller.table(table)} ‘{teller.name(table, row)}’"
                for table, row in found.left_out
            ]
        except AllianceError as error:
            self._tell(error)
            return
        text = t("history.restore-ask", language, subject=name, moment=entry.words[0])
        if names:
            text += "\n\n" + t("history.left-out", language, names=", ".join(names))
        parent = self._dialog or self._window
        yes = t("history.restore", language)
        ask(parent, text, yes, language, lambda: self._restore(ref, name, entry))

    def _restore(self, ref: Ref, name: str, entry: Entry) -> None:
        try:
            found = self._restored(ref, name, entry)
        except AllianceError as error:
            self._tell(error)
            return
        if self._editing.apply(found.edit):
            self._selection.select(ref)

    def _restored(self, ref: Ref, name: str, entry: Entry) -> Restored:
        from viewer.edits.restoring import references_then, restored

        history, before = self._document.history, entry.step.first
        story = history.story(ref)
        known = history.known(references_then(story, before))
        return restored(story, before, name, known)

    # The file as it was

    def ask_and_make_file(self, entry: Entry) -> None:
        """Asks where, and puts the file as it was before a changeset there."""
        from viewer.widgets.files.files import SUFFIX
        from viewer.widgets.parts.file_dialogs import ask_for_file

        path = self._document.path
        if path is None:
            return
        language, moment = self._state.language, entry.words[0]
        # A colon is no letter of a file's name on every system.
        time = moment.replace(":", ".")
        name = t("history.file-name", language, stem=path.stem, time=time) + SUFFIX
        ask_for_file(
            self._dialog or self._window,
            t("history.file-title", language, moment=moment),
            (Path(self._settings.folder) if self._settings.folder else path.parent) / name,
            f"{t('files.kind', language)} (*{SUFFIX})",
            language,
            lambda chosen: self.make_file(
                entry, chosen if chosen.suffix else chosen.with_name(chosen.name + SUFFIX)
            ),
            saving=True,
            replacing=False,
        )

    def make_file(self, entry: Entry, target: Path) -> None:
        """Writes it in a thread, with its progress and a button that stops it."""
        from db.moments import copy_at
        from viewer.widgets.parts.progress import working

        source = self._document.path
        if source is None:
            return
        language, moment = self._state.language, entry.words[0]
        label, author = f"{_AT_A_MOMENT}: {moment}", self._document.author
        before = entry.step.first

        def job(steps: Steps) -> Path:
            copy_at(source, before, target, label=label, author=author, progress=steps)
            return target

        working(
            self._dialog or self._window,
            t("history.file-working", language, moment=moment),
            t("history.stop", language),
            job,
            done=lambda path: self._say(t("history.file-made", language, path=path)),
            failed=self._tell,
            stopped=lambda: self._say(t("history.file-stopped", language)),
        )

    def _say(self, text: str) -> None:
        self.news.emit(text)
        if self._dialog is not None:
            self._dialog.tell(text)

    def _tell(self, error: AllianceError) -> None:
        """In the dialog where it is open, in a box else."""
        language = self._state.language
        if self._dialog is not None:
            self._dialog.tell(explain(error, language), "error")
            return
        from viewer.widgets.parts.messages import tell_error

        tell_error(self._window, error, language)
