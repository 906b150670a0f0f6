"""A box with the progress of long work, and a button that stops it; the window behind it waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from db.errors import AllianceError
from viewer.widgets.parts.messages import hand_back
from viewer.widgets.parts.steps import Steps, Stopped
from viewer.widgets.parts.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

Result = TypeVar("Result")


class ProgressBox(QDialog):
    """Until it is told how far the work is, its bar only shows that there is some. Escape and the
    button, which bears the words `stop`, ask the work to stop; without words it cannot be. The box
    goes when the work has ended."""

    def __init__(self, parent: QWidget | None, text: str, stop: str, steps: Steps) -> None:
        super().__init__(parent)
        hand_back(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if parent is not None:
            self.setWindowTitle(parent.windowTitle())
            self.setWindowModality(Qt.WindowModality.WindowModal)
        self._steps = steps
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(text)
        self.label = QLabel(text)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setMinimumWidth(380)
        self.stop = QPushButton(stop)
        self.stop.setVisible(bool(stop))
        self.stop.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.label)
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.stop)
        column.addLayout(row)
        steps.advanced.connect(self._show_percent)

    def _show_percent(self, percent: int) -> None:
        self.bar.setRange(0, 100)
        self.bar.setValue(percent)

    def reject(self) -> None:
        if self.stop.text():
            self._steps.stop()
            self.stop.setEnabled(False)


def working(
    parent: QWidget,
    text: str,
    stop: str,
    job: Callable[[Steps], Result],
    *,
    done: Callable[[Result], object],
    failed: Callable[[AllianceError], object],
    stopped: Callable[[], object] = lambda: None,
) -> ProgressBox:
    """Runs `job` in a thread under a box. It tells the steps that it is given how far it is; once
    it is to stop they raise `Stopped`, and what the job has begun is to be taken back by that.
    Where that comes too late it is `done` all the same.
    """
    steps = Steps()
    box, work = ProgressBox(parent, text, stop, steps), Work(lambda: job(steps))

    def on_failed(error: Exception) -> None:
        box.done(QDialog.DialogCode.Accepted)
        if isinstance(error, Stopped):
            stopped()
        elif isinstance(error, AllianceError):
            failed(error)
        else:
            raise error

    def on_done(result: Result) -> None:
        box.done(QDialog.DialogCode.Accepted)
        done(result)

    work.done.connect(on_done)
    work.failed.connect(on_failed)
    # Held by the box: it lives as long as it does.
    box.work = work  # type: ignore[attr-defined]
    box.open()
    work.start()
    return box
