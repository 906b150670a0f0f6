"""What has to be asked before a document can be read: in which encoding, with which password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QListWidget

from db.errors import AllianceError
from viewer.widgets.forms.form_dialog import FormDialog
from viewer.widgets.parts.fields import Field, TextField, plain_label
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from db.records import Language

_MOST_ROWS = 8


class Question(FormDialog):
    """A question with one field; `asked` is the sentence above it. `then` is called with the
    answer, nothing is where it is left."""

    def __init__(
        self,
        asked: str,
        field: Field,
        language: Language,
        parent: QWidget,
        answer: Callable[[], str],
        then: Callable[[str], object],
    ) -> None:
        super().__init__(t("bringing.title", language), (field,), language, parent)
        self.asked = plain_label(wraps=True)
        self.asked.setText(asked)
        self.body.layout().insertWidget(0, self.asked)  # type: ignore[union-attr]
        self.setAccessibleDescription(asked)
        self.save_button.setText(t("bringing.read-it", language))
        self.accepted.connect(lambda: then(answer()))

    def _on_change(self) -> None:
        """An answer is quickly given again: leaving is not asked about."""
        self.fault.hide()


class PreviewsField(Field):
    """A list of encodings, each with how the text would begin in it."""

    def __init__(self, key: str, candidates: Sequence[Sequence[str]]) -> None:
        super().__init__(key)
        self._candidates = [(name, preview) for name, preview in candidates]
        self.list = QListWidget()
        self.list.addItems([f"{name.upper()}   {preview}" for name, preview in self._candidates])
        self.list.setCurrentRow(0)
        row = max(self.list.sizeHintForRow(0), 20)
        self.list.setFixedHeight(row * min(max(len(self._candidates), 3), _MOST_ROWS) + 8)
        self.inputs = [self.list]
        self.name.setBuddy(self.list)
        self.rows.addWidget(self.list)
        self.close_with_told()
        self.list.currentRowChanged.connect(lambda _: self.touched())

    @property
    def encoding(self) -> str:
        return self._candidates[max(self.list.currentRow(), 0)][0]


class PasswordField(TextField):
    """One line that is not seen; nothing is cut from it."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)

    @property
    def text(self) -> str:
        return self.line.text()


def ask_encoding(
    name: str,
    candidates: Sequence[Sequence[str]],
    language: Language,
    parent: QWidget,
    then: Callable[[str], object],
) -> Question:
    """A double click takes an encoding at once."""
    field = PreviewsField("bringing.encoding", candidates)
    asked = t("bringing.encoding.asked", language, name=name)
    made = Question(asked, field, language, parent, lambda: field.encoding, then)
    field.list.itemActivated.connect(lambda _: made.save_button.click())
    return made


def ask_password(
    name: str,
    language: Language,
    parent: QWidget,
    then: Callable[[str], object],
    *,
    wrong: bool,
    key: str = "bringing.password.asked",
) -> Question:
    """`wrong` says that the one before did not open it; `key` is that of the sentence."""
    field = PasswordField("bringing.password")
    asked = t(key, language, name=name)
    made = Question(asked, field, language, parent, lambda: field.text, then)
    if wrong:
        field.show_wrong(AllianceError("source.password"))
    return made
