"""Markdown as plain text, for places that have room for a few lines: no links, no pictures, and
nothing that is ever interpreted further."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 1000  # characters that are looked at


class Block(NamedTuple):
    """A paragraph, an item of a list (`lead` stands before it), a heading, a row of a table.

    A line that its writer ended is one: `text` may have several.
    """

    text: str
    lead: str = ""
    heading: bool = False


_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)(.*)")
_CLOSING = re.compile(r"(?:^|[ \t])#+[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(r"\s*(?:([-*+])|(\d{1,9}[.)]))[ \t]+(.*)")
_TASK = re.compile(r"\[([ xX])\][ \t]+(.*)")
_DEFINITION = re.compile(r" {0,3}\[[^\[\]]+\]:[ \t]")
_TABLE_RULE = re.compile(r"[ \t|:-]*-[ \t|:-]*$")

_BREAK = re.compile(r"\\$", re.MULTILINE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_TARGET = r"\([^()]*(?:\([^()]*\)[^()]*)*\)"
_IMAGE = re.compile(rf"!\[([^\[\]]*)\]{_TARGET}")
_LINK = re.compile(rf"\[([^\[\]]*)\]{_TARGET}")
_BY_NAME = re.compile(r"\[([^\[\]]+)\]\[[^\[\]]*\]")
_ADDRESS = re.compile(r"<((?:https?|mailto):[^<>\s]*)>")
_EMPHASIS = (
    re.compile(r"(\*{1,3})(?=[^\s*])(.+?)(?<=[^\s*])\1"),
    re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])(.+?)(?<=[^\s_])\1(?!\w)"),
    re.compile(r"(~~)(?=\S)(.+?)(?<=\S)\1"),
)
# What is taken as it is written is moved out of the way of the patterns, and back at the end.
_AWAY = {code: 0xF0000 + code for code in range(0x21, 0x7F) if not chr(code).isalnum()}
_BACK = {away: code for code, away in _AWAY.items()}


def blocks(text: str) -> list[Block]:
    """The text's blocks from its beginning; what is empty is left out. HTML stays as written."""
    reader = _Reader()
    for line in text[:LONGEST].splitlines():
        reader.read(line)
    told = (block._replace(text=_inline(block.text)) for block in reader.found)
    return [block for block in told if block.text]


def plain(text: str) -> str:
    """The text in one line; as it stands where there is nothing but signs."""
    told = " ".join(block.text for block in blocks(text))
    return " ".join(told.split()) or text


class _Reader:
    """Takes line after line; `found` are the blocks so far, their text still in Markdown."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self._open = False  # whether the last block goes on in the next line
        self._fence = ""

    def read(self, line: str) -> None:
        fence = _FENCE.match(line)
        if self._fence:
            if fence and fence[1].startswith(self._fence):
                self._fence = ""
            else:
                self._add(line.strip().translate(_AWAY))
            return
        if fence:
            self._fence, self._open = fence[1], False
            return
        self._read_text(_QUOTE.sub("", line, count=1) if _QUOTE.match(line) else line)

    def _read_text(self, line: str) -> None:
        if self._open and not self.found[-1].lead and _UNDERLINE.match(line):
            self.found[-1] = self.found[-1]._replace(heading=True)
            self._open = False
        elif not line.strip() or _RULE.match(line) or _DEFINITION.match(line):
            self._open = False
        elif heading := _HEADING.match(line):
            self._add(_CLOSING.sub("", heading[1]), heading=True)
        elif item := _ITEM.match(line):
            task = _TASK.match(item[3])
            box = {" ": "☐ ", "x": "☑ "}[task[1].lower()] if task else "• "
            self._add(task[2] if task else item[3], lead=f"{item[2]} " if item[2] else box)
            self._open = True
        elif line.lstrip().startswith("|"):
            if not _TABLE_RULE.match(line):
                cells = (cell.strip() for cell in line.strip().strip("|").split("|"))
                self._add(" · ".join(cell for cell in cells if cell))
        elif self._open:
            self.found[-1] = self.found[-1]._replace(text=f"{self.found[-1].text}\n{line}")
        else:
            self._add(line)
            self._open = True

    def _add(self, text: str, lead: str = "", *, heading: bool = False) -> None:
        self.found.append(Block(text, lead, heading))
        self._open = False


def _inline(text: str) -> str:
    """Without the signs of emphasis, code, links and pictures."""
    text = _BREAK.sub("", text)
    text = _CODE.sub(lambda found: found[2].strip().translate(_AWAY), text)
    text = _ESCAPE.sub(lambda found: found[1].translate(_AWAY), text)
    for pattern in (_IMAGE, _LINK, _BY_NAME, _ADDRESS):
        text = pattern.sub(r"\1", text)
    for pattern in _EMPHASIS:
        for _ in range(2):  # one within another
            text = pattern.sub(r"\2", text)
    if "&" in text:
        from html import unescape

        text = unescape(text)
    lines = (" ".join(line.split()) for line in text.translate(_BACK).splitlines())
    return "\n".join(line for line in lines if line)
