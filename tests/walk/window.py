"""The program with its window, and an eye for whoever walks through it.

`python -m tests.walk.window SOCKET [FILE]` runs the program as a user starts it. Beside that a
local socket answers questions, one Python expression a line, in JSON: where on the screen a thing
is, what a field holds. It looks only; all that is done to the window comes as keys and mouse.
"""

from __future__ import annotations

import json
import socket
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QPointF, QRectF, QSocketNotifier
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from viewer import app
from viewer.display import box
from viewer.widgets.canvas.walk import STOPS
from viewer.widgets.commands import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator


class Eye:
    """What can be asked of the window; each answer is made of numbers, texts and lists."""

    def __init__(self, wired: app.Wired) -> None:
        self.window, self.document = wired.window, wired.document
        self.selection, self.state = wired.selection, wired.state

    def is_ready(self) -> bool:
        """Whether the window stands with all its panels, and its titles have their places."""
        made = "inspector" in self.window.__dict__
        return made and self.window.isVisible() and not self.window.canvas.placing.busy

    def is_painted(self) -> bool:
        """Whether all windows and menus that are open are on the screen."""
        tops = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        handles = [each.windowHandle() for each in tops]
        return all(each is not None and each.isExposed() for each in handles)

    # Where things are, in px of the screen

    def at(self, widget: QWidget, x: float = 0.5, y: float = 0.5) -> list[int]:
        """A place in a widget, as shares of its width and height."""
        inside = QPoint(round(x * (widget.width() - 1)), round(y * (widget.height() - 1)))
        return self._on_screen(widget, QPointF(inside))

    def mark(self, table: str, ident: int) -> list[int]:
        """The middle of the mark, bar or heading of an event or stage."""
        place = self._box(table, ident).center()
        return self._on_screen(self.window.canvas, place)

    def end_of(self, table: str, ident: int) -> list[int]:
        """The right end of the bar of an event."""
        found = self._box(table, ident)
        return self._on_screen(self.window.canvas, QPointF(found.right() - 1, found.center().y()))

    def callout(self, note_id: int) -> list[int]:
        """The middle of a note's box on the picture."""
        for item in self.window.canvas.display().items:
            if item.ref == ("note", note_id):
                return self._on_screen(self.window.canvas, QRectF(*box(item)).center())
        raise LookupError(note_id)

    def empty(self, lane: int, edtf_year: int) -> list[int]:
        """An empty place of a lane (its number from above) near the middle of a year."""
        from db.dates import from_iso

        canvas = self.window.canvas
        lane_id = self.document.timeline.lanes[lane].id
        x = canvas.scale().x(from_iso(f"{edtf_year}-07-01"))
        for across in (x, *(x + step for step in (-3, 3, -6, 6, -9, 9, -12, 12))):
            for y in range(40, canvas.height() - 4, 3):
                place = canvas.place_at(QPointF(across, y))
                if place is not None and place[0] == lane_id:
                    return self._on_screen(canvas, QPointF(across, y))
        raise LookupError((lane, edtf_year))

    def band(self, lane: int, edtf_year: int) -> list[int]:
        """A place of a lane's stage band near the middle of a year."""
        from db.dates import from_iso

        canvas = self.window.canvas
        lane_id = self.document.timeline.lanes[lane].id
        x = canvas.scale().x(from_iso(f"{edtf_year}-07-01"))
        for y in range(40, canvas.height() - 4):
            place, item = canvas.place_at(QPointF(x, y)), canvas.display().hit(x, y)
            if place and place[0] == lane_id and item is not None and item.role == "stage":
                return self._on_screen(canvas, QPointF(x, y + 2))
        raise LookupError((lane, edtf_year))

    def _box(self, table: str, ident: int) -> QRectF:
        for role in STOPS:
            for item in self.window.canvas.display().items:
                if item.ref == (table, ident) and item.role == role:
                    return QRectF(*box(item))
        raise LookupError((table, ident))

    def _on_screen(self, widget: QWidget, at: QPointF) -> list[int]:
        place, ratio = widget.mapToGlobal(at), widget.devicePixelRatioF()
        return [round(place.x() * ratio), round(place.y() * ratio)]

    # What is shown

    def named(self, name: str, inside: QWidget | None = None) -> QWidget:
        """The visible control with this accessible name or text."""
        tops = [inside] if inside else QApplication.topLevelWidgets()
        for top in tops:
            for each in (top, *top.findChildren(QWidget)):
                if each.isVisible() and name in self._names(each):
                    return each
        raise LookupError(name)

    def _names(self, widget: QWidget) -> Iterator[str]:
        yield widget.accessibleName()
        text = getattr(widget, "text", None)
        if callable(text) and not isinstance(widget, QLabel):
            yield plain_text(str(text()))

    def focus(self) -> str:
        """What has the keyboard: its accessible name, else its text or class."""
        widget = QApplication.focusWidget()
        if widget is None:
            return ""
        return next((name for name in self._names(widget) if name), type(widget).__name__)

    def field(self) -> str:
        """What stands in the field that has the keyboard."""
        widget = QApplication.focusWidget()
        if isinstance(widget, QPlainTextEdit):
            return widget.toPlainText()
        if isinstance(widget, QComboBox):
            return widget.currentText()
        return widget.text() if isinstance(widget, QLineEdit) else ""

    def dialogs(self) -> list[str]:
        """The titles of the dialogs that are open, the newest last."""
        tops = QApplication.topLevelWidgets()
        found = [each for each in tops if isinstance(each, QDialog) and each.isVisible()]
        return [each.windowTitle() for each in found]

    def is_asking(self, title: str = "") -> bool:
        """Whether a dialog (of that title) is in front and has the keyboard."""
        if not self.dialogs():
            return False
        found = self.dialog()
        return found.isActiveWindow() and title in ("", found.windowTitle())

    def dialog(self) -> QDialog:
        """The dialog that is open in front."""
        found = QApplication.activeModalWidget()
        if isinstance(found, QDialog):
            return found
        tops = QApplication.topLevelWidgets()
        return next(each for each in tops if isinstance(each, QDialog) and each.isVisible())

    def said(self) -> str:
        """All that the open dialog says, and the status line where there is none."""
        if not self.dialogs():
            return self.window.status.currentMessage()
        labels = self.dialog().findChildren(QLabel)
        return "\n".join(each.text() for each in labels if each.isVisible())

    def menu(self) -> list[str]:
        """The entries of the menu that is open."""
        found = QApplication.activePopupWidget()
        if not isinstance(found, QMenu):
            return []
        return [plain_text(each.text()) for each in found.actions() if not each.isSeparator()]

    def entry(self, text: str) -> list[int]:
        """An entry of the menu that is open."""
        found = QApplication.activePopupWidget()
        assert isinstance(found, QMenu)
        for action in found.actions():
            if plain_text(action.text()) == text:
                return self._on_screen(found, QPointF(found.actionGeometry(action).center()))
        raise LookupError(text)

    def menu_title(self, name: str) -> list[int]:
        """The title of a menu in the bar."""
        bar = self.window.menuBar()
        for action in bar.actions():
            if plain_text(action.text()) == name:
                return self._on_screen(bar, QPointF(bar.actionGeometry(action).center()))
        raise LookupError(name)

    def told(self, inside: QWidget) -> str:
        """All that is read out in a widget, whatever draws it."""
        found = [inside, *inside.findChildren(QWidget)]
        names = (each.accessibleName() or getattr(each, "text", str)() for each in found)
        return "\n".join(str(name) for name in names)

    def labels(self, inside: QWidget) -> str:
        """All texts of the labels in a widget."""
        found = inside.findChildren(QLabel)
        return "\n".join(each.text() for each in found if each.isVisible())


class Answering:
    """The socket beside the window."""

    def __init__(self, path: str, eye: Eye) -> None:
        self._eye = eye
        self._names = {name: getattr(eye, name) for name in dir(eye) if name[0] != "_"}
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(path)
        self._socket.listen()
        kind = QSocketNotifier.Type.Read
        self._notifier = QSocketNotifier(self._socket.fileno(), kind)
        self._notifier.activated.connect(lambda *_: self._answer())

    def _answer(self) -> None:
        client, _ = self._socket.accept()
        with client, client.makefile("rw") as talk:
            question = json.loads(talk.readline())
            try:
                answer: Any = eval(question, dict(self._names))
                text = json.dumps({"value": answer})
            except Exception:  # noqa: BLE001 - whoever asks is told
                text = json.dumps({"error": traceback.format_exc()})
            talk.write(text + "\n")


def main() -> int:
    path, *rest = sys.argv[1:]

    class Watched(app.Wired):
        """The window as ever, with a socket beside it."""

        def show(self) -> None:
            self._answering = Answering(path, Eye(self))
            super().show()

    app.Wired = Watched  # type: ignore[misc]
    return app.run(Path(rest[0]) if rest else None)


if __name__ == "__main__":
    sys.exit(main())
