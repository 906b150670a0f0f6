"""What is still to be done when the window has closed: beside the screen, which is free at once.

The file is whole by then, and one file again; whoever kills the program loses nothing but what
was being made. Where it lasts, a box says so and can be told to let it be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from viewer.widgets.parts.steps import Steps, Stopped
from viewer.widgets.parts.work import Work
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QWidget

    from db.records import Language
    from viewer.widgets.parts.progress import ProgressBox

PATIENCE = 500  # ms until something lasts


class Closing:
    """Does things in a thread, one after the other, while events go on being answered."""

    def __init__(self, window: QWidget, name: str, language: Language) -> None:
        """`name` is that of the file."""
        self._window, self._name, self._language = window, name, language
        self._steps = Steps()
        self.box: ProgressBox | None = None

    def wait(self, works: Iterable[Work | None]) -> None:
        """Returns when all of them have let go of the file."""
        running = [each for each in works if each is not None]

        def join() -> None:
            for each in running:
                each.wait()

        if running:
            self._run(join)

    def finish(self, job: Callable[[Steps], object]) -> None:
        """Returns when the job has ended, or has let be what it was at. It tells how far it is."""
        # The last window is closed already; when the box goes, the program still has to end.
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        quits = application.quitOnLastWindowClosed()
        application.setQuitOnLastWindowClosed(False)
        lasting = QTimer(singleShot=True, interval=PATIENCE)
        lasting.timeout.connect(self._show)
        lasting.start()
        try:
            self._run(lambda: job(self._steps))
        except Stopped:
            return
        finally:
            lasting.stop()
            if self.box is not None:
                self.box.done(0)
            application.setQuitOnLastWindowClosed(quits)

    def _run(self, job: Callable[[], object]) -> None:
        """Runs a job in a thread until its end. Raises what it does."""
        ended: list[BaseException | None] = []
        work = Work(job)
        work.done.connect(lambda _: ended.append(None))
        work.failed.connect(ended.append)
        work.start()
        loop = QEventLoop()
        while not ended:
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if ended[0] is not None:
            raise ended[0]

    def _show(self) -> None:
        from viewer.widgets.parts.progress import ProgressBox

        language = self._language
        told = t("closing.told", language, name=self._name)
        box = self.box = ProgressBox(None, told, t("closing.leave", language), self._steps)
        box.setWindowTitle(t("closing.title", language, name=self._name))
        box.adjustSize()
        box.move(self._window.geometry().center() - box.rect().center())
        box.show()
