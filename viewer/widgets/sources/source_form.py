"""The form of a document that is being brought in: what is said of it, filled in as far as it
says so itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from db.errors import AllianceError
from viewer.edits import sources
from viewer.edits.drafts import EMPTY
from viewer.edits.sources import SourceDraft
from viewer.widgets.forms.form_dialog import FormDialog
from viewer.widgets.parts.choices import ChoiceField
from viewer.widgets.parts.date_field import DateField
from viewer.widgets.parts.fields import BothField, GrowingText, TextField, plain_label, reveal
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from db.details import SourceRow
    from db.records import Language, Source
    from viewer.sources.records import ReadDocument
    from viewer.widgets.forms.event_fields import Wrong
    from viewer.widgets.parts.choices import Entry

_LANGUAGES = ("ko", "en", "ja", "zh", "und")
_ORIGINALS = ("ko", "en", "ja", "zh", "ru")
_NONE = 0  # stands for no older edition


class DocumentDateField(DateField):
    """The date of a document. When its file was made is told, but is no date to reckon by."""

    def __init__(self, key: str, document: ReadDocument) -> None:
        self._made = document.date if document.dated_by == "properties" else ""
        super().__init__(key, "source-form.date.none")

    def hint(self) -> str:
        if not self.text and self._made:
            return t("sources.undated", self.language, date=self._made)
        return super().hint()


class EditionField(ChoiceField):
    """The stored source that this is a newer edition of; those of the same title come first."""

    def __init__(self, key: str, draft: SourceDraft, stored: Sequence[SourceRow]) -> None:
        self._older = sources.older_editions(draft, stored)
        self._likely = [each for each in self._older if sources.is_likely(draft, each)]
        super().__init__(key, self._told)

    def _told(self, language: Language) -> list[Entry]:
        own: list[Entry] = [(t("source-form.edition.own", language), _NONE)]
        return own + [
            (t("source-form.edition.of", language, title=each.title.text(language)), each.id)
            for each in self._older
        ]

    @property
    def is_likely(self) -> bool:
        """Whether one has the same title."""
        return bool(self._likely)

    @property
    def older_id(self) -> int | None:
        return self.value if isinstance(self.value, int) and self.value != _NONE else None

    def hint(self) -> str:
        if self.older_id is not None:
            return t("source-form.edition.stays", self.language)
        if not self._likely:
            return ""
        title = self._likely[0].title.text(self.language)
        return t("source-form.edition.likely", self.language, title=title)


class SourceForm(FormDialog):
    """`write` stores a draft and tells whether that was done; `older` gives a stored source by its
    id. `place` is which of how many documents it is. When it was left, `leaves_rest` says whether
    those which wait are to be left out too."""

    def __init__(
        self,
        name: str,
        document: ReadDocument,
        draft: SourceDraft,
        stored: Sequence[SourceRow],
        language: Language,
        parent: QWidget,
        *,
        write: Callable[[SourceDraft], bool],
        older: Callable[[int], Source],
        place: tuple[int, int] = (1, 1),
    ) -> None:
        self.language, self._stored, self._write_draft = language, list(stored), write
        self._document, self._draft, self._older = document, draft, older
        self.leaves_rest = False
        self._make_fields()
        heading = t("source-form.heading", language, name=name)
        if place[1] > 1:
            heading = t(
                "source-form.heading-of", language, name=name, number=place[0], count=place[1]
            )
        first = [self.edition] if self.edition.is_likely else []
        last = [] if self.edition.is_likely else [self.edition]
        super().__init__(
            heading,
            (*first, self.title, self.publisher, self.author, self.date, self.written_in,
             self.url, self.rights, self.marking, self.original, self.translator,
             self.translation_note, *last),
            language,
            parent,
        )  # fmt: skip
        self._fill(draft)
        self._tell_of(name, document)
        self._add_leaving(place)
        self.edition.changed.connect(self._on_edition)
        self.original.changed.connect(self._on_original)
        self._touched = False
        self.wrong = self._wrong
        self.save = lambda: self._write_draft(self.draft())

    def _make_fields(self) -> None:
        self.edition = EditionField("source-form.edition", self._draft, self._stored)
        self.title = BothField("source-form.title")
        self.publisher = BothField("source-form.publisher")
        self.author = BothField("source-form.author")
        self.date = DocumentDateField("source-form.date", self._document)
        self.written_in = ChoiceField("source-form.language", self._languages)
        self.url = TextField("source-form.url")
        self.rights = TextField("source-form.rights")
        self.marking = TextField("source-form.marking")
        self.original = ChoiceField("source-form.original", self._originals)
        self.translator = BothField("source-form.translator")
        self.translation_note = BothField("source-form.translation-note", GrowingText)

    def _languages(self, language: Language) -> list[Entry]:
        own = self._draft.language
        codes = _LANGUAGES if not own or own in _LANGUAGES else (own, *_LANGUAGES)
        return [(_language_name(code, language), code) for code in codes]

    def _originals(self, language: Language) -> list[Entry]:
        asked = self._draft.translation_from
        codes = _ORIGINALS if not asked or asked in _ORIGINALS else (asked, *_ORIGINALS)
        none: list[Entry] = [(t("source-form.original.none", language), "")]
        return none + [
            (t("source-form.original.of", language, language=_language_name(each, language)), each)
            for each in codes
        ]

    def _tell_of(self, name: str, document: ReadDocument) -> None:
        """How much was read, and what is to be known of it, above the fields."""
        language = self.language
        rows = [
            (t("source-form.read", language, name=name, characters=len(document.text),
               places=len(document.places)), "told"),
            *((t(f"sources.warning.{each.code}", language, **each.fields), "warning")
              for each in document.warnings),
        ]  # fmt: skip
        layout = self.body.layout()
        for place, (text, rank) in enumerate(rows):
            label = plain_label(rank, wraps=True)
            label.setText(text)
            layout.insertWidget(place, label)  # type: ignore[union-attr]
        self.told = [text for text, _ in rows]
        self.setAccessibleDescription(" ".join(self.told))

    def _add_leaving(self, place: tuple[int, int]) -> None:
        """With more than one document, this one alone can be left out, or all that wait."""
        number, count = place
        self.rest_button = QPushButton(t("source-form.leave-rest", self.language))
        self.rest_button.setVisible(number < count)
        self.rest_button.clicked.connect(self._leave_rest)
        self.buttons.insertWidget(0, self.rest_button)
        if count > 1:
            self.leave_button.setText(t("source-form.leave", self.language))
        self.save_button.setText(t("source-form.save", self.language))

    def _leave_rest(self) -> None:
        self.leaves_rest = True
        super().reject()

    def reject(self) -> None:
        """Leaves this one out; whoever did not want to leave the rest is not held to it."""
        self.leaves_rest = False
        super().reject()

    # What it holds

    def _fill(self, draft: SourceDraft) -> None:
        self.edition.fill(draft.supersedes_id or _NONE)
        self.title.fill(draft.title)
        self.date.fill(draft.edtf)
        self.written_in.fill(draft.language or "und")
        self._fill_facts(draft)

    def _fill_facts(self, draft: SourceDraft) -> None:
        """What a newer edition may have from the older one."""
        self.publisher.fill(draft.publisher)
        self.author.fill(draft.author)
        self.url.fill(draft.url)
        self.rights.fill(draft.rights)
        self.marking.fill(draft.marking)
        self.original.fill(draft.translation_from)
        self.translator.fill(draft.translation_by)
        self.translation_note.fill(draft.translation_note)
        self._show_translation()

    def _show_translation(self) -> None:
        """Only of a translation it is asked by whom it is."""
        for field in (self.translator, self.translation_note):
            field.setVisible(bool(self.original.value))

    def _on_original(self) -> None:
        """What is asked now may stand below the edge of the form."""
        self._show_translation()
        if self.original.value:
            reveal(self.translator)

    def _on_edition(self) -> None:
        """What the document does not say of itself is as in the edition that it follows."""
        older_id = self.edition.older_id
        if older_id is None:
            return
        self._draft = sources.newer_edition(self._typed(""), self._older(older_id))
        self.original.refill()
        self._fill_facts(self._draft)

    def draft(self) -> SourceDraft:
        """What is said of the document; raises `date.…`."""
        return self._typed(self.date.edtf())

    def _typed(self, edtf: str) -> SourceDraft:
        translated = bool(self.original.value)
        return SourceDraft(
            title=self.title.both,
            language=str(self.written_in.value or "und"),
            publisher=self.publisher.both,
            author=self.author.both,
            edtf=edtf,
            url=self.url.text,
            rights=self.rights.text,
            marking=self.marking.text,
            translation_from=str(self.original.value or ""),
            translation_by=self.translator.both if translated else EMPTY,
            translation_note=self.translation_note.both if translated else EMPTY,
            supersedes_id=self.edition.older_id,
        )

    def _wrong(self) -> list[Wrong]:
        found: list[Wrong] = []
        if not self.title.both:
            found.append((self.title, AllianceError("source.title")))
        try:
            self.date.edtf()
        except AllianceError as error:
            found.append((self.date, error))
        return found


def _language_name(code: str, language: Language) -> str:
    if code in (*_LANGUAGES, *_ORIGINALS):
        return t(f"source-form.in.{code}", language)
    return code
