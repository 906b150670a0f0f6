"""A date as people write it, told in words and in EDTF while it is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from db.errors import AllianceError
from viewer.edits.typed_dates import read
from viewer.widgets.parts.fields import Field
from viewer.words import t
from viewer.words.dates import edtf_words


class DateField(Field):
    """One date; it may be left empty."""

    def __init__(self, key: str, empty_key: str = "") -> None:
        """`empty_key` is what is said while nothing stands there."""
        super().__init__(key)
        self._empty_key = empty_key
        self.line = QLineEdit()
        self.inputs = [self.line]
        self.name.setBuddy(self.line)
        self.rows.addWidget(self.line)
        self.close_with_told()
        self._filling = False
        self.line.textChanged.connect(self._on_text)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text().strip()

    def fill(self, text: str) -> None:
        self._filling = True
        self.line.setText(text)
        self._filling = False
        self._look()

    def edtf(self) -> str:
        """The date, empty where nothing stands there; raises `date.…`."""
        return read(self.text) if self.text else ""

    def retext(self, language: str) -> None:
        self.language = "ko" if language == "ko" else "en"
        self.line.setPlaceholderText(t("form.date.example", self.language))
        super().retext(self.language)

    def hint(self) -> str:
        if not self.text:
            return t(self._empty_key, self.language) if self._empty_key else ""
        found = self.edtf()
        return t(
            "form.date.means", self.language, words=edtf_words(found, self.language), edtf=found
        )

    def _on_text(self) -> None:
        self._look()
        if not self._filling:
            self.changed.emit()

    def _look(self) -> None:
        try:
            self.edtf()
        except AllianceError as error:
            self.show_wrong(error)
        else:
            self.show_wrong(None)
