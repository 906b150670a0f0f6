"""Word's XML put into a form of which mammoth loses nothing.

Mammoth passes over elements that it does not know, with the words in them. So those are unwrapped;
formulas and symbols become plain runs; the paragraphs of text boxes, which would run into the
paragraph that holds them, follow it; headers and footers, which it does not read, frame the body.
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from viewer.sources.text import MISSING
from viewer.sources.xml import local, tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

_W = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_BODIES = ("document", "footnotes", "endnotes")
_DELETED = ("del", "moveFrom")
# Local names of what mammoth takes text from.
_KNOWN = frozenset(
    [
        "document",
        "body",
        "t",
        "r",
        "p",
        "tbl",
        "tr",
        "tc",
        "customXml",
        "ins",
        "moveTo",
        "object",
        "smartTag",
        "drawing",
        "group",
        "rect",
        "roundrect",
        "shape",
        "textbox",
        "txbxContent",
        "pict",
        "hyperlink",
        "inline",
        "anchor",
        "sdt",
        "sdtContent",
        "footnotes",
        "endnotes",
        "footnote",
        "endnote",
    ]
)


class Prepared(NamedTuple):
    """The parts for mammoth, and how often each letter stands in the text that they have."""

    parts: dict[str, bytes]
    letters: Counter[str]


def prepare(parts: Mapping[str, bytes]) -> Prepared:
    """The XML parts of a document, of which the text is rewritten. Raises `source.broken`."""
    from lxml import etree

    bodies: dict[str, _Element] = {}
    headers: list[_Element] = []
    footers: list[_Element] = []
    for name, data in parts.items():
        if not name.startswith("word/") or not name.endswith(".xml") or not data:
            continue
        root = tree(data)
        if local(root) in _BODIES:
            bodies[name] = root
        elif local(root) == "hdr":
            headers.append(root)
        elif local(root) == "ftr":
            footers.append(root)
    for root in (*bodies.values(), *headers, *footers):
        _settle(root)
    for root in bodies.values():
        body = next((each for each in root if local(each) == "body"), None)
        if body is not None:
            _frame(body, headers, footers)
    letters = Counter(letter for root in bodies.values() for letter in _letters(root))
    written = {name: etree.tostring(root) for name, root in bodies.items()}
    return Prepared({**parts, **written}, letters)


def lacking(letters: Counter[str], text: str) -> int:
    """How many of these letters a text does not have."""
    return (letters - Counter(text)).total()


def _letters(root: _Element) -> Iterator[str]:
    for element in root.iter("{*}t"):
        yield from (letter for letter in element.text or "" if not letter.isspace())


def _settle(root: _Element) -> None:
    _drop_deleted(root)
    for each in list(root.iter("{*}AlternateContent")):
        _choose(each)
    for each in list(root.iter("{*}txbxContent")):
        _follow(each)
    for each in list(root.iter("{*}checkbox")):
        _remove(each)  # mammoth would draw a box of its own for the sign that stands there
    for each in list(root.iter("{*}ruby")):
        each.extend([part for part in each if local(part) == "rt"])  # after what it is set over
    _plain_runs(root)
    unknown = {
        above
        for element in root.iter("{*}t")
        for above in element.iterancestors()
        if above is not root and (local(above) not in _KNOWN or _is_formula(above))
    }
    for each in unknown:
        _unwrap(each)


def _is_formula(element: _Element) -> bool:
    return "/math" in str(element.tag).partition("}")[0]


def _drop_deleted(root: _Element) -> None:
    """Takes out what was deleted, or moved away, under tracked changes."""
    for name in _DELETED:
        for each in list(root.iter(f"{{*}}{name}")):
            parent = each.getparent()
            if parent is None:
                continue
            if local(parent) == "trPr" and name == "del":
                row = parent.getparent()
                if row is not None:
                    _remove(row)
            elif local(parent) not in ("rPr", "trPr"):  # there it marks the end of a paragraph
                _remove(each)


def _choose(alternate: _Element) -> None:
    """One of several forms of the same thing: that with a text box, else the simplest."""
    forms = list(alternate)
    boxed = [form for form in forms if next(form.iter("{*}txbxContent"), None) is not None]
    worded = [form for form in forms if any(True for _ in _letters(form))]
    simple = [form for form in forms if local(form) == "Fallback"]
    for form in (boxed or [form for form in simple if form in worded] or worded or simple)[:1]:
        for other in forms:
            if other is not form:
                _remove(other)
        _unwrap(form)
    _unwrap(alternate)


def _follow(box: _Element) -> None:
    """Puts the paragraphs of a text box after the paragraph in which it is anchored."""
    anchor = next((each for each in box.iterancestors() if local(each) == "p"), None)
    if anchor is None:
        return
    after = anchor
    while (following := after.getnext()) is not None and following.get("boxed-in") == "1":
        after = following
    for each in list(box):
        each.set("boxed-in", "1")
        after.addnext(each)
        after = each
    _remove(box)


def _plain_runs(root: _Element) -> None:
    """Formulas, symbols and rare blanks as plain text."""
    from mammoth.docx.dingbats import dingbats

    namespace = next((each for each in _W if each in root.nsmap.values()), _W[0])
    for element in list(root.iter("{*}t", "{*}sym", "{*}ptab", "{*}cr")):
        own = str(element.tag).partition("}")[0].removeprefix("{")
        name = local(element)
        if name == "t" and own not in _W:
            run = element.makeelement(f"{{{namespace}}}r")
            text = element.makeelement(f"{{{namespace}}}t")
            text.text = element.text
            run.append(text)
            _replace(element, run)
        elif name == "ptab":
            element.tag = f"{{{namespace}}}tab"
        elif name == "cr":
            element.tag = f"{{{namespace}}}br"
        elif name == "sym":
            code = int(element.get(f"{{{namespace}}}char", "0"), 16)
            font = element.get(f"{{{namespace}}}font")
            if (font, code) not in dingbats and (font, code & 0xFF) not in dingbats:
                element.tag = f"{{{namespace}}}t"
                element.text = MISSING


def _frame(body: _Element, headers: Iterable[_Element], footers: Iterable[_Element]) -> None:
    seen: set[str] = set()
    for place, roots in ((0, list(headers)), (None, list(footers))):
        children: list[_Element] = []
        for root in roots:
            text = "".join(_letters(root))
            # A page number alone is no text, and a header is told once, whatever pages it is for.
            if text not in seen and any(letter.isalpha() for letter in text):
                seen.add(text)
                children += [_without_links(each) for each in root]
        at = len(body) if place is None else place
        body[at:at] = children


def _without_links(element: _Element) -> _Element:
    """A copy that refers to nothing: references of a header are not those of the document."""
    copied = deepcopy(element)
    for each in list(copied.iter("{*}hyperlink", "{*}drawing", "{*}pict", "{*}object")):
        _unwrap(each) if local(each) == "hyperlink" else _remove(each)
    return copied


def _replace(old: _Element, new: _Element) -> None:
    parent = old.getparent()
    if parent is not None:
        new.tail = old.tail
        parent.replace(old, new)


def _remove(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: _Element) -> None:
    """Puts what is in an element in its place."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(element)
