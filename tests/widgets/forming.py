"""The vocabulary of the tests of the events' form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.helpers import press, settle, write

if TYPE_CHECKING:
    from db.records import Ref
    from viewer.app import Wired
    from viewer.widgets.forms.event_form import EventForm

CTRL = Qt.KeyboardModifier.ControlModifier


def form_of(wired: Wired) -> EventForm:
    form = wired.window.adding.form
    assert form is not None, "no form is open"
    return form


def begin(wired: Wired) -> EventForm:
    """Presses N."""
    press(wired.window.canvas, Qt.Key.Key_N)
    return form_of(wired)


def edit(wired: Wired, ref: Ref) -> EventForm:
    """Selects an event and presses F2."""
    wired.selection.select(ref)
    press(wired.window.canvas, Qt.Key.Key_F2)
    return form_of(wired)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def key(which: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Presses a key where the focus is."""
    press(focused(), which, modifiers)


def save() -> None:
    key(Qt.Key.Key_Return, CTRL)


def compose(widget: QWidget, preedit: str) -> None:
    """What an input method shows before a syllable is finished."""
    QApplication.sendEvent(widget, QInputMethodEvent(preedit, []))
    settle()


def overridden(widget: QWidget, which: Qt.Key, text: str = "") -> bool:
    """Whether a widget takes a key for itself that is a command elsewhere."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, which, Qt.KeyboardModifier.NoModifier, text)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def title_event(wired: Wired, title: str, date: str = "") -> Ref:
    """Adds an event by hand and gives its Ref."""
    form = begin(wired)
    write(focused(), title)
    form.fields.date.line.setFocus()
    if date:
        write(form.fields.date.line, date)
    save()
    ref = wired.selection.ref
    assert ref is not None
    return ref
