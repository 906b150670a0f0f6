"""Walks through the forms, by keyboard alone: `make walk`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.store import Store
from tests.db.test_log import rows

if TYPE_CHECKING:
    from pathlib import Path

    from db.details import EventDetail
    from tests.walk.desk import Desk

pytestmark = pytest.mark.long


def the_event(path: Path, title: str) -> EventDetail:
    """The one event with a title in either language."""
    with Store.open(path, read_only=True) as store:
        (found,) = store.find_titles(title)
        return store.event(found.id)


def test_from_n_to_a_saved_event_with_all_that_a_form_holds(desk: Desk, copy: Path) -> None:
    desk.start(copy)
    desk.press("n")
    desk.until("window.adding.form is not None")
    assert desk.ask("focus()") == "Title, in English"
    desk.press("Tab")
    desk.type("서울 안보 점검회의")
    desk.press("Tab")
    desk.type("2026년 11월 24일")
    assert "24 Nov 2026" in desk.ask("labels(window.adding.form.fields.date)")
    desk.shot("form-date-in-words")
    desk.go_to("More about dates")
    desk.press("space")
    desk.go_to("Add a date")
    desk.press("space")
    desk.type("about 25 November 2026")
    assert "2026-11-25~" in desk.ask("labels(window.adding.form.fields.further)")
    desk.go_to("Label, tags, marking")
    desk.press("space")
    desk.go_to("Tags")
    desk.type("점검")
    desk.press("Return")
    desk.go_to("Citations")
    desk.press("space")
    desk.go_to("Add a citation")
    desk.press("space")
    desk.type("Joint press statement")
    desk.go_to("Competing claims")
    desk.press("space")
    desk.go_to("Add a claim")
    desk.press("space")
    desk.go_to("Point in question, in English")
    desk.type("day of the meeting")
    desk.go_to("What is claimed, in English")
    desk.type("25 Nov 2026")
    desk.go_to("Links to other events")
    desk.press("space")
    desk.go_to("Add a link")
    desk.press("space")
    desk.go_to("Other event")
    desk.type("summit Yoon")
    desk.press("Down", "Return")
    desk.shot("form-filled")
    desk.press("ctrl+s")
    desk.until("window.adding.form is None")
    detail = the_event(copy, "서울 안보 점검회의")
    assert detail.event.title.ko == "서울 안보 점검회의"
    assert [each.edtf for each in detail.dates] == ["2026-11-24", "2026-11-25~"]
    assert [each.name.text("ko") for each in detail.tags] == ["점검"]
    assert [each.title for each in detail.citations] == ["Joint press statement"]
    assert [each.value.en for each in detail.claims] == ["2026-11-25"]
    desk.until("'day of the meeting' in told(window.inspector.page)")
    assert len(detail.links) == 1
    desk.shot("form-saved")


TYPED = {
    "21 May 2022": "2022-05-21",
    "2022년 5월 21일": "2022-05-21",
    "spring 1951": "1951-21",
    "1951년 봄": "1951-21",
    "1953~1954": "1953/1954",
    "1953~": "1953~",
    "": None,
}


def test_dates_as_people_write_them(desk: Desk, copy: Path) -> None:
    desk.start(copy)
    for number, (typed, edtf) in enumerate(TYPED.items()):
        desk.press("n")
        desk.until("window.adding.form is not None")
        desk.type(f"Dated by hand {number}")
        desk.press("Tab", "Tab")
        desk.type(typed)
        desk.press("ctrl+Return")
        desk.until("window.adding.form is None")
        detail = the_event(copy, f"Dated by hand {number}")
        assert [each.edtf for each in detail.dates] == ([edtf] if edtf else [])
    desk.shot("undated-waits")


def test_fifty_edits_survive_kill_9_and_are_undone_to_the_first_dump(
    desk: Desk, copy: Path
) -> None:
    first = rows(copy)
    desk.start(copy)
    for number in range(1, 51):
        desk.press("n")
        desk.until("window.adding.form is not None")
        desk.type(f"Event {number}")
        desk.press("Tab", "Tab")
        desk.type(f"{1953 + number}")
        desk.press("ctrl+s")
        desk.until("window.adding.form is None")
    desk.kill()
    last = rows(copy)
    desk.start(copy)
    for _ in range(50):
        desk.press("ctrl+z")
    assert rows(copy) == first
    desk.shot("fifty-undone")
    for _ in range(50):
        desk.press("ctrl+shift+z")
    assert rows(copy) == last
    desk.press("ctrl+q")
    assert desk.wait_for_end() == 0
