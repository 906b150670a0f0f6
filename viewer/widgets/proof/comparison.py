"""Two versions of a passage side by side, each with what surrounds it, and what differs marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QTextEdit, QWidget

from viewer.edits.compared import Piece, Pieces, compared
from viewer.widgets.parts.fields import plain_label

if TYPE_CHECKING:
    from viewer.widgets.parts.look import Look

_LEAST_LINES = 6
_CUT_OFF = "… \n"  # what a cut excerpt begins or ends with
_WORDS = 1  # their place among the parts of a side


class Side(NamedTuple):
    """A version: what it is, and its words with what surrounds them. Without words `said` stands in
    their place."""

    heading: str
    before: str = ""
    words: str = ""
    after: str = ""
    said: str = ""


class Comparison(QWidget):
    """What only the left version has is struck out, what only the right one has is underlined:
    told apart without colours too. Tab leaves both."""

    def __init__(self) -> None:
        super().__init__()
        self.headings = (plain_label("section", wraps=True), plain_label("section", wraps=True))
        self.panes = (_pane(), _pane())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        for place, (heading, pane) in enumerate(zip(self.headings, self.panes, strict=True)):
            heading.setBuddy(pane)
            grid.addWidget(heading, 0, place)
            grid.addWidget(pane, 1, place)
            grid.setColumnStretch(place, 1)
        grid.setRowStretch(1, 1)

    def show_sides(self, left: Side | None, right: Side | None, look: Look) -> None:
        """Shows two versions, or nothing."""
        parts = _compared(left, right) if left is not None and right is not None else ((), ())
        for place, side in enumerate((left, right)):
            heading, pane = self.headings[place], self.panes[place]
            heading.setText(side.heading if side else "")
            pane.setAccessibleName(side.heading if side else "")
            pane.clear()
            least = _LEAST_LINES * pane.fontMetrics().lineSpacing()
            pane.setMinimumHeight(round(least))
            if side is not None:
                _write(pane, side, parts[place], look, gone=place == 0)


def _pane() -> QTextEdit:
    pane = QTextEdit()
    pane.setReadOnly(True)
    pane.setTabChangesFocus(True)
    pane.setAcceptRichText(False)
    pane.setUndoRedoEnabled(False)
    return pane


Parts = tuple[Pieces, ...]
"""What stands before the words, the words, and what stands after them."""


def _compared(left: Side, right: Side) -> tuple[Parts, Parts]:
    """What stands around the words is compared too, where both sides show it."""
    if not (left.words and right.words):
        return (), ()
    words = compared(left.words, right.words)
    before = _around(left.before, right.before, 0)
    after = _around(left.after, right.after, -1)
    return (before[0], words[0], after[0]), (before[1], words[1], after[1])


def _around(old: str, new: str, far: int) -> tuple[Pieces, Pieces]:
    """At the `far` end (0 the beginning, -1 the end) one side may show more of the text than the
    other: that is no difference."""
    if not (old and new):
        return _same(old), _same(new)
    left, right = (list(pieces) for pieces in compared(old, new))
    for pieces in (left, right):
        inwards = range(len(pieces)) if far == 0 else range(len(pieces) - 1, -1, -1)
        for place in inwards:
            piece = pieces[place]
            pieces[place] = piece._replace(differs=False)
            if piece.text.strip(_CUT_OFF):
                break
    return tuple(left), tuple(right)


def _same(text: str) -> Pieces:
    return (Piece(text, differs=False),) if text else ()


def _write(pane: QTextEdit, side: Side, parts: Parts, look: Look, *, gone: bool) -> None:
    cursor = QTextCursor(pane.document())
    if not side.words:
        cursor.insertText(side.said, _form(look.colour("dispute")))
        return
    if not parts:
        parts = (_same(side.before), _same(side.words), _same(side.after))
    begin = 0
    for number, pieces in enumerate(parts):
        if number == _WORDS:
            begin = cursor.position()
        for piece in pieces:
            cursor.insertText(piece.text, _set(look, piece, gone=gone, words=number == _WORDS))
    # The passage is in sight, whatever stands before it.
    cursor.setPosition(begin)
    pane.setTextCursor(cursor)
    pane.ensureCursorVisible()


def _form(colour: QColor) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setForeground(colour)
    return form


def _set(look: Look, piece: Piece, *, gone: bool, words: bool) -> QTextCharFormat:
    """The words on a ground of their own, what differs in them and around them by line and tone."""
    form = _form(look.colour("text" if words else "muted"))
    if words:
        form.setBackground(look.colour("highlight-context"))
    if piece.differs:
        form.setFontWeight(QFont.Weight.Bold)
        form.setForeground(look.colour("dispute" if gone else "supports"))
        form.setFontStrikeOut(gone)
        form.setFontUnderline(not gone)
    return form
