"""The dates of a document as a list: a model that makes words only for the rows in sight, and how
a row is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from db.quotes import to_utf16
from viewer.widgets.parts.wrapped import paint_focus
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from viewer.edits.date_proposals import Proposal
    from viewer.widgets.parts.look import Look

    Index = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()
_LEAD = 36  # characters of the sentence before the date that a row shows
_TAIL = 120
MANY = 200
"""Rows from which all are given the same height, so that not each has to be set for it."""
_LINES = 2  # of the sentence in a row
_SIDE, _GAP = 10.0, 5.0  # px
USED, FREE = "✓", "→"


class RowWords(NamedTuple):
    """What a row says: the date in words and in EDTF, its sentence in three pieces, and what is
    known of it with the colour of that."""

    date: str
    edtf: str
    before: str
    said: str
    after: str
    known: str
    token: str


class DatesModel(QAbstractListModel):
    """One row for each date, in the order of the text."""

    def __init__(self, title_of: Callable[[int], str]) -> None:
        """`title_of` gives the title of an event."""
        super().__init__()
        self._title_of = title_of
        self._text = ""
        self._look: Look | None = None
        self._proposals: Sequence[Proposal] = ()

    def show(self, text: str, proposals: Sequence[Proposal], look: Look) -> None:
        self.beginResetModel()
        self._text, self._proposals, self._look = text, proposals, look
        self.endResetModel()

    def proposal(self, row: int) -> Proposal:
        return self._proposals[row]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._proposals)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index.row()).date
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self.words(index.row())
            parts = (said.date, said.edtf, f"{said.before}{said.said}{said.after}", said.known)
            return ". ".join(part for part in parts if part)
        return None

    def words(self, row: int, *, known: bool = True) -> RowWords:
        """What a row says; without what is `known` of it, for which an event has to be read."""
        look, proposal = self._look, self._proposals[row]
        assert look is not None
        found, text = proposal.found, self._text
        start = max(found.sentence_start, found.start - _LEAD)
        end = min(found.sentence_end, found.end + _TAIL)
        if start > found.sentence_start:
            start = _word_after(text, start, found.start)
        before = " ".join(text[start : found.start].split())
        if text[max(found.start - 1, 0) : found.start].isspace() and before:
            before += " "
        return RowWords(
            date=edtf_words(found.edtf, look.language),
            edtf=found.edtf,
            before=("…" if start > found.sentence_start else "") + before,
            said=" ".join(text[found.start : found.end].split()),
            after=_one_line(text[found.end : end]) + ("…" if end < found.sentence_end else ""),
            known=self._known(proposal, look) if known else "",
            token="supports" if proposal.used else "accent",
        )

    def _known(self, proposal: Proposal, look: Look) -> str:
        """For which event it is used, else which event is on that date."""
        events = proposal.used or proposal.candidates
        if not events:
            return ""
        title, more = self._title_of(events[0]), len(events) - 1
        key = "found.used" if proposal.used else "found.on-that-date"
        told = look.t(key, title=title)
        return f"{told} +{more}" if more else told


def _word_after(text: str, start: int, end: int) -> int:
    """Where the first whole word of a stretch begins; its start where there is one word alone."""
    blank = next((at for at in range(start, end) if text[at].isspace()), end)
    return blank + 1 if blank < end - 1 else start


def _one_line(text: str) -> str:
    """In one line, with the blank that it begins with."""
    words = " ".join(text.split())
    return f" {words}" if text[:1].isspace() and words else words


class DatesDelegate(QStyledItemDelegate):
    """A row: the date and its EDTF, two lines of its sentence with the date in bold, and what is
    known of it."""

    def __init__(self, look: Callable[[], Look]) -> None:
        super().__init__()
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        assert isinstance(model, DatesModel)
        words, proposal = model.words(index.row(), known=False), model.proposal(index.row())
        small = QFontMetricsF(self._look().font("small")).height()
        strong = QFontMetricsF(self._look().font("strong")).height()
        widget = getattr(option, "widget", None)
        width = widget.viewport().width() if isinstance(widget, QAbstractItemView) else 300
        text = f"{words.before}{words.said}{words.after}"
        layout, _ = _laid_out(text, words, self._look(), width - 2 * _SIDE)
        lines = layout.lineCount() + bool(proposal.used or proposal.candidates)
        if model.rowCount() > MANY:
            lines = _LINES + 1
        return QSize(200, round(strong + lines * small + 2 * _GAP + 2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, words = self._look(), self._words(index)
        rect, state = QRectF(option.rect), option.state
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, look.colour("selection"))
        painter.setPen(look.colour("rule"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        area = rect.adjusted(_SIDE, _GAP, -_SIDE, -_GAP)
        top = self._paint_date(painter, area, words, look)
        top = self._paint_sentence(painter, area, top, words, look)
        if words.known:
            sign = USED if words.token == "supports" else FREE  # noqa: S105 - a colour's name
            self._line(painter, area, top, f"{sign} {words.known}", look, words.token)
        if selected and state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, rect, look.colour("accent"))
        painter.restore()

    def _words(self, index: Index) -> RowWords:
        model = index.model()
        assert isinstance(model, DatesModel)
        return model.words(index.row())

    def _paint_date(self, painter: QPainter, area: QRectF, words: RowWords, look: Look) -> float:
        strong, small = look.font("strong"), look.font("small")
        height = QFontMetricsF(strong).height()
        metrics = QFontMetricsF(small)
        painter.setFont(small)
        painter.setPen(look.colour("muted"))
        line = QRectF(area.left(), area.top(), area.width(), height)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, right, words.edtf)
        room = area.width() - metrics.horizontalAdvance(words.edtf) - 10
        painter.setFont(strong)
        painter.setPen(look.colour("text"))
        date = QFontMetricsF(strong).elidedText(words.date, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, date)
        return area.top() + height

    def _paint_sentence(
        self, painter: QPainter, area: QRectF, top: float, words: RowWords, look: Look
    ) -> float:
        height = QFontMetricsF(look.font("small")).height()
        text = f"{words.before}{words.said}{words.after}"
        layout, shown = _laid_out(text, words, look, area.width())
        if shown < len(text):
            text = f"{text[: max(shown - 2, 0)].rstrip()}…"
            layout, _ = _laid_out(text, words, look, area.width())
        painter.setPen(look.colour("text"))
        layout.draw(painter, QPointF(area.left(), top))
        return top + layout.lineCount() * height

    def _line(
        self, painter: QPainter, area: QRectF, top: float, text: str, look: Look, token: str
    ) -> None:
        font = look.font("small")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(look.colour(token)))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        line = QRectF(area.left(), top, area.width(), metrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)


def _laid_out(text: str, words: RowWords, look: Look, width: float) -> tuple[QTextLayout, int]:
    """The lines that a row has room for, and how many characters they hold."""
    layout = QTextLayout(text, look.font("small"))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats([_bold(text, words, look)])
    layout.beginLayout()
    held, height = 0, QFontMetricsF(look.font("small")).height()
    for number in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, number * height))
        held = line.textStart() + line.textLength()
    layout.endLayout()
    return layout, held


def _bold(text: str, words: RowWords, look: Look) -> QTextLayout.FormatRange:
    """The date within its sentence."""
    made = QTextLayout.FormatRange()
    made.start = to_utf16(text, len(words.before))
    made.length = len(words.said)
    form = QTextCharFormat()
    form.setFontWeight(QFont.Weight.Bold)
    form.setBackground(look.colour("highlight"))
    made.format = form
    return made
