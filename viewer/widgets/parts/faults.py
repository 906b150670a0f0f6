"""What nobody foresaw: written to a log and told in a box, and the window goes on."""

from __future__ import annotations

import sys
import time
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QMessageBox

from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from db.records import Language


class Faults:
    """A `sys.excepthook`. One box at a time: a fault in painting comes back with each frame."""

    def __init__(self, log: Path, language: Callable[[], Language]) -> None:
        self._log, self._language = log, language
        self._box: QMessageBox | None = None

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        told = "".join(traceback.format_exception(kind, error, trace))
        print(told, file=sys.stderr)
        with suppress(OSError):
            self._log.parent.mkdir(parents=True, exist_ok=True)
            with self._log.open("a", encoding="utf-8") as file:
                file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')}\n{told}\n")
        if self._box is None and QApplication.instance() is not None:
            self._tell(f"{kind.__name__}: {error}")

    def _tell(self, told: str) -> None:
        from viewer.widgets.parts.messages import tell_text

        language = self._language()
        text = t("app.fault", language, error=told, log=self._log)
        parent = QApplication.activeWindow()
        self._box = tell_text(parent, t("window.program", language), text, language)
        self._box.finished.connect(self._forget)

    def _forget(self) -> None:
        self._box = None


def install(log: Path, language: Callable[[], Language]) -> None:
    """Sends what escapes from anywhere, Qt's slots and paint events included, to `log`."""
    sys.excepthook = Faults(log, language)
