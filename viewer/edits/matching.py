"""Which event of a file a row of a table means: one with its title at its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from db import dates
from viewer.edits.facts import TITLES, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from db.known import KnownEvent

# Events of one title are kept by stretches of days, so that a title that comes back every week is
# not compared with all of its kin; what goes on for longer stands aside.
_STRETCH = 92
_LONG = 40  # stretches
_Title = tuple[str, str]  # its column and itself


class Entry(NamedTuple):
    """Something that has a title and a time: an event of the file, or a row (`line`) that will
    be one. The titles are in one line each, the days inclusive, None for an end that is open."""

    titles: Mapping[str, str]
    first: int | None
    last: int | None
    event: KnownEvent | None
    line: int | None


class Matcher:
    """Entries by title and time; only events with one of the `titles` that are asked for."""

    def __init__(self, events: Iterable[KnownEvent], titles: set[str]) -> None:
        self._all: dict[_Title, list[Entry]] = {}
        self._long: dict[_Title, list[Entry]] = {}
        self._near: dict[tuple[_Title, int], list[Entry]] = {}
        for event in events:
            if event.edtf is None:
                continue
            named = {
                column: one_line(title)
                for column, title in zip(TITLES, (event.title_en, event.title_ko), strict=True)
                if title
            }
            if not titles.isdisjoint(named.values()):
                self.add(entry(named, event.edtf, event.first, event.last, event=event))

    def add(self, added: Entry) -> None:
        stretches = _stretches(added)
        for title in added.titles.items():
            self._all.setdefault(title, []).append(added)
            if len(stretches) > _LONG:
                self._long.setdefault(title, []).append(added)
            else:
                for stretch in stretches:
                    self._near.setdefault((title, stretch), []).append(added)

    def find(self, asked: Entry) -> list[Entry]:
        """The entries that have a title in common with what is asked for, none that differs, and
        a day that both may be on."""
        found: list[Entry] = []
        for each in self._likely(asked):
            if _fits(asked, each) and not any(each is other for other in found):
                found.append(each)
        return found

    def _likely(self, asked: Entry) -> Iterator[Entry]:
        stretches = _stretches(asked)
        for title in asked.titles.items():
            if len(stretches) > _LONG:
                yield from self._all.get(title, ())
            else:
                yield from self._long.get(title, ())
                for stretch in stretches:
                    yield from self._near.get((title, stretch), ())


def entry(
    titles: Mapping[str, str],
    edtf: str,
    first: int | None,
    last: int | None,
    *,
    event: KnownEvent | None = None,
    line: int | None = None,
) -> Entry:
    """An entry with the days of a date. An end that is open takes in whatever lies there, one
    that is unknown (`1979/`) lies by the other."""
    if edtf.startswith("/"):
        first = last
    if edtf.endswith("/"):
        last = first
    return Entry(titles, first, last, event, line)


def _stretches(each: Entry) -> range:
    first = dates.FIRST_DAY if each.first is None else each.first
    last = dates.LAST_DAY if each.last is None else each.last
    return range(first // _STRETCH, last // _STRETCH + 1)


def _fits(one: Entry, other: Entry) -> bool:
    common = one.titles.keys() & other.titles.keys()
    if not common or any(one.titles[column] != other.titles[column] for column in common):
        return False
    return not (
        (one.last is not None and other.first is not None and one.last < other.first)
        or (other.last is not None and one.first is not None and other.last < one.first)
    )
