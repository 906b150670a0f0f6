"""The form in which a note is written, beside the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from viewer.widgets.forms.event_parts import fault_words, save_by_keys
from viewer.widgets.parts.check_row import CheckRow
from viewer.widgets.parts.fields import plain_label
from viewer.widgets.parts.look import Look
from viewer.widgets.parts.markdown import MarkdownEditor
from viewer.widgets.parts.text_buttons import quiet_button
from viewer.words import t

if TYPE_CHECKING:
    from db.errors import AllianceError
    from viewer.widgets.state import ViewState


class NoteForm(QWidget):
    """Words in Markdown, with their preview, and whether they stand on the picture. It decides
    nothing: `save_asked`, `leave_asked` and `discard_asked` tell what its user wants, `changed`
    every change by hand."""

    save_asked = Signal()
    leave_asked = Signal()
    discard_asked = Signal()
    changed = Signal()
    link_asked = Signal(str)

    def __init__(self, state: ViewState, title: str, *, is_new: bool) -> None:
        super().__init__()
        self.setObjectName("event_form")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(260)
        self._state, self._is_new = state, is_new
        self._fault: AllianceError | None = None
        self._draft_fault: AllianceError | None = None
        self.heading = plain_label("title", wraps=True)
        self.on = plain_label("field", wraps=True)
        self.on.setText(title)
        self.editor = MarkdownEditor(Look.of(state))
        self.callout = CheckRow()
        self.fault = plain_label("wrong", wraps=True)
        self.save, self.leave, self.discard = QPushButton(), QPushButton(), quiet_button()
        self._arrange()
        self._connect()
        self.retext()

    def sizeHint(self) -> QSize:
        return QSize(round(min(max(368, 28 * self._state.type_size), 480)), 600)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        for widget in (self.heading, self.on):
            column.addWidget(widget)
        column.addWidget(self.editor, 1)
        column.addWidget(self.callout)
        foot = QFrame()
        foot.setObjectName("form_foot")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(0, 8, 0, 0)
        buttons.setSpacing(6)
        self.save.setProperty("primary", "true")
        for button in (self.save, self.leave):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.discard)
        column.addWidget(self.fault)
        column.addWidget(foot)
        self.fault.hide()
        self.discard.hide()

    def _connect(self) -> None:
        self.editor.changed.connect(self._on_changed)
        self.editor.link_asked.connect(self.link_asked)
        self.callout.toggled.connect(self._on_changed)
        self.save.clicked.connect(self.save_asked)
        self.leave.clicked.connect(self.leave_asked)
        self.discard.clicked.connect(self.discard_asked)
        save_by_keys(self, self._save)

    def _save(self) -> None:
        # What the input method still holds belongs to the note.
        QGuiApplication.inputMethod().commit()
        self.save_asked.emit()

    def _on_changed(self) -> None:
        self.discard.show()
        self.changed.emit()

    def begin(self) -> None:
        """Takes the focus."""
        self.editor.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fill(self, words: str, *, callout: bool) -> None:
        """Shows what is there; that is no change by hand."""
        for widget in (self.editor, self.callout):
            widget.blockSignals(True)
        self.editor.set_text(words)
        self.callout.setChecked(callout)
        for widget in (self.editor, self.callout):
            widget.blockSignals(False)

    def show_fault(self, error: AllianceError | None) -> None:
        """Why it could not be saved; what is typed stays, and can be saved again."""
        self._fault = error
        self._show_faults()

    def show_draft_fault(self, error: AllianceError | None) -> None:
        """Why what is typed could not be kept, None once it could."""
        self._draft_fault = error
        self._show_faults()

    def _show_faults(self) -> None:
        language, error = self._state.language, self._fault
        text = fault_words(error, self._draft_fault, language)
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        self.save.setText(t("form.again" if error else "form.save", language))

    def retext(self) -> None:
        language = self._state.language
        self.heading.setText(t("notes.new" if self._is_new else "notes.edit", language))
        self.setAccessibleName(self.heading.text())
        self.editor.dress(Look.of(self._state))
        self.callout.setText(t("notes.callout", language))
        for button, key in ((self.leave, "form.leave"), (self.discard, "form.discard")):
            button.setText(t(key, language))
        self._show_faults()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave_asked.emit()
        else:
            super().keyPressEvent(event)
