"""The panel of a form beside the timeline: heading, notices, fields, faults, buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from viewer.widgets.forms.event_parts import fault_words, save_by_keys
from viewer.widgets.parts.fields import Field, FieldsArea, plain_label, reveal
from viewer.widgets.parts.text_buttons import quiet_button
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtCore import SignalInstance

    from db.errors import AllianceError
    from db.records import Language
    from viewer.widgets.forms.event_fields import Wrong
    from viewer.widgets.state import ViewState

Notice = tuple[str, "Mapping[str, Callable[[Language], str]]"]
"""Something to know: a key of the catalogue, and its fields in a language."""
_EDITING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_COMMANDING = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class Fields(Protocol):
    """The fields of a form, a widget: `changed` tells of every change by hand, `folded` when a
    part was opened or folded away."""

    @property
    def changed(self) -> SignalInstance: ...
    @property
    def folded(self) -> SignalInstance: ...
    def retext(self, language: Language) -> None: ...
    def unfold_to(self, field: Field) -> None: ...


class FormPanel(QWidget):
    """The fields between a heading and the buttons. It decides nothing: `save_asked`,
    `leave_asked` and `discard_asked` tell what its user wants, `changed` every change by hand,
    `folded` that a part was opened or folded away."""

    save_asked = Signal()
    leave_asked = Signal()
    discard_asked = Signal()
    changed = Signal()
    folded = Signal()

    def __init__(self, fields: Fields, state: ViewState, heading_key: str, save_key: str) -> None:
        """`heading_key` names the form, `save_key` says what saving does."""
        super().__init__()
        assert isinstance(fields, QWidget)
        self.setObjectName("event_form")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(260)
        self._state, self._parts = state, fields
        self._heading_key, self._save_key = heading_key, save_key
        self._notices: list[Notice] = []
        self._fault: AllianceError | None = None
        self._draft_fault: AllianceError | None = None
        self.heading = plain_label("title", wraps=True)
        self.notice = plain_label(wraps=True)
        self.area = FieldsArea(fields)
        self.fault = plain_label("wrong", wraps=True)
        self.again = QPushButton()
        self.save, self.leave, self.discard = QPushButton(), QPushButton(), quiet_button()
        self._arrange()
        self._connect()
        self.retext()

    def begin(self) -> None:
        """Puts the keyboard where typing begins."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """Large type needs a wider panel."""
        return QSize(round(min(max(368, 28 * self._state.type_size), 480)), 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 200)

    def _arrange(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(12, 12, 12, 4)
        head.setSpacing(6)
        self.notice_box = QFrame()
        self.notice_box.setObjectName("notice")
        QVBoxLayout(self.notice_box).addWidget(self.notice)
        self.notice_box.hide()
        head.addWidget(self.heading)
        head.addWidget(self.notice_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.area, 1)
        column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("form_foot")
        column = QVBoxLayout(foot)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        self.fault_box = QWidget()
        fault = QHBoxLayout(self.fault_box)
        fault.setContentsMargins(0, 0, 0, 0)
        fault.addWidget(self.fault, 1)
        fault.addWidget(self.again)
        self.fault_box.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.save)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        buttons.addWidget(self.discard)
        self.save.setProperty("primary", "true")
        for button in (self.save, self.leave, self.again):
            button.setAutoDefault(True)
        column.addWidget(self.fault_box)
        column.addLayout(buttons)
        self.discard.hide()
        return foot

    def _connect(self) -> None:
        self.save.clicked.connect(self.save_asked)
        self.again.clicked.connect(self.save_asked)
        self.leave.clicked.connect(self.leave_asked)
        self.discard.clicked.connect(self.discard_asked)
        self._parts.changed.connect(self.changed)
        self._parts.folded.connect(self.folded)
        self._state.changed.connect(self._on_state)
        save_by_keys(self, self.save_asked.emit)

    # What it says

    def _on_state(self, kind: str) -> None:
        if kind == "language":
            self.retext()

    def retext(self) -> None:
        """Says everything in the window's language; what was typed stays."""
        language = self._state.language
        heading = t(self._heading_key, language)
        self.heading.setText(heading)
        self.setAccessibleName(heading)
        self._parts.retext(language)
        self.save.setText(t("form.save", language))
        self.save.setToolTip(t(self._save_key, language))
        self.leave.setText(t("form.leave", language))
        self.leave.setToolTip(t("form.leave-told", language))
        self.discard.setText(t("form.discard", language))
        self.discard.setToolTip(t("form.discard-told", language))
        self.again.setText(t("form.again", language))
        self._show_notices()
        self._show_fault()

    def show_notices(self, notices: Sequence[Notice]) -> None:
        """What is to be known of what the form is about."""
        self._notices = list(notices)
        self._show_notices()

    def _show_notices(self) -> None:
        language = self._state.language
        lines = []
        for key, fields in self._notices:
            ready = {name: words(language) for name, words in fields.items()}
            lines.append(t(key, language, **ready))
        self.notice.setText("\n".join(lines))
        self.notice_box.setVisible(bool(lines))

    def show_touched(self, touched: bool) -> None:
        """Whether there is anything that could be discarded."""
        self.discard.setVisible(touched)

    def show_fault(self, error: AllianceError | None) -> None:
        """Why it could not be written; it can be tried again."""
        self._fault = error
        self._show_fault()
        if error is not None:
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_draft_fault(self, error: AllianceError | None) -> None:
        """Why what is typed could not be kept, None once it could."""
        self._draft_fault = error
        self._show_fault()

    def _show_fault(self) -> None:
        language, error = self._state.language, self._fault
        text = fault_words(error, self._draft_fault, language)
        self.fault.setText(text)
        self.fault_box.setVisible(bool(text))
        self.again.setVisible(error is not None)
        self.again.setAccessibleDescription(text)

    def show_wrong(self, wrong: Sequence[Wrong]) -> None:
        """Says at each field what is missing or wrong there, and goes to the first of them."""
        for field, error in wrong:
            self._parts.unfold_to(field)
            field.show_wrong(error)
        field = wrong[0][0]
        field.focus()
        reveal(field)

    def commit_typing(self) -> None:
        """Ends what an input method is just composing: it is part of the text."""
        QGuiApplication.inputMethod().commit()

    def event(self, event: QEvent) -> bool:
        """Letters, figures and Delete belong to the form, whatever they mean to the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            typed = event.text().isprintable() and bool(event.text())
            if not event.modifiers() & _COMMANDING and (typed or event.key() in _EDITING):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave_asked.emit()
        else:
            super().keyPressEvent(event)
