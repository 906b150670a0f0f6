"""What the verification of all quotes found: each opens at its place in the source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal

from viewer.layout.signs import FLAW_SIGNS
from viewer.widgets.parts.look import Look
from viewer.widgets.parts.tables import Table
from viewer.widgets.proof.comparison import Side
from viewer.widgets.proof.proof_dialog import ProofDialog, one_line
from viewer.words import n, t

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QWidget

    from db.details import Misplaced
    from db.records import Bilingual, Language
    from viewer.document import Document
    from viewer.widgets.state import ViewState

    Index = QModelIndex | QPersistentModelIndex

_CLOSE, _OPEN = range(2)
CHANGED_SIGN = "⚠"


class Found(NamedTuple):
    """What a verification came to: how many quotes were held against their sources, the broken
    ones, and the sources whose text is not the one that was stored."""

    quotes: int
    broken: tuple[Misplaced, ...]
    changed: tuple[tuple[int, Bilingual], ...]


class FindingsModel(Table):
    """The changed sources first, then the quotes."""

    headings = ("proof.column.finding", "proof.column.quote", "proof.column.rests",
                "proof.column.source")  # fmt: skip

    def __init__(self, found: Found) -> None:
        super().__init__()
        self.found = found

    def rowCount(self, parent: Index | None = None) -> int:
        if parent is not None and parent.isValid():
            return 0
        return len(self.found.changed) + len(self.found.broken)

    def quote(self, row: int) -> Misplaced | None:
        """The quote in a row, None where that is a source."""
        place = row - len(self.found.changed)
        return self.found.broken[place] if 0 <= place < len(self.found.broken) else None

    def cells(self, row: int) -> tuple[str, ...]:
        quote = self.quote(row)
        if quote is None:
            title = self.found.changed[row][1].text(self.language)
            return f"{CHANGED_SIGN} {t('proof.finding.changed', self.language)}", "", "", title
        return (
            f"{FLAW_SIGNS['broken']} {t('proof.finding.broken', self.language)}",
            one_line(quote.exact),
            f"{quote.targets:,}",
            quote.source_title.text(self.language),
        )


class VerifiedDialog(ProofDialog):
    """`quote_asked` asks for a source at a quote (their ids), `source_asked` for a source."""

    quote_asked = Signal(object, object)
    source_asked = Signal(object)

    def __init__(self, document: Document, state: ViewState, found: Found, parent: QWidget) -> None:
        self.model = FindingsModel(found)
        super().__init__(document, state, self.model, (17, 0, 10, 20), parent, buttons=2, apart=0)
        self.buttons[_CLOSE].clicked.connect(self.reject)
        self.buttons[_OPEN].clicked.connect(self.open_chosen)
        self.view.doubleClicked.connect(lambda _: self.open_chosen())
        self.retext()
        self.view.choose(len(found.changed) if found.broken else 0)

    def show_chosen(self) -> None:
        look, quote = Look.of(self._state), self.model.quote(self.chosen_row())
        if quote is None:
            self.comparison.show_sides(None, None, look)
            return
        self.comparison.show_sides(
            Side(look.t("proof.as-quoted"), words=quote.exact),
            self.side(quote.there, look.t("proof.stands-there"), look.t("proof.nothing-there")),
            look,
        )

    def open_chosen(self) -> None:
        row = self.chosen_row()
        quote = self.model.quote(row)
        if quote is not None:
            self.quote_asked.emit(quote.source_id, quote.quote_id)
        elif row >= 0:
            self.source_asked.emit(self.model.found.changed[row][0])

    def retext(self) -> None:
        language, found = self._state.language, self.model.found
        self.model.language = language
        self.setWindowTitle(t("proof.verified.title", language))
        self.intro.setText(told(found, language))
        self.view.setAccessibleName(t("proof.verified.title", language))
        self.name(_CLOSE, t("button.close", language))
        self.name(_OPEN, t("proof.open", language), t("proof.open-told", language))


def told(found: Found, language: Language) -> str:
    """What was found, in a sentence or two."""
    broken = len({each.quote_id for each in found.broken})
    if broken:
        sentences = [n("proof.verified.broken", broken, language, quotes=found.quotes)]
    else:
        sentences = [n("proof.verified.fine", found.quotes, language)]
    if found.changed:
        sentences.append(n("proof.verified.changed", len(found.changed), language))
    return " ".join(sentences)
