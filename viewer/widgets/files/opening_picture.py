"""The opening picture: the window as it looked when this file was last opened, shown at once.

It is up in half the time that the window itself needs, which is then built behind it and takes
its place whole. It is shown only where everything it follows from is as it was (`_key`), and
each start looks whether the window still opens like that. What is missing here is slower, never
wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer, Signal, SignalInstance, qVersion
from PySide6.QtGui import QCursor, QGuiApplication, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from db import media
from db.errors import AllianceError
from db.opening import glance
from viewer.render.family import family
from viewer.resources import program
from viewer.widgets.files import opening_file
from viewer.widgets.files.opening_file import Kept
from viewer.widgets.settings import system_theme

if TYPE_CHECKING:
    from pathlib import Path

    from db.records import Language
    from viewer.widgets.main_window import MainWindow
    from viewer.widgets.parts.work import Work
    from viewer.widgets.settings import Settings
    from viewer.widgets.state import ViewState

_LONGEST = 150  # ms that a window may take to come up before it is built without the picture


class OpeningPicture(QWidget):
    """Lies on a window that is still empty, then on its parts until all of them are there."""

    painted = Signal()

    def __init__(self, kept: Kept, window: MainWindow) -> None:
        super().__init__(window)
        self._shows = window
        self._kept = kept  # QImage does not hold the bytes that it shows
        self._image = QImage(kept.rows, *kept.px, 4 * kept.px[0], QImage.Format.Format_RGB32)
        self._image.setDevicePixelRatio(kept.ratio)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(*kept.window)

    def leave(self) -> None:
        """Goes when the window's parts have found their places."""
        soon = QTimer(self, singleShot=True)
        soon.timeout.connect(self.deleteLater)
        soon.start(0)

    def leave_when_placed(self) -> None:
        """Stays while many titles are still being placed, until the canvas is drawn anew: with
        them, or because a hand asks for something else."""
        canvas = self._shows.canvas
        if canvas.placing.busy:
            canvas.drawn.connect(self.leave)
        else:
            self.leave()

    def fits(self) -> bool:
        """Whether the window came up in the size and on the kind of screen that it shows."""
        same_size = self.window().size() == QSize(*self._kept.window)
        return same_size and self.devicePixelRatioF() == self._kept.ratio

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.fits():
            painter = QPainter(self)
            painter.drawImage(0, 0, self._image)
            painter.end()
            self.painted.emit()


def show(window: MainWindow, path: Path, settings: Settings, language: Language) -> bool:
    """Shows a window that is still empty with the picture of its file, if there is one that holds.

    Returns when it is painted. What the user does meanwhile waits for the window's parts, but for
    closing it.
    """
    kept = opening_file.read(opening_file.place(path)) if opening_file.is_kept(path) else None
    if kept is None or not _may_fit(window, kept):
        return False
    theme = system_theme() if settings.theme == "system" else settings.theme
    look = _look(window, language, theme, settings.type_size, settings.columns)
    try:
        if kept.key != _key(path, look):
            return False
    except (AllianceError, OSError):
        return False
    picture = OpeningPicture(kept, window)
    window.filled.connect(picture.raise_)
    window.completed.connect(picture.leave_when_placed)
    window.setWindowTitle(kept.title)
    show_until(picture.painted, window)
    return True


def show_until(painted: SignalInstance, window: MainWindow) -> None:
    """Shows a window that has nothing but what lies on it; returns when that tells that it is
    painted."""
    loop = QEventLoop()
    painted.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
    QTimer.singleShot(_LONGEST, loop.quit)
    window.show()
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def _may_fit(window: QWidget, kept: Kept) -> bool:
    """How large a window becomes that fills the screen is known only when it is shown."""
    fills = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen
    return bool(window.windowState() & fills) or window.size() == QSize(*kept.window)


def keep(window: MainWindow, path: Path, state: ViewState, last_change: int) -> Work | None:
    """Keeps the window as it looks now for the next start, in a thread.

    To be called when the window has just come up, on a file of which it knows the changes up to
    `last_change`. None where it does not look as it always opens.
    """
    from viewer.widgets.parts.work import Work

    if not _is_untouched(window):
        return None
    columns = bytes(window.columns.saveState().toHex().data()).decode()
    look = _look(window, state.language, state.theme, state.type_size, columns)
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    kept = Kept(
        path=str(path.absolute()),
        key="",
        title=window.windowTitle(),
        window=(window.width(), window.height()),
        ratio=image.devicePixelRatio(),
        px=(image.width(), image.height()),
        rows=bytes(image.constBits()),
    )
    work = Work(lambda: _keep(path, kept, look, last_change))
    work.start()
    return work


def _is_untouched(window: MainWindow) -> bool:
    """Whether the keys go to the picture, nothing is open over it, nothing beside it is lit up
    under the pointer, and no draft of last time is offered."""
    if "bar" in window.adding.__dict__:
        return False
    below = QApplication.widgetAt(QCursor.pos())
    lit = below is not None and below is not window.canvas and below.underMouse()
    open_over_it = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    return window.focusWidget() is window.canvas and open_over_it is None and not lit


def _keep(path: Path, kept: Kept, look: tuple[object, ...], last_change: int) -> None:
    """Nothing of a timeline is kept that carries a handling mark, or that lies elsewhere than the
    cache folder: what was brought on a stick or a share leaves nothing behind on the machine."""
    from db.store import Store

    kept_at = opening_file.place(path)
    try:
        key = _key(path, look)
        with Store.open(path, read_only=True) as store:
            marked, changed = store.is_marked(), store.last_change() != last_change
    except (AllianceError, OSError):
        return
    if marked or not media.on_one(path, kept_at.parent):
        opening_file.drop(kept_at)
    elif not changed:
        opening_file.write(kept_at, kept._replace(key=key))


def _key(path: Path, look: tuple[object, ...]) -> str:
    """All that the picture of a file follows from. Raises what `glance` does."""
    return repr((str(path.absolute()), glance(path), family(), program(), look))


def _look(
    window: QWidget, language: Language, theme: str, type_size: float, columns: str
) -> tuple[object, ...]:
    """What the window shows a file with."""
    screen = window.screen()
    on = (QGuiApplication.platformName(), screen.devicePixelRatio(), screen.logicalDotsPerInch())
    return (language, theme, type_size, columns, qVersion(), *on)
