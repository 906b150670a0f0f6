"""Plain text in a few lines of limited width, by the measure alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from viewer.words.markdown import blocks

if TYPE_CHECKING:
    from viewer.layout.measure import Measure


class Written(NamedTuple):
    """A line of text, `indent` ems from the left. A first line has the block's lead in it."""

    text: str
    indent: float
    bold: bool


@lru_cache(maxsize=256)
def note_lines(text: str, most: int, room: float, measure: Measure) -> tuple[Written, ...]:
    """A note's Markdown in at most `most` lines of `room` ems; an ellipsis says that it goes on."""
    found: list[Written] = []
    for block in blocks(text):
        indent = measure.width(block.lead, block.heading)
        for number, line in enumerate(wrapped(block.text, room - indent, measure, block.heading)):
            if number:
                found.append(Written(line, indent, block.heading))
            else:
                found.append(Written(block.lead + line, 0.0, block.heading))
        if len(found) > most:
            last = found[most - 1]
            text = ending(last.text, room - last.indent, measure, bold=last.bold)
            return (*found[: most - 1], last._replace(text=text))
    return tuple(found)


def wrapped(text: str, room: float, measure: Measure, bold: bool = False) -> list[str]:
    """The text's lines in lines of `room` ems, broken between words, and within longer ones."""
    return [part for line in text.splitlines() for part in _wrapped(line, room, measure, bold)]


def _wrapped(text: str, room: float, measure: Measure, bold: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if measure.width(longer, bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while measure.width(line, bold) > room and len(line) > 1:
            fitting = _fitting(line, room, measure, bold=bold)
            lines.append(line[:fitting])
            line = line[fitting:]
    return [*lines, line] if line else lines


def ending(text: str, room: float, measure: Measure, *, bold: bool = False) -> str:
    """The text with an ellipsis behind it, cut where both together are wider than `room` ems."""
    while text and measure.width(f"{text}…", bold) > room:
        text = text[:-1].rstrip()
    return f"{text}…"


def _fitting(text: str, room: float, measure: Measure, *, bold: bool) -> int:
    """How many characters fit, at least one."""
    count = 1
    while count < len(text) and measure.width(text[: count + 1], bold) <= room:
        count += 1
    return count
