"""Importing a table of events in the window: which table, what it would do, and the writing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from db.errors import AllianceError
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from viewer.document import Document
    from viewer.edits.importing import ImportPlan
    from viewer.widgets.files.import_dialog import ImportDialog
    from viewer.widgets.parts.steps import Steps
    from viewer.widgets.settings import Settings
    from viewer.widgets.state import ViewState

SUFFIXES = ("*.csv", "*.tsv")
_READING = 25  # percent of the time before writing that reading takes, the rest is comparing


class Reading(NamedTuple):
    """A table that was read, and what the file was like then (the number of its last change)."""

    encoding: str
    plan: ImportPlan
    seen: int


class Importing(QObject):
    """Asks for a table, shows what it would do, and writes it if that is agreed to.

    `on_done` is called with the id of the changeset that was written: the document is to be read
    anew. `before_large` is called before more than `viewer.edits.importing.LARGE` rows are
    written, in the thread that writes; what it raises stops the import.
    """

    def __init__(
        self,
        document: Document,
        state: ViewState,
        settings: Settings,
        window: QWidget,
        *,
        on_done: Callable[[int], object],
        before_large: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._settings = document, state, settings
        self._window, self._on_done = window, on_done
        self._before_large = before_large

    def ask_and_import(self) -> None:
        """Asks which table; a file that cannot be written to is told at once."""
        from viewer.widgets.parts.file_dialogs import ask_for_file
        from viewer.widgets.parts.messages import tell_error

        language = self._state.language
        if self._document.path is None:
            return
        if self._document.read_only_reason is not None:
            error = AllianceError("file.readonly", path=self._document.path)
            tell_error(self._window, error, language)
            return
        folder = self._settings.import_folder
        ask_for_file(
            self._window,
            t("importing.ask", language),
            Path(folder) if folder else Path.home(),
            f"{t('importing.kind', language)} ({' '.join(SUFFIXES)})",
            language,
            self.open,
        )

    def open(self, table: Path) -> ImportDialog:
        """Shows what the import of a table would do."""
        from viewer.widgets.files.import_dialog import ImportDialog

        file = self._document.path
        assert file is not None
        self._settings.import_folder = str(table.resolve().parent)
        dialog = ImportDialog(
            self._document.timeline,
            self._state,
            table,
            read=lambda encoding, steps: self._read(file, table, encoding, steps),
            write=lambda reading, steps: self._write(file, table.name, reading, steps),
            parent=self._window,
        )
        dialog.written.connect(self._on_done)
        dialog.open()
        dialog.read()
        return dialog

    # In a thread, each with a connection of its own

    def _read(self, file: Path, table: Path, encoding: str | None, steps: Steps) -> Reading:
        from db.store import Store
        from viewer.edits import importing
        from viewer.exchange import event_table

        rows = event_table.read_file(table, encoding, steps.part(0, _READING))
        with Store.open(file, read_only=True) as store:
            seen, known = store.last_change(), store.known()
        comparing = steps.part(_READING, 100)
        plan = importing.plan(rows.rows, known, progress=comparing)
        return Reading(rows.encoding, plan, seen)

    def _write(self, file: Path, name: str, reading: Reading, steps: Steps) -> int:
        """Raises `import.changed` where the file is not as it was when the table was compared."""
        from db.changes import ChangeSet
        from db.store import Store
        from viewer.edits import importing

        edit = importing.edit(reading.plan, name)
        if self._before_large is not None and reading.plan.written > importing.LARGE:
            self._before_large()
        with Store.open(file) as store:
            if store.last_change() != reading.seen:
                raise AllianceError("import.changed", path=file)
            changeset = ChangeSet(edit.changes, label=edit.label, author=self._document.author)
            return store.apply(changeset, steps)
