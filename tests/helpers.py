"""The vocabulary of the window's tests: open it, press, type, look."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QMessageBox,
    QWidget,
)

from viewer.app import Wired
from viewer.widgets.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.records import Language

Kind = TypeVar("Kind", bound=QWidget)


def open_window(
    qtbot: QtBot,
    path: Path | None,
    *,
    language: Language = "en",
    theme: str = "light",
    size: tuple[int, int] = (1280, 720),
) -> Wired:
    """The window on a file, shown, painted, and closed with the test."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    wired = Wired(application, path, Settings(theme=theme), language)
    qtbot.addWidget(wired.window, before_close_func=lambda _: wired.close())
    wired.window.resize(*size)
    wired.show()
    qtbot.waitExposed(wired.window)
    settle()
    return wired


def settle() -> None:
    """Lets everything happen that is on its way."""
    for _ in range(3):
        QApplication.processEvents()


def click(widget: QWidget, at: QPoint | None = None) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())
    settle()


def press(
    widget: QWidget,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    QTest.keyClick(widget, key, modifiers)
    settle()


def write(widget: QWidget, text: str) -> None:
    """Types through the input method, as Korean is typed."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
    settle()


def fill(field: QLineEdit, text: str) -> None:
    """Types a text in place of what a field holds."""
    field.setFocus()
    field.clear()
    write(field, text)


def choose(box: QComboBox, data: object) -> None:
    """Takes an entry of a combo box by its data, as a hand does."""
    place = box.findData(data)
    assert place >= 0, f"{data!r} is not on offer"
    box.setCurrentIndex(place)
    box.activated.emit(place)
    settle()


def dialog(kind: type[Kind]) -> Kind:
    """The dialog of that kind that is open."""
    found = [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, kind) and each.isVisible()
    ]
    assert len(found) == 1, f"{len(found)} dialogs of kind {kind.__name__} are open"
    return found[0]


def choose_file(path: Path) -> None:
    """Takes a file in the file dialog that is open."""
    found = dialog(QFileDialog)
    found.fileSelected.emit(str(path))
    found.done(0)
    settle()


def told() -> str:
    """What the open message box says; it is closed by that."""
    box = dialog(QMessageBox)
    text = box.text()
    box.reject()
    settle()
    return text


def is_open(kind: type[QDialog]) -> bool:
    return any(
        isinstance(each, kind) and each.isVisible() for each in QApplication.topLevelWidgets()
    )


def texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Every text that a widget and those in it show or have read out, with where it stands."""
    for each in (widget, *widget.findChildren(QWidget)):
        where = f"{type(each).__name__} {each.objectName()}".strip()
        for text in texts_of(each):
            if text.strip():
                yield where, text


def texts_of(widget: QWidget) -> Iterator[str]:
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.toolTip()
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, QListWidget):
        yield from (widget.item(place).text() for place in range(widget.count()))
    if isinstance(widget, QMenu):
        yield widget.title()
    yield from (action.text() for action in widget.actions())
    if widget.isWindow():
        yield widget.windowTitle()
