"""What the import of a table would do: rows against what a file has, and the changes to write."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.changes import ChangeSet, Insert, new_id
from db.records import LANGUAGES
from db.store import Store
from viewer.edits import importing
from viewer.words import explain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.details import EventDetail
    from db.errors import AllianceError
    from viewer.edits.importing import ImportPlan

FTA = "한미 FTA 협상 타결"  # 2007-04-02, in the shipped data
TREATY = "조미수호통상조약"  # 1882-05-22


@pytest.fixture
def store(copy: Path) -> Iterator[Store]:
    with Store.open(copy) as opened:
        yield opened


def plan(store: Store, *rows: dict[str, str]) -> ImportPlan:
    """The plan for rows that begin on line 2; date and lane are as usual where they are not told,
    and not there where they are told to be empty."""
    usual = {"date": "2027-03-01", "lane": "군사", "title_ko": "새 회담"}
    cells = [{key: cell for key, cell in (usual | row).items() if cell} for row in rows]
    return importing.plan(list(enumerate(cells, start=2)), store.known())


def verdicts(found: ImportPlan) -> list[str]:
    return [row.verdict for row in found.rows]


def done(store: Store, *rows: dict[str, str]) -> list[EventDetail]:
    """What the rows came to, once they are written."""
    found = plan(store, *rows)
    assert not found.refused, [str(row.error) for row in found.rows if row.error]
    store.apply(ChangeSet(found.changes))
    assert store.check() == []
    return [store.event(row.event_id or 0) for row in found.rows]


def refusal(store: Store, *rows: dict[str, str]) -> AllianceError:
    """Why the last row is refused; it has a sentence in both languages."""
    found = plan(store, *rows)
    error = found.rows[-1].error
    assert error is not None
    assert found.changes == ()
    assert found.written == 0
    assert all("{" not in explain(error, language) for language in LANGUAGES)
    return error


def test_a_row_that_the_file_does_not_have_becomes_an_event(store: Store) -> None:
    (event,) = done(
        store,
        {
            "date": "2027-03~/..", "lane": "기술 | MILITARY|기술", "title_ko": " 양자 \n 협정 ",
            "title_en": "Quantum pact", "label_ko": "양자", "summary_ko": "첫 줄\n둘째 줄",
            "kind": "협정·합의", "importance": "5", "status": "Planned", "place_ko": "서울",
            "tags": "양자|첨단 기술",
        },
    )  # fmt: skip
    assert event.event.title == ("Quantum pact", "양자 협정")
    assert event.event.summary.ko == "첫 줄\n둘째 줄"
    assert [lane.key for lane in event.lanes] == ["technology", "military"]
    assert (event.kind.key, event.event.importance, event.event.status) == (
        "agreement", 5, "planned",
    )  # fmt: skip
    assert [(date.edtf, date.role, date.primary) for date in event.dates] == [
        ("2027-03~/..", "signed", True)
    ]
    assert (event.event.confidence, event.event.slug) == ("edited", None)
    assert {tag.name.ko for tag in event.tags} == {"양자", "첨단 기술"}


def test_a_row_that_says_little_gets_what_claims_least(store: Store) -> None:
    (event,) = done(store, {})
    assert (event.kind.key, event.event.importance, event.event.status) == (
        "measure", 3, "occurred",
    )  # fmt: skip
    assert event.dates[0].role == "occurred"


def test_the_same_table_again_changes_nothing(store: Store) -> None:
    rows = (
        {"title_ko": "첫 회담", "tags": "국방|통상", "summary_ko": "요약\n끝", "lane": "기술|군사"},
        {"title_ko": "둘째 회담", "date": "2027", "importance": "1", "kind": "summit"},
        {"title_ko": FTA, "date": "2007-04-02", "lane": "경제(FTA)", "place_ko": "서울"},
        {"title_ko": "", "title_en": "Talks", "date": "2027-03-01?"},
    )  # fmt: skip
    done(store, *rows)
    again = plan(store, *rows)
    assert verdicts(again) == ["same"] * 4
    assert (again.changes, again.written, again.new_tags) == ((), 0, ())


def test_an_event_that_is_there_takes_what_the_row_says(store: Store) -> None:
    row = {
        "title_ko": FTA, "date": "2007-04-02", "lane": "technology|economic", "importance": "5",
        "summary_ko": "새 요약", "tags": "통상",
    }  # fmt: skip
    found = plan(store, row)
    (planned,) = found.rows
    assert planned.verdict == "changed"
    assert {change.field for change in planned.fields} >= {"lane", "summary_ko", "tags"}
    lanes = next(change for change in planned.fields if change.field == "lane")
    assert (lanes.old, lanes.new) == ("economic", "technology|economic")
    before = store.event(planned.event_id or 0)
    (after,) = done(store, row)
    assert after.event.summary.ko == "새 요약"
    assert after.event.summary.en == before.event.summary.en  # its cell is empty
    assert [lane.key for lane in after.lanes] == ["technology", "economic"]
    assert after.event.confidence == "edited"
    assert after.event.slug == before.event.slug
    assert len(after.quotes) == len(before.quotes)


def test_sorting_an_event_otherwise_says_nothing_about_its_evidence(store: Store) -> None:
    (event,) = done(
        store,
        {"title_ko": TREATY, "date": "1882-05-22", "lane": "economic|military"},
    )
    assert event.event.confidence == "seen"


def test_a_closer_date_moves_the_main_one(store: Store) -> None:
    done(store, {"date": "2027"})
    (event,) = done(store, {"date": "2027-03-05"})
    assert [(date.edtf, date.primary) for date in event.dates] == [("2027-03-05", True)]


@pytest.mark.parametrize(
    ("there", "row", "verdict"),
    [
        ({"date": "2027"}, {"date": "2027-12-31"}, "changed"),
        ({"date": "2027"}, {"date": "2028-01-01"}, "added"),
        ({"date": "2012/.."}, {"date": "2030"}, "changed"),
        ({"date": "2012/"}, {"date": "2030"}, "added"),
        ({"date": "../1953"}, {"date": "1882"}, "changed"),
        ({"date": "19XX"}, {"date": "1953-07-27"}, "changed"),
        ({"date": "1953-07-27"}, {"date": "1900/1999"}, "changed"),
        ({}, {"title_en": "New talks"}, "changed"),
        ({"title_en": "Talks"}, {"title_en": "New talks"}, "added"),
        ({"title_en": "Talks"}, {"title_ko": "", "title_en": " Talks"}, "same"),
        ({}, {"title_ko": "새\n  회담"}, "same"),
        ({}, {"title_ko": "새회담"}, "added"),
    ],
)
def test_an_event_is_known_by_its_title_and_time(
    store: Store, there: dict[str, str], row: dict[str, str], verdict: str
) -> None:
    done(store, there)
    assert verdicts(plan(store, row)) == [verdict]


def test_two_events_that_fit_are_both_named(store: Store) -> None:
    done(store, {"date": "2027-03-01"}, {"date": "2027-03-02"})
    error = refusal(store, {"date": "2027-03"})
    assert error.code == "import.ambiguous"
    assert "2027-03-01" in str(error.fields["one"])
    assert "2027-03-02" in str(error.fields["other"])


def test_the_same_row_twice_is_refused_and_names_the_first(store: Store) -> None:
    error = refusal(store, {}, {"title_ko": "다른 회담"}, {"date": "2027-03"})
    assert (error.code, error.fields["first"]) == ("import.twice", 2)


def test_two_rows_for_one_event_are_refused(store: Store) -> None:
    row = {"title_ko": FTA, "date": "2007-04-02", "lane": "economic"}
    error = refusal(store, row, row | {"place_ko": "서울"})
    assert (error.code, error.fields["first"]) == ("import.twice", 2)


def test_two_rows_for_what_one_of_them_makes_of_an_event_are_refused(store: Store) -> None:
    done(store, {"date": "2027-03-01"})
    error = refusal(store, {"date": "2027"}, {"date": "2027-09"})
    assert (error.code, error.fields["first"]) == ("import.twice", 2)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"date": ""}, "import.missing"),
        ({"date": "언젠가"}, "date.typed"),
        ({"date": "2022-02-30"}, "date.calendar"),
        ({"lane": ""}, "event.lane"),
        ({"lane": "우주"}, "filter.unknown.lane"),
        ({"kind": "소풍"}, "filter.unknown.kind"),
        ({"status": "아마도"}, "filter.unknown.status"),
        ({"importance": "6"}, "import.importance"),
        ({"importance": "중요"}, "import.importance"),
        ({"title_ko": ""}, "event.title"),
        ({"summary_ko": "널\0문자"}, "text.nul"),
    ],
)
def test_what_cannot_be_is_refused(store: Store, row: dict[str, str], code: str) -> None:
    assert refusal(store, {"title_ko": "바른 행"}, row).code == code


def test_an_unknown_lane_is_refused_with_those_that_there_are(store: Store) -> None:
    assert "military" in str(refusal(store, {"lane": "우주"}).fields["known"])


def test_an_event_without_a_lane_cell_stays_where_it_is(store: Store) -> None:
    row = {"title_ko": FTA, "date": "2007-04-02", "lane": ""}
    assert verdicts(plan(store, row)) == ["same"]


def test_tags_are_found_by_key_and_name_and_made_once(store: Store) -> None:
    store.apply(ChangeSet((Insert("tag", new_id(), {"key": "fta", "name_ko": "자유무역"}),)))
    found = plan(store, {"tags": "자유무역|국방"}, {"title_ko": "둘째", "tags": "FTA| 국방 "})
    assert found.new_tags == ("국방",)
    store.apply(ChangeSet(found.changes))
    assert {tag.name.ko for tag in store.known().tags} == {"자유무역", "국방"}
    for row in found.rows:
        assert {tag.name.ko for tag in store.event(row.event_id or 0).tags} == {"자유무역", "국방"}


def test_tags_of_a_row_replace_those_of_the_event(store: Store) -> None:
    done(store, {"tags": "국방|통상"})
    assert verdicts(plan(store, {"tags": "통상|국방"})) == ["same"]
    (event,) = done(store, {"tags": "통상|우주"})
    assert {tag.name.ko for tag in event.tags} == {"통상", "우주"}
    assert event.event.confidence == "edited"


def test_dates_are_read_as_people_type_them(store: Store) -> None:
    rows = ({"date": "2027년 3월 1일"}, {"title_ko": "둘째", "date": "2027. 3. 2."})
    assert [row.date for row in plan(store, *rows).rows] == ["2027-03-01", "2027-03-02"]


def test_planning_tells_how_far_it_is(store: Store) -> None:
    rows = [
        (line, {"date": "2027", "lane": "군사", "title_ko": f"회담 {line}"}) for line in range(2500)
    ]
    told: list[tuple[int, int]] = []
    found = importing.plan(rows, store.known(), progress=lambda *step: told.append(step))
    assert told == [(1000, 2500), (2000, 2500), (2500, 2500)]
    assert found.counts() == {"added": 2500, "changed": 0, "same": 0, "refused": 0}


def test_an_import_is_one_step_of_undo(store: Store) -> None:
    before = store.info()
    found = plan(store, {"tags": "국방"}, {"title_ko": FTA, "date": "2007-04-02", "lane": "기술"})
    edit = importing.edit(found, "사건 표.csv")
    store.apply(ChangeSet(edit.changes, label=edit.label))
    assert store.info() != before
    undone = store.revert("undo")
    assert undone is not None
    assert undone.label == "import: 사건 표.csv"
    assert store.info() == before
    assert store.check() == []


def test_whether_a_plan_is_refused_is_not_looked_for_in_all_of_its_rows(store: Store) -> None:
    """It is asked about each row that is told: of a hundred thousand that took hours."""

    class Rows(tuple[importing.PlannedRow, ...]):
        looked_through = 0

        def __iter__(self) -> Iterator[importing.PlannedRow]:
            self.looked_through += 1
            return super().__iter__()

    rows = Rows(plan(store, {}).rows)
    assert not replace(plan(store, {}), rows=rows).refused
    assert not rows.looked_through
    assert plan(store, {}, {"lane": "없는 줄기"}).refused
