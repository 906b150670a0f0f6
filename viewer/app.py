"""The program with a window: the one place where everything is built and wired."""

from __future__ import annotations

import gc
import os
import stat
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import AllianceError
from viewer.preload import unhooked
from viewer.widgets.files import opening_file
from viewer.widgets.settings import (
    OWN_FILE,
    cache_folder,
    data_folder,
    load_settings,
    save_settings,
    settings_path,
    system_language,
    system_name,
    system_theme,
)
from viewer.words import explain, t

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from PySide6.QtWidgets import QApplication

    from db.records import Language
    from db.sight import Sight
    from viewer.document import Changed
    from viewer.kept_timelines import Arrays
    from viewer.widgets.main_window import MainWindow
    from viewer.widgets.parts.steps import Steps
    from viewer.widgets.parts.work import Work
    from viewer.widgets.settings import Settings

PROGRAM = "alliance-timeline"
_PICTURE, _SIZE = "opening.png", "1600x1000"
_SOON = 50  # ms until the panels are painted too
_WITHOUT_QT = (
    "json",
    "tomllib",
    "db.store",
    "db.presence",
    "viewer.layout.axis",
    "viewer.layout.marks",
    "viewer.layout.overview",
    "viewer.layout.places",
    "viewer.layout.pointer",
    "viewer.edits.steps",
    "viewer.render.families",
)


def run(path: Path | None) -> int:
    """Opens the window on a file, else on the user's own, and stays until it is closed.

    Without a display on Linux the first picture is written to the current folder instead.
    Returns the exit code: 2 where the file that was asked for is refused.
    """
    if _lacks_display():
        return _write_picture(path)
    return _run_window(path)


def own_file() -> Path:
    """The user's own timeline, made from the shipped data where there is none yet.

    Raises what `Store.create` does.
    """
    path = data_folder() / OWN_FILE
    try:
        if path.exists():
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise AllianceError("folder.failed", path=path.parent, reason=fault.strerror) from fault
    from db.store import Store

    Store.create(path).close()
    return path


def last_file(settings: Settings) -> tuple[Path | None, Path | None]:
    """The file that was open last, and that file where it is gone; at most one of them."""
    path = Path(settings.last_file) if settings.last_file else None
    if path is None or path == data_folder() / OWN_FILE:
        return None, None
    try:
        there = path.exists()
    except (OSError, ValueError):
        there = False
    return (path, None) if there else (None, path)


def _lacks_display() -> bool:
    """Whether a window cannot be shown: on Linux neither X11 nor Wayland is there."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(os.environ.get(name) for name in names)


def _write_picture(path: Path | None) -> int:
    """The whole timeline as a picture, for a machine that cannot show it."""
    from db.store import Store
    from viewer.layout import Caption, View, navigation
    from viewer.render import pages
    from viewer.render.export import export
    from viewer.widgets.settings import load_settings, settings_path

    language = system_language()
    target = Path(_PICTURE)
    try:
        last, _ = last_file(load_settings(settings_path()))
        with Store.open(path or last or own_file(), read_only=True) as store:
            store.distrust_changed()
            timeline = store.timeline()
        start, end = navigation.fit(timeline)
        page = pages.size(_SIZE)
        view = View(start, end, page.width, page.height, language=language, caption=Caption())
        export(timeline, view, page, target, title=t("cli.export.title", language))
    except AllianceError as error:
        print(explain(error, language), file=sys.stderr)
        return 2
    print(t("app.no-display", language, path=target), file=sys.stderr)
    return 0


def _run_window(path: Path | None) -> int:
    # Nearly all that is made until the first picture stays: looking for garbage in it is in vain.
    gc.disable()
    where = settings_path()
    settings = load_settings(where)
    asked = path or last_file(settings)[0] or data_folder() / OWN_FILE
    is_kept = opening_file.is_kept(asked)
    seen = None if is_kept else _seen(asked)
    if not (is_kept or seen):
        # A thread is linking Qt just now: what knows nothing of it is imported meanwhile.
        for room in _WITHOUT_QT:
            import_module(room)
    with unhooked():
        from PySide6.QtWidgets import QApplication

    from viewer.widgets.files import opening_picture
    from viewer.widgets.main_window import MainWindow
    from viewer.widgets.parts.faults import install

    application = QApplication([PROGRAM])
    application.setApplicationName(PROGRAM)
    application.setStyle("Fusion")
    language = settings.language or system_language()
    log = where.parent / "faults.log"
    install(log, lambda: language)
    window = MainWindow(settings)
    is_shown = opening_picture.show(window, asked, settings, language)
    if is_kept and not is_shown:
        seen = _seen(asked)
    if seen is not None:
        from viewer.widgets.files import first_sight

        is_shown = first_sight.show(window, seen, asked, settings, language)
    if is_shown and not window.isVisible():
        return 0  # closed at once
    try:
        wired = Wired(application, path, settings, language, window)
    except AllianceError as error:
        window.hide()
        return _refuse(error, language)
    install(log, lambda: wired.state.language)
    wired.show()
    code = application.exec()
    wired.remember()
    wired.close()
    return code


def _seen(path: Path) -> Sight | None:
    """The first sight of a file; None of a small one, and of one that does not open: why is told
    where it is opened."""
    from db.sight import sight

    try:
        return sight(path)
    except (AllianceError, OSError):
        return None


class Wired:
    """The parts of the window, built and connected.

    Raises `AllianceError` where the file asked for is refused or no font has Hangul.
    """

    def __init__(
        self,
        application: QApplication,
        path: Path | None,
        settings: Settings,
        language: Language,
        window: MainWindow | None = None,
    ) -> None:
        from viewer.document import Document
        from viewer.kept_timelines import KeptTimelines
        from viewer.widgets.main_window import MainWindow
        from viewer.widgets.palette import apply_look
        from viewer.widgets.parts.qt_words import set_qt_language
        from viewer.widgets.state import Selection, ViewState

        self.settings = settings
        self._told: list[str] = []
        self._language = language
        self._keeping: Work | None = None
        self._is_as_opened = True
        self._is_closing = False
        cache = KeptTimelines(cache_folder() / "columns")
        self.document = Document(settings.author or system_name(), cache)
        self._open(path)
        theme = system_theme() if settings.theme == "system" else settings.theme
        self.state = ViewState(self.document, language=language, theme=theme)
        self.state.theme_choice = settings.theme
        self.state.set_type_size(settings.type_size)
        self.selection = Selection()
        apply_look(application, theme, self.state.type_size)
        set_qt_language(language)
        self.window = window or MainWindow(settings)
        self.window.fill(self.document, self.state, self.selection)
        self.document.beside = self._places_at_start
        self.state.changed.connect(self._on_state)
        signals = (self.state.changed, self.selection.changed)
        for change in (*signals, self.document.replaced):
            change.connect(self._on_any_change)
        self.document.changed.connect(self._on_changed)

    def _open(self, path: Path | None) -> None:
        """A file that was asked for must open; else it is the one that was open last, or the
        user's own. Where that does not, the window still comes, so that another can be opened or
        made; why is told when it stands."""
        if path is not None:
            self.document.open(path)
            return
        last, gone = last_file(self.settings)
        if gone is not None:
            self._told.append(t("setting.last-file-gone", self._language, path=gone))
        if not (last is not None and self._opened(lambda: last)):
            self._opened(own_file)

    def _opened(self, find: Callable[[], Path]) -> bool:
        try:
            self.document.open(find())
        except AllianceError as error:
            self._told.append(explain(error, self._language))
            return False
        return True

    def show(self) -> None:
        """Shows the window; what is not needed for its first picture follows after it."""
        self.window.completed.connect(self._after_first_picture)
        self.window.show()
        self.window.canvas.setFocus()

    def _after_first_picture(self) -> None:
        from PySide6.QtCore import QTimer

        gc.freeze()
        gc.enable()
        self.window.status.show_check("running" if self.document.path else "")
        soon = QTimer(self.window, singleShot=True)
        soon.timeout.connect(lambda: self.window.canvas.placing.then(self._look_and_check))
        soon.start(_SOON)
        if self._told:
            from viewer.widgets.parts.messages import warning_box

            warning_box(self.window, "\n\n".join(self._told), self.state.language).open()
        self.window.editions.look()

    def _look_and_check(self) -> None:
        """Keeps the window as it opens for the next start, and begins to check the file."""
        from viewer.widgets.files import opening_picture

        if self._is_closing:
            return
        path = self.document.path
        if path is not None and self._is_as_opened:
            self._keeping = opening_picture.keep(
                self.window, path, self.state, self.document.last_change
            )
        self.window.files.begin_check()

    def _on_any_change(self) -> None:
        self._is_as_opened = False

    def _on_changed(self, changed: Changed) -> None:
        if changed.way != "read":
            self._on_any_change()

    def _on_state(self, kind: str) -> None:
        if kind == "language":
            from viewer.widgets.parts.qt_words import set_qt_language

            set_qt_language(self.state.language)
            # Until the user chooses one, the system's language counts at each start.
            self.settings.language = self.state.language
        if kind in ("language", "theme", "type"):
            self.remember()

    def close(self) -> None:
        """Lets go of the file, and returns when all that belongs to that is done; the window may
        be gone already, and nothing on the screen waits."""
        from viewer.widgets.files.closing import Closing

        self._is_closing = True
        window, document = self.window, self.document
        last, path = window.safekeeping.last(), document.path
        closing = Closing(window, path.name if path else "", self.state.language)
        closing.wait((
            window.files.stop(), window.editions.stop(), window.safekeeping.stop(),
            window.proving.stop(), self._keeping, document.leaving,
        ))  # fmt: skip
        jobs = document.let_go(), last

        def finish(steps: Steps) -> None:
            keep, back_up = jobs
            if keep is not None:
                keep()
            if back_up is not None:
                back_up(steps)

        if any(jobs):
            closing.finish(finish)
        document.close()

    def _places_at_start(self) -> Callable[[], Arrays]:
        """What finds where the labels stand when the file is opened again."""
        from db.filters import Filter

        canvas = self.window.canvas
        view = replace(canvas.view(), filter=Filter(), scheme=None, rule=None, callouts=True)
        return canvas.placing.to_keep(view)

    def remember(self) -> None:
        """Keeps the settings for the next start: at once when one changes, as a program that is
        killed comes to no end at which it could."""
        save_settings(settings_path(), self.remembered())

    def remembered(self) -> Settings:
        """The settings as they are to be found at the next start."""
        self.settings.theme = self.state.theme_choice
        self.settings.type_size = self.state.type_size
        if self.document.path is not None:
            self.settings.last_file = str(self.document.path.absolute())
        return self.settings


def _refuse(error: AllianceError, language: Language) -> int:
    """One sentence, on standard error, and in a box where nobody reads that."""
    sentence = explain(error, language)
    if sys.stderr is not None:
        print(sentence, file=sys.stderr)
    if not _is_read(sys.stderr):
        from viewer.widgets.parts.messages import warning_box

        warning_box(None, sentence, language).exec()
    return 2


def _is_read(stream: TextIO | None) -> bool:
    """Whether a terminal, a pipe or a file takes what is written; a program started by a click
    has none of them."""
    try:
        mode = os.fstat(stream.fileno()).st_mode if stream is not None else 0
    except (OSError, ValueError):
        return False
    if stat.S_ISFIFO(mode) or stat.S_ISREG(mode):
        return True
    return stream is not None and stream.isatty()
