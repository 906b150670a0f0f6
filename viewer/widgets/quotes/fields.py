"""All fields of a quote: its words and what they are evidence for; who says them, and how; what
is translated, put in other words, counted and remarked."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.errors import AllianceError
from db.paraphrases import paraphrased
from db.records import FORMS, LANGUAGES, Bilingual
from viewer.edits.drafts import EMPTY
from viewer.edits.figures import stated_in
from viewer.edits.kept_quotes import QuoteEntry
from viewer.edits.quote_drafts import (
    EvidenceDraft,
    QuoteDraft,
    SpeakerDraft,
)
from viewer.widgets.forms.event_parts import PartsList
from viewer.widgets.parts.choices import ChoiceField, Entry, Fold
from viewer.widgets.parts.fields import Field, TextField, reveal
from viewer.widgets.parts.tabs import chain, in_reading_order
from viewer.widgets.quotes.extent_field import ExtentField
from viewer.widgets.quotes.new_event_box import NewEventBox
from viewer.widgets.quotes.parts import (
    CommentField,
    EvidenceCard,
    FigureCard,
    ParaphraseField,
    TranslationCard,
)
from viewer.widgets.quotes.speaker_field import SpeakerField, in_its_language
from viewer.widgets.quotes.target_field import UNDECIDED
from viewer.words import term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from db.details import SourceDetail
    from db.records import Language
    from viewer.document import Document
    from viewer.edits.drafts import EventDraft
    from viewer.edits.figures import Stated
    from viewer.edits.quote_drafts import TranslationDraft
    from viewer.widgets.forms.event_fields import Wrong
    from viewer.widgets.parts.look import Look
    from viewer.widgets.quotes.targets import TargetFinder

FOLDS = ("said", "other-words", "figures", "note")


class QuoteFields(QWidget):
    """The fields of one quote; `changed` tells of every change by hand, `folded` when a part was
    opened or folded away."""

    changed = Signal()
    folded = Signal()

    def __init__(self, document: Document, finder: TargetFinder, author: Bilingual) -> None:
        """`author` is who makes what is written here."""
        super().__init__()
        self.setObjectName("form_body")
        self._document, self._finder, self._author = document, finder, author
        self._source: SourceDetail | None = None
        self._quoted_language = ""
        self.language: Language = "en"
        self._make_fields()
        self._make_parts()
        self.fields: list[Field] = [
            self.extent, self.speaker, self.form, self.attribution, self.paraphrase, self.note,
        ]  # fmt: skip
        self.lists: tuple[PartsList[Any], ...] = (
            self.evidence, self.translations, self.figures,
        )  # fmt: skip
        self.folds = {name: Fold(f"quoting.fold.{name}") for name in FOLDS}
        self._arrange()
        self._connect()

    def _make_fields(self) -> None:
        self.extent = ExtentField("quoting.quote")
        self.speaker = SpeakerField("quoting.speaker", self._speakers)
        self.form = ChoiceField("quoting.form", _forms)
        self.attribution = TextField("quoting.attribution")
        self.paraphrase = ParaphraseField("quoting.paraphrase", self._author)
        self.note = CommentField("quoting.note")
        self.new_event = NewEventBox(self._document)

    def _make_parts(self) -> None:
        units = cache(self._document.units)
        self.evidence = PartsList(self._evidence_card, "quoting.evidence.add")
        self.translations = PartsList(
            lambda: TranslationCard(self._new_translation), "quoting.translation.add"
        )
        self.figures = PartsList(
            lambda: FigureCard(
                lambda: self.extent.exact, self._next_figure, units, self._date_of_source
            ),
            "quoting.figure.add",
        )

    def _evidence_card(self) -> EvidenceCard:
        card = EvidenceCard(self._finder.find, self._finder.named, self._may_make)
        card.target.named.connect(self._on_named)
        card.target.changed.connect(self._show_event)
        card.target.rearranged.connect(self.order_tabs)
        card.mode.changed.connect(lambda: self._on_mode(card))
        return card

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 14)
        column.setSpacing(9)
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(self.speaker, 1, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self.form, 1, Qt.AlignmentFlag.AlignTop)
        held: Mapping[str, tuple[QWidget, ...]] = {
            "said": (self.attribution,),
            "other-words": (self.translations, self.paraphrase),
            "figures": (self.figures,),
            "note": (self.note,),
        }
        column.addWidget(self.extent)
        column.addWidget(self.evidence)
        column.addWidget(self.new_event)
        column.addLayout(across)
        column.addWidget(self.speaker.new)
        for name, fold in self.folds.items():
            for widget in held[name]:
                fold.rows.addWidget(widget)
            column.addWidget(fold)
        column.addStretch(1)
        self.new_event.hide()

    def _connect(self) -> None:
        parts: list[Any] = [*self.fields, self.new_event, *self.lists]
        for part in parts:
            part.changed.connect(self._on_change)
            part.rearranged.connect(self.order_tabs)
        self.evidence.changed.connect(self._show_event)
        for fold in self.folds.values():
            fold.toggled.connect(lambda _: self.folded.emit())

    def _on_change(self) -> None:
        self._count()
        self.changed.emit()

    # The new event

    def _may_make(self, card: EvidenceCard) -> bool:
        """One event can be made together with a quote."""
        others = (each for each in self._evidence_cards() if each is not card)
        return all(each.target.target is not None for each in others)

    def _evidence_cards(self) -> list[EvidenceCard]:
        return [each for each in self.evidence.cards if isinstance(each, EvidenceCard)]

    def _on_named(self, title: str) -> None:
        """A new event is to be made, of this title: what it still lacks comes next."""
        if title:
            self.new_event.title.fill(in_its_language(title))
        self._show_event()
        self.new_event.focus()

    def _show_event(self) -> None:
        makes = any(each.target.target is None for each in self._evidence_cards())
        if makes == self.new_event.isHidden():
            self.new_event.setVisible(makes)
            self.order_tabs()

    def _on_mode(self, card: EvidenceCard) -> None:
        """What is announced or foretold has not happened yet."""
        if card.target.target is None:
            self.new_event.status.fill("occurred" if card.mode.value == "report" else "planned")

    # What there is to choose from

    def _speakers(self) -> tuple[Any, ...]:
        source = self._source
        return self._document.speakers(source.source.id) if source is not None else ()

    def _new_translation(self) -> tuple[str, Bilingual]:
        """Into the language that has none yet, by whoever writes here."""
        cards = [each for each in self.translations.cards if isinstance(each, TranslationCard)]
        taken = {self._quoted_language, *(card.typed().language for card in cards)}
        free = [each for each in (self.language, *LANGUAGES) if each not in taken]
        return (free or [self.language])[0], self._author

    def _next_figure(self) -> Stated | None:
        """The first figure of the quote that no card has yet."""
        cards = [each for each in self.figures.cards if isinstance(each, FigureCard)]
        taken = [card.words.text for card in cards]
        exact = self.extent.exact
        for found in stated_in(exact):
            words = exact[found.start : found.end]
            if not any(words in each for each in taken):
                return found
        return None

    def _date_of_source(self) -> str:
        return (self._source.source.edtf or "") if self._source else ""

    # What it holds

    def fill(
        self,
        source: SourceDetail,
        entry: QuoteEntry,
        begins: EventDraft,
        pending: Mapping[str, str],
    ) -> None:
        """`begins` is a new event as it is shown first, `pending` as `pending` gives it."""
        self._source = source
        quote = entry.quote
        self._quoted_language = quote.language
        self.extent.fill(source, quote.start, quote.end)
        self.speaker.fill(quote.speaker, pending.get("speaker", ""))
        self.form.fill(quote.form)
        self.attribution.fill(quote.attribution)
        self.note.fill(quote.note)
        self.paraphrase.fill_from(quote.translations)
        self.new_event.fill(entry.event or begins, pending.get("lanes", ""))
        self.evidence.fill(quote.evidence)
        for place, card in enumerate(self._evidence_cards()):
            self._fill_target(card, entry.event, pending.get(f"target-{place}", ""))
        self.translations.fill(
            each for each in quote.translations if not paraphrased(each.language)
        )
        if not self.translations.cards and quote.language != self.language:
            self.translations.append()  # what its readers will need stands ready
        self.figures.fill(quote.figures)
        self._show_event()
        self._count()
        self._open_what_is_filled()
        self.order_tabs()

    def _fill_target(self, card: EvidenceCard, event: EventDraft | None, typed: str) -> None:
        if card.target.target is None:
            title = event.title.text(self.language) if event else ""
            card.target.fill(None, typed=title)
        elif card.target.target == UNDECIDED:
            card.target.fill(UNDECIDED, typed=typed)

    def pending(self) -> dict[str, str]:
        """What stands in fields that take their text only on Enter."""
        found = {"speaker": self.speaker.pending, "lanes": self.new_event.lanes.pending}
        for place, card in enumerate(self._evidence_cards()):
            found[f"target-{place}"] = card.target.pending
        return found

    def typed(self) -> QuoteEntry:
        """What the form holds, dates and values as they were typed."""
        return self._entry(self.new_event.typed(), self.figures.typed())

    def draft(self) -> QuoteEntry:
        """The quote as it is to be stored; only where `wrong` finds nothing."""
        makes = not self.new_event.isHidden()
        return self._entry(self.new_event.draft() if makes else None, self.figures.draft())

    def _entry(self, event: EventDraft | None, figures: tuple[Any, ...]) -> QuoteEntry:
        speaker = self.speaker.speaker
        quote = QuoteDraft(
            start=self.extent.start,
            end=self.extent.end,
            speaker=SpeakerDraft(EMPTY) if speaker is None else speaker,
            language=self._quoted_language,
            form=str(self.form.value),
            attribution=self.attribution.text,
            note=self.note.both,
            translations=(*self._translated(), *self.paraphrase.drafts()),
            evidence=self.evidence.typed(),
            figures=figures,
        )
        return QuoteEntry(quote, event if not self.new_event.isHidden() else None)

    def _translated(self) -> Iterator[TranslationDraft]:
        for card in self.translations.cards:
            if not (isinstance(card, TranslationCard) and card.is_empty):
                yield card.typed()

    def settle(self) -> None:
        """Takes what was typed and not yet entered."""
        for card in self._evidence_cards():
            card.target.settle()
        self.speaker.settle()
        if not self.new_event.isHidden():
            self.new_event.settle()

    def wrong(self) -> list[Wrong]:
        """What keeps the quote from being saved, in the order of the fields."""
        found: list[Wrong] = list(self.evidence.wrong())
        if not self.new_event.isHidden():
            found += self.new_event.wrong()
        missing = self.speaker.missing()
        if missing is not None:
            found.append((self.speaker, missing))
        attribution, source = self.attribution.text, self._source
        if attribution and source is not None and attribution not in source.source.text:
            found.append((self.attribution, AllianceError("quote.attribution", phrase=attribution)))
        return found + self.translations.wrong() + self.figures.wrong()

    def undecided(self) -> Field | None:
        """The first of what it belongs to that is not something there already."""
        targets = (each.target for each in self._evidence_cards())
        return next((each for each in targets if each.target in (None, UNDECIDED)), None)

    def add_evidence(self) -> None:
        """One more card for what the quote is evidence for, ready to be typed in."""
        card = self.evidence.append()
        card.fill(EvidenceDraft(UNDECIDED))
        card.fields[0].focus()
        reveal(card)

    def refresh_choices(self) -> None:
        """Lanes and kinds as the file has them now."""
        self.new_event.refresh_choices()

    # Folding and language

    def _open_what_is_filled(self) -> None:
        for name, filled in (
            ("said", bool(self.attribution.text)),
            ("other-words", bool(self.translations.cards or self.paraphrase.both)),
            ("figures", bool(self.figures.cards)),
            ("note", bool(self.note.both)),
        ):
            self.folds[name].open(filled)

    def _count(self) -> None:
        other = len(list(self._translated())) + bool(self.paraphrase.both)
        self.folds["said"].show_count(int(bool(self.attribution.text)))
        self.folds["other-words"].show_count(other)
        self.folds["figures"].show_count(len(self.figures.cards))
        self.folds["note"].show_count(int(bool(self.note.both)))

    def unfold_to(self, field: Field) -> None:
        """Opens the part that a field is folded away in."""
        for fold in self.folds.values():
            if fold.isAncestorOf(field):
                fold.open(True)

    def dress(self, look: Look) -> None:
        self.extent.dress(look)

    def retext(self, language: Language) -> None:
        self.language = language
        for field in self.fields:
            field.retext(language)
        self.new_event.retext(language)
        for parts in self.lists:
            parts.retext(language)
        for fold in self.folds.values():
            fold.retext(language)
        self.order_tabs()

    def order_tabs(self) -> None:
        """Tab goes the way that one reads, whatever was made last."""
        chain(in_reading_order(self))


def _forms(language: Language) -> list[Entry]:
    return [(term("form", form, language), form) for form in FORMS]
