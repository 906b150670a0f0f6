"""A dialog that reads in a thread, shows what would come of it, and writes in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QPushButton

from db.errors import AllianceError
from viewer.widgets.parts.messages import hand_back
from viewer.widgets.parts.steps import Steps, Stopped
from viewer.widgets.parts.work import Work
from viewer.words import explain, t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QWidget

    from viewer.widgets.state import ViewState


class WorkDialog(QDialog):
    """What is read can be dropped at any time. While something is being written the dialog stays:
    cancelling asks the writing to stop, and it closes only once it is known what came of that.

    Whoever makes one of it places `told`, `progress`, `leave` and `accept_all`.
    """

    def __init__(self, state: ViewState, parent: QWidget | None) -> None:
        super().__init__(parent)
        hand_back(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._state = state
        self._work: Work | None = None
        self._steps: Steps | None = None
        self._writing = False
        self._notice = ""  # to be told with the next preview
        self.told, self.progress = QLabel(), QProgressBar()
        self.leave, self.accept_all = QPushButton(), QPushButton()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(2 * self.fontMetrics().height() + 4)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.accept_all.setProperty("primary", "true")
        self.accept_all.setDefault(True)
        self.leave.clicked.connect(self.reject)

    def read(self) -> None:
        """Reads (anew) and shows what would be done."""
        raise NotImplementedError

    def is_ready(self) -> bool:
        """Whether there is something to write."""
        raise NotImplementedError

    def held_still(self) -> tuple[QWidget, ...]:
        """What cannot be used while something is being written."""
        return ()

    def on_refused(self, error: AllianceError) -> None:
        """The reading or writing was refused, and that was told."""

    # Work

    def begin(
        self, job: Callable[[Steps], object], on_done: Callable[..., object], told: str
    ) -> None:
        """Starts work in a thread; `told` is said of it meanwhile."""
        steps = self._steps = Steps()
        steps.advanced.connect(self.progress.setValue)
        work = self._work = Work(lambda: job(steps))
        work.done.connect(on_done)
        work.failed.connect(self._on_failed)
        self.progress.setValue(0)
        self.set_busy(True)
        work.start()
        self.tell(told, "muted")

    def end(self) -> None:
        """To be called first when the work is done."""
        self._work = self._steps = None
        self._writing = False
        self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        for widget in self.held_still():
            widget.setEnabled(not (busy and self._writing))
        self.accept_all.setEnabled(not busy and self.is_ready())
        self.leave.setEnabled(True)

    def _on_failed(self, error: Exception) -> None:
        language = self._state.language
        self.end()
        if isinstance(error, Stopped):
            self.tell(t("importing.stopped", language), "muted")
        elif isinstance(error, AllianceError):
            if error.code == "import.changed":
                self._notice = explain(error, language)
                self.read()
                return
            self.tell(explain(error, language), "error")
            self.on_refused(error)
        else:
            raise error

    def drop(self) -> None:
        """Lets go of reading that is no longer wanted."""
        if self._work is not None and self._steps is not None:
            self._steps.stop()
            self._work.drop()
            self.end()

    def tell(self, text: str, rank: str) -> None:
        self.told.setText(text)
        if self.told.property("rank") != rank:
            self.told.setProperty("rank", rank)
            self.told.style().unpolish(self.told)
            self.told.style().polish(self.told)

    def reject(self) -> None:
        """Closes; while it is being written, asks that to stop, and waits for what comes of it."""
        if self._writing and self._steps is not None:
            self._steps.stop()
            self.leave.setEnabled(False)
            self.tell(t("importing.stopping", self._state.language), "muted")
            return
        self.drop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._writing:
            self.reject()
            event.ignore()
            return
        self.drop()
        super().closeEvent(event)
