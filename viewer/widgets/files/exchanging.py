"""Quotes and sources out to other programs and in from them, in the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from db.errors import AllianceError
from viewer.words import n, t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from viewer.document import Document
    from viewer.widgets.commands import Commands
    from viewer.widgets.files.exchange_dialog import ExchangeDialog
    from viewer.widgets.files.exchange_reading import ExchangeKind, Reading
    from viewer.widgets.parts.steps import Steps
    from viewer.widgets.settings import Settings
    from viewer.widgets.state import ViewState

SUFFIXES = ("*.jsonld", "*.json")
_WAYS: dict[ExchangeKind, tuple[str, str]] = {
    "annotations": ("quotes", ".jsonld"),
    "csl": ("references", ".json"),
}


class Exchanging(QObject):
    """Asks which document, shows what it would do, and writes it if that is agreed to; and writes
    what the file has for other programs. `news` tells what was done."""

    news = Signal(str)

    def __init__(
        self, document: Document, state: ViewState, settings: Settings, window: QWidget
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._settings = document, state, settings
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands mean."""
        return {
            "import-quotes": self.ask_and_import,
            "export-quotes": lambda: self.ask_and_export("annotations"),
            "export-references": lambda: self.ask_and_export("csl"),
        }

    def refresh(self, commands: Commands) -> None:
        """Greys what cannot be done in a file that is only read, and says why."""
        from viewer.widgets.commands import tool_tip

        reason = self._document.read_only_reason
        told = t(reason, self._state.language) if reason else ""
        action = commands.actions["import-quotes"]
        action.setEnabled(self._may_write())
        action.setToolTip(told or tool_tip(action))
        action.setStatusTip(told)
        for name, _ in _WAYS.values():
            commands.actions[f"export-{name}"].setEnabled(self._document.path is not None)

    def _may_write(self) -> bool:
        return self._document.path is not None and self._document.read_only_reason is None

    # In

    def ask_and_import(self) -> None:
        """Asks which document."""
        from viewer.widgets.parts.file_dialogs import ask_for_file

        language, folder = self._state.language, self._settings.import_folder
        if not self._may_write():
            return
        ask_for_file(
            self._window,
            t("exchange.title", language),
            Path(folder) if folder else Path.home(),
            f"{t('exchange.kind', language)} ({' '.join(SUFFIXES)})",
            language,
            self.open,
        )

    def open(self, path: Path) -> ExchangeDialog:
        """Shows what the import of a document would do."""
        from viewer.widgets.files.exchange_dialog import ExchangeDialog

        file = self._document.path
        assert file is not None
        self._settings.import_folder = str(path.resolve().parent)
        dialog = ExchangeDialog(
            path.name,
            self._document.sources(),
            self._state,
            read=lambda source_id, steps: self._read(file, path, source_id, steps),
            write=lambda reading, steps: self._write(file, reading, steps),
            parent=self._window,
        )
        dialog.written.connect(self._on_written)
        dialog.open()
        dialog.read()
        return dialog

    def _on_written(self, reading: Reading) -> None:
        from viewer.document import Changed

        self._document.read_anew(Changed("edit", reading.edit.label))
        count = reading.plan.written
        key = "exchange.done.annotations" if reading.kind == "annotations" else "exchange.done.csl"
        self.news.emit(n(key, count, self._state.language))

    # In a thread, each with a connection of its own

    def _read(self, file: Path, path: Path, source_id: int | None, steps: Steps) -> Reading:
        from db.store import Store
        from viewer.widgets.files import exchange_reading

        data = exchange_reading.bytes_at(path)
        with Store.open(file, read_only=True) as store:
            return exchange_reading.read(data, path.name, store, None, source_id, steps)

    def _write(self, file: Path, reading: Reading, steps: Steps) -> None:
        """Raises `import.changed` where the file is not as it was when it was compared."""
        from db.changes import ChangeSet
        from db.store import Store

        edit = reading.edit
        with Store.open(file) as store:
            if store.last_change() != reading.seen:
                raise AllianceError("import.changed", path=file)
            author = self._document.author
            made = ChangeSet(edit.changes, label=edit.label, author=author, blobs=edit.blobs)
            store.apply(made, steps)

    # Out

    def ask_and_export(self, kind: ExchangeKind) -> None:
        """Asks where to."""
        from viewer.widgets.parts.file_dialogs import ask_for_file

        language, file = self._state.language, self._document.path
        if file is None:
            return
        name, suffix = _WAYS[kind]
        folder = self._settings.export_folder
        start = (Path(folder) if folder else Path.home()) / f"{file.stem} {name}{suffix}"
        ask_for_file(
            self._window,
            t(f"exchange.export.{name}", language),
            start,
            f"{t(f'exchange.export.{name}.kind', language)} (*{suffix})",
            language,
            lambda path: self.export(kind, path if path.suffix else path.with_suffix(suffix)),
            saving=True,
        )

    def export(self, kind: ExchangeKind, path: Path) -> None:
        """Writes the quotes or the sources of the file, beside the window."""
        from viewer.widgets.parts.messages import tell_error
        from viewer.widgets.parts.progress import working

        file, language = self._document.path, self._state.language
        assert file is not None
        self._settings.export_folder = str(path.resolve().parent)
        words = "exchange.written.quotes" if kind == "annotations" else "exchange.written.sources"
        working(
            self._window,
            t("exchange.writing", language),
            "",
            lambda _: self._write_out(file, kind, path),
            done=lambda count: self.news.emit(n(words, count, language, path=path)),
            failed=lambda error: tell_error(self._window, error, language),
        )

    def _write_out(self, file: Path, kind: ExchangeKind, path: Path) -> int:
        from db.store import Store
        from viewer.render.files import write_atomically
        from viewer.widgets.files.exchange_reading import written

        if path.resolve() == file.resolve():
            raise AllianceError("export.itself", path=path)
        with Store.open(file, read_only=True) as store:
            data, count = written(store, kind)
        write_atomically(path, data)
        return count
