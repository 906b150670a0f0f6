"""The document of a note: Markdown made to look like the rest of the window, loading nothing.

HTML stays the text that it is, and a picture is replaced by a word that says so. What the
document would still ask for (Qt reads local files that a text names) is answered with nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from viewer.widgets.parts.wrapped import SIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QTextFragment

    from viewer.widgets.parts.look import Look

_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
_INDENT = 1.3  # sizes of the type: a list's items, a quotation's lines
_BETWEEN, _WITHIN = 0.45, 0.1  # sizes of the type above a paragraph, and above a list's item


class SafeDocument(QTextDocument):
    """A note's text, dressed in a look; it loads nothing, whatever the note names."""

    def show_markdown(self, text: str, look: Look, token: str) -> None:
        """`token` is the colour of the text."""
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(SIDE)
        self.setDefaultFont(look.font("body"))
        self.setIndentWidth(_INDENT * look.size)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setDefaultTextOption(option)
        # Behind an empty line "---" opens no front matter, which Qt would hide; two spaces at its
        # end keep a line the line that its writer made it.
        self.setMarkdown("\n" + text.replace("\n", "  \n"), _FEATURES)
        self._replace_pictures(look)
        for block in blocks_of(self):
            self._dress(block, look, token)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return nothing(kind)

    def _replace_pictures(self, look: Look) -> None:
        found = [
            (fragment.position(), fragment.length(), fragment.charFormat().toImageFormat())
            for block in blocks_of(self)
            for fragment in fragments_of(block)
            if fragment.charFormat().isImageFormat()
        ]
        for start, length, picture in reversed(found):
            told = picture.property(QTextFormat.Property.ImageAltText) or picture.name()
            words = look.t("notes.picture", name=told) if told else look.t("notes.picture.nameless")
            plain = QTextCharFormat()
            plain.setFontItalic(True)
            cursor = _cursor(self, start, length)
            cursor.insertText(words, plain)

    def _dress(self, block: QTextBlock, look: Look, token: str) -> None:
        """Three sizes of type and the theme's colours, as everywhere in the window."""
        is_first = block == self.begin()
        shape = QTextBlockFormat()
        shape.setNonBreakableLines(False)
        above = _WITHIN if block.textList() else _BETWEEN
        shape.setTopMargin(0.0 if is_first else above * look.size)
        shape.setBottomMargin(0.0)
        quoted = block.blockFormat().property(QTextFormat.Property.BlockQuoteLevel)
        if quoted:
            shape.setLeftMargin(_INDENT * look.size * int(quoted))
        level = block.blockFormat().headingLevel()
        cursor = QTextCursor(block)
        cursor.mergeBlockFormat(shape)
        for fragment in list(fragments_of(block)):
            new = fragment.charFormat()
            if level:
                rank = look.font("title" if level == 1 else "strong")
                new.clearProperty(QTextFormat.Property.FontSizeAdjustment)
                new.setProperty(QTextFormat.Property.FontPixelSize, rank.pixelSize())
                new.setFontWeight(QFont.Weight.Bold)
            new.setForeground(look.colour("accent" if new.isAnchor() else token))
            _cursor(self, fragment.position(), fragment.length()).setCharFormat(new)


def nothing(kind: int) -> object:
    """What is given for anything that a note asks for: a clear dot for a picture, else no bytes.

    No answer at all would let Qt look for a file itself.
    """
    if kind == int(QTextDocument.ResourceType.ImageResource.value):
        dot = QImage(1, 1, QImage.Format.Format_ARGB32)
        dot.fill(Qt.GlobalColor.transparent)
        return dot
    return QByteArray()


def blocks_of(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def fragments_of(block: QTextBlock) -> Iterator[QTextFragment]:
    place = block.begin()
    while not place.atEnd():
        yield place.fragment()
        place += 1


def _cursor(document: QTextDocument, start: int, length: int) -> QTextCursor:
    """A cursor with a stretch marked, in the document's own units."""
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    return cursor
