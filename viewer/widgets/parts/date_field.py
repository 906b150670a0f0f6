"""A date as people write it, told in words and in EDTF while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import AllianceError
from viewer.edits.typed_dates import read
from viewer.widgets.parts.fields import TextField
from viewer.words import t
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from db.records import Language


class DateField(TextField):
    """One date; it may be left empty."""

    def __init__(self, key: str, empty_key: str = "") -> None:
        """`empty_key` is what is said while nothing stands there."""
        self._empty_key = empty_key
        super().__init__(key)

    def fill(self, text: str) -> None:
        self._put(text)
        self._look()

    def edtf(self) -> str:
        """The date, empty where nothing stands there; raises `date.…`."""
        return read(self.text) if self.text else ""

    def retext(self, language: Language) -> None:
        self.line.setPlaceholderText(t("form.date.example", language))
        super().retext(language)

    def hint(self) -> str:
        if not self.text:
            return t(self._empty_key, self.language) if self._empty_key else ""
        found = self.edtf()
        return t(
            "form.date.means", self.language, words=edtf_words(found, self.language), edtf=found
        )

    def touched(self) -> None:
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        try:
            self.edtf()
        except AllianceError as error:
            self.show_wrong(error)
        else:
            self.show_wrong(None)
