"""Documents of Hangul in their open form, HWPX (OWPML, KS X 6101): a walk over its sections.

python-hwpx reads deleted words under tracked changes as if they stood there, and takes longer to
start than most documents to read; so the text is ours, and that library makes our tests' files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.errors import AllianceError
from viewer.sources import archive, properties
from viewer.sources import text as texts
from viewer.sources.flow import Flow
from viewer.sources.records import Asked, ReadDocument
from viewer.sources.xml import local, tree

if TYPE_CHECKING:
    from lxml.etree import _Element

    from viewer.sources.records import Progress

MEDIA_TYPE = "application/hwp+zip"
_READER = "hwpx 1"
_SECTION = re.compile(r"(?:^|/)section(\d+)\.xml$", re.I)
_SIGNS = {
    "tab": "\t",
    "lineBreak": "\n",
    "nbSpace": "\N{NO-BREAK SPACE}",
    "fwSpace": " ",
    "hyphen": "-",
}
_NOTES = ("footNote", "endNote")
_WITHOUT_TEXT = frozenset(
    ("secPr", "parameters", "linesegarray", "autoNum", "newNum", "pageNum", "hiddenComment")
)
_FRAMES = ("header", "footer")


def read(data: bytes, _asked: Asked, progress: Progress) -> ReadDocument:
    """The text of a document, the notes of each section after it; what was deleted under tracked
    changes is not in it. Raises what `Archive` does."""
    file = archive.Archive(data)
    if b"encryption-data" in file.part("META-INF/manifest.xml"):
        raise AllianceError("source.locked")
    names = sorted(
        (name for name in file.names() if _SECTION.search(name)),
        key=lambda name: int(_SECTION.search(name)[1]),  # type: ignore[index]
    )
    if not names:
        raise AllianceError("source.broken")
    walk = _Walk()
    for count, name in enumerate(names):
        progress(count, len(names))
        walk.section(tree(file.xml(name)))
    text = walk.flow.value()
    stored = texts.kept(text)
    facts = properties.of_hwpx(file.xml("Contents/content.hpf"))
    return ReadDocument(
        text=stored,
        places=texts.by_paragraph(stored),
        media_type=MEDIA_TYPE,
        reader=_READER,
        title=texts.kept(facts.title) or texts.first_line(stored),
        author=texts.kept(facts.author),
        date=facts.date,
        dated_by="properties" if facts.date else "",
        language=texts.language_of(stored, facts.language),
        warnings=texts.told_of(text),
    )


class _Walk:
    def __init__(self) -> None:
        self.flow = Flow()
        self._deleted = 0
        self._notes: list[_Element] = []
        self._frames: set[str] = set()

    def section(self, root: _Element) -> None:
        self._children(root)
        notes, self._notes = self._notes, []
        for note in notes:
            self._children(note)

    def _children(self, element: _Element) -> None:
        for child in element:
            self._element(child)

    def _element(self, element: _Element) -> None:
        name = local(element)
        if name in _WITHOUT_TEXT:
            return
        if name == "t":
            self._words(element)
        elif name in _NOTES:
            self._notes.append(element)
        elif name in _FRAMES:
            self._frame(element)
        elif name == "script":  # of a formula
            self._text(element.text)
        elif name == "switch":
            self._children(next((each for each in element if local(each) == "default"), element))
        elif name == "compose":
            self._text(element.get("composeText"))
        elif name in ("mainText", "subText"):  # of words set over others
            self._text(element.text)
        elif name == "tr":
            self._row(element)
        elif name in ("p", "tbl", "caption", "subList"):
            self.flow.block()
            self._children(element)
            self.flow.block()
        else:
            self._children(element)

    def _row(self, row: _Element) -> None:
        self.flow.row()
        for count, cell in enumerate(each for each in row if local(each) == "tc"):
            self.flow.cell(first=count == 0)
            self._children(cell)
        self.flow.block()

    def _frame(self, element: _Element) -> None:
        """A header or footer: once, though each of its pages has it."""
        text = "".join("".join(each.itertext()) for each in element.iter("{*}t"))
        if text not in self._frames and any(letter.isalpha() for letter in text):
            self._frames.add(text)
            self.flow.block()
            self._children(element)
            self.flow.block()

    def _words(self, element: _Element) -> None:
        self._text(element.text)
        for child in element:
            name = local(child)
            if name == "deleteBegin":
                self._deleted += 1
            elif name == "deleteEnd":
                self._deleted = max(0, self._deleted - 1)
            elif name in _SIGNS:
                self._text(_SIGNS[name])
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        if text and not self._deleted:
            self.flow.text(text)
