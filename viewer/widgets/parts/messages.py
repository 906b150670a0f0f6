"""Plain words to the user in a box: a known error, a question, or that something went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from viewer.words import explain, t

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.errors import AllianceError
    from db.records import Language


def _box(parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    # File names and addresses are the user's: never markup.
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(icon)
    box.setWindowTitle(title)
    box.setText(text)
    hand_back(box)
    return box


def hand_back(dialog: QDialog) -> None:
    """The window that a dialog belongs to gets the keyboard again when it closes, also where no
    window manager sees to that; not if what was chosen has opened another dialog by then."""
    parent = dialog.parentWidget()
    if parent is None:
        return
    window = parent.window()

    def give() -> None:
        if QApplication.activeModalWidget() in (None, window):
            window.activateWindow()

    dialog.finished.connect(give)


def warning_box(parent: QWidget | None, text: str, language: Language) -> QMessageBox:
    """A box with a sentence and one button, not yet shown."""
    box = _box(parent, QMessageBox.Icon.Warning, t("window.program", language), text)
    box.addButton(t("button.ok", language), QMessageBox.ButtonRole.AcceptRole)
    return box


def tell_error(parent: QWidget | None, error: AllianceError, language: Language) -> QMessageBox:
    """Opens a box with the error's sentence; it does not wait for the answer."""
    box = warning_box(parent, explain(error, language), language)
    box.open()
    return box


def tell_text(parent: QWidget | None, title: str, text: str, language: Language) -> QMessageBox:
    """Opens a box with something to know."""
    box = _box(parent, QMessageBox.Icon.Information, title, text)
    box.addButton(t("button.ok", language), QMessageBox.ButtonRole.AcceptRole)
    box.open()
    return box


def ask(
    parent: QWidget | None, text: str, yes: str, language: Language, then: Callable[[], object]
) -> QMessageBox:
    """Asks, and calls `then` if the button `yes` is pressed; Escape and the other one do not."""
    box = _box(parent, QMessageBox.Icon.Question, t("window.program", language), text)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refuse = box.addButton(t("button.cancel", language), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(refuse)
    box.setEscapeButton(refuse)
    agree.clicked.connect(lambda: then())
    box.open()
    return box
