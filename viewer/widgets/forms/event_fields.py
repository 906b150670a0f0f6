"""All fields of an event: the few that every event needs, the rest in parts that fold away."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.errors import AllianceError
from db.records import LANGUAGES, STATUSES, Bilingual
from viewer.edits.drafts import EMPTY, DateDraft, EventDraft
from viewer.layout.pen import elided
from viewer.layout.titles import BOLD_FROM, LONGEST_TITLE
from viewer.render import fonts
from viewer.widgets.forms.claims import ClaimCard, Support, short
from viewer.widgets.forms.event_links import LinkCard, PlaceField
from viewer.widgets.forms.event_parts import (
    CitationCard,
    DateCard,
    PartCard,
    PartsList,
    role_entries,
)
from viewer.widgets.parts.choices import ChoiceField, Entry, Fold, ImportanceField, kind_entries
from viewer.widgets.parts.chosen import ChosenField
from viewer.widgets.parts.date_field import DateField
from viewer.widgets.parts.fields import BothField, Field, GrowingText, TextField
from viewer.widgets.parts.tabs import chain, in_reading_order
from viewer.words import t, term

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from db.records import Language
    from viewer.document import Document

FOLDS = ("dates", "texts", "marks", "citations", "claims", "links")
Wrong = tuple[Field, AllianceError]


class LabelField(BothField):
    """The short labels, and how much of label or title the picture writes."""

    def __init__(
        self, key: str, titles: Callable[[], Bilingual], heavy: Callable[[], bool]
    ) -> None:
        self._titles, self._heavy = titles, heavy
        super().__init__(key)

    def hint(self) -> str:
        label, title, measure = self.both, self._titles(), fonts.measure()
        lines = []
        for language in (self.language, *(each for each in LANGUAGES if each != self.language)):
            text = (label.en or title.en) if language == "en" else (label.ko or title.ko)
            if text:
                shown = elided(text, LONGEST_TITLE, measure, bold=self._heavy())
                key = "form.label.whole" if shown == text else "form.label.cut"
                name = t(f"form.language.{language}", self.language)
                lines.append(t(key, self.language, language=name, text=shown))
        return "\n".join(lines)


class EventFields(QWidget):
    """The fields of one event; `changed` tells of every change by hand, `folded` when a part was
    opened or folded away."""

    changed = Signal()
    folded = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setObjectName("form_body")
        self._document = document
        self.language: Language = "en"
        self._main_id: int | None = None
        self._quotes: list[tuple[str, Support]] = []
        self._make_fields()
        self._make_parts()
        self.fields: list[Field] = [
            self.title, self.date, self.lanes, self.kind, self.status, self.importance,
            self.role, self.remark, self.summary, self.place, self.label, self.tags, self.marking,
        ]  # fmt: skip
        self.lists = (self.further, self.citations, self.claims, self.links)
        self.folds = {name: Fold(f"form.fold.{name}") for name in FOLDS}
        self._arrange()
        self._connect()

    def _make_fields(self) -> None:
        self.title = BothField("form.title")
        self.date = DateField("form.date", "form.date.none")
        self.lanes = ChosenField("form.lanes", ordered=True)
        self.kind = ChoiceField("form.kind", self._kinds)
        self.status = ChoiceField("form.status", status_entries)
        self.importance = ImportanceField("form.importance")
        self.role = ChoiceField("form.role", role_entries)
        self.remark = BothField("form.remark")
        self.summary = BothField("form.summary", GrowingText)
        self.place = PlaceField("form.place", cache(self._document.places))
        self.label = LabelField(
            "form.label",
            lambda: self.title.both,
            lambda: self.importance.value >= BOLD_FROM,
        )
        self.tags = ChosenField("form.tags", makes=True)
        self.marking = TextField("form.marking")

    def _make_parts(self) -> None:
        document = self._document
        self.further = PartsList(self._date_card, "form.date.add")
        self.citations = PartsList(CitationCard, "form.citation.add")
        self.claims = PartsList(lambda: ClaimCard(self._supports), "form.claim.add")
        self.links = PartsList(
            lambda: LinkCard(document.find_titles, self._title_of), "form.link.add"
        )

    def _date_card(self) -> PartCard[DateDraft]:
        card = DateCard()
        card.promoted.connect(lambda: self._promote(card))
        return card

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 14)
        column.setSpacing(9)
        across = QHBoxLayout()
        across.setSpacing(8)
        for field in (self.kind, self.status):
            across.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        for first in (self.title, self.date, self.lanes):
            column.addWidget(first)
        column.addLayout(across)
        column.addWidget(self.importance)
        held: Mapping[str, Sequence[QWidget]] = {
            "dates": (self.role, self.remark, self.further),
            "texts": (self.summary, self.place),
            "marks": (self.label, self.tags, self.marking),
            "citations": (self.citations,),
            "claims": (self.claims,),
            "links": (self.links,),
        }
        for name, fold in self.folds.items():
            for widget in held[name]:
                fold.rows.addWidget(widget)
            column.addWidget(fold)
        column.addStretch(1)

    def _connect(self) -> None:
        for field in self.fields:
            field.changed.connect(self._on_change)
            field.rearranged.connect(self.order_tabs)
        for parts in self.lists:
            parts.changed.connect(self._on_change)
            parts.rearranged.connect(self.order_tabs)
        for each in (self.title, self.importance):
            each.changed.connect(self.label.tell)
        self.citations.changed.connect(self._refill_supports)
        for fold in self.folds.values():
            fold.toggled.connect(lambda _: self.folded.emit())

    def _on_change(self) -> None:
        self._count()
        self.changed.emit()

    # What there is to choose from

    def _kinds(self, language: Language) -> list[Entry]:
        return kind_entries(self._document.timeline, language)

    def _supports(self, language: Language) -> list[tuple[str, Support]]:
        """The citations of this form and the quotes of the event."""
        found = []
        for card in self.citations.cards:
            assert isinstance(card, CitationCard)
            name = short(card.title.text) or t("form.citation.number", language, n=card.place)
            found.append((name, ("citation", card.id)))
        return found + self._quotes

    def _refill_supports(self) -> None:
        for card in self.claims.cards:
            assert isinstance(card, ClaimCard)
            card.by.refill()

    def _title_of(self, event_id: int) -> Bilingual:
        try:
            return self._document.event(event_id).event.title
        except AllianceError:  # gone meanwhile: saving will say so
            return EMPTY

    def refresh_choices(self) -> None:
        """Lanes, kinds and tags as the file has them now."""
        timeline = self._document.timeline
        self.lanes.set_choices({lane.id: lane.name for lane in timeline.lanes})
        self.tags.set_choices({tag.id: tag.name for tag in timeline.tags})
        self.kind.refill()

    # What it holds

    def fill(
        self, draft: EventDraft, pending: Mapping[str, str], quotes: Sequence[tuple[int, str]]
    ) -> None:
        """`quotes` are the ids and words of those that a claim may rest on."""
        self._quotes = [(f"“{short(exact)}”", ("quote", ident)) for ident, exact in quotes]
        self.refresh_choices()
        main = next((each for each in draft.dates if each.primary), DateDraft(""))
        self.title.fill(draft.title)
        self._fill_main(main)
        self.further.fill(each for each in draft.dates if not each.primary)
        self.lanes.fill(draft.lane_ids, pending.get("lanes", ""))
        self.tags.fill((*draft.tag_ids, *draft.new_tags), pending.get("tags", ""))
        self.kind.fill(draft.kind_id)
        self.status.fill(draft.status)
        self.importance.fill(draft.importance)
        self.label.fill(draft.label)
        self.summary.fill(draft.summary)
        self.place.fill(draft.place)
        self.marking.fill(draft.marking)
        self.citations.fill(draft.citations)
        self.claims.fill(draft.claims)
        self.links.fill(draft.links)
        self._refill_supports()
        self.label.tell()
        self._count()
        self.order_tabs()

    def _fill_main(self, main: DateDraft) -> None:
        self._main_id = main.id
        self.date.fill(main.edtf)
        self.role.fill(main.role)
        self.remark.fill(main.remark)

    def _main(self, edtf: str) -> DateDraft:
        return DateDraft(edtf, str(self.role.value), True, self.remark.both, self._main_id)

    def _promote(self, card: DateCard) -> None:
        """A further date and the main one change places."""
        raised, main = card.typed(), self._main(self.date.text)
        self._fill_main(raised)
        if main.edtf:
            card.fill(main)
            self.changed.emit()
        else:
            card.removed.emit()
        self.date.focus()

    def pending(self) -> dict[str, str]:
        """What stands in fields that take their text only on Enter."""
        return {"lanes": self.lanes.pending, "tags": self.tags.pending}

    def typed(self) -> EventDraft:
        """What the form holds, dates as they were typed."""
        main = (self._main(self.date.text),) if self.date.text else ()
        return self._event((*main, *self.further.typed()), typed=True)

    def draft(self) -> EventDraft:
        """The event as it is to be stored; only where `wrong` finds nothing."""
        main = (self._main(self.date.edtf()),) if self.date.text else ()
        return self._event((*main, *self.further.draft()), typed=False)

    def _event(self, dates: tuple[DateDraft, ...], *, typed: bool) -> EventDraft:
        kind = self.kind.value
        return EventDraft(
            title=self.title.both,
            kind_id=kind if isinstance(kind, int) else 0,
            lane_ids=self.lanes.ids,
            importance=self.importance.value,
            status=str(self.status.value),
            label=self.label.both,
            summary=self.summary.both,
            place=self.place.both,
            marking=self.marking.text,
            dates=dates,
            citations=self.citations.typed() if typed else self.citations.draft(),
            claims=self.claims.typed() if typed else self.claims.draft(),
            links=self.links.typed(),
            tag_ids=self.tags.ids,
            new_tags=self.tags.made,
        )

    def settle(self) -> None:
        """Takes what was typed and not yet entered."""
        self.lanes.settle()
        self.tags.settle()

    def wrong(self) -> list[Wrong]:
        """What keeps the event from being saved, in the order of the fields."""
        found: list[Wrong] = []
        if not self.title.both:
            found.append((self.title, AllianceError("event.title")))
        if self.date.error is not None:
            found.append((self.date, self.date.error))
        elif not self.date.text and self.further.cards:
            found.append((self.date, AllianceError("event.primary")))
        if self.lanes.error is not None:
            found.append((self.lanes, self.lanes.error))
        elif not self.lanes.ids:
            found.append((self.lanes, AllianceError("event.lane")))
        for parts in self.lists:
            found += parts.wrong()
        links = [(link.type, link.other_id, link.outgoing) for link in self.links.typed()]
        if len(set(links)) < len(links):
            found.append((self.links.cards[-1].fields[-1], AllianceError("event.link")))
        return found

    def unfold_to(self, field: Field) -> None:
        """Opens the part that a field is folded away in."""
        for fold in self.folds.values():
            if fold.isAncestorOf(field):
                fold.open(True)

    def _count(self) -> None:
        for name, parts in (
            ("dates", self.further), ("citations", self.citations),
            ("claims", self.claims), ("links", self.links),
        ):  # fmt: skip
            self.folds[name].show_count(len(parts.cards))
        texts = [field for field in (self.summary, self.place) if field.both]
        marks = sum(map(bool, (self.label.both, self.tags.ids + self.tags.made, self.marking.text)))
        self.folds["texts"].show_count(len(texts))
        self.folds["marks"].show_count(marks)

    # Language and keys

    def retext(self, language: Language) -> None:
        self.language = language
        for field in self.fields:
            field.retext(language)
        for parts in self.lists:
            parts.retext(language)
        for fold in self.folds.values():
            fold.retext(language)
        self._refill_supports()
        self.order_tabs()

    def order_tabs(self) -> None:
        """Tab goes the way that one reads, whatever was made last."""
        chain(in_reading_order(self))


def status_entries(language: Language) -> list[Entry]:
    """What became of an event, in words."""
    return [(term("status", status, language), status) for status in STATUSES]
