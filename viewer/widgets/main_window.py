"""The main window: puts the widgets into their places and gives the commands their meaning."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QVBoxLayout, QWidget

from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent

    from db.records import Ref
    from viewer.document import Document
    from viewer.widgets.commands import Commands
    from viewer.widgets.files.importing import Importing
    from viewer.widgets.panels.inspector import Inspector
    from viewer.widgets.panels.side_panel import SidePanel
    from viewer.widgets.reader.reader import SourceReader
    from viewer.widgets.settings import Settings
    from viewer.widgets.state import Selection, ViewState


_TITLE, _EDGES = 40, 16  # px of the frame that a system puts around a window, at most


def panel_widths(width: int) -> tuple[int, int]:
    """The px that the panels at the left and right of a window have at first."""
    return (256, 368) if width >= 1500 else (240, 320)


class Handling(Protocol):
    """A controller that gives commands their meaning."""

    def handlers(self) -> dict[str, Callable[[], object]]: ...


class Greying(Protocol):
    """A controller that ticks and greys its commands."""

    def refresh(self, commands: Commands) -> None: ...


class MainWindow(QMainWindow):
    """The window on a document. It wires its widgets; each of them knows the shared state only.

    It is made empty, with its place on the screen, so that an opening picture can be shown in it
    at once; `fill` builds the rest. The first picture does not wait for the panels beside it:
    their places are kept for them, and they are made as soon as it stands. `filled` tells that
    all but they is there, `completed` that they are too.
    """

    filled = Signal()
    completed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._is_filled = False
        self.setMinimumSize(960, 560)
        self._restore()

    def fill(self, document: Document, state: ViewState, selection: Selection) -> None:
        """Builds what the window holds; the opening picture does not wait for their modules."""
        from viewer.widgets.canvas.canvas import Canvas
        from viewer.widgets.canvas.overview import Overview
        from viewer.widgets.commands import Commands
        from viewer.widgets.files.editions import Editions
        from viewer.widgets.files.exchanging import Exchanging
        from viewer.widgets.files.files import Files
        from viewer.widgets.files.histories import Histories
        from viewer.widgets.files.reading_progress import ReadingProgress
        from viewer.widgets.files.safekeeping import Safekeeping
        from viewer.widgets.forms.adding import Adding
        from viewer.widgets.forms.bulk import Bulk
        from viewer.widgets.forms.editing import Editing
        from viewer.widgets.forms.noting import Noting
        from viewer.widgets.forms.resuming import Resuming
        from viewer.widgets.organise.organising import Organising
        from viewer.widgets.panels.status_line import StatusLine
        from viewer.widgets.panels.toolbar import Toolbar
        from viewer.widgets.proof.proving import Proving
        from viewer.widgets.quotes.citing import Citing
        from viewer.widgets.quotes.quoting import Quoting
        from viewer.widgets.reader.place import ReaderPlace
        from viewer.widgets.sources.bringing import Bringing
        from viewer.widgets.sources.dating import Dating
        from viewer.widgets.viewing import Viewing
        from viewer.widgets.wiring import connect

        self._document, self._state, self._selection = document, state, selection
        settings = self._settings
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.left = QSplitter(Qt.Orientation.Vertical)
        self.right = QSplitter(Qt.Orientation.Vertical)
        self.reader_place = ReaderPlace(document, state, selection, self.columns, self.right)
        self.canvas = Canvas(document, state, selection)
        self.overview = Overview(document, state)
        self.status = StatusLine(document, state)
        self.files = Files(document, state, settings, self)
        self.reading = ReadingProgress(document, state, self.status, self.files, self)
        self.editing = Editing(document, state, self)
        self.histories = Histories(document, state, selection, settings, self.editing, self)
        self.safekeeping = Safekeeping(document, state, settings, self.files, self)
        self.adding = Adding(document, state, selection, settings, self)
        self.editions = Editions(document, state, self.safekeeping.before_large, self)
        self.bulk = Bulk(document, state, selection, self.editing, self)
        canvas = self.canvas
        self.noting = Noting(
            document, state, selection, self.editing, canvas.view, canvas.nudge_callout, self
        )
        self.resuming = Resuming(
            document, state, lambda: {self.adding.key, self.noting.key, self.quoting.key}, self
        )
        self.organising = Organising(document, state, self.editing, self)
        self.bringing = Bringing(
            document, state, settings, self.editing, self, lambda path: self.importing.open(path)
        )
        self.proving = Proving(document, state, self.editing, self)
        self.quoting = Quoting(
            document, state, selection, self.editing,
            self.reader_place.passage, self,
        )  # fmt: skip
        self.dating = Dating(
            document, state, selection, self.quoting, self.reader_place.source_id,
            lambda: not any(each.form for each in (self.adding, self.noting, self.quoting)), self,
        )  # fmt: skip
        self.citing = Citing(document, state, selection, self.reader_place.open_one, self)
        self.exchanging = Exchanging(document, state, settings, self)
        self.viewing = Viewing(document, state, self.canvas, self)
        self._greying: tuple[Greying, ...] = (
            self.viewing, self.adding, self.noting, self.quoting, self.dating, self.exchanging,
            self.resuming, self.bringing, self.proving, self.safekeeping, self.organising,
        )  # fmt: skip
        self.commands = Commands(self.menuBar(), self._handlers())
        self.toolbar = Toolbar(self.commands, state)
        self._arrange()
        self._connect()
        connect(self, selection)
        self._fill_menus()
        self.retext()
        self._refresh()
        self.reading.begin()
        self._is_filled = True
        self.filled.emit()

    # How it is arranged

    def _arrange(self) -> None:
        middle = QWidget()
        column = self._middle = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.overview)
        for place, widget in enumerate((self.left, middle, self.right)):
            self.columns.addWidget(widget)
            self.columns.setStretchFactor(place, int(widget is middle))
            self.columns.setCollapsible(place, widget is not middle)
        for splitter in (self.columns, self.left, self.right):
            splitter.setHandleWidth(1)
        self.addToolBar(self.toolbar)
        self.setCentralWidget(self.columns)
        self.setStatusBar(self.status)
        columns = QByteArray.fromHex(self._settings.columns.encode())
        if not (columns.size() and self.columns.restoreState(columns)):
            side, right = panel_widths(self.width())
            self.columns.setSizes([side, max(self.width() - side - right, 1), right])

    def put_bar(self, bar: QWidget) -> None:
        """Puts a bar that tells or offers something above the picture."""
        self._middle.insertWidget(0, bar)

    def _restore(self) -> None:
        """The window as it was last; the first time as large as the screen allows, up to a size
        that shows the whole story."""
        geometry = QByteArray.fromHex(self._settings.geometry.encode())
        if not (geometry.size() and self.restoreGeometry(geometry)):
            room = QApplication.primaryScreen().availableGeometry()
            # The system puts its frame around what we ask for.
            self.resize(min(1600, room.width() - _EDGES), min(1000, room.height() - _TITLE))

    def _connect(self) -> None:
        from viewer.widgets.parts.following import follow

        self.canvas.drawn.connect(self.status.show_picture)
        self.canvas.drawn.connect(self._complete_soon)
        self.canvas.activated.connect(self.open_source)
        self.canvas.new_event_asked.connect(lambda lane, edtf: self.adding.new_event(edtf, lane))
        self.canvas.edit_asked.connect(lambda _: self.adding.edit_selected())
        self.canvas.redate_asked.connect(self.bulk.redate)
        self.canvas.menu_asked.connect(self.open_canvas_menu)
        self.canvas.news.connect(self.status.tell)
        self.files.checked.connect(self.status.show_check)
        self.files.let_go = self._keep_typed
        self.files.then = self.canvas.placing.then
        self._state.changed.connect(self._on_state)
        self._document.replaced.connect(self._on_replaced)
        self._document.changed.connect(self._on_changed)
        follow(self._document, self, self._follow)

    # What is made once it is needed

    def _complete_soon(self) -> None:
        """The first picture is being painted; the panels follow when it is out: they count, so
        the outline of a large file is none for them."""
        if self._document.is_outline:
            return
        self.canvas.drawn.disconnect(self._complete_soon)
        QTimer.singleShot(0, self.complete)

    def complete(self) -> None:
        """Makes the panels beside the picture."""
        self.side.show()
        self.inspector.show()
        self.editing.refresh(self.commands)
        self.resuming.begin()
        # It copies and checks the whole file beside the window.
        self.canvas.placing.then(self.safekeeping.begin)
        self.proving.begin()
        self.completed.emit()

    @cached_property
    def side(self) -> SidePanel:
        """What decides what is on the picture."""
        from viewer.widgets.panels.side_panel import SidePanel

        made = SidePanel(self._document, self._state)
        made.select_ref.connect(self._selection.select)
        self.left.addWidget(made)
        return made

    @cached_property
    def inspector(self) -> Inspector:
        """All of what is selected."""
        from viewer.widgets.panels.inspector import Inspector

        made = Inspector(self._document, self._state, self._selection)
        made.open_quote.connect(self.reader_place.show_quote)
        made.cite_asked.connect(self.citing.copy_quote)
        made.open_link.connect(self.ask_and_follow)
        made.select_ref.connect(self._selection.select)
        made.history_asked.connect(self.histories.open_of)
        made.edit_event.connect(self.adding.edit_event)
        made.edit_stage.connect(self.organising.edit_stage)
        made.note_asked.connect(self.noting.do)
        made.quote_asked.connect(self.quoting.do)
        made.bulk_asked.connect(lambda key, at: self.bulk.pop_up(self.commands, key, at))
        self.right.insertWidget(0, made)
        return made

    @property
    def reader(self) -> SourceReader:
        """The source reader below the inspector, made when it is first asked for."""
        return self.reader_place.reader

    @cached_property
    def importing(self) -> Importing:
        """Bringing tables of events in."""
        from viewer.widgets.files.importing import Importing

        return Importing(
            self._document,
            self._state,
            self._settings,
            self,
            on_done=lambda _: self._document.read_anew(),
            before_large=self.safekeeping.before_large,
        )

    # What the commands mean

    def _handlers(self) -> dict[str, Callable[[], object]]:
        controllers: tuple[Handling, ...] = (
            self.viewing, self.adding, self.noting, self.quoting, self.dating, self.citing,
            self.exchanging, self.resuming, self.bringing, self.proving, self.safekeeping,
            self.organising, self.histories, self.editions, self.bulk,
        )  # fmt: skip
        theirs = {key: do for each in controllers for key, do in each.handlers().items()}
        return theirs | {
            "open": self.files.ask_and_open,
            "new": self.files.ask_and_make,
            "import": lambda: self.importing.ask_and_import(),
            "export": self.open_export,
            "quit": self.close,
            "undo": lambda: self.editing.revert("undo"),
            "redo": lambda: self.editing.revert("redo"),
            "settings": self.open_settings,
            "select-all": self.canvas.select_all,
            "shortcuts": self.open_shortcuts,
            "about": self.open_about,
        }

    def show_form(self, form: QWidget) -> None:
        """Puts a form where the inspector is, and makes room for it."""
        self.right.insertWidget(0, form)
        self.inspector.hide()
        form.show()
        side, middle, right = self.columns.sizes()
        if right < form.sizeHint().width():
            wanted = form.sizeHint().width()
            self.columns.setSizes([side, max(middle + right - wanted, 1), wanted])

    def hide_form(self) -> None:
        """The form has gone: the inspector stands there again."""
        self.inspector.show()
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_settings(self) -> None:
        from viewer.widgets.settings_dialog import SettingsDialog

        document, state = self._document, self._state
        choose = self.viewing.choose_theme
        SettingsDialog(document, state, self._settings, choose, self).open()

    def open_export(self) -> None:
        from viewer.widgets.files.export_dialog import ExportDialog

        dialog = ExportDialog(self._document, self._state, self._settings, self)
        dialog.written.connect(
            lambda path: self.status.tell(t("status.exported", self._state.language, path=path))
        )
        dialog.open()

    def open_shortcuts(self) -> None:
        from viewer.widgets.help_dialogs import shortcuts_dialog

        shortcuts_dialog(self.commands, self._state.language, self).open()

    def open_about(self) -> None:
        from viewer.widgets.help_dialogs import about_dialog

        about_dialog(self._document, self._state.language, self).open()

    def open_canvas_menu(self, place: tuple[int, str] | None, at: QPoint) -> None:
        from viewer.widgets.canvas.menu import canvas_menu

        menu = canvas_menu(
            self.canvas, self._selection, self.commands, self._state.language, place,
            can_change=self._document.read_only_reason is None,
        )  # fmt: skip
        if menu.actions():
            menu.popup(at)

    # Sources

    def open_source(self, ref: Ref) -> None:
        """Shows the first quote of an event or stage in its source, or what it rests on else."""
        self._selection.select(ref)
        self.inspector.open_first()

    def edit_part(self, event_id: int, part: str) -> None:
        """Opens the form of an event at a part of it."""
        self._selection.select(("event", event_id))
        self.adding.edit_event(event_id, part)
        self.activateWindow()

    def ask_and_follow(self, address: str) -> None:
        """Opens a page of the web in the browser, if that is agreed to."""
        from viewer.widgets.parts.links import ask_and_follow

        ask_and_follow(self, address, self._state.language)

    # Following the state

    def retext(self) -> None:
        self.commands.retext(self._state.language)
        self.toolbar.retext()
        self._show_title()
        self._fill_menus()

    def _show_title(self) -> None:
        program = t("window.program", self._state.language)
        path: Path | None = self._document.path
        self.setWindowTitle(f"{path.name} — {program}" if path else program)

    def _fill_menus(self) -> None:
        self.bulk.refresh(self.commands)
        self.viewing.fill(self.commands)

    def _on_replaced(self) -> None:
        self._selection.select(None)
        self.reader_place.close()
        self._fill_menus()
        self._show_title()
        self.editing.refresh(self.commands)
        self.editions.look()
        self._refresh()

    def _on_changed(self) -> None:
        self._selection.keep(self._document.has)
        self.editing.refresh(self.commands)

    def _follow(self) -> None:
        self._fill_menus()
        self._refresh()

    def _on_state(self, kind: str) -> None:
        if kind == "language":
            self.status.clearMessage()  # it was told in the other language
            self.retext()
            self.editing.refresh(self.commands)
        if kind == "scheme":
            self._fill_menus()
        if kind in ("theme", "type"):
            from viewer.widgets.palette import apply_look

            apply_look(_application(), self._state.theme, self._state.type_size)
        self._refresh()

    def _refresh(self) -> None:
        """Ticks and greys the commands, and says what is shown."""
        for each in self._greying:
            each.refresh(self.commands)
        self.status.refresh()

    def _keep_typed(self) -> bool:
        """Puts what is being typed on the disk. False where that fails, which the form says."""
        return self.adding.flush() and self.noting.flush() and self.quoting.flush()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_filled:  # it shows the opening picture still
            super().closeEvent(event)
            return
        if not self._keep_typed():
            # What was typed would be lost; its user may still discard it.
            event.ignore()
            return
        self.reader_place.narrow()
        self._settings.geometry = bytes(self.saveGeometry().toHex().data()).decode()
        self._settings.columns = bytes(self.columns.saveState().toHex().data()).decode()
        super().closeEvent(event)


def _application() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found
