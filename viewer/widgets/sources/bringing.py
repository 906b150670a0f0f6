"""Bringing documents into the window: chosen in the menu, dropped on it, or pasted."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from db.errors import AllianceError
from viewer.widgets.sources.bringing_one import BringingOne, Brought
from viewer.words import n, t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

    from viewer.document import Document
    from viewer.widgets.commands import Commands
    from viewer.widgets.files.import_dialog import ImportDialog
    from viewer.widgets.forms.editing import Editing
    from viewer.widgets.settings import Settings
    from viewer.widgets.state import ViewState

TABLES = (".csv", ".tsv")
_KEYS = ("import-documents", "paste-source")


class Bringing(QObject):
    """Takes documents one after the other; tables of events among them go to their own import,
    `open_table`, after the documents. `news` tells how many were stored; `shown` asks for the last
    of them to be opened."""

    news = Signal(str)
    shown = Signal(object)

    def __init__(
        self,
        document: Document,
        state: ViewState,
        settings: Settings,
        editing: Editing,
        window: QWidget,
        open_table: Callable[[Path], ImportDialog],
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._settings = document, state, settings
        self._editing, self._window, self._open_table = editing, window, open_table
        self._waiting: list[Brought] = []
        self._tables: list[Path] = []
        self._count = 0
        self._made: list[int] = []
        self._last: int | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands mean."""
        return {"import-documents": self.ask_and_open, "paste-source": self.paste}

    def refresh(self, commands: Commands) -> None:
        """Greys what cannot be done in a file that is only read, and says why."""
        from viewer.widgets.commands import tool_tip

        reason = self._document.read_only_reason
        told = t(reason, self._state.language) if reason else ""
        for key in _KEYS:
            action = commands.actions[key]
            action.setEnabled(self._may_write())
            action.setToolTip(told or tool_tip(action))
            action.setStatusTip(told)

    def fill(self, commands: Commands) -> None:
        """Puts the sources of the file into their menu."""
        language = self._state.language
        entries: list[tuple[str, str, Callable[[], object]]] = [
            (f"⚠ {each.title.text(language)}" if each.changed else each.title.text(language), "",
             partial(self.shown.emit, each.id))
            for each in self._document.sources()
        ]  # fmt: skip
        commands.fill("sources", entries)

    def _may_write(self) -> bool:
        return self._document.path is not None and self._document.read_only_reason is None

    # The ways in

    def ask_and_open(self) -> None:
        """Asks which files; several may be chosen."""
        from viewer.sources.kinds import SUFFIXES
        from viewer.widgets.parts.file_dialogs import ask_for_files

        language, folder = self._state.language, self._settings.import_folder
        patterns = " ".join(f"*.{each}" for each in SUFFIXES)
        ask_for_files(
            self._window,
            t("bringing.title", language),
            Path(folder) if folder else Path.home(),
            f"{t('bringing.kinds', language)} ({patterns});;{t('bringing.all', language)} (*)",
            language,
            self.open,
        )

    def open(self, paths: Iterable[Path]) -> None:
        """Brings files in, one after the other."""
        chosen = list(paths)
        if not chosen or not self._may_write():
            return
        self._settings.import_folder = str(chosen[0].resolve().parent)
        tables = [each for each in chosen if each.suffix.lower() in TABLES]
        self._start([Brought(each.name, each) for each in chosen if each not in tables], tables)

    def paste(self) -> None:
        """Brings in what the clipboard has; without a text it says so."""
        from viewer.widgets.parts.messages import tell_error

        if not self._may_write():
            return
        mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if mime is None or not self._take(mime):
            error = AllianceError("source.clipboard")
            tell_error(self._window, error, self._state.language)

    def _take(self, mime: QMimeData) -> bool:
        """Brings in files, rich text or text, whichever there is; False where there is none."""
        paths = _files(mime)
        if paths:
            self.open(paths)
            return True
        name = t("bringing.pasted", self._state.language)
        # Rich text says what is a heading and what a table; nothing that it names is loaded.
        if mime.hasHtml() and mime.html().strip():
            data = mime.html().encode("utf-8", "replace")
            self._start([Brought(name, data=data, kind="html", encoding="utf-8")], [])
            return True
        if mime.hasText() and mime.text().strip():
            data = mime.text().encode("utf-8", "replace")
            self._start([Brought(name, data=data, kind="text", encoding="utf-8")], [])
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Documents that are dropped anywhere on the window."""
        if isinstance(event, (QDropEvent, QDragEnterEvent, QDragMoveEvent)) and self._takes(event):
            # Never a move: whoever dragged a file would delete it.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if event.type() == QEvent.Type.Drop:
                self._on_drop(event.mimeData())
            return True
        return super().eventFilter(watched, event)

    def _takes(self, event: QDropEvent) -> bool:
        # What is dragged within the window is no document; while a dialog is open nothing is.
        if event.source() is not None or QApplication.activeModalWidget() is not None:
            return False
        mime = event.mimeData()
        if not self._may_write():
            return False
        return bool(_files(mime)) or (not mime.hasUrls() and (mime.hasHtml() or mime.hasText()))

    def _on_drop(self, mime: QMimeData) -> None:
        self._window.activateWindow()
        self._take(mime)

    # One after the other

    def _start(self, brought: list[Brought], tables: list[Path]) -> None:
        self._waiting, self._tables, self._count = brought, tables, len(brought)
        self._made, self._last = [], None
        self._next()

    def _next(self) -> None:
        if self._waiting:
            brought = self._waiting.pop(0)
            place = (self._count - len(self._waiting), self._count)
            one = BringingOne(
                self._document, self._state, self._editing, self._window, brought, place
            )
            one.stored.connect(self._made.append)
            one.stopped.connect(self._waiting.clear)
            one.ended.connect(self._on_ended)
            one.ended.connect(one.deleteLater)
            one.read()
            return
        if self._last is not None:
            self.shown.emit(self._last)
            self._last = None
        if self._made:
            self.news.emit(n("bringing.stored", len(self._made), self._state.language))
            self._made = []
        if self._tables:
            dialog = self._open_table(self._tables.pop(0))
            dialog.finished.connect(lambda _: QTimer.singleShot(0, self, self._next))

    def _on_ended(self, source_id: int | None) -> None:
        self._last = self._last if source_id is None else source_id
        self._next()


def _files(mime: QMimeData) -> list[Path]:
    """The files of the disk that are meant."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [each for each in paths if each.is_file()]
