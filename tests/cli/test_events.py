"""`events` and its filter."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Done, refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def slugs(done: Done) -> list[str]:
    assert done.code == 0, done
    return [event["slug"] for event in done.data]


def test_each_event_is_told_in_full(run: Run, shipped: Path) -> None:
    events = {event["slug"]: event for event in run("events", shipped, "--json").data}
    assert len(events) == 109
    treaty = next(event for slug, event in events.items() if slug.startswith("mutual-defense"))
    assert set(treaty) == {
        "id", "slug", "lanes", "dates", "title", "importance", "kind", "status", "confidence",
        "disputed", "broken", "quotes", "tags",
    }  # fmt: skip
    assert treaty["lanes"] == ["military"]
    assert "조약" in treaty["title"]["ko"]
    first = treaty["dates"][0]
    assert set(first) == {"role", "edtf", "first", "last"}
    assert first["edtf"] == first["first"] == first["last"] == "1953-10-01"
    assert first["role"] == "signed"


def test_an_open_date_has_no_last_day(run: Run, shipped: Path) -> None:
    dates = [date for event in run("events", shipped, "--json").data for date in event["dates"]]
    going_on = [date for date in dates if date["edtf"].endswith("/..")]
    assert going_on
    assert all(date["last"] is None and date["first"] for date in going_on)


def test_events_stand_in_order_of_their_first_day(run: Run, shipped: Path) -> None:
    days = [event["dates"][0]["first"] for event in run("events", shipped, "--json").data]
    assert days == sorted(days)
    assert days[0] == "1882-05-22"


@pytest.mark.parametrize(
    ("options", "condition"),
    [
        (["--min-importance", "5"], "importance = 5"),
        (["--status", "planned"], "status = 'planned'"),
        (
            ["--lane", "technology"],
            "id IN (SELECT event_id FROM event_lane JOIN lane ON lane.id = lane_id"
            " WHERE key = 'technology')",
        ),
        (
            ["--with-quotes"],
            "id IN (SELECT event_id FROM evidence)",
        ),
        (
            ["--from", "1950", "--to", "1960", "--kind", "treaty"],
            "id IN (SELECT event_id FROM event_date WHERE is_primary"
            " AND edtf < '1961' AND edtf >= '1950')"
            " AND kind_id = (SELECT id FROM kind WHERE key = 'treaty')",
        ),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, list) else "sql",
)
def test_the_filter_leaves_what_sql_says(
    run: Run, shipped: Path, options: list[str], condition: str
) -> None:
    connection = sqlite3.connect(f"{shipped.as_uri()}?mode=ro", uri=True)
    rows = connection.execute(f"SELECT id FROM event WHERE {condition}").fetchall()
    connection.close()
    told = {event["id"] for event in run("events", shipped, "--json", *options).data}
    assert told == {ident for (ident,) in rows}


def test_twelve_events_are_disputed(run: Run, shipped: Path) -> None:
    told = slugs(run("events", shipped, "--json", "--disputed"))
    assert len(told) == 12
    assert any(slug.startswith("ipef") for slug in told)


def test_a_year_as_a_range_means_its_first_to_its_last_day(run: Run, shipped: Path) -> None:
    options = ["--json", "--from", "2022-05-21", "--to", "2022-05-21"]
    days = [event["dates"][0] for event in run("events", shipped, *options).data]
    assert days
    assert all(day["first"] <= "2022-05-21" for day in days)
    year = slugs(run("events", shipped, "--json", "--from", "2022", "--to", "2022"))
    assert set(slugs(run("events", shipped, *options))) <= set(year)


def test_a_lane_given_twice_means_either(run: Run, shipped: Path) -> None:
    both = slugs(run("events", shipped, "--json", "--lane", "military", "--lane", "technology"))
    one = slugs(run("events", shipped, "--json", "--lane", "military"))
    other = slugs(run("events", shipped, "--json", "--lane", "technology"))
    assert set(both) == {*one, *other}


@pytest.mark.parametrize(
    ("what", "there"),
    [("lane", "economic, military, technology"), ("kind", "agreement, "), ("tag", "–")],
)
def test_what_the_file_does_not_have_is_refused_with_what_it_has(
    run: Run, shipped: Path, what: str, there: str
) -> None:
    refused(run("events", shipped, f"--{what}", "문화"), "문화", f"it has {there}")


def test_a_status_that_does_not_exist_is_refused_with_those_that_do(
    run: Run, shipped: Path
) -> None:
    refused(run("events", shipped, "--status", "예정"), "예정", "occurred, planned, cancelled")


@pytest.mark.parametrize("date", ["22 May 2022", "2022-13", "2022-02-30", "", "어제", "1950/1940"])
def test_a_date_that_is_none_is_refused(run: Run, shipped: Path, date: str) -> None:
    refused(run("events", shipped, "--from", date))


def test_a_range_the_wrong_way_round_is_refused(run: Run, shipped: Path) -> None:
    refused(run("events", shipped, "--from", "1960", "--to", "1950"), "1960", "1950")


def test_a_range_without_an_end_on_that_side_is_refused(run: Run, shipped: Path) -> None:
    refused(run("events", shipped, "--to", "1953/.."), "--to", "1953/..")
    assert run("events", shipped, "--from", "1953/..").code == 0


def test_people_get_a_line_for_each_event_in_their_language(
    run: Run, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = run("events", shipped, "--min-importance", "5").out.splitlines()
    assert len(lines) == len(run("events", shipped, "--min-importance", "5", "--json").data)
    assert any("1953-10-01" in line and "Mutual Defense Treaty" in line for line in lines)
    monkeypatch.setenv("ALLIANCE_TIMELINE_LANGUAGE", "ko")
    assert "상호방위조약" in run("events", shipped, "--min-importance", "5").out


def test_an_event_without_any_date_is_listed_last(run: Run, copy: Path) -> None:
    connection = sqlite3.connect(copy)
    with connection:
        (ident,) = connection.execute(
            "SELECT id FROM event WHERE slug LIKE 'ipef%' ORDER BY slug LIMIT 1"
        ).fetchone()
        connection.execute("DELETE FROM event_date WHERE event_id = ?", (ident,))
    connection.close()
    events = run("events", copy, "--json").data
    assert (events[-1]["id"], events[-1]["dates"]) == (ident, [])
    assert ident not in [
        event["id"] for event in run("events", copy, "--json", "--from", "1000").data
    ]
