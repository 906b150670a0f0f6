"""Walks over the picture with the mouse: `make walk`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.store import Store
from tests.db.test_log import rows

if TYPE_CHECKING:
    from pathlib import Path

    from tests.walk.desk import Desk

pytestmark = pytest.mark.long


def ident(path: Path, slug: str) -> int:
    """The id of a shipped event."""
    with Store.open(path, read_only=True) as store:
        found = store.find_event(slug)
    assert found is not None
    return found


def dates(path: Path, slug: str) -> list[str]:
    with Store.open(path, read_only=True) as store:
        return [each.edtf for each in store.event(ident(path, slug)).dates]


def count(path: Path) -> int:
    """How many changesets the log has."""
    with Store.open(path, read_only=True) as store:
        return len(store.changesets())


def go_to(desk: Desk, date: str, *, zooms: int = 4) -> None:
    """Brings a date into the middle and zooms in on it."""
    desk.press("g")
    desk.until("is_asking()")
    desk.type(date)
    desk.press("Return")
    desk.until("not dialogs()")
    for _ in range(zooms):
        desk.press("plus")


@pytest.mark.parametrize("where", ["empty", "band"])
def test_a_double_click_begins_an_event_there(desk: Desk, copy: Path, where: str) -> None:
    desk.start(copy)
    desk.click(f"{where}(0, 2003)", times=2)
    desk.until("window.adding.form is not None")
    assert desk.ask("window.adding.form.fields.date.line.text()").startswith("2003")
    desk.type("더블클릭")
    desk.press("ctrl+s")
    desk.until("window.adding.form is None")
    with Store.open(copy, read_only=True) as store:
        (found,) = store.find_titles("더블클릭")
        detail = store.event(found.id)
    assert detail.dates[0].edtf.startswith("2003")
    assert [lane.key for lane in detail.lanes] == ["military"]
    desk.shot(f"double-click-{where}")


def test_a_drag_moves_a_year_by_years_as_one_step_and_escape_leaves_none(
    desk: Desk, copy: Path
) -> None:
    year = ident(copy, "missile-guidelines-1979")
    first = rows(copy)
    desk.start(copy)
    go_to(desk, "1979")
    mark = f'mark("event", {year})'
    desk.drag(mark, 200, then="Escape")
    assert rows(copy) == first
    assert count(copy) == 1
    desk.drag(mark, 200)
    desk.until("document.last_change")
    (moved,) = dates(copy, "missile-guidelines-1979")
    assert moved.isdecimal()
    assert int(moved) > 1979
    assert count(copy) == 2
    desk.shot("dragged-year")
    desk.press("ctrl+z")
    assert rows(copy) == first


def test_the_end_of_a_bar_is_dragged(desk: Desk, copy: Path) -> None:
    bar = ident(copy, "nixon-doctrine-7th-division")
    desk.start(copy)
    go_to(desk, "1971", zooms=6)
    desk.drag(f'end_of("event", {bar})', 120)
    (moved,) = dates(copy, "nixon-doctrine-7th-division")
    assert moved.startswith("1969-07-25/")
    assert moved > "1969-07-25/1971-03-27"
    assert count(copy) == 2
    desk.shot("dragged-end")


def test_several_are_chosen_tagged_weighed_and_deleted_in_one_step_each(
    desk: Desk, copy: Path
) -> None:
    three = [ident(copy, each) for each in ("sofa-1966", "armistice-1953", "kist-1966")]
    first = rows(copy)
    desk.start(copy)
    desk.click(f'mark("event", {three[0]})')
    desk.click(f'mark("event", {three[1]})', holding="shift")
    desk.click(f'mark("event", {three[2]})', holding="ctrl")
    assert desk.ask("len(selection.refs)") == 3
    desk.shot("several")
    desk.command("Edit", "Importance")
    desk.press("2")
    assert count(copy) == 2
    with Store.open(copy, read_only=True) as store:
        assert {store.event(each).event.importance for each in three} == {2}
    desk.press("Delete")
    desk.until("not selection.refs")
    desk.shot("several-deleted")
    assert count(copy) == 3
    desk.press("ctrl+z", "ctrl+z")
    assert rows(copy) == first


def test_a_note_with_its_preview_becomes_a_callout_that_is_dragged_and_stays(
    desk: Desk, copy: Path
) -> None:
    event = ident(copy, "sofa-1966")
    desk.start(copy)
    desk.click(f'mark("event", {event})')
    desk.press("m")
    desk.until("window.noting.form is not None")
    desk.type("# 의미 ![x](http://203.0.113.1/x.png) ![y](/etc/passwd)")
    desk.go_to("Show as a callout on the picture")
    desk.press("space")
    desk.shot("note-preview")
    desk.press("ctrl+s")
    desk.until("window.noting.form is None")
    with Store.open(copy, read_only=True) as store:
        (note,) = store.event(event).notes
    place = f"callout({note.id})"
    before = desk.until(place)
    desk.drag(place, -160, 120)
    after = desk.until(place)
    assert (after[0] - before[0], after[1] - before[1]) == (-160, 120)
    desk.shot("callout-dragged")
    assert count(copy) == 3
    desk.press("ctrl+q")
    assert desk.wait_for_end() == 0
    desk.start(copy)
    assert desk.until(place) == after
    desk.shot("callout-reopened")
