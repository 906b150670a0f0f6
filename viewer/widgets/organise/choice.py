"""The question that comes before a deletion: what is to become of what the thing holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import AllianceError
from viewer.widgets.parts.fields import WRONG_SIGN, plain_label
from viewer.widgets.parts.messages import hand_back
from viewer.words import explain, t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.records import Language

_INSET = 26  # px, what belongs to an answer


class Answer(NamedTuple):
    """One way to delete. `take` does it and tells whether it was done; where there are `targets`
    (text, id) one of them is chosen, and its id given."""

    text: str
    take: Callable[[int], bool]
    targets: Sequence[tuple[str, int]] = ()
    remark: str = ""


class DeleteChoice(QDialog):
    """Several ways to delete, the first of them chosen, and a way out."""

    def __init__(
        self,
        question: str,
        answers: Sequence[Answer],
        language: Language,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        hand_back(self)
        self._answers, self._language = answers, language
        self.radios: list[QRadioButton] = []
        self.boxes: list[QComboBox | None] = []
        self.question, self.fault = plain_label(wraps=True), plain_label("wrong", wraps=True)
        self.delete, self.leave = QPushButton(), QPushButton()
        self.setWindowTitle(t("organise.delete.title", language))
        self.question.setText(question)
        self.delete.setText(t("organise.deed.delete", language))
        self.leave.setText(t("button.cancel", language))
        self._arrange()
        self.delete.clicked.connect(self._delete)
        self.leave.clicked.connect(self.reject)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(8)
        self.question.setMinimumWidth(round(30 * self.fontMetrics().height()))
        column.addWidget(self.question)
        column.addSpacing(4)
        for answer in self._answers:
            self._add_answer(column, answer)
        self.radios[0].setChecked(True)
        self.fault.hide()
        column.addWidget(self.fault)
        column.addSpacing(6)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.delete)
        self.delete.setProperty("primary", "true")
        column.addLayout(buttons)
        # A button can be the default one of a dialog only once it stands in it.
        self.delete.setDefault(True)

    def _add_answer(self, column: QVBoxLayout, answer: Answer) -> None:
        radio = QRadioButton(answer.text.replace("&", "&&"))
        radio.setAccessibleName(answer.text)
        radio.setAccessibleDescription(answer.remark)
        self.radios.append(radio)
        column.addWidget(radio)
        below = QHBoxLayout()
        below.setContentsMargins(_INSET, 0, 0, 0)
        box: QComboBox | None = None
        if answer.targets:
            box = QComboBox()
            for text, ident in answer.targets:
                box.addItem(text, ident)
            box.setAccessibleName(answer.text)
            # Whoever chooses where it goes has chosen that it goes there.
            box.activated.connect(lambda _: radio.setChecked(True))
            below.addWidget(box)
            below.addStretch(1)
        self.boxes.append(box)
        if answer.remark:
            remark = plain_label("muted", wraps=True)
            remark.setText(answer.remark)
            below.addWidget(remark, 1)
        column.addLayout(below)

    def _delete(self) -> None:
        place = next(i for i, radio in enumerate(self.radios) if radio.isChecked())
        box = self.boxes[place]
        target = box.currentData() if box is not None else 0
        try:
            done = self._answers[place].take(target)
        except AllianceError as error:
            text = f"{WRONG_SIGN} {explain(error, self._language)}"
            self.fault.setText(text)
            self.fault.show()
            self.delete.setAccessibleDescription(text)
            return
        if done:
            self.accept()
