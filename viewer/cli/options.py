"""The options FILTER and VIEW, the same for every command, and what they come to on a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from db import dates
from db.errors import AllianceError
from db.filters import Filter
from db.records import LANGUAGES, RULES, STATUSES
from viewer.cli.language import message_language
from viewer.themes import THEMES
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.records import Language, SavedView
    from db.timeline import Timeline
    from viewer.layout.view import View

Options = dict[str, Any]

IMPORTANCES = range(1, 6)


class OneOf(click.ParamType[str]):
    """One of a few words."""

    name = "word"

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "|".join(self.words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.words:
            raise _refused(param, value, ", ".join(self.words))
        return str(value)


class Whole(click.ParamType[int]):
    """A whole number within a range."""

    name = "number"

    def __init__(self, accepted: range) -> None:
        self.accepted = accepted

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        least, most = self.accepted[0], self.accepted[-1]
        told = str(value)
        plain = told.isascii() and told.isdigit() and len(told) <= len(str(most))
        if not (plain and int(told) in self.accepted):
            raise _refused(param, told, f"{least}–{most}")
        return int(told)


def _refused(param: click.Parameter | None, value: object, accepted: str) -> AllianceError:
    name = param.opts[0] if param else ""
    return AllianceError("usage.value", name=name, value=value, accepted=accepted)


def option(
    language: Language,
    name: str,
    metavar: str = "",
    told: str = "",
    *,
    off: str = "",
    **settings: Any,
) -> click.Option:
    """The option `--name`, told by the catalogue's `cli.option.name`, or by that of `told` where
    another command has an option of the name that means something else; `off` is its opposite."""
    text = t(f"cli.option.{told or name}", language)
    declared = f"--{name}/--{off}" if off else f"--{name}"
    return click.Option([declared], metavar=metavar or None, help=text, **settings)


def path_argument(name: str, *, required: bool = True) -> click.Argument:
    """A path that nothing is asked of here: what opens or writes it says what is wrong with it."""
    path = click.Path(readable=False, path_type=Path)
    metavar = name.upper() if required else f"[{name.upper()}]"
    return click.Argument([name], metavar=metavar, type=path, required=required)


def file_argument() -> click.Argument:
    return path_argument("file")


def json_option(language: Language) -> click.Option:
    return option(language, "json", is_flag=True)


def filter_options(language: Language) -> list[click.Parameter]:
    """FILTER."""
    return [
        option(language, "lane", "KEY", multiple=True),
        option(language, "kind", "KEY", multiple=True),
        option(language, "tag", "KEY", multiple=True),
        option(language, "min-importance", "1–5", type=Whole(IMPORTANCES)),
        option(language, "status", type=OneOf(STATUSES), multiple=True),
        option(language, "with-quotes", is_flag=True),
        option(language, "unsourced", is_flag=True),
        option(language, "disputed", is_flag=True),
        option(language, "from", "EDTF"),
        option(language, "to", "EDTF"),
    ]


def view_options(language: Language) -> list[click.Parameter]:
    """VIEW: the filter and how a picture is made of it."""
    return [
        option(language, "view", "NAME"),
        *filter_options(language),
        option(language, "language", type=OneOf(LANGUAGES)),
        option(language, "theme", type=OneOf(THEMES)),
        option(language, "scheme", "KEY"),
        option(language, "rule", type=OneOf(RULES)),
        option(language, "callouts", default=None, off="no-callouts"),
        option(language, "caption", "TEXT"),
        option(language, "marking", "TEXT"),
        option(language, "as-of", "EDTF"),
    ]


def asked_filter(timeline: Timeline, options: Options) -> Filter:
    """The filter of the options alone, with their range. Raises what is unknown in this file."""
    first, last = asked_range(options["from"], options["to"])
    chosen = _filter(options, None)
    chosen.check(timeline)
    return replace(chosen, first=first, last=last)


def asked_view(timeline: Timeline, options: Options, width: float, height: float) -> View:
    """The picture that the options ask for, on a page of `width` by `height` px at 96 per inch.

    A saved view comes first, the other options override it. Without a range the picture shows
    all events that the filter leaves, with a margin.
    """
    from viewer.layout.view import Caption, View

    saved = _saved_view(timeline, options["view"])
    chosen = _filter(options, saved)
    chosen.check(timeline)
    start, end = _drawn_range(timeline, chosen, options, saved)
    callouts = options["callouts"]
    if callouts is None:
        callouts = bool(saved and saved.callouts)
    language = options["language"] or (saved.language if saved else None) or message_language()
    caption = options["caption"]
    if caption is None:
        caption = saved.caption.text(language) if saved else ""
    return View(
        start=start,
        end=end,
        width=width,
        height=height,
        filter=chosen,
        language=language,
        theme=options["theme"] or (saved.theme if saved else None) or "light",
        scheme=_scheme(timeline, options["scheme"] or (saved.scheme if saved else None)),
        rule=options["rule"] or (saved.rule if saved else None),
        as_of=_as_of(timeline, options["as_of"]),
        callouts=callouts,
        caption=Caption(title=caption, marking=options["marking"] or ""),
    )


def asked_range(first_text: str | None, last_text: str | None) -> tuple[int | None, int | None]:
    """First day of the one and last day of the other, None where nothing was asked for.

    Raises `range.open` where a text has no such day and `range.order` for the wrong way round.
    """
    first = last = None
    if first_text is not None:
        first = _day("--from", first_text, dates.parse(first_text).first)
    if last_text is not None:
        last = _day("--to", last_text, dates.parse(last_text).last)
    if first is not None and last is not None and first > last:
        raise AllianceError("range.order", first=first_text, last=last_text)
    return first, last


def _day(name: str, text: str, day: int | None) -> int:
    if day is None:
        raise AllianceError("range.open", name=name, text=text)
    return day


def _filter(options: Options, saved: SavedView | None) -> Filter:
    """What the options ask for, and where they say nothing, what the saved view does."""
    return Filter(
        lanes=options["lane"] or (saved.lanes if saved else ()),
        kinds=options["kind"] or (saved.kinds if saved else ()),
        tags=options["tag"] or (saved.tags if saved else ()),
        statuses=options["status"] or (saved.statuses if saved else ()),
        min_importance=options["min_importance"] or (saved.min_importance if saved else 1),
        with_quotes=options["with_quotes"] or bool(saved and saved.with_quotes),
        unsourced=options["unsourced"],
        disputed=options["disputed"] or bool(saved and saved.disputed),
    )


def _drawn_range(
    timeline: Timeline, chosen: Filter, options: Options, saved: SavedView | None
) -> tuple[float, float]:
    """From the start of the first day to the end of the last, as asked for or as it fits."""
    from viewer.layout import navigation

    first_text, last_text = options["from"], options["to"]
    if saved:
        first_text = (saved.from_edtf or None) if first_text is None else first_text
        last_text = (saved.to_edtf or None) if last_text is None else last_text
    first, last = asked_range(first_text, last_text)
    within = replace(chosen, first=first, last=last)
    fitted = navigation.fit(timeline, within.mask(timeline))
    start = fitted[0] if first is None else float(first)
    end = fitted[1] if last is None else float(last + 1)
    if start >= end:
        # One end was asked for, and every event lies on its other side: an empty picture.
        length = fitted[1] - fitted[0]
        return (start, start + length) if last is None else (end - length, end)
    return start, end


def _saved_view(timeline: Timeline, name: str | None) -> SavedView | None:
    """The saved view of that key, or of that name in either language."""
    if name is None:
        return None
    folded = name.strip().casefold()
    for view in timeline.views:
        names = (view.key, view.name.en or "", view.name.ko or "")
        if folded in (text.casefold() for text in names if text):
            return view
    raise _unknown("view", name, (view.key for view in timeline.views))


def _scheme(timeline: Timeline, key: str | None) -> str | None:
    known = [scheme.key for scheme in timeline.schemes]
    if key is not None and key not in known:
        raise _unknown("scheme", key, known)
    return key


def _as_of(timeline: Timeline, text: str | None) -> int:
    if text is None:
        return timeline.as_of
    return _day("--as-of", text, dates.parse(text).last)


def _unknown(what: str, key: str, known: Iterable[str]) -> AllianceError:
    return AllianceError(f"unknown.{what}", key=key, known=", ".join(known) or "–")
