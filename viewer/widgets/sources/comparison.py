"""Two versions of a passage side by side, each with what surrounds it, and what differs marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QTextEdit, QWidget

from viewer.edits.compared import Piece, compared
from viewer.widgets.parts.fields import plain_label

if TYPE_CHECKING:
    from viewer.widgets.parts.look import Look

_LEAST_LINES = 6


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
        pieces: tuple[tuple[Piece, ...], tuple[Piece, ...]] = ((), ())
        if left is not None and right is not None:
            pieces = compared(left.words, right.words)
        for place, side in enumerate((left, right)):
            heading, pane = self.headings[place], self.panes[place]
            heading.setText(side.heading if side else "")
            pane.setAccessibleName(side.heading if side else "")
            pane.clear()
            least = _LEAST_LINES * pane.fontMetrics().lineSpacing()
            pane.setMinimumHeight(round(least))
            if side is not None:
                _write(pane, side, pieces[place], look, gone=place == 0)


def _pane() -> QTextEdit:
    pane = QTextEdit()
    pane.setReadOnly(True)
    pane.setTabChangesFocus(True)
    pane.setAcceptRichText(False)
    pane.setUndoRedoEnabled(False)
    return pane


def _write(
    pane: QTextEdit, side: Side, pieces: tuple[Piece, ...], look: Look, *, gone: bool
) -> None:
    cursor = QTextCursor(pane.document())
    around = _form(look.colour("muted"))
    if not side.words:
        cursor.insertText(side.said, _form(look.colour("dispute")))
        return
    cursor.insertText(side.before, around)
    begin = cursor.position()
    for piece in pieces:
        cursor.insertText(piece.text, _words(look, gone=gone, differs=piece.differs))
    cursor.insertText(side.after, around)
    # The passage is in sight, whatever stands before it.
    cursor.setPosition(begin)
    pane.setTextCursor(cursor)
    pane.ensureCursorVisible()


def _form(colour: QColor) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setForeground(colour)
    return form


def _words(look: Look, *, gone: bool, differs: bool) -> QTextCharFormat:
    form = _form(look.colour("text"))
    form.setBackground(look.colour("highlight-context"))
    if differs:
        form.setFontWeight(QFont.Weight.Bold)
        form.setForeground(look.colour("dispute" if gone else "supports"))
        form.setFontStrikeOut(gone)
        form.setFontUnderline(not gone)
    return form
