"""The text of HTML as a reader sees it: a walk over its tree that knows blocks, rows and cells.

Nothing of it is run or loaded, and no script, style sheet or template becomes text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.errors import AllianceError
from viewer.sources.flow import Flow

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

DEPTH = 1000
"""Elements within each other; more is nothing that a person wrote."""

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "ul",
    ]
)
_WITHOUT_TEXT = frozenset(
    [
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "applet",
        "audio",
        "video",
        "canvas",
    ]
)
_WIDEST = 200  # columns or rows that a cell may reach over
_KEEPS_BLANKS = frozenset(("pre", "textarea", "listing", "xmp"))
_BLANKS = re.compile(r"[ \t\n\r\f]+")
# Elements that end by themselves when the next begins do not nest, whether closed or not.
_ENDS_ITSELF = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "tr",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "option",
        "optgroup",
        "rt",
        "rp",
        "html",
        "head",
        "body",
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)[^<>]*?(/?)>")


def parse(html: str) -> LexborHTMLParser:
    """The tree. Raises `source.deep` before it is made: that takes minutes for a very deep one."""
    from selectolax.lexbor import LexborHTMLParser

    depth = 0
    for close, name, closed in _TAG.findall(html):
        if name.lower() in _ENDS_ITSELF or closed:
            continue
        depth = max(0, depth - 1) if close else depth + 1
        if depth > DEPTH:
            raise AllianceError("source.deep", most=DEPTH)
    return LexborHTMLParser(html)


def text_of(node: LexborNode | None, *, blanks: bool = False) -> str:
    """The text within an element. `blanks` keeps runs of blanks, which HTML takes for one.

    Raises `source.deep`.
    """
    return _Walk(blanks).walk(node) if node is not None else ""


class _Walk:
    def __init__(self, blanks: bool) -> None:
        self._flow = Flow()
        self._blanks = blanks
        self._verbatim = 0  # elements we are in that keep their blanks
        self._space = False  # a blank is due before the next word
        self._tables: list[_Table] = []
        self._notes = 0
        self._lead = ""  # the number of a note, which its words follow

    def walk(self, root: LexborNode) -> str:
        node, depth = root, 0
        while True:
            child = node.child if self._enter(node) else None
            if child is not None:
                node, depth = child, depth + 1
                if depth > DEPTH:
                    raise AllianceError("source.deep", most=DEPTH)
                continue
            self._leave(node)
            while node.mem_id != root.mem_id and node.next is None:
                parent = node.parent
                assert parent is not None
                node, depth = parent, depth - 1
                self._leave(node)
            following = node.next
            if node.mem_id == root.mem_id or following is None:
                return self._flow.value()
            node = following

    def _enter(self, node: LexborNode) -> bool:
        """Takes what an element begins with; whether what is in it is to be walked."""
        tag = node.tag or ""
        if tag == "-text":
            self._text(node.text_content or "")
        if tag.startswith("-") or tag in _WITHOUT_TEXT or _is_way_back(node):
            return False
        if tag == "br":
            self._space = False
            self._flow.text("\n")
        elif tag == "tr":
            self._space = False
            self._table().row()
            self._flow.row()
        elif tag in ("td", "th"):
            self._cell(node)
        elif tag in _BLOCKS:
            self._block()
        if tag == "table":
            self._tables.append(_Table())
        elif tag == "li" and self._blanks and _is_note(node):
            self._notes += 1
            self._lead = f"[{self._notes}] "
        if tag in _KEEPS_BLANKS:
            self._verbatim += 1
        return True

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _KEEPS_BLANKS:
            self._verbatim -= 1
        if tag == "table" and self._tables:
            self._tables.pop()
        if tag in _BLOCKS:
            self._block()

    def _table(self) -> _Table:
        if not self._tables:
            self._tables.append(_Table())
        return self._tables[-1]

    def _cell(self, node: LexborNode) -> None:
        """A cell below one that reaches down from above stands in the column that it is seen in."""
        self._space = False
        table = self._table()
        for _ in range(table.taken()):
            self._flow.cell(first=table.column == 0)
            table.column += 1
        self._flow.cell(first=table.column == 0)
        table.take(_span(node, "colspan"), _span(node, "rowspan"))

    def _block(self) -> None:
        self._space = False
        self._flow.block()

    def _text(self, text: str) -> None:
        if self._lead:
            text = self._lead + text.lstrip() if text.strip() else ""
            self._lead = "" if text else self._lead
        if self._blanks or self._verbatim:
            self._flow.text(text)
            return
        words = _BLANKS.sub(" ", text)
        if words.startswith(" "):
            self._space = self._space or not self._flow.fresh
        inner = words.strip(" ")
        if inner:
            self._flow.text((" " if self._space else "") + inner)
            self._space = words.endswith(" ")


class _Table:
    """Which columns of a table cells from above reach down into."""

    def __init__(self) -> None:
        self.column = 0
        self._wide = 0  # columns that the cell before reaches over to the right
        self._below: dict[int, int] = {}  # column: rows that it is taken in still

    def row(self) -> None:
        self._below = {each: rows - 1 for each, rows in self._below.items() if rows > 1}
        self.column = self._wide = 0

    def taken(self) -> int:
        """How many columns from here on are."""
        column = self.column + self._wide
        while column in self._below:
            column += 1
        return column - self.column

    def take(self, columns: int, rows: int) -> None:
        """A cell as wide and as high stands here."""
        for column in range(self.column, self.column + columns):
            if rows > 1:
                self._below[column] = rows
        self.column, self._wide = self.column + 1, columns - 1


def _span(node: LexborNode, name: str) -> int:
    written = (node.attributes.get(name) or "").strip()
    return min(max(int(written), 1), _WIDEST) if written.isdecimal() else 1


def _is_note(node: LexborNode) -> bool:
    """A note at the end, as mammoth writes it: the number it is called by stands at its call."""
    return (node.attributes.get("id") or "").startswith(("footnote-", "endnote-"))


def _is_way_back(node: LexborNode) -> bool:
    """The arrow from a note to where it was called, which mammoth adds."""
    if node.tag != "a":
        return False
    target = node.attributes.get("href") or ""
    return target.startswith(("#footnote-ref-", "#endnote-ref-"))
