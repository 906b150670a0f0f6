"""What is claimed of an event, and by whom: values that compete on one point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette

from db.errors import AllianceError
from db.records import ASPECTS, Bilingual, Language
from viewer.edits.drafts import ClaimDraft
from viewer.edits.typed_dates import read
from viewer.widgets.forms.event_parts import PartCard
from viewer.widgets.parts.check_row import CheckRow
from viewer.widgets.parts.choices import ChoiceField, Entry
from viewer.widgets.parts.fields import BothField, Field
from viewer.words import t, term
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Support = tuple[str, int]
"""What a claim rests on: ("quote", id) or ("citation", id); ("", 0) where nobody is named."""
NOBODY: Support = ("", 0)
_SHOWN = 60  # characters of a quote or citation in a list


class ValueField(BothField):
    """The value of a claim; a date is told in words, as in any field of dates."""

    is_date = False

    def dates(self) -> Bilingual:
        """The typed dates in EDTF; raises `date.…`."""
        return Bilingual(*(read(each) if each else None for each in self.both))

    def hint(self) -> str:
        try:
            found = [each for each in self.dates() if each] if self.is_date else []
        except AllianceError:  # `look` says so
            found = []
        return " · ".join(
            t("form.date.means", self.language, words=edtf_words(each, self.language), edtf=each)
            for each in dict.fromkeys(found)
        )

    def look(self) -> None:
        """Reads it anew, as a date or as words."""
        error = None
        if self.is_date:
            try:
                self.dates()
            except AllianceError as fault:
                error = fault
        self.show_wrong(error)

    def touched(self) -> None:
        self.look()
        self.changed.emit()


class AcceptedField(Field):
    """Whether the event stands on this value."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.name.hide()
        self.box = CheckRow()
        self.inputs = [self.box]
        self.rows.addWidget(self.box)
        self.close_with_told()
        self.box.clicked.connect(lambda _: self.touched())

        self._colour()

    def retext(self, language: Language) -> None:
        super().retext(language)
        self.box.setText(self.title)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        self.box.show_colour(self.palette().color(QPalette.ColorRole.Accent).name())


class ClaimCard(PartCard[ClaimDraft]):
    """A claim; `supports` gives the quotes and citations that it may rest on."""

    def __init__(self, supports: Callable[[Language], Sequence[tuple[str, Support]]]) -> None:
        super().__init__("form.claim.number")
        self._supports = supports
        self._id: int | None = None
        self.aspect = ChoiceField("form.claim.aspect", _aspects)
        self.point = BothField("form.claim.point")
        self.value = ValueField("form.claim.value")
        self.accepted = AcceptedField("form.claim.accepted")
        self.by = ChoiceField("form.claim.by", self._entries)
        self.note = BothField("form.claim.note")
        self.build(self.aspect, self.point, self.value, self.accepted, self.by, self.note)
        self.aspect.fill("date")
        self.by.fill(NOBODY)
        self._on_aspect()
        self.aspect.changed.connect(self._on_aspect)

    def _on_aspect(self) -> None:
        self.value.is_date = self.aspect.value == "date"
        self.value.look()

    def _entries(self, language: Language) -> list[Entry]:
        entries: list[Entry] = [(t("form.claim.nobody", language), NOBODY)]
        entries += self._supports(language)
        known = [data for _, data in entries]
        if self.by.value is not None and self.by.value not in known:
            # A quote of another event, say: it stays what it is.
            entries.append((t("form.claim.unlisted", language), self.by.value))
        return entries

    def fill(self, draft: ClaimDraft) -> None:
        self._id = draft.id
        self.aspect.fill(draft.aspect)
        self.value.is_date = draft.aspect == "date"
        self.point.fill(draft.point)
        self.value.fill(draft.value)
        self.accepted.box.setChecked(draft.accepted)
        self.note.fill(draft.note)
        by: Support = NOBODY
        if draft.quote_id is not None:
            by = ("quote", draft.quote_id)
        elif draft.citation_id is not None:
            by = ("citation", draft.citation_id)
        self.by.fill(by)
        self.by.refill()
        self._on_aspect()

    def typed(self) -> ClaimDraft:
        return self._with(self.value.both)

    def draft(self) -> ClaimDraft:
        return self._with(self.value.dates() if self.value.is_date else self.value.both)

    def _with(self, value: Bilingual) -> ClaimDraft:
        what, ident = self.by.value if isinstance(self.by.value, tuple) else NOBODY
        return ClaimDraft(
            str(self.aspect.value),
            self.point.both,
            value,
            self.accepted.box.isChecked(),
            self.note.both,
            ident if what == "quote" else None,
            ident if what == "citation" else None,
            self._id,
        )

    def wrong(self) -> list[tuple[Field, AllianceError]]:
        found: list[tuple[Field, AllianceError]] = [
            (field, AllianceError("event.claim"))
            for field in (self.point, self.value)
            if not field.both
        ]
        if self.value.error is not None and self.value.both:
            found.append((self.value, self.value.error))
        return found


def _aspects(language: Language) -> list[Entry]:
    return [(term("aspect", aspect, language), aspect) for aspect in ASPECTS]


def short(text: str) -> str:
    """What a quote or citation is called in a list."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
