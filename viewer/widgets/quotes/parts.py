"""The parts of a quote that there may be several of: what it is evidence for, translations,
figures; each a card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from db.errors import AllianceError
from db.paraphrases import paraphrase_in, paraphrased
from db.records import ASPECTS, LANGUAGES, MODES, STANCES, Bilingual, Language
from viewer.edits.drafts import EMPTY
from viewer.edits.figures import read_value
from viewer.edits.quote_drafts import (
    EvidenceDraft,
    FigureDraft,
    TranslationDraft,
)
from viewer.widgets.forms.event_links import PlaceField
from viewer.widgets.forms.event_parts import PartCard
from viewer.widgets.parts.choices import ChoiceField, Entry
from viewer.widgets.parts.date_field import DateField
from viewer.widgets.parts.fields import BothField, Field, GrowingText, TextField
from viewer.widgets.parts.text_buttons import quiet_button
from viewer.widgets.quotes.target_field import UNDECIDED, TargetField
from viewer.words import t, term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from db.records import Ref
    from viewer.edits.figures import Stated
    from viewer.widgets.parts.fields import Input
    from viewer.widgets.quotes.target_field import FoundTarget

_WORDS = {"stance": STANCES, "aspect": ASPECTS, "mode": MODES}


def term_entries(what: str) -> Callable[[Language], list[Entry]]:
    """The values of a stance, an aspect or a mode, in words."""
    return lambda language: [(term(what, each, language), each) for each in _WORDS[what]]


class CommentField(BothField):
    """A comment of one's own, which is not to be taken for the source's words."""

    def __init__(self, key: str, make: Callable[[], Input] = GrowingText) -> None:
        super().__init__(key, make)
        for each in self.edits.values():
            each.setProperty("words", "comment")


class EvidenceCard(PartCard[EvidenceDraft]):
    """What the quote does to a claim about an event or a stage. `name_of` tells what a target is
    called, None where it is gone. The comment is shown once it is asked for."""

    def __init__(
        self,
        find: Callable[[str], Sequence[FoundTarget]],
        name_of: Callable[[Ref], FoundTarget | None],
        may_make: Callable[[EvidenceCard], bool],
    ) -> None:
        super().__init__("quoting.evidence.number")
        self._name_of = name_of
        self._id: int | None = None
        self.target = TargetField("quoting.target", find, lambda: may_make(self))
        self.stance = ChoiceField("quoting.stance", term_entries("stance"))
        self.aspect = ChoiceField("quoting.aspect", term_entries("aspect"))
        self.mode = ChoiceField("quoting.mode", term_entries("mode"))
        self.note = CommentField("quoting.evidence.note")
        self.comment = quiet_button()
        self.comment.clicked.connect(self._show_note)
        self.foot.addWidget(self.comment)
        self.build(self.target, (self.stance, self.aspect, self.mode), self.note)
        self.note.hide()

    def _show_note(self) -> None:
        self.note.show()
        self.comment.hide()
        self.target.rearranged.emit()
        self.note.focus()

    def retext(self, language: Language) -> None:
        super().retext(language)
        self.comment.setText(t("quoting.evidence.comment", language))

    def fill(self, draft: EvidenceDraft) -> None:
        self._id = draft.id
        found = self._name_of(draft.target) if draft.target else None
        # What is gone meanwhile has to be decided anew.
        known = draft.target is None or found is not None
        self.target.fill(draft.target if known else UNDECIDED, found)
        self.stance.fill(draft.stance)
        self.aspect.fill(draft.aspect)
        self.mode.fill(draft.mode)
        self.note.fill(draft.note)
        self.note.setVisible(bool(draft.note))
        self.comment.setVisible(not draft.note)

    def typed(self) -> EvidenceDraft:
        return EvidenceDraft(
            self.target.target,
            str(self.stance.value),
            str(self.aspect.value),
            str(self.mode.value),
            self.note.both,
            self._id,
        )

    def wrong(self) -> list[tuple[Field, AllianceError]]:
        if self.target.target == UNDECIDED:
            return [(self.target, AllianceError("quote.target"))]
        return []


class TextsField(Field):
    """Several lines in one language."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.edit = GrowingText()
        self.inputs = [self.edit]
        self.name.setBuddy(self.edit)
        self.rows.addWidget(self.edit)
        self.close_with_told()
        self._filling = False
        self.edit.textChanged.connect(self._on_text)

    @property
    def text(self) -> str:
        return self.edit.text().strip()

    def fill(self, text: str) -> None:
        self._filling = True
        self.edit.setText(text)
        self._filling = False
        self.show_wrong(None)

    def _on_text(self) -> None:
        if not self._filling:
            self.touched()


class TranslationCard(PartCard[TranslationDraft]):
    """A translation of the words, and who made it."""

    def __init__(self, first: Callable[[], tuple[str, Bilingual]]) -> None:
        """`first` gives the language and the maker that a new one begins with."""
        super().__init__("quoting.translation.number")
        self._draft = TranslationDraft("", "", EMPTY)
        language, by = first()
        self.into = ChoiceField("quoting.translation.language", self._languages)
        self.text = TextsField("quoting.translation.text")
        self.by = BothField("quoting.translation.by")
        self.build(self.into, self.text, self.by)
        self._extra = language
        self.fill(TranslationDraft(language, "", by))

    def _languages(self, language: Language) -> list[Entry]:
        codes = dict.fromkeys((*LANGUAGES, self._extra)) if self._draft else {}
        return [
            (t(f"inspector.language.{code}", language) if code in LANGUAGES else code, code)
            for code in codes
        ]

    def fill(self, draft: TranslationDraft) -> None:
        self._draft, self._extra = draft, draft.language
        self.into.refill()
        self.into.fill(draft.language)
        self.text.fill(draft.text)
        self.by.fill(draft.by)

    def typed(self) -> TranslationDraft:
        draft = self._draft
        return TranslationDraft(
            str(self.into.value),
            self.text.text,
            self.by.both,
            # Whoever writes it anew has seen what the words are now.
            draft.stale and draft.text == self.text.text,
            draft.id,
        )

    @property
    def is_empty(self) -> bool:
        """Nothing was written in it: it stands ready, and is no translation yet."""
        return not self.text.text and self._draft.id is None

    def wrong(self) -> list[tuple[Field, AllianceError]]:
        if self.is_empty:
            return []
        error = AllianceError("quote.translation")
        if not self.text.text:
            return [(self.text, error)]
        return [] if self.by.both else [(self.by, error)]


class ParaphraseField(BothField):
    """The quote in other words, kept with its makers: `author` is that of a new one, one that was
    there stays its maker's."""

    def __init__(self, key: str, author: Bilingual) -> None:
        super().__init__(key, GrowingText)
        self._author = author
        for each in self.edits.values():
            each.setProperty("words", "paraphrase")
        self._stored: dict[str, TranslationDraft] = {}

    def fill_from(self, translations: Sequence[TranslationDraft]) -> None:
        """Shows the paraphrases among the translations."""
        self._stored = {each.language: each for each in translations if paraphrased(each.language)}
        found = (self._stored.get(paraphrase_in(each)) for each in LANGUAGES)
        self.fill(Bilingual(*(each.text if each else None for each in found)))

    def drafts(self) -> Iterator[TranslationDraft]:
        for language, text in zip(LANGUAGES, self.both, strict=True):
            tag = paraphrase_in(language)
            before = self._stored.get(tag)
            if text and before is not None:
                stale = before.stale and text == before.text
                yield replace(before, text=text, stale=stale)
            elif text:
                yield TranslationDraft(tag, text, self._author)


class FigureCard(PartCard[FigureDraft]):
    """A figure that the quote states. `words` gives the words of the quote as they are now,
    `next_one` the first figure in them that no card has yet."""

    def __init__(
        self,
        words: Callable[[], str],
        next_one: Callable[[], Stated | None],
        units: Callable[[], Sequence[Bilingual]],
        as_of: Callable[[], str],
    ) -> None:
        super().__init__("quoting.figure.number")
        self._draft = FigureDraft("", "")
        self._words = words
        self.words = TextField("quoting.figure.words")
        self.value = TextField("quoting.figure.value")
        self.unit = PlaceField("quoting.figure.unit", units)
        self.date = DateField("quoting.figure.as-of")
        self.note = CommentField("quoting.figure.note", QLineEdit)
        self.build((self.words, self.value), self.unit, self.date, self.note)
        found = next_one()
        if found is not None:
            exact = words()[found.start : found.end]
            self.fill(FigureDraft(exact, found.value, edtf=as_of()))

    def fill(self, draft: FigureDraft) -> None:
        self._draft = draft
        self.words.fill(draft.exact)
        self.value.fill(draft.value)
        self.unit.fill(draft.unit)
        self.date.fill(draft.edtf)
        self.note.fill(draft.note)

    def typed(self) -> FigureDraft:
        return self._with(self.date.text, self.value.text)

    def draft(self) -> FigureDraft:
        return self._with(self.date.edtf(), read_value(self.value.text))

    def _with(self, edtf: str, value: str) -> FigureDraft:
        draft, exact = self._draft, self.words.text
        start = draft.start if exact == draft.exact else None
        return FigureDraft(exact, value, self.unit.both, edtf, self.note.both, start, draft.id)

    def wrong(self) -> list[tuple[Field, AllianceError]]:
        found: list[tuple[Field, AllianceError]] = []
        exact = self.words.text
        if not exact or exact not in self._words():
            found.append((self.words, AllianceError("quote.figure", words=exact)))
        try:
            read_value(self.value.text)
        except AllianceError as error:
            found.append((self.value, error))
        if not self.unit.both:
            found.append((self.unit, AllianceError("quote.unit", words=exact)))
        if self.date.error is not None:
            found.append((self.date, self.date.error))
        return found
