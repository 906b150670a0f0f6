"""A box with the progress of long work, and a button that stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from db.errors import AllianceError
from viewer.widgets.messages import hand_back
from viewer.widgets.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    Progress = Callable[[int, int], bool]

Result = TypeVar("Result")


class ProgressBox(QDialog):
    """Escape and the button ask the work to stop; the box goes when it has ended."""

    def __init__(self, parent: QWidget, text: str, stop: str) -> None:
        super().__init__(parent)
        hand_back(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(parent.windowTitle())
        self.stopped = False
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(text)
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setMinimumWidth(380)
        self.stop = QPushButton(stop)
        self.stop.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(label)
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.stop)
        column.addLayout(row)

    def show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def reject(self) -> None:
        self.stopped = True
        self.stop.setEnabled(False)


class _Relay(QObject):
    """Carries the progress from the thread of the work to that of the window."""

    told = Signal(int, int)


def working(
    parent: QWidget,
    text: str,
    stop: str,
    job: Callable[[Progress], Result],
    *,
    done: Callable[[Result], object],
    failed: Callable[[AllianceError], object],
) -> ProgressBox:
    """Runs `job` in a thread under a box. The progress that it is given takes what is done and the
    whole, and returns False once the work is to stop; what the job then raises goes to `failed`.
    """
    box, relay = ProgressBox(parent, text, stop), _Relay()
    relay.told.connect(box.show_progress)

    def progress(so_far: int, whole: int) -> bool:
        relay.told.emit(so_far, whole)
        return not box.stopped

    work = Work(lambda: job(progress))

    def end() -> None:
        box.done(QDialog.DialogCode.Accepted)

    def on_failed(error: Exception) -> None:
        end()
        if not isinstance(error, AllianceError):
            raise error
        failed(error)

    def on_done(result: Result) -> None:
        end()
        done(result)

    work.done.connect(on_done)
    work.failed.connect(on_failed)
    # Held by the box: they live as long as it does.
    box.work, box.relay = work, relay  # type: ignore[attr-defined]
    box.open()
    work.start()
    return box
