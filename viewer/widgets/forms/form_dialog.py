"""A form in a dialog of its own: fields below each other, what is wrong, and two buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import AllianceError
from viewer.widgets.forms.event_parts import save_by_keys
from viewer.widgets.parts.fields import WRONG_SIGN, Field, FieldsArea, plain_label, set_property
from viewer.widgets.parts.messages import ask, hand_back
from viewer.widgets.parts.tabs import chain, in_reading_order
from viewer.words import explain, t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.records import Language
    from viewer.widgets.forms.event_fields import Wrong
    from viewer.widgets.forms.event_parts import PartsList

_WIDTH = 500  # px, at the usual type
_USUAL = 19  # px, the height of a line of it


class FormDialog(QDialog):
    """`fields` in the order of Tab. `save` writes what they hold and tells whether that was done;
    what it raises is told in the form, and all that was typed stays.

    `wrong` finds what is missing before anything is written: fields and why.
    """

    def __init__(
        self,
        heading: str,
        fields: Sequence[Field | PartsList[Any]],
        language: Language,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(heading)
        hand_back(self)
        self._language, self._fields = language, list(fields)
        self._touched = False
        self.save: Callable[[], bool] = lambda: True
        self.wrong: Callable[[], Sequence[Wrong]] = lambda: ()
        self.body = QWidget()
        self.area = FieldsArea(self.body)
        self.fault = plain_label("wrong", wraps=True)
        self.save_button, self.leave_button = QPushButton(), QPushButton()
        self._arrange()
        for field in self._fields:
            field.retext(language)
            field.changed.connect(self._on_change)
            field.rearranged.connect(self.order_tabs)
        self.save_button.setText(t("form.save", language))
        self.leave_button.setText(t("button.cancel", language))
        self.save_button.clicked.connect(self._save)
        self.leave_button.clicked.connect(self.reject)
        save_by_keys(self, self._save)
        self.order_tabs()

    def _arrange(self) -> None:
        self.body.setObjectName("form_body")
        rows = QVBoxLayout(self.body)
        rows.setContentsMargins(16, 14, 16, 14)
        rows.setSpacing(11)
        for field in self._fields:
            rows.addWidget(field)
        rows.addStretch(1)
        self.fault.hide()
        foot = QFrame()
        foot.setObjectName("form_foot")
        below = QVBoxLayout(foot)
        below.setContentsMargins(16, 10, 16, 12)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.leave_button)
        self.buttons.addWidget(self.save_button)
        below.addWidget(self.fault)
        below.addLayout(self.buttons)
        self.save_button.setProperty("primary", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.area, 1)
        column.addWidget(foot)
        # A button can be the default one of a dialog only once it stands in it.
        self.save_button.setDefault(True)

    def sizeHint(self) -> QSize:
        """As high as its fields, within what the screen has."""
        room = self.screen().availableGeometry()
        scale = max(self.fontMetrics().height() / _USUAL, 1.0)
        width = min(round(_WIDTH * scale), room.width() - 40)
        rows = self.body.layout()
        inside = rows.totalHeightForWidth(width) if rows is not None else -1
        if inside < 0:
            inside = self.body.sizeHint().height()
        # Where words wrap in a label its minimum may be more than it needs at this width.
        inside = max(inside, self.body.minimumSizeHint().height())
        foot = self.save_button.sizeHint().height() + 40
        return QSize(width, min(inside + foot, room.height() - 60))

    def order_tabs(self) -> None:
        """Tab goes the way that one reads."""
        chain([*in_reading_order(self.body), self.leave_button, self.save_button])

    def begin(self) -> None:
        """Opens it, with the cursor in the first field."""
        # Left to itself a dialog takes two thirds of the screen at most.
        self.resize(self.sizeHint())
        self.open()
        first = self._fields[0]
        if isinstance(first, Field):
            first.focus()

    def _on_change(self) -> None:
        self._touched = True
        self.fault.hide()

    # Saving and leaving

    def _save(self) -> None:
        # What an input method is just composing is part of the text.
        QGuiApplication.inputMethod().commit()
        wrong = self.wrong()
        if wrong:
            self._show_wrong(wrong)
            return
        try:
            saved = self.save()
        except AllianceError as error:
            self._show_fault(error)
            return
        if saved:
            self.forget()
            self.accept()

    def forget(self) -> None:
        """What was typed is saved, or no longer wanted."""

    def _show_wrong(self, wrong: Sequence[Wrong]) -> None:
        for field, error in wrong:
            field.show_wrong(error)
        field = wrong[0][0]
        field.focus()
        # It has its place once the words stand below it.
        QTimer.singleShot(0, field, lambda: self.area.ensureWidgetVisible(field, 0, 24))

    def _show_fault(self, error: AllianceError) -> None:
        self.show_told(f"{WRONG_SIGN} {explain(error, self._language)}", "wrong")

    def show_told(self, text: str, rank: str) -> None:
        """Says something above the buttons."""
        set_property(self.fault, "rank", rank)
        self.fault.setText(text)
        self.fault.show()
        self.save_button.setAccessibleDescription(text)

    def reject(self) -> None:
        """What was typed is not thrown away without a word."""
        if not self._touched:
            super().reject()
            return
        language = self._language
        sentence, yes = t("organise.discard", language), t("organise.discard.yes", language)
        ask(self, sentence, yes, language, self._throw_away)

    def _throw_away(self) -> None:
        self.forget()
        super().reject()
