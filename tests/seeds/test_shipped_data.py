"""The shipped data, proved by themselves: plain TOML against the plain text of the article."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = dict[str, Any]

SEEDS = Path(__file__).parents[2] / "seeds"
FILES = ("edition", "lanes", "kinds", "schemes", "events", "sources", "quotes", "oddities", "views")
ARTICLE = "asia-business-daily-2022-05-18.txt"
HANGUL = re.compile("[가-힣]")


def read(name: str) -> Row:
    with (SEEDS / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


DATA = {name: read(name) for name in FILES}
EVENTS: dict[str, Row] = {event["slug"]: event for event in DATA["events"]["event"]}
QUOTES: dict[str, Row] = {quote["slug"]: quote for quote in DATA["quotes"]["quote"]}
STAGES: dict[str, Row] = {stage["slug"]: stage for stage in DATA["schemes"]["stage"]}
TEXT = (SEEDS / ARTICLE).read_bytes().decode("utf-8")


def tables(value: object, where: str) -> Iterator[tuple[str, Row]]:
    """Every table of a file with a path that tells a reader where it stands."""
    if isinstance(value, dict):
        yield where, value
        for key, inner in value.items():
            yield from tables(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            name = inner.get("slug", inner.get("key", number)) if isinstance(inner, dict) else ""
            yield from tables(inner, f"{where}[{name}]")


ALL_TABLES = [pair for name in FILES for pair in tables(DATA[name], name)]


def primary(slug: str) -> str:
    (date,) = [date for date in EVENTS[slug]["date"] if date.get("primary")]
    return str(date["edtf"])


def claims() -> list[tuple[str, Row]]:
    return [(slug, claim) for slug, event in EVENTS.items() for claim in event.get("claim", [])]


def value(claim: Row) -> str:
    return str(claim.get("value", claim.get("value_en")))


def links() -> list[tuple[str, str, str]]:
    return [
        (slug, link["type"], link["to"])
        for slug, event in EVENTS.items()
        for link in event.get("link", [])
    ]


# The article


def test_the_article_is_byte_for_byte_the_one_its_source_describes() -> None:
    (source,) = DATA["sources"]["source"]
    assert source["file"] == ARTICLE
    assert hashlib.sha256((SEEDS / ARTICLE).read_bytes()).hexdigest() == source["sha256"]
    assert source["rights"] == TEXT.rstrip("\n").splitlines()[-1]
    assert source["title_en"] == TEXT.splitlines()[0]


def test_the_source_says_that_it_is_itself_a_translation() -> None:
    (source,) = DATA["sources"]["source"]
    assert (source["language"], source["translation_from"]) == ("en", "ko")
    assert source["translation_by_en"] == "probably by machine"
    assert "inferred" in source["date_note_en"]


@pytest.mark.parametrize("slug", QUOTES)
def test_a_quote_stands_in_the_article_where_it_says(slug: str) -> None:
    quote = QUOTES[slug]
    assert quote["length"] == len(quote["exact"])
    assert TEXT[quote["start"] : quote["start"] + quote["length"]] == quote["exact"]


@pytest.mark.parametrize("slug", [slug for slug, quote in QUOTES.items() if "attribution" in quote])
def test_an_attribution_stands_in_the_article_where_it_says(slug: str) -> None:
    quote = QUOTES[slug]
    start = quote["attribution_start"]
    assert TEXT[start : start + len(quote["attribution"])] == quote["attribution"]


def test_a_figure_stands_in_the_article_inside_its_quote_or_the_attribution() -> None:
    figures = [(quote, figure) for quote in QUOTES.values() for figure in quote.get("figure", [])]
    assert len(figures) == 10
    for quote, figure in figures:
        start, end = figure["start"], figure["start"] + len(figure["exact"])
        assert TEXT[start:end] == figure["exact"], figure["slug"]
        # "on the 18th" is said by the phrase that attributes the quote, not by the quote.
        told_from = quote.get("attribution_start", quote["start"])
        assert told_from <= start < end <= quote["start"] + quote["length"], figure["slug"]


def test_an_oddity_stands_in_the_article_where_it_says() -> None:
    oddities = DATA["oddities"]["oddity"]
    assert len(oddities) == 13
    for oddity in oddities:
        start = oddity["start"]
        assert TEXT[start : start + len(oddity["exact"])] == oddity["exact"], oddity["slug"]


# Quotes and evidence


def test_each_of_the_twenty_quotes_has_one_korean_translation_that_says_it_is_ours() -> None:
    assert len(QUOTES) == 20
    for slug, quote in QUOTES.items():
        (translation,) = quote["translation"]
        assert translation["language"] == "ko", slug
        assert HANGUL.search(translation["text"]), slug
        assert translation["by_en"] == "Alliance Timeline editors", slug
        assert translation["by_ko"] == "얼라이언스 타임라인 편집진", slug


def test_a_quote_names_a_known_speaker_and_form() -> None:
    speakers = {speaker["key"] for speaker in DATA["quotes"]["speaker"]}
    assert {quote["speaker"] for quote in QUOTES.values()} == speakers
    forms = Counter(quote["form"] for quote in QUOTES.values())
    assert forms == {"direct": 11, "reporter": 6, "attributed": 2, "headline": 1}


def test_evidence_points_at_one_known_event_or_stage_once() -> None:
    rows = 0
    for slug, quote in QUOTES.items():
        targets = [
            ("event", row["event"]) if "event" in row else ("stage", row["stage"])
            for row in quote["evidence"]
        ]
        assert len(targets) == len(set(targets)), slug
        for kind, target in targets:
            assert target in (EVENTS if kind == "event" else STAGES), slug
        for row in quote["evidence"]:
            assert ("event" in row) != ("stage" in row), slug
            assert row["stance"] in {"supports", "disputes", "context"}, slug
            assert row["aspect"] in {"existence", "date", "figure", "name", "novelty"}, slug
            assert row["mode"] in {"report", "plan", "forecast"}, slug
        rows += len(targets)
    assert rows == 50


def evidence(quote: str, target: str) -> tuple[str, str, str]:
    (row,) = [
        row for row in QUOTES[quote]["evidence"] if target in (row.get("event"), row.get("stage"))
    ]
    return row["stance"], row["aspect"], row["mode"]


def test_it_is_expected_is_a_forecast_of_the_summit_made_at_the_briefing() -> None:
    quote = "q04-technology-alliance-added"
    assert evidence(quote, "summit-2022") == ("supports", "existence", "forecast")
    assert evidence(quote, "technology-alliance") == ("supports", "existence", "forecast")
    assert evidence(quote, "kim-briefing-2022") == ("supports", "existence", "report")
    assert evidence(quote, "moon-biden-summit-2021") == ("disputes", "novelty", "report")


def test_the_24th_is_a_plan_that_disputes_the_date_of_the_launch() -> None:
    assert evidence("q12-launch-on-24th", "ipef-launch-2022") == ("disputes", "date", "plan")
    quoted = {(slug, value(claim)): claim["quote"] for slug, claim in claims() if "quote" in claim}
    assert quoted == {("ipef-launch-2022", "2022-05-24"): "q12-launch-on-24th"}
    assert primary("ipef-launch-2022") == "2022-05-23"


# Events


def test_there_are_109_events_in_order_of_their_years() -> None:
    assert len(DATA["events"]["event"]) == len(EVENTS) == 109
    firsts = [primary(slug)[:4] for slug in EVENTS]
    assert firsts == sorted(firsts)


def test_an_event_stands_in_known_lanes_and_has_a_known_kind() -> None:
    lanes = [lane["key"] for lane in DATA["lanes"]["lane"]]
    groups = {group["key"] for group in DATA["kinds"]["group"]}
    kinds = {kind["key"]: kind["group"] for kind in DATA["kinds"]["kind"]}
    assert lanes == ["military", "economic", "technology"]
    assert (len(groups), len(kinds)) == (4, 19)
    assert set(kinds.values()) == groups
    assert {event["kind"] for event in EVENTS.values()} == set(kinds)
    for slug, event in EVENTS.items():
        assert event["lanes"], slug
        assert len(set(event["lanes"])) == len(event["lanes"]), slug
        assert set(event["lanes"]) <= set(lanes), slug
        assert event["importance"] in range(1, 6), slug
        assert event["status"] == "occurred", slug


def test_the_role_of_the_primary_date_follows_from_the_kind() -> None:
    roles = {"treaty": "signed", "agreement": "signed", "entry-into-force": "in force"}
    for slug, event in EVENTS.items():
        first, *others = event["date"]
        assert first["primary"], slug
        assert first["role"] == roles.get(event["kind"], "occurred"), slug
        assert not any(date.get("primary") for date in others), slug
        pairs = [(date["role"], date["edtf"]) for date in event["date"]]
        assert len(pairs) == len(set(pairs)), slug


def test_three_events_are_seen_in_part_and_say_what_was_not_seen() -> None:
    levels = Counter(event["confidence"] for event in EVENTS.values())
    assert levels == {"seen": 106, "partly": 3}
    for slug, event in EVENTS.items():
        assert event["confidence"] == "seen" or event["confidence_note_en"], slug
        assert event["confirmation"], slug
    seen = Counter(row["seen"] for event in EVENTS.values() for row in event["citation"])
    assert seen == {"excerpt": 41, "not seen": 78, "full": 1}


def test_labels_are_short_and_no_two_events_share_one() -> None:
    for language in ("en", "ko"):
        labels = [event[f"label_{language}"] for event in EVENTS.values()]
        assert len(set(labels)) == 109
        assert [label for label in labels if len(label) > 30] == []


# Claims


def test_thirteen_disputes_of_27_values_stand_on_twelve_events() -> None:
    disputes = Counter(
        (slug, claim["aspect"], claim["point_en"], claim["point_ko"]) for slug, claim in claims()
    )
    assert len(claims()) == 27
    assert len(disputes) == 13
    assert len({slug for slug, *_ in disputes}) == 12
    assert min(disputes.values()) >= 2


def test_exactly_one_value_of_a_dispute_is_accepted_and_the_event_stands_on_it() -> None:
    by_point: dict[tuple[str, str], list[Row]] = {}
    for slug, claim in claims():
        by_point.setdefault((slug, claim["point_en"]), []).append(claim)
    for (slug, point), group in by_point.items():
        assert len({value(claim) for claim in group}) == len(group), point
        (accepted,) = [claim for claim in group if claim["accepted"]]
        if accepted["aspect"] == "date":
            # 1976 is told by its year, the withdrawal of 1949 by the first end of its period.
            assert primary(slug).startswith(value(accepted)), slug


# Links


def test_a_link_joins_two_known_events_once() -> None:
    pairs = [frozenset((start, end)) for start, _, end in links()]
    assert len(pairs) == len(set(pairs)) == 84
    for start, kind, end in links():
        assert end in EVENTS, start
        assert start != end
        assert kind in {"leads to", "amends", "implements", "supersedes", "related"}, start


def test_a_link_runs_with_time_unless_it_looks_back_at_what_it_changes() -> None:
    for start, kind, end in links():
        first, second = primary(start).split("/")[0], primary(end).split("/")[0]
        if kind in {"amends", "implements", "supersedes"}:
            first, second = second, first
        assert first <= second, (start, kind, end)


# Stages


def test_stage_dates_are_those_of_their_events() -> None:
    starts = {
        slug: (primary(stage["start_event"]), stage.get("in_force_event"))
        for slug, stage in STAGES.items()
    }
    assert starts == {
        "prelude": ("1882-05-22", None),
        "military-alliance": ("1953-10-01", "mutual-defense-treaty-in-force"),
        "economic-alliance": ("2007-06-30", "korus-in-force"),
        "technology-alliance": ("2022-05-21", None),
    }
    assert primary("mutual-defense-treaty-in-force") == "1954-11-17"
    assert primary("korus-in-force") == "2012-03-15"


def test_a_stage_without_an_event_in_force_says_why() -> None:
    for slug, stage in STAGES.items():
        assert ("in_force_event" in stage) != ("no_force_reason_en" in stage), slug
        assert [edtf for edtf in ("start", "period", "date") if edtf in stage] == [], slug


def test_each_stage_keeps_the_other_starts_that_were_considered() -> None:
    considered = {
        slug: [primary(row["event"]) for row in stage.get("alternative", [])]
        for slug, stage in STAGES.items()
    }
    assert considered == {
        "prelude": [],
        "military-alliance": ["1954-11-17", "1950-07-07"],
        "economic-alliance": ["2012-03-15", "2006-02-02"],
        "technology-alliance": ["2021-05-21", "2022-05-18", "2023-12-08"],
    }


def test_each_stage_stands_on_quotes_of_its_own() -> None:
    supported = {
        slug: [
            quote
            for quote, row in QUOTES.items()
            if any(e.get("stage") == slug and e["stance"] == "supports" for e in row["evidence"])
        ]
        for slug in STAGES
    }
    assert supported == {
        "prelude": [],
        "military-alliance": ["q03-military-to-economic"],
        "economic-alliance": ["q03-military-to-economic"],
        "technology-alliance": ["q01-headline", "q04-technology-alliance-added"],
    }


# Both languages


@pytest.mark.parametrize("name", FILES)
def test_every_text_stands_in_both_languages(name: str) -> None:
    for where, table in ALL_TABLES:
        if not where.startswith(name):
            continue
        for key in table:
            if key.endswith(("_en", "_ko")):
                assert {f"{key[:-3]}_en", f"{key[:-3]}_ko"} <= set(table), f"{where}.{key}"


@pytest.mark.parametrize("name", FILES)
def test_a_korean_text_is_written_in_hangul_and_an_english_one_is_not(name: str) -> None:
    for where, table in ALL_TABLES:
        if not where.startswith(name):
            continue
        for key, text in table.items():
            if key.endswith("_ko"):
                assert HANGUL.search(text), f"{where}.{key}"
            elif key.endswith("_en"):
                assert not HANGUL.search(text), f"{where}.{key}"


def test_no_text_is_empty_or_padded() -> None:
    for where, table in ALL_TABLES:
        for key, text in table.items():
            if isinstance(text, str):
                assert text, f"{where}.{key}"
                assert text == text.strip(), f"{where}.{key}"


def test_every_value_has_a_line_of_its_own_so_that_an_error_can_name_it() -> None:
    for name in FILES:
        for number, line in enumerate((SEEDS / f"{name}.toml").read_text("utf-8").splitlines(), 1):
            assert re.fullmatch(r"|#.*|\[\[[a-z.]+\]\]|[a-z0-9_]+ = \S.*", line), (name, number)


# Views


def test_two_views_ship() -> None:
    views = [
        (view["key"], view["from"], view["to"], view["min_importance"], len(view["lanes"]))
        for view in DATA["views"]["view"]
    ]
    assert views == [
        ("three-stages", "1950", "2030", 4, 3),
        ("may-2022-summit", "2021-10", "2022-12", 1, 3),
    ]


def test_what_people_read_names_no_quote_or_figure_by_its_key() -> None:
    for where, row in ALL_TABLES:
        for key, text in row.items():
            if key.endswith(("_en", "_ko")):
                assert not re.search(r"\b[qf]\d\d(?!\d)", text), (where, key)


def test_the_unit_of_a_figure_leaves_its_date_to_the_date() -> None:
    for where, row in ALL_TABLES:
        if "unit_en" in row and "date" in row:
            assert row["date"][:4] not in row["unit_en"] + row["unit_ko"], where
