"""What is read from a file: the columns of a picture, and all of one event, stage or source."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest

from db import columns as flags
from db.changes import ChangeSet, Delete, Insert, Update, new_id
from db.dates import from_iso
from db.errors import AllianceError
from db.filters import Filter
from db.queries import columns as queries
from db.records import Bilingual
from db.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from db.details import EventDetail


def event(store: Store, slug: str) -> EventDetail:
    found = store.find_event(slug)
    assert found is not None
    return store.event(found)


def stage_id(store: Store, slug: str) -> int:
    return next(stage.id for stage in store.timeline().stages if stage.slug == slug)


def test_columns_come_by_day_and_say_what_sql_says(store: Store) -> None:
    columns = store.timeline().columns
    assert len(columns) == 109
    assert np.all(np.diff(columns.first) >= 0)
    assert columns.first[0] == from_iso("1882-05-22")
    assert columns.label_ko[0] == "조미수호통상조약"
    assert columns.first.dtype == np.int64
    assert columns.lanes.dtype == np.int16
    assert int(columns.disputed.sum()) == 12
    row = columns.row(event(store, "ipef-launch-2022").event.id)
    assert row is not None
    assert columns.disputed[row]
    assert columns.importance[row] == event(store, "ipef-launch-2022").event.importance


def test_titles_in_one_language_alone_are_held_once_however_many_they_are(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.timeline().columns
    titles = "UPDATE event SET label_en = NULL, label_ko = NULL, title_en = NULL"
    monkeypatch.setattr(queries, "_AT_ONCE", 20)
    in_stretches = store.timeline().columns
    assert list(in_stretches.label_ko) == list(before.label_ko)
    assert in_stretches.label_ko is not in_stretches.label_en
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute(titles)
    alone = store.timeline().columns
    assert alone.label_en[0] == "조미수호통상조약"
    assert alone.label_en is alone.label_ko


def test_events_come_by_day_whatever_the_order_in_which_sqlite_joins(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.timeline().columns
    monkeypatch.setattr(
        queries,
        "_EVENTS",
        queries._EVENTS.replace("ORDER BY first, event_id", "ORDER BY first DESC, event_id"),
    )
    after = store.timeline().columns
    assert after.id.tolist() == before.id.tolist()
    assert list(after.label_ko) == list(before.label_ko)


def test_an_event_of_several_lanes_keeps_their_order(store: Store) -> None:
    timeline = store.timeline()
    for row, ident in enumerate(timeline.columns.id[:60].tolist()):
        keys = [lane.key for lane in store.event(ident).lanes]
        indices = [index for index in timeline.columns.lanes[row].tolist() if index >= 0]
        assert [timeline.lanes[index].key for index in indices] == keys
    assert (timeline.columns.lanes >= 0).sum(axis=1).max() > 1


def test_quotes_are_counted_once_whatever_they_say(store: Store) -> None:
    timeline = store.timeline()
    for slug in ("ipef-launch-2022", "kim-briefing-2022", "summit-2022", "korus-signed"):
        detail = event(store, slug)
        row = timeline.columns.row(detail.event.id)
        assert row is not None
        assert timeline.columns.quotes[row] == len({each.quote.id for each in detail.quotes}) > 0
    ipef = event(store, "ipef-launch-2022")
    again = Insert("evidence", new_id(), {
        "quote_id": ipef.quotes[0].quote.id, "event_id": ipef.event.id, "stance": "context",
        "aspect": "name", "mode": "report",
    })  # fmt: skip
    before = timeline.columns.quotes.sum()
    store.apply(ChangeSet((again,)))
    assert store.timeline().columns.quotes.sum() == before


def test_the_briefing_points_at_the_summit_it_foretold(store: Store) -> None:
    columns = store.timeline().columns
    briefing = columns.row(event(store, "kim-briefing-2022").event.id)
    summit = columns.row(event(store, "summit-2022").event.id)
    assert briefing is not None
    assert columns.forecast_of[briefing] == summit
    assert (columns.forecast_of >= 0).sum() == 1


def test_a_label_falls_back_to_the_title_and_then_to_the_other_language(store: Store) -> None:
    ident = event(store, "korus-signed").event.id

    def labels(**values: str | None) -> tuple[str, str]:
        store.apply(ChangeSet((Update("event", ident, values),)))
        columns = store.timeline().columns
        row = columns.row(ident)
        assert row is not None
        return columns.label_en[row], columns.label_ko[row]

    both = {"label_en": "KORUS", "title_en": "KORUS signed", "label_ko": "한미 FTA"}
    assert labels(**both, title_ko="한미 FTA 서명") == ("KORUS", "한미 FTA")
    assert labels(label_ko=None) == ("KORUS", "한미 FTA 서명")
    assert labels(title_ko=None) == ("KORUS", "KORUS")
    assert labels(label_en=None) == ("KORUS signed", "KORUS signed")
    assert labels(title_ko="한미 FTA 서명", title_en=None) == ("한미 FTA 서명", "한미 FTA 서명")


def test_open_ends_repeat_the_known_end_and_are_flagged(store: Store) -> None:
    detail = event(store, "korus-signed")
    store.apply(ChangeSet((Update("event_date", detail.dates[0].id, {"edtf": "../2007-06-30~"}),)))
    columns = store.timeline().columns
    row = columns.row(detail.event.id)
    assert row is not None
    assert columns.first[row] == columns.last[row] == from_iso("2007-06-30")
    expected = flags.INTERVAL | flags.OPEN_START | flags.APPROXIMATE_END
    assert columns.shape[row] == expected


def test_an_event_without_a_date_is_in_the_list_but_not_in_the_picture(store: Store) -> None:
    detail = event(store, "thaad-decision-2016")
    store.apply(ChangeSet(tuple(Delete("event_date", date.id) for date in detail.dates)))
    assert store.timeline().columns.row(detail.event.id) is None
    rows = store.events()
    assert len(rows) == 109
    assert rows[-1].slug == "thaad-decision-2016"
    assert rows[-1].dates == ()
    assert event(store, "thaad-decision-2016").dates == ()


def test_the_list_of_events_says_the_same_as_the_columns(store: Store) -> None:
    timeline, rows = store.timeline(), store.events()
    assert [row.id for row in rows] == timeline.columns.id.tolist()
    assert [row.disputed for row in rows] == timeline.columns.disputed.tolist()
    assert [row.quotes for row in rows] == timeline.columns.quotes.tolist()
    keys = [kind.key for kind in timeline.kinds]
    assert [keys.index(row.kind) for row in rows] == timeline.columns.kind.tolist()
    military = [row.id for row in rows if "military" in row.lanes]
    mask = Filter(lanes=("military",)).mask(timeline)
    assert timeline.columns.id[mask].tolist() == military


def test_tags_reach_the_filter(store: Store) -> None:
    ident = event(store, "korus-signed").event.id
    store.apply(
        ChangeSet(
            (
                Insert("tag", 3, {"key": "통상", "name_ko": "통상"}),
                Insert("tag", 2, {"key": "안보", "name_ko": "안보"}),
                Insert("event_tag", 9, {"event_id": ident, "tag_id": 3}),
            )
        )
    )
    timeline = store.timeline()
    assert timeline.columns.id[Filter(tags=("통상",)).mask(timeline)].tolist() == [ident]
    assert not Filter(tags=("안보",)).mask(timeline).any()


def test_a_dispute_needs_two_values_on_one_point_and_novelty_sets_no_mark(store: Store) -> None:
    ident = event(store, "korus-signed").event.id

    def claim(number: int, aspect: str, point: str, value: str) -> Insert:
        return Insert("claim", 900 + number, {
            "event_id": ident, "aspect": aspect, "position": number, "point_ko": point,
            "value_ko": value, "value_en": None,
        })  # fmt: skip

    def disputed() -> bool:
        columns = store.timeline().columns
        return bool(columns.disputed[columns.row(ident)])

    store.apply(ChangeSet((claim(1, "figure", "조항 수", "24"), claim(2, "figure", "쪽수", "25"))))
    assert not disputed()
    store.apply(
        ChangeSet((claim(3, "novelty", "최초", "예"), claim(4, "novelty", "최초", "아니요")))
    )
    assert not disputed()
    store.apply(ChangeSet((claim(5, "figure", "조항 수", "24"),)))
    assert not disputed()
    store.apply(ChangeSet((claim(6, "figure", "조항 수", "25"),)))
    assert disputed()


def test_the_launch_of_ipef_stands_on_the_23rd_with_the_claim_of_the_24th_beside_it(
    store: Store,
) -> None:
    detail = event(store, "ipef-launch-2022")
    assert detail.dates[0].edtf == "2022-05-23"
    (dispute,) = detail.disputes
    assert dispute.point.ko == "출범일"
    assert [(claim.value.text("ko"), claim.accepted) for claim in dispute.claims] == [
        ("2022-05-23", True),
        ("2022-05-24", False),
    ]
    quoted = [each.quote.id for each in detail.quotes if "the 24th" in each.quote.exact]
    assert dispute.claims[1].quote_id in quoted


def test_a_claim_that_nothing_contradicts_is_told_apart_from_disputes(store: Store) -> None:
    event_id = store.find_event("korus-signed")
    assert event_id is not None
    claim = Insert("claim", new_id(), {"event_id": event_id, "aspect": "date", "position": 9,
                   "point_ko": "서명 시각", "value_ko": "오전"})  # fmt: skip
    store.apply(ChangeSet((claim,)))
    detail = event(store, "korus-signed")
    assert [each.value.ko for each in detail.claims] == ["오전"]
    assert "서명 시각" not in [each.point.ko for each in detail.disputes]
    assert event(store, "ipef-launch-2022").claims == ()


def test_all_thirteen_disputes_with_their_27_values_are_told(store: Store) -> None:
    disputes = [each for row in store.events() for each in store.event(row.id).disputes]
    assert len(disputes) == 13
    assert sum(len(dispute.claims) for dispute in disputes) == 27


def test_quotes_come_as_support_then_dispute_then_context_each_by_its_place(store: Store) -> None:
    order = {"supports": 0, "disputes": 1, "context": 2}
    detail = event(store, "ipef-launch-2022")
    last = detail.quotes[-1].quote.id
    support = Insert("evidence", new_id(), {
        "quote_id": last, "event_id": detail.event.id, "stance": "supports", "aspect": "name",
        "mode": "report",
    })  # fmt: skip
    store.apply(ChangeSet((support,)))
    quotes = event(store, "ipef-launch-2022").quotes
    assert quotes[0].quote.id == last
    keys = [
        (order[each.evidence.stance], each.anchor.start if each.anchor else -1) for each in quotes
    ]
    assert keys == sorted(keys)
    assert {each.evidence.stance for each in quotes} == {"supports", "disputes", "context"}


def test_each_quote_says_where_it_stands_who_said_it_and_that_it_is_a_translation(
    store: Store,
) -> None:
    quotes = event(store, "summit-2022").quotes
    forecast = next(each for each in quotes if each.quote.slug == "q04-technology-alliance-added")
    assert forecast.place == "3"
    assert forecast.quote.state == "intact"
    assert forecast.quote.speaker.name.ko == "김태효"
    assert forecast.source.translation_from == "ko"
    assert forecast.source.translation_by.ko == "기계 번역으로 추정"
    assert forecast.translations[0].language == "ko"
    assert "기술동맹" in forecast.translations[0].text
    assert forecast.evidence.mode == "forecast"
    assert forecast.anchor is not None
    text = store.source(forecast.source.id).source.text
    assert text[forecast.anchor.start : forecast.anchor.end] == forecast.quote.exact


def test_oddities_of_the_quote_and_of_its_attribution_come_with_it(store: Store) -> None:
    quotes = {each.quote.slug: each for each in event(store, "kim-briefing-2022").quotes}
    announced = quotes["q02-summit-comprehensive-alliance"]
    assert [oddity.exact for oddity in announced.oddities] == ["on the 18th"]
    assert [figure.exact for figure in announced.figures] == ["the 18th"]
    launch = quotes["q12-launch-on-24th"]
    assert "on the 24th" in [oddity.exact for oddity in launch.oddities]


def test_a_forecast_names_where_it_was_made_and_what_came_of_it(store: Store) -> None:
    made, came = event(store, "kim-briefing-2022"), event(store, "summit-2022")
    first = made.forecasts[0]
    assert (first.made_at, first.outcome) == (made.event.id, came.event.id)
    assert first.quote.quote.exact.startswith("It is expected that")
    assert first.outcome_edtf == "2022-05-21"
    assert first.quote.quote.id in [each.quote.quote.id for each in came.forecasts]
    stage = store.stage(stage_id(store, "technology-alliance"))
    assert came.event.id in [forecast.outcome for forecast in stage.forecasts]


def test_links_are_seen_from_both_ends(store: Store) -> None:
    signed, force = event(store, "korus-signed"), event(store, "korus-in-force")
    (out,) = [link for link in signed.links if link.event_id == force.event.id]
    (into,) = [link for link in force.links if link.event_id == signed.event.id]
    assert out.type == into.type
    assert out.outgoing != into.outgoing
    assert out.title.ko == force.event.title.ko
    assert out.edtf == "2012-03-15"


def test_a_stage_tells_its_events_their_dates_and_the_starts_that_were_considered(
    store: Store,
) -> None:
    detail = store.stage(stage_id(store, "economic-alliance"))
    assert detail.lane is not None
    assert detail.lane.key == "economic"
    assert detail.scheme.rule == "signature"
    assert detail.start_dates[0].edtf == detail.stage.start_edtf == "2007-06-30"
    assert detail.in_force_dates[0].edtf == detail.stage.in_force_edtf == "2012-03-15"
    assert detail.in_force_event_title is not None
    assert len(detail.alternatives) == 2
    assert detail.alternatives[0][0].edtf == "2012-03-15"
    assert all(title.ko for _, title in detail.alternatives)
    assert detail.quotes[0].quote.slug == "q03-military-to-economic"


def test_a_stage_without_an_in_force_event_says_why(store: Store) -> None:
    stage = store.stage(stage_id(store, "technology-alliance"))
    assert stage.stage.in_force is None
    assert stage.in_force_event_title is None
    assert stage.stage.no_force_reason.ko == "조약이 없으므로 발효일이 없다."


def test_an_event_names_the_stage_it_begins(store: Store) -> None:
    assert [stage.slug for stage in event(store, "korus-in-force").stages] == ["economic-alliance"]
    assert [stage.slug for stage in event(store, "summit-2022").stages] == ["technology-alliance"]


def test_a_source_shows_every_quote_in_the_order_of_its_text(store: Store) -> None:
    detail = store.source(event(store, "summit-2022").quotes[0].source.id)
    assert len(detail.quotes) == 20
    starts = [each.anchor.start for each in detail.quotes]
    assert starts == sorted(starts)
    assert len(detail.oddities) == 13
    for quote, anchor, evidence, *_ in detail.quotes:
        assert detail.source.text[anchor.start : anchor.end] == quote.exact
        assert evidence
        assert all(title.ko for _, title in evidence)
    assert [place.label for place in detail.places][:3] == ["1", "2", "3"]
    assert all("\n" not in detail.source.text[place.start : place.end] for place in detail.places)


def test_a_quote_follows_its_newest_edition(store: Store) -> None:
    quoted = event(store, "summit-2022").quotes[0]
    old = store.source(quoted.source.id).source
    newer = new_id()
    store.apply(
        ChangeSet(
            (
                Insert("source", newer, {
                    "title_ko": "고침판", "language": "en", "media_type": old.media_type,
                    "reader": old.reader, "blob_sha256": old.blob_sha256,
                    "text": "정정. " + old.text, "supersedes_id": old.id,
                }),
                Insert("anchor", new_id(), {
                    "quote_id": quoted.quote.id, "source_id": newer,
                    "start": quoted.anchor.start + 4 if quoted.anchor else 0,
                    "end": quoted.anchor.end + 4 if quoted.anchor else 0,
                    "before": "", "after": "", "state": "moved", "score": 98, "accepted": 1,
                }),
            )
        )
    )  # fmt: skip
    now = next(
        each for each in event(store, "summit-2022").quotes if each.quote.id == quoted.quote.id
    )
    assert (now.source.id, now.quote.state) == (newer, "moved")
    assert now.place == ""


def test_two_views_ship(store: Store) -> None:
    first, second = store.timeline().views
    assert (first.name.en, first.from_edtf, first.to_edtf) == (
        "Three stages at a glance",
        "1950",
        "2030",
    )
    assert (first.min_importance, second.min_importance) == (4, 1)
    assert first.lanes == ("military", "economic", "technology")
    assert (second.name.ko, second.from_edtf, second.to_edtf) == (
        "2022년 5월 한미 정상회담",
        "2021-10",
        "2022-12",
    )


def test_a_view_keeps_its_filters_and_scheme(store: Store) -> None:
    timeline = store.timeline()
    view, kind, scheme = timeline.views[0], timeline.kinds[3], timeline.schemes[0]
    store.apply(
        ChangeSet(
            (
                Insert("view_kind", 1, {"view_id": view.id, "kind_id": kind.id}),
                Insert("view_status", 2, {"view_id": view.id, "status": "planned"}),
                Update("view", view.id, {"scheme_id": scheme.id, "rule": "entry-into-force"}),
            )
        )
    )
    changed = store.timeline().views[0]
    assert changed.kinds == (kind.key,)
    assert changed.statuses == ("planned",)
    assert (changed.scheme, changed.rule) == ("may-2022", "entry-into-force")


def test_the_notes_with_a_place_on_the_picture_are_read_with_it(store: Store) -> None:
    assert store.timeline().callouts == ()
    treaty = event(store, "mutual-defense-treaty-signed").event.id
    stage = stage_id(store, "technology-alliance")
    told = {"text": "**검토**할 것", "author": "김 서기관", "time": "2026-11-24T09:30:00.000Z"}
    place = {"callout_x": -40, "callout_y": 12}
    store.apply(
        ChangeSet(
            (
                Insert("note", 5, told | place | {"event_id": treaty}),
                Insert("note", 6, told | {"event_id": treaty}),
                Insert("note", 4, told | place | {"stage_id": stage, "text": "가" * 5000}),
            )
        )
    )
    first, second = store.timeline().callouts
    assert (first.id, first.target, first.x, first.y) == (4, ("stage", stage), -40, 12)
    assert len(first.text) == 1000
    assert (second.id, second.target, second.text) == (5, ("event", treaty), "**검토**할 것")


def test_lanes_come_each_followed_by_those_under_it(store: Store) -> None:
    lanes = store.timeline().lanes
    child = Insert("lane", 7, {
        "key": "ipef", "parent_id": lanes[1].id, "position": 1, "colour": "amber",
        "name_ko": "인도태평양경제프레임워크",
    })  # fmt: skip
    store.apply(ChangeSet((child,)))
    keys = [lane.key for lane in store.timeline().lanes]
    assert keys == ["military", "economic", "ipef", "technology"]


def test_the_picture_is_as_of_the_last_change_of_the_data(store: Store) -> None:
    assert store.timeline().as_of == from_iso("2026-11-23")
    tag = Insert("tag", 7, {"key": "t", "name_ko": "꼬리표"})
    store.apply(ChangeSet((tag,), time="2031-05-06T23:59:59.000Z"))
    assert store.timeline().as_of == from_iso("2031-05-06")


@pytest.mark.parametrize("what", ["event", "stage", "source"])
def test_what_is_not_there_is_told(store: Store, what: str) -> None:
    with pytest.raises(AllianceError) as caught:
        getattr(store, what)(12345)
    assert caught.value.code == "row.missing"
    assert store.find_event("없는-사건") is None


def test_events_are_found_by_words_of_both_titles_in_any_order(store: Store) -> None:
    (found,) = store.find_titles("camp 캠프 데이비드")
    assert found.title.ko == "캠프 데이비드 한미일 정상회의"
    assert found.edtf == "2023-08-18"
    assert store.find_titles("데이비드  캠프") == (found,)
    assert store.find_titles(" ") == ()
    assert len(store.find_titles("한미", 3)) == 3


def test_what_sql_takes_for_a_sign_is_found_as_it_is_written(
    store: Store, elsewhere: Callable[..., None]
) -> None:
    ident = store.timeline().columns.id[0]
    elsewhere(f"UPDATE event SET title_en = '100% _done_ back\\slash' WHERE id = {ident}")
    for text in ("100%", "_done_", "k\\s"):
        assert [each.id for each in store.find_titles(text)] == [ident], text
    assert store.find_titles("_%_%zz") == ()


def test_places_come_by_how_often_they_were_the_place(store: Store) -> None:
    places = store.places()
    assert places[0] == Bilingual("Seoul", "서울")
    assert len(set(places)) == len(places)


def test_a_file_says_who_it_is_wherever_it_lies(store: Store, tmp_path: Path) -> None:
    assert len(store.file_id()) == 32
    with Store.create(tmp_path / "다른.alliance") as other:
        assert other.file_id() != store.file_id()
