"""Exports: the layout again with a page's size, written as PNG, SVG or PDF.

An export needs no widget and no window: only a QGuiApplication, and one is made if need be.
"""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from db.dates import to_iso
from db.errors import AllianceError
from viewer.layout import build, is_placed
from viewer.render import fonts
from viewer.render.files import check_target, write_atomically
from viewer.render.platform import ensure_gui_application
from viewer.words import n
from viewer.words.dates import range_words

if TYPE_CHECKING:
    from db.timeline import Timeline
    from viewer.display import DisplayList
    from viewer.layout.view import View
    from viewer.render.pages import Page

FORMATS = ("png", "svg", "pdf")


def picture(timeline: Timeline, view: View, page: Page) -> DisplayList:
    """What an export of `view` on `page` shows: the very list that is written."""
    ensure_gui_application()
    return build(timeline, replace(view, width=page.width, height=page.height), fonts.measure())


def is_laid_out(timeline: Timeline, view: View, page: Page) -> bool:
    """Whether the labels of an export have their places already, so that `picture` is quick."""
    ensure_gui_application()
    asked = replace(view, width=page.width, height=page.height)
    return is_placed(timeline, asked, fonts.measure())


def export(
    timeline: Timeline,
    view: View,
    page: Page,
    path: str | Path,
    format: str | None = None,  # noqa: A002 - the word of the command line
    *,
    title: str,
) -> None:
    """Writes the picture to `path` in `format`, else in that of the path's suffix.

    The same data, view, page and title give the same bytes. Raises what `format_of` does,
    `font.missing`, and what `write_atomically` does; then nothing is written.
    """
    target = Path(path)
    chosen = format_of(target, format)
    check_target(target)
    write_atomically(target, render(timeline, view, page, chosen, title=title))


def format_of(path: Path, format: str | None = None) -> str:  # noqa: A002
    """One of `FORMATS`: the one asked for, else the path's suffix.

    Raises `export.format` (format, known) for another one, `export.suffix` (path, known) where
    neither says anything.
    """
    asked = format if format is not None else path.suffix.removeprefix(".")
    if not asked:
        known = ", ".join(f".{each}" for each in FORMATS)
        raise AllianceError("export.suffix", path=path, known=known)
    if asked.lower() not in FORMATS:
        raise AllianceError("export.format", format=asked, known=", ".join(FORMATS))
    return asked.lower()


def render(timeline: Timeline, view: View, page: Page, format: str, *, title: str) -> bytes:  # noqa: A002
    """The bytes of the file; `format` is one of `FORMATS`."""
    display = picture(timeline, view, page)
    description = _description(display, view)
    if format == "svg":
        from viewer.render.svg import to_svg

        text = to_svg(
            display,
            family=fonts.family(),
            title=title,
            description=description,
            language=view.language,
        )
        return text.encode("utf-8")
    if format == "pdf":
        from viewer.render.pdf import to_pdf

        date = to_iso(timeline.as_of if view.as_of is None else view.as_of)
        return to_pdf(
            display, title=title, description=description, language=view.language, date=date
        )
    from viewer.render.png import to_png

    return to_png(display, page, title=title, description=description)


def _description(display: DisplayList, view: View) -> str:
    """What the picture shows, in a sentence, for those who cannot see it."""
    shown = display.counts.get("shown", 0)
    # The range ends where its last day ends.
    first, last = math.floor(view.start), math.ceil(view.end) - 1
    return n(
        "export.description",
        shown,
        view.language,
        range=range_words(first, max(first, last), view.language),
    )
