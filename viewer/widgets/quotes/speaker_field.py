"""Who says it: one of the speakers that are known, those of the document first, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from db.errors import AllianceError
from db.records import Bilingual
from viewer.edits.drafts import EMPTY
from viewer.edits.facts import folded
from viewer.edits.quote_drafts import SpeakerDraft
from viewer.widgets.parts.check_row import CheckRow
from viewer.widgets.parts.fields import BothField, Field
from viewer.widgets.parts.suggesting import Offer, SuggestLine
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.records import Language, Speaker

_MOST = 12  # on offer


class _NewSpeaker(QFrame):
    """What is to be said of a speaker that is made: name, role, and whether the source names it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("part")
        self.name = BothField("quoting.speaker.name")
        self.role = BothField("quoting.speaker.role")
        self.named: QCheckBox = CheckRow()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(9, 7, 9, 7)
        rows.setSpacing(7)
        for widget in (self.name, self.role, self.named):
            rows.addWidget(widget)

    def retext(self, language: Language) -> None:
        self.setAccessibleName(t("quoting.speaker.new", language))
        self.name.retext(language)
        self.role.retext(language)
        self.named.setText(t("quoting.speaker.named", language))


class SpeakerField(Field):
    """`speaker` is the id of one that is there, the draft of one to be made, or None. What is to
    be said of one to be made stands in `new`, which has to be put below the field."""

    def __init__(self, key: str, speakers: Callable[[], Sequence[Speaker]]) -> None:
        super().__init__(key)
        self._speakers = speakers
        self._id: int | None = None
        self._makes = False
        self.line = SuggestLine(self._offers)
        self.new = _NewSpeaker()
        self.inputs = [self.line]
        self.name.setBuddy(self.line)
        for widget in (self.line, self.line.list):
            self.rows.addWidget(widget)
        self.close_with_told()
        self.new.hide()
        self.line.picked.connect(self._on_picked)
        self.line.entered.connect(self._make)
        self.line.textEdited.connect(self._on_edited)
        for field in (self.new.name, self.new.role):
            field.changed.connect(self.changed)
        self.new.named.toggled.connect(self._on_named)
        self._filling = False

    @property
    def speaker(self) -> int | SpeakerDraft | None:
        if self._makes:
            new = self.new
            return SpeakerDraft(new.name.both, new.role.both, new.named.isChecked())
        return self._id

    @property
    def pending(self) -> str:
        """What was typed and is nobody yet."""
        return "" if self._makes or self._id is not None else self.line.text().strip()

    def fill(self, speaker: int | SpeakerDraft | None, typed: str = "") -> None:
        self._filling = True
        self._makes = isinstance(speaker, SpeakerDraft)
        self._id = None if isinstance(speaker, SpeakerDraft) else speaker
        draft = speaker if isinstance(speaker, SpeakerDraft) else SpeakerDraft(EMPTY)
        self.new.name.fill(draft.name)
        self.new.role.fill(draft.role)
        self.new.named.setChecked(draft.named)
        self.line.fold()
        known = self._known()
        shown = draft.name if self._makes else known.name if known else EMPTY
        self.line.setText(shown.text(self.language) or typed)
        self.line.setCursorPosition(0)
        self.new.setVisible(self._makes)
        self._filling = False
        self.show_wrong(None)

    def settle(self) -> None:
        """Takes who stands ready to be taken; a name that nobody has is that of a new one."""
        if self.pending and not self.line.take_highlighted():
            self._make(self.pending)

    def _known(self) -> Speaker | None:
        return next((each for each in self._speakers() if each.id == self._id), None)

    def _offers(self, text: str) -> list[Offer]:
        asked, every = folded(text), self._speakers()
        found = [each for each in every if not asked or asked in folded(_whole(each))]
        offers = [Offer(self._words(each), each) for each in found[:_MOST]]
        if text and not any(asked == folded(name or "") for each in every for name in each.name):
            offers.append(Offer(t("quoting.speaker.make", self.language, name=text), text))
        return offers

    def _words(self, speaker: Speaker) -> str:
        role = speaker.role.text(self.language)
        name = speaker.name.text(self.language)
        return f"{name} · {role}" if role else name

    def _on_picked(self, offer: Offer) -> None:
        if isinstance(offer.data, str):
            self._make(offer.data)
        else:
            self.fill(offer.data.id)  # type: ignore[attr-defined]
            self.touched()

    def _make(self, name: str) -> None:
        self.fill(SpeakerDraft(in_its_language(name)))
        self.rearranged.emit()
        self.touched()

    def _on_edited(self) -> None:
        self._id, self._makes = None, False
        self.new.hide()
        self.touched()

    def _on_named(self) -> None:
        if not self._filling:
            self.changed.emit()

    def hint(self) -> str:
        known = self._known()
        if known is None:
            return "" if self._makes else t("quoting.speaker.how", self.language)
        return known.role.text(self.language)

    def missing(self) -> AllianceError | None:
        """What keeps the quote from having a speaker."""
        speaker = self.speaker
        if speaker is None or (isinstance(speaker, SpeakerDraft) and not speaker.name):
            return AllianceError("quote.speaker")
        return None

    def retext(self, language: Language) -> None:
        super().retext(language)
        self.new.retext(language)
        known = self._known()
        if known is not None:
            self.line.setText(known.name.text(language))
            self.line.setCursorPosition(0)


def in_its_language(text: str) -> Bilingual:
    """A text as Korean or English, by the letters it is written in."""
    korean = any("가" <= each <= "힣" for each in text)
    return Bilingual(None, text) if korean else Bilingual(text, None)


def _whole(speaker: Speaker) -> str:
    """All that is known of a speaker, for finding it."""
    return " ".join(each for each in (*speaker.name, *speaker.role) if each)
