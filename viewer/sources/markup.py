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
        self._cells = 0

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
            self._space, self._cells = False, 0
            self._flow.row()
        elif tag in ("td", "th"):
            self._space = False
            self._flow.cell(first=self._cells == 0)
            self._cells += 1
        elif tag in _BLOCKS:
            self._block()
        if tag in _KEEPS_BLANKS:
            self._verbatim += 1
        return True

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _KEEPS_BLANKS:
            self._verbatim -= 1
        if tag in _BLOCKS:
            self._block()

    def _block(self) -> None:
        self._space = False
        self._flow.block()

    def _text(self, text: str) -> None:
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


def _is_way_back(node: LexborNode) -> bool:
    """The arrow from a note to where it was called, which mammoth adds."""
    if node.tag != "a":
        return False
    target = node.attributes.get("href") or ""
    return target.startswith(("#footnote-ref-", "#endnote-ref-"))
