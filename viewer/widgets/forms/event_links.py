"""What an event is to others, and the places that others had: found as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from db.errors import AllianceError
from db.records import LANGUAGES, LINK_TYPES, Bilingual, Language
from viewer.edits.drafts import LinkDraft
from viewer.layout.signs import FLAW_SIGNS
from viewer.widgets.forms.event_parts import PartCard
from viewer.widgets.parts.choices import ChoiceField, Entry
from viewer.widgets.parts.fields import BothField, Field
from viewer.widgets.parts.suggesting import Offer, SuggestField, SuggestLine
from viewer.words import t
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.details import FoundEvent

_MOST = 8  # places on offer
Relation = tuple[str, bool]
"""A type of link and whether it goes out from this event."""


def relation_entries(language: Language) -> list[Entry]:
    """What this event may be to another; "related" is the same both ways."""
    entries: list[Entry] = []
    for kind in LINK_TYPES:
        part = kind.replace(" ", "-")
        entries.append((t(f"inspector.link.to.{part}", language), (kind, True)))
        if kind != "related":
            entries.append((t(f"inspector.link.from.{part}", language), (kind, False)))
    return entries


class EventField(SuggestField):
    """One event, found by its titles; `ident` is None until one is taken."""

    def __init__(self, key: str, find: Callable[[str], Sequence[FoundEvent]]) -> None:
        super().__init__(key)
        self._find = find
        self._title = Bilingual()
        self.ident: int | None = None

    def fill(self, ident: int | None, title: Bilingual) -> None:
        self.ident, self._title = ident, title
        self.line.setText(title.text(self.language))
        self.line.setCursorPosition(0)
        self.show_wrong(None)

    def _offers(self, text: str) -> list[Offer]:
        return [Offer(_dated(found, self.language), found) for found in self._find(text)]

    def _on_picked(self, offer: Offer) -> None:
        found = offer.data
        self.fill(found.id, found.title)  # type: ignore[attr-defined]
        self.touched()

    def _on_edited(self) -> None:
        # Another text is another event, or none yet.
        self.ident, self._title = None, Bilingual()
        self.touched()

    def retext(self, language: Language) -> None:
        super().retext(language)
        self.line.setPlaceholderText(t("form.link.find", language))
        if self.ident is not None:
            self.fill(self.ident, self._title)


def _dated(found: FoundEvent, language: Language) -> str:
    title = " ".join([found.title.text(language), *(FLAW_SIGNS[each] for each in found.flaws)])
    return f"{title} · {edtf_words(found.edtf, language)}" if found.edtf else title


class LinkCard(PartCard[LinkDraft]):
    """A link; `find` searches events, `title_of` names one that is linked already."""

    def __init__(
        self,
        find: Callable[[str], Sequence[FoundEvent]],
        title_of: Callable[[int], Bilingual],
    ) -> None:
        super().__init__("form.link.number")
        self._title_of = title_of
        self._stored: LinkDraft | None = None
        self.relation = ChoiceField("form.link.relation", relation_entries)
        self.event_field = EventField("form.link.event", find)
        self.build(self.relation, self.event_field)

    def fill(self, draft: LinkDraft) -> None:
        self._stored = draft
        # A stored link that comes in from a related event is shown as any related one.
        outgoing = draft.outgoing or draft.type == "related"
        self.relation.fill((draft.type, outgoing))
        title = self._title_of(draft.other_id)
        if title:
            self.event_field.fill(draft.other_id, title)

    def typed(self) -> LinkDraft:
        kind, outgoing = self._relation()
        other, stored = self.event_field.ident or 0, self._stored
        if stored is not None and kind == "related" and stored.type == "related":
            outgoing = stored.outgoing
        return LinkDraft(kind, other, outgoing, stored.id if stored else None)

    def _relation(self) -> Relation:
        value = self.relation.value
        assert isinstance(value, tuple)
        return value

    def wrong(self) -> list[tuple[Field, AllianceError]]:
        if self.event_field.ident is None:
            return [(self.event_field, AllianceError("form.link"))]
        return []


class PlaceField(BothField):
    """A place; one that other events have brings its name in both languages along."""

    def __init__(self, key: str, places: Callable[[], Sequence[Bilingual]]) -> None:
        self._places = places
        self._boxes: dict[Language, QWidget] = {}
        making: list[Language] = list(LANGUAGES)
        super().__init__(key, lambda: self._line(making.pop(0)))

    def _line(self, language: Language) -> QLineEdit:
        line = SuggestLine(lambda text: self._offers(text, language), leads=False)
        line.picked.connect(lambda offer: self._take(offer.data))
        box = self._boxes[language] = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(line)
        column.addWidget(line.list)
        return line

    def _placed(self, language: Language) -> QWidget:
        return self._boxes[language]

    def _offers(self, text: str, language: Language) -> list[Offer]:
        folded = text.casefold()
        found = [each for each in self._places() if folded in each.text(language).casefold()]
        return [Offer(each.text(language), each) for each in found[:_MOST]]

    def _take(self, place: object) -> None:
        assert isinstance(place, Bilingual)
        now = self.both
        self.fill(Bilingual(place.en or now.en, place.ko or now.ko))
        self.touched()
