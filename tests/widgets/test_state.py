"""The view's state: ranges and their history, filters, saved views."""

from __future__ import annotations

import pytest

from db import dates
from db.records import Bilingual, SavedView
from tests import pictures
from tests.pictures import Made
from viewer.document import Document
from viewer.widgets.state import Selection, ViewState


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def document() -> Document:
    made = Document()
    made.timeline = pictures.timeline(
        [
            Made("1953-10-01", [0], 5, "Treaty", "한미상호방위조약"),
            Made("1966-07-09", [0, 1], 3, "SOFA", "주둔군지위협정"),
            Made("2007-06-30", [1], 4, "KORUS FTA", "한미 자유무역협정", quotes=1),
            Made("2012-03-15/2012-12-31", [1], 2, "In force", "발효"),
            Made("2022-05-21", [2], 5, "Summit", "정상회담", disputed=True),
        ]
    )
    return made


@pytest.fixture
def state(document: Document, clock: Clock) -> ViewState:
    return ViewState(document, clock=clock)


def day(text: str) -> int:
    return dates.from_iso(text)


def shown(state: ViewState, document: Document) -> list[str]:
    columns = document.timeline.columns
    return [label for label, keep in zip(columns.label_ko, state.mask(), strict=True) if keep]


def saved_view(**settings: object) -> SavedView:
    usual: dict[str, object] = {
        "id": 1, "key": "glance", "position": 1, "name": Bilingual("Glance", "한눈에 보기"),
        "caption": Bilingual(), "from_edtf": "1950", "to_edtf": "2030", "lanes": (), "kinds": (),
        "tags": (), "statuses": (), "min_importance": 4, "with_quotes": False, "disputed": False,
        "scheme": None, "rule": None, "language": None, "theme": None, "callouts": False,
    }  # fmt: skip
    return SavedView(**(usual | settings))  # type: ignore[arg-type]


def test_the_first_range_shows_every_event_with_a_margin(state: ViewState) -> None:
    assert state.start < day("1953-10-01")
    assert state.end > day("2022-05-21")


def test_going_back_returns_to_what_was_shown_before(state: ViewState, clock: Clock) -> None:
    first = (state.start, state.end)
    state.set_range(day("2000-01-01"), day("2010-01-01"))
    clock.now += 10
    state.set_range(day("2005-01-01"), day("2006-01-01"))
    state.back()
    assert (state.start, state.end) == (day("2000-01-01"), day("2010-01-01"))
    state.back()
    assert (state.start, state.end) == first
    assert not state.can_go_back
    state.forward()
    state.forward()
    assert (state.start, state.end) == (day("2005-01-01"), day("2006-01-01"))
    assert not state.can_go_forward


def test_a_new_movement_after_going_back_leaves_nothing_to_go_forward_to(state: ViewState) -> None:
    state.set_range(day("2000-01-01"), day("2010-01-01"))
    state.back()
    state.set_range(day("1960-01-01"), day("1970-01-01"))
    assert not state.can_go_forward


def test_the_notches_of_one_turn_of_the_wheel_are_one_step_back(
    state: ViewState, clock: Clock
) -> None:
    first = (state.start, state.end)
    for _ in range(12):
        state.zoom(1.25)
        clock.now += 0.1
    state.back()
    assert (state.start, state.end) == first
    assert not state.can_go_back


def test_two_turns_of_the_wheel_with_a_rest_between_are_two_steps(
    state: ViewState, clock: Clock
) -> None:
    state.zoom(1.25)
    after_one = (state.start, state.end)
    clock.now += 5
    state.zoom(1.25)
    state.back()
    assert (state.start, state.end) == after_one


def test_a_jump_is_a_step_of_its_own_however_soon_it_follows(state: ViewState) -> None:
    state.set_range(day("2000-01-01"), day("2010-01-01"))
    state.set_range(day("1955-01-01"), day("1960-01-01"))
    state.back()
    assert (state.start, state.end) == (day("2000-01-01"), day("2010-01-01"))


def test_what_is_not_to_be_remembered_is_no_step_back(state: ViewState) -> None:
    state.set_range(day("2000-01-01"), day("2010-01-01"), remember=False)
    assert not state.can_go_back


def test_going_to_a_month_keeps_the_length_of_the_window(state: ViewState) -> None:
    state.set_range(day("1950-01-01"), day("1960-01-01"))
    length = state.end - state.start
    found = dates.parse("2007-04")
    assert found.first is not None
    assert found.last is not None
    state.go_to(found.first, found.last)
    assert state.end - state.start == pytest.approx(length)
    assert (state.start + state.end) / 2 == pytest.approx(day("2007-04-16"))


def test_going_to_a_period_longer_than_the_window_shows_all_of_it(state: ViewState) -> None:
    state.set_range(day("2007-01-01"), day("2007-02-01"))
    state.go_to(day("1950-01-01"), day("1959-12-31"))
    assert state.start < day("1950-01-01")
    assert state.end > day("1960-01-01")


def test_zooming_to_a_stage_begins_where_its_rule_says(
    state: ViewState, document: Document
) -> None:
    economic = next(each for each in document.timeline.stages if each.lane_id == 2)
    state.zoom_to(("stage", economic.id))
    by_signature = state.start
    state.set_rule("entry-into-force")
    state.zoom_to(("stage", economic.id))
    assert by_signature < day("2007-06-30") < state.start < day("2012-03-15")


def test_zooming_to_what_is_not_there_changes_nothing(state: ViewState) -> None:
    before = (state.start, state.end)
    state.zoom_to(("event", 42))
    state.zoom_to(("stage", 42))
    assert (state.start, state.end) == before


def test_hiding_every_lane_shows_nothing_and_not_everything(
    state: ViewState, document: Document
) -> None:
    state.show_lanes([])
    assert shown(state, document) == []
    state.show_lanes(["military", "economic", "technology"])
    assert len(shown(state, document)) == 5
    assert state.filter.lanes == ()


def test_an_event_of_two_lanes_stays_as_long_as_one_is_shown(
    state: ViewState, document: Document
) -> None:
    state.show_lanes(["economic"])
    assert "주둔군지위협정" in shown(state, document)
    assert "한미상호방위조약" not in shown(state, document)


def test_a_saved_view_shows_its_range_to_the_day_and_its_filter(
    state: ViewState, document: Document
) -> None:
    told: list[str] = []
    state.changed.connect(told.append)
    state.apply(saved_view(rule="entry-into-force", language="ko", theme="dark"))
    assert (state.start, state.end) == (day("1950-01-01"), day("2030-12-31") + 1)
    assert shown(state, document) == ["한미상호방위조약", "한미 자유무역협정", "정상회담"]
    assert state.effective_rule == "entry-into-force"
    assert (state.language, state.theme) == ("ko", "dark")
    assert {"filter", "scheme", "language", "theme", "range", "view"} <= set(told)


def test_moving_on_from_a_saved_view_leaves_it(state: ViewState) -> None:
    state.apply(saved_view())
    assert state.saved_view is not None
    state.zoom(2)
    assert state.saved_view is None


def test_a_view_of_another_size_shows_the_same_range_and_filter(state: ViewState) -> None:
    state.show_lanes(["technology"])
    small, large = state.view(640, 360), state.view(3840, 2160)
    assert (small.start, small.end, small.filter) == (large.start, large.end, large.filter)
    assert (large.width, large.height) == (3840, 2160)


def test_another_file_begins_with_a_view_of_its_own(state: ViewState, document: Document) -> None:
    state.show_lanes(["technology"])
    state.set_rule("entry-into-force")
    state.zoom(4)
    document.timeline = pictures.timeline([Made("1882-05-22"), Made("1905-11-17")])
    document.replaced.emit()
    assert state.filter.lanes == ()
    assert state.effective_rule == "signature"
    assert not state.can_go_back
    assert state.end < day("1920-01-01")


def test_type_grows_and_shrinks_within_its_bounds(state: ViewState) -> None:
    for _ in range(30):
        state.change_type(1)
    assert state.type_size == 24
    for _ in range(30):
        state.change_type(-1)
    assert state.type_size == 11
    state.change_type(0)
    assert state.type_size == 13


def test_a_selection_tells_only_what_is_new() -> None:
    selection = Selection()
    told: list[object] = []
    selection.changed.connect(told.append)
    selection.select(("event", 7))
    selection.select(("event", 7))
    selection.select(None)
    assert told == [("event", 7), None]
