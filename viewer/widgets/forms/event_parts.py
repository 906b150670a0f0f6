"""The parts of an event that there may be several of: further dates and citations, each a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from db.changes import new_id
from db.errors import AllianceError
from db.records import ROLES, SEEN, Language
from viewer.edits.drafts import CitationDraft, DateDraft
from viewer.widgets.parts.boxes import put_away
from viewer.widgets.parts.choices import ChoiceField, Entry
from viewer.widgets.parts.date_field import DateField
from viewer.widgets.parts.fields import WRONG_SIGN, BothField, Field, TextField, reveal
from viewer.widgets.parts.text_buttons import quiet_button
from viewer.words import explain, t, term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Draft = TypeVar("Draft")
_SAVING = ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S")


def role_entries(language: Language) -> list[Entry]:
    return [(term("role", role, language), role) for role in ROLES]


def seen_entries(language: Language) -> list[Entry]:
    return [(term("seen", seen, language), seen) for seen in SEEN]


def fault_words(
    error: AllianceError | None, draft_fault: AllianceError | None, language: Language
) -> str:
    """Why a form could not be saved, and why what is typed in it could not be kept; empty where
    both could."""
    lines = [f"{WRONG_SIGN} {explain(error, language)}"] if error else []
    if draft_fault is not None:
        lines.append(t("form.not-kept", language, reason=explain(draft_fault, language)))
    return "\n".join(lines)


def save_by_keys(form: QWidget, save: Callable[[], object]) -> None:
    """Saves by the usual keys, wherever in the form the focus is."""
    for keys in _SAVING:
        shortcut = QShortcut(QKeySequence(keys), form)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: save())


class PartCard(QFrame, Generic[Draft]):
    """One part: its fields, and a button that takes it away. `fields` in the order of Tab."""

    changed = Signal()
    removed = Signal()

    def __init__(self, name_key: str) -> None:
        super().__init__()
        self.setObjectName("part")
        self._name_key = name_key
        self.language: Language = "en"
        self.place = 1  # among its like
        self.fields: list[Field] = []
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(9, 7, 9, 5)
        self.rows.setSpacing(7)
        self.foot = QHBoxLayout()
        self.remove = quiet_button()
        self.remove.clicked.connect(self.removed)

    def build(self, *rows: Field | tuple[Field, ...]) -> None:
        """To be called once with the fields; those of a tuple stand side by side."""
        for row in rows:
            if isinstance(row, tuple):
                across = QHBoxLayout()
                across.setSpacing(8)
                for field in row:
                    across.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
                self.rows.addLayout(across)
                self.fields += row
            else:
                self.rows.addWidget(row)
                self.fields.append(row)
        self.foot.addStretch(1)
        self.foot.addWidget(self.remove)
        self.rows.addLayout(self.foot)
        for field in self.fields:
            field.changed.connect(self.changed)

    def retext(self, language: Language) -> None:
        self.language = language
        for field in self.fields:
            field.retext(language)
        name = t(self._name_key, language, n=self.place)
        self.setAccessibleName(name)
        self.remove.setText(t("form.remove", language))
        self.remove.setAccessibleName(t("form.remove-told", language, what=name))

    def fill(self, draft: Draft) -> None:
        raise NotImplementedError

    def typed(self) -> Draft:
        """The part as it was typed."""
        raise NotImplementedError

    def draft(self) -> Draft:
        """The part as it is to be stored; only where `wrong` finds nothing."""
        return self.typed()

    def wrong(self) -> list[tuple[Field, AllianceError]]:
        """What is wrong with it, and where."""
        return []


class PartsList(QWidget, Generic[Draft]):
    """The parts of a kind, below each other, and a button that adds one."""

    changed = Signal()
    rearranged = Signal()

    def __init__(self, make: Callable[[], PartCard[Draft]], add_key: str) -> None:
        super().__init__()
        self._make, self._add_key = make, add_key
        self.language: Language = "en"
        self.cards: list[PartCard[Draft]] = []
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(8)
        self.add = quiet_button()
        self.add.clicked.connect(self._on_add)
        self.rows.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def fill(self, drafts: Iterable[Draft]) -> None:
        for card in list(self.cards):
            self._take_away(card)
        for draft in drafts:
            self.append().fill(draft)

    def append(self) -> PartCard[Draft]:
        """A new card at the end."""
        card = self._make()
        card.changed.connect(self.changed)
        card.removed.connect(lambda: self._on_remove(card))
        self.cards.append(card)
        self.rows.insertWidget(len(self.cards) - 1, card)
        card.place = len(self.cards)
        card.retext(self.language)
        self.rearranged.emit()
        return card

    def _on_add(self) -> None:
        card = self.append()
        card.fields[0].focus()
        reveal(card)
        self.changed.emit()

    def _on_remove(self, card: PartCard[Draft]) -> None:
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self._take_away(card)
        self.changed.emit()

    def _take_away(self, card: PartCard[Draft]) -> None:
        self.cards.remove(card)
        self.rows.removeWidget(card)
        put_away(card)
        for place, each in enumerate(self.cards, start=1):
            each.place = place
            each.retext(self.language)

    def typed(self) -> tuple[Draft, ...]:
        return tuple(card.typed() for card in self.cards)

    def draft(self) -> tuple[Draft, ...]:
        return tuple(card.draft() for card in self.cards)

    def wrong(self) -> list[tuple[Field, AllianceError]]:
        return [found for card in self.cards for found in card.wrong()]

    def retext(self, language: Language) -> None:
        self.language = language
        self.add.setText(f"+ {t(self._add_key, language)}")
        self.add.setAccessibleName(t(self._add_key, language))
        for card in self.cards:
            card.retext(language)


class DateCard(PartCard[DateDraft]):
    """A further date; `promoted` asks for it to become the event's main one."""

    promoted = Signal()

    def __init__(self) -> None:
        super().__init__("form.date.number")
        self._id: int | None = None
        self.date = DateField("form.date")
        self.role = ChoiceField("form.role", role_entries)
        self.remark = BothField("form.remark")
        self.promote = quiet_button()
        self.promote.clicked.connect(self.promoted)
        self.foot.addWidget(self.promote)
        self.build(self.date, self.role, self.remark)

    def retext(self, language: Language) -> None:
        super().retext(language)
        self.promote.setText(t("form.promote", language))

    def fill(self, draft: DateDraft) -> None:
        self._id = draft.id
        self.date.fill(draft.edtf)
        self.role.fill(draft.role)
        self.remark.fill(draft.remark)

    def typed(self) -> DateDraft:
        return self._with(self.date.text)

    def draft(self) -> DateDraft:
        return self._with(self.date.edtf())

    def _with(self, edtf: str) -> DateDraft:
        return DateDraft(edtf, str(self.role.value), remark=self.remark.both, id=self._id)

    def wrong(self) -> list[tuple[Field, AllianceError]]:
        if not self.date.text:
            return [(self.date, AllianceError("form.date"))]
        return [(self.date, self.date.error)] if self.date.error else []


class CitationCard(PartCard[CitationDraft]):
    """A citation. It has its id from the start, so that a claim can refer to it at once."""

    def __init__(self) -> None:
        super().__init__("form.citation.number")
        self.id = new_id()
        self.title = TextField("form.citation.title")
        self.body = TextField("form.citation.body")
        self.date = DateField("form.citation.date")
        self.locator = TextField("form.citation.locator")
        self.seen = ChoiceField("form.citation.seen", seen_entries)
        self.build(self.title, self.body, self.date, self.locator, self.seen)
        self.seen.fill("not seen")

    def fill(self, draft: CitationDraft) -> None:
        self.id = draft.id if draft.id is not None else self.id
        self.title.fill(draft.title)
        self.body.fill(draft.body)
        self.date.fill(draft.edtf)
        self.locator.fill(draft.locator)
        self.seen.fill(draft.seen)

    def typed(self) -> CitationDraft:
        return self._with(self.date.text)

    def draft(self) -> CitationDraft:
        return self._with(self.date.edtf())

    def _with(self, edtf: str) -> CitationDraft:
        seen = str(self.seen.value)
        return CitationDraft(
            self.title.text, self.body.text, edtf, self.locator.text, seen, self.id
        )

    def wrong(self) -> list[tuple[Field, AllianceError]]:
        found: list[tuple[Field, AllianceError]] = []
        if not self.title.text:
            found.append((self.title, AllianceError("event.citation")))
        if self.date.error is not None:
            found.append((self.date, self.date.error))
        return found
