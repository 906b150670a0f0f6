"""`export` and `marks`: the picture of a view, as a file or as data, without a window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.errors import AllianceError
from db.store import Store
from viewer.cli import exchanging
from viewer.cli.documents import find
from viewer.cli.options import (
    Whole,
    asked_view,
    file_argument,
    json_option,
    option,
    path_argument,
    view_options,
)
from viewer.cli.output import json_result, message, result
from viewer.display import Text, box
from viewer.words import t

if TYPE_CHECKING:
    from pathlib import Path

    import click

    from db.records import Language
    from viewer.display import DisplayList, Primitive
    from viewer.render.pages import Page
    from viewer.widgets.files.exchange_reading import ExchangeKind

DOTS = range(1, 9601)  # per inch; a picture's size in dots has limits of its own
DEFAULT_PAGE = "16:9"


def export_parameters(language: Language) -> list[click.Parameter]:
    return [
        file_argument(),
        path_argument("out"),
        option(language, "size", "WxH"),
        option(language, "page", "NAME"),
        option(language, "dpi", "N", type=Whole(DOTS)),
        option(language, "format", "png|svg|pdf|annotations|csl"),
        option(language, "source", "SOURCE", "export-source"),
        *view_options(language),
    ]


def marks_parameters(language: Language) -> list[click.Parameter]:
    return [
        file_argument(),
        option(language, "size", "WxH", required=True),
        option(language, "window", is_flag=True),
        json_option(language),
        *view_options(language),
    ]


def export(language: Language, /, file: Path, out: Path, **options: Any) -> int:
    """Writes the picture of a view to a file, or quotes or sources for other programs; the suffix
    of `out` says which."""
    if _same(out, file):
        raise AllianceError("export.itself", path=out)
    kind, source = _exchanged(out, options["format"]), options.pop("source")
    if kind is not None:
        _export_data(language, file, out, kind, source, options)
        return 0
    if source is not None:
        raise AllianceError("usage.together", one="--source", other=out.suffix or "--format")
    page = _page(options["size"], options["page"], options["dpi"])
    with Store.open(file, read_only=True) as store:
        store.distrust_changed()
        timeline = store.timeline()
    view = asked_view(timeline, options, page.width, page.height)

    from viewer.render import export as writer

    title = (view.caption.title if view.caption else "") or t("cli.export.title", view.language)
    writer.export(timeline, view, page, out, options["format"], title=title)
    message(t("cli.export.written", language, path=out))
    return 0


def _exchanged(out: Path, asked: str | None) -> ExchangeKind | None:
    """The kind of document for other programs that is asked for; None for a picture."""
    if asked is not None:
        return next((each for each in exchanging.KINDS if each == asked), None)
    return exchanging.SUFFIXES.get(out.suffix.lower())


def _export_data(
    language: Language,
    file: Path,
    out: Path,
    kind: ExchangeKind,
    source: str | None,
    options: dict[str, Any],
) -> None:
    """Quotes or sources: they have no size, no view and no colours, and none may be asked for."""
    for name, value in options.items():
        if value and name != "format":
            option_name = f"--{name.replace('_', '-')}"
            raise AllianceError("usage.together", one=option_name, other=f"--format {kind}")
    with Store.open(file, read_only=True) as store:
        about = find(store, source) if source is not None else None
        exchanging.export(store, out, kind, about, language)


def marks(
    language: Language, /, file: Path, size: str, window: bool, json: bool, **options: Any
) -> int:
    """Prints the display list of a view: what an export of that size would draw, and where; or
    the canvas of the window, which has no caption."""
    from viewer.render import pages

    page = pages.size(size)
    with Store.open(file, read_only=True) as store:
        store.distrust_changed()
        timeline = store.timeline()
    view = asked_view(timeline, options, page.width, page.height)
    if window:
        if given := next((each for each in ("caption", "marking") if options[each]), None):
            raise AllianceError("usage.together", one="--window", other=f"--{given}")
        view = replace(view, caption=None)

    from viewer.render.export import picture

    display = picture(timeline, view, page)
    if json:
        json_result(as_data(display))
    else:
        result(str(display))
    return 0


def as_data(display: DisplayList) -> dict[str, object]:
    """A display list as plain data; boxes in px."""
    return {
        "width": display.width,
        "height": display.height,
        "marks": [_mark(item) for item in display.items],
        "hidden": list(display.hidden),
    }


def _mark(item: Primitive) -> dict[str, object]:
    x, y, width, height = box(item)
    mark: dict[str, object] = {
        "kind": type(item).__name__.lower(),
        "role": item.role,
        "ref": list(item.ref) if item.ref else None,
        "lane": item.lane,
        "x": x,
        "y": y,
        "w": width,
        "h": height,
    }
    if isinstance(item, Text):
        mark["text"] = item.text
    return mark


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False


def _page(size: str | None, name: str | None, dpi: int | None) -> Page:
    """The page that was asked for: px, or a preset (16:9 where nothing is said)."""
    from viewer.render import pages

    if size is not None and name is not None:
        raise AllianceError("usage.together", one="--size", other="--page")
    if size is not None:
        return pages.size(size, dpi)
    return pages.page(name or DEFAULT_PAGE, dpi)
