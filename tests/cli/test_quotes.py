"""`quotes` and `add-quote`: what a script reads of the quotes, and how it adds one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from db.changes import ChangeSet, Insert
from db.store import Store
from tests.cli.conftest import refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

ARTICLE = "asia-business-daily-2022-05-18"
KEYS = {
    "id", "slug", "exact", "form", "language", "speaker", "state", "anchors", "evidence", "note",
    "translations", "paraphrases", "figures",
}  # fmt: skip
ANCHOR = {"source", "start", "end", "place", "state", "score", "accepted"}


def text_of(path: Path) -> str:
    with Store.open(path, read_only=True) as store:
        found = next(each.id for each in store.sources() if each.slug == ARTICLE)
        return store.source(found).source.text


def by_id(data: list[dict[str, Any]], ident: int) -> dict[str, Any]:
    return next(each for each in data if each["id"] == ident)


def test_every_quote_is_listed_with_its_anchors_and_its_evidence(run: Run, shipped: Path) -> None:
    data = run("quotes", shipped, "--json").data
    text = text_of(shipped)
    assert len(data) == 20
    for each in data:
        assert set(each) == KEYS
        (anchor,) = each["anchors"]
        assert set(anchor) == ANCHOR
        assert text[anchor["start"] : anchor["end"]] == each["exact"]
        assert (anchor["state"], anchor["score"], anchor["accepted"]) == ("intact", 100, True)
        assert each["evidence"]
        assert all(on["on"][0] in ("event", "stage") for on in each["evidence"])
    lines = run("quotes", shipped).out.splitlines()
    assert len(lines) == 20
    assert all("intact" in line and "“" in line for line in lines)


def test_what_a_quote_says_in_another_language_and_in_figures_is_listed_with_it(
    run: Run, copy: Path
) -> None:
    data = run("quotes", copy, "--json").data
    assert all(
        (each["language"], bool(each["text"]), bool(each["by"]["en"])) == ("ko", True, True)
        for row in data
        for each in row["translations"]
    )
    assert sum(bool(row["translations"]) for row in data) == 20
    with Store.open(copy) as store:
        ours = {
            "quote_id": data[0]["id"], "language": "ko-x-gist", "text": "다른 말로", "by_ko": "나",
        }  # fmt: skip
        store.apply(ChangeSet((Insert("quote_translation", 77, ours),)))
    data = run("quotes", copy, "--json").data
    (paraphrase,) = [each for row in data for each in row["paraphrases"]]
    assert (paraphrase["language"], paraphrase["text"]) == ("ko", "다른 말로")
    assert len(data[0]["translations"]) == 1  # a paraphrase is no translation
    figures = [each for row in data for each in row["figures"]]
    values = [each["value"] for each in figures]
    assert {"8", "199", "60/70"} <= set(values)
    assert all(set(each) == {"exact", "value", "unit", "as_of", "note"} for each in figures)


def test_a_quote_is_added_with_a_stance_for_each_event_and_its_id_is_printed(
    run: Run, copy: Path
) -> None:
    start = text_of(copy).index("technology alliance")
    done = run(
        "add-quote", copy, "--source", ARTICLE, "--start", start, "--end", start + 19,
        "--event", "ipef-launch-2022", "--event", "korus-signed", "--stance", "disputes",
        "--event", "korus-in-force", "--stance", "context",
    )  # fmt: skip
    assert (done.code, done.err) == (0, "")
    found = by_id(run("quotes", copy, "--json").data, int(done.out))
    assert (found["exact"], found["state"]) == ("technology alliance", "intact")
    assert found["speaker"]["ko"] == "이기민"
    with Store.open(copy) as store:
        slugs = ("ipef-launch-2022", "korus-signed", "korus-in-force")
        ids = [store.find_event(slug) for slug in slugs]
        assert [(each["on"], each["stance"]) for each in found["evidence"]] == [
            (["event", ids[0]], "supports"),
            (["event", ids[1]], "disputes"),
            (["event", ids[2]], "context"),
        ]
        assert store.check() == []
        undone = store.revert("undo")
        assert undone is not None
        assert undone.label == "add-quote: technology alliance"


def test_a_quote_needs_no_event_and_the_source_may_be_a_number(run: Run, copy: Path) -> None:
    source = run("quotes", copy, "--json").data[0]["anchors"][0]["source"]
    done = run("add-quote", copy, "--source", source, "--start", 0, "--end", 10)
    found = by_id(run("quotes", copy, "--json").data, int(done.out))
    assert found["evidence"] == []
    assert run("quotes", copy, "--source", source, "--json").data


def test_a_quote_over_a_page_break_is_one_quote_on_both_pages(run: Run, copy: Path) -> None:
    places = run("text", copy, ARTICLE, "--json").data["places"]
    first, second = places[4:6]
    ends = first["end"] - 5, second["start"] + 5
    done = run("add-quote", copy, "--source", ARTICLE, "--start", ends[0], "--end", ends[1])
    (anchor,) = by_id(run("quotes", copy, "--json").data, int(done.out))["anchors"]
    assert (anchor["start"], anchor["end"]) == ends
    assert anchor["place"] == f"{first['label']}–{second['label']}"
    done = run(
        "add-quote", copy, "--source", ARTICLE, "--start", first["start"], "--end", first["end"]
    )
    (anchor,) = by_id(run("quotes", copy, "--json").data, int(done.out))["anchors"]
    assert anchor["place"] == first["label"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--source", "없는-문서", "--start", 0, "--end", 5), ("없는-문서",)),
        (("--source", ARTICLE, "--start", 0, "--end", 10**6), ("1000000", "3237")),
        (("--source", ARTICLE, "--start", 7, "--end", 7), ("7",)),
        (("--source", ARTICLE, "--start", -3, "--end", 7), ("--start", "-3")),
        (("--source", ARTICLE, "--start", 0), ("--end",)),
        (("--source", ARTICLE, "--start", 0, "--end", 5, "--event", "12345"), ("12345",)),
        (("--source", ARTICLE, "--start", 0, "--end", 5, "--event", "korus-signed",
          "--stance", "찬성"), ("찬성", "supports")),
        (("--source", ARTICLE, "--start", 0, "--end", 5, "--stance", "disputes"), ("disputes",)),
    ],
)  # fmt: skip
def test_what_cannot_be_quoted_is_refused_and_changes_nothing(
    run: Run, copy: Path, options: tuple[object, ...], words: tuple[str, ...]
) -> None:
    with Store.open(copy, read_only=True) as store:
        before = store.last_change()
    refused(run("add-quote", copy, *options), *words)
    with Store.open(copy, read_only=True) as store:
        assert store.last_change() == before


def test_quotes_over_a_changed_character_are_listed_as_broken_and_no_others(
    run: Run, copy: Path
) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(
            "UPDATE source SET text = replace(text, 'technology alliance', 'technology allianse')"
        )
    broken = run("quotes", copy, "--state", "broken", "--json").data
    assert broken
    assert all("technology alliance" in each["exact"] for each in broken)
    intact = run("quotes", copy, "--state", "intact", "--json").data
    assert len(broken) + len(intact) == 20
    assert not any("technology alliance" in each["exact"] for each in intact)
    done = run("check", copy, "--json")
    assert done.code == 1
    told = {(each["table"], each["id"]) for each in done.data["problems"]}
    assert {("quote", each["id"]) for each in broken} <= told
    (source,) = run("sources", copy, "--json").data
    assert source["changed"]
    assert "text changed since it was stored" in run("sources", copy).out
    targets = {each["on"][1] for row in broken for each in row["evidence"]
               if each["on"][0] == "event"}  # fmt: skip
    events = run("events", copy, "--json").data
    assert {each["id"] for each in events if each["broken"]} == targets


def test_with_a_source_the_state_is_that_of_the_place_in_it(run: Run, copy: Path) -> None:
    with Store.open(copy) as store:
        quote = store.quotes()[0]
        old = store.source(quote.source_id).source
        source = {
            "title_ko": "둘째 판", "language": "en", "media_type": "text/plain",
            "reader": "plain text", "blob_sha256": old.blob_sha256, "text": "다른 글",
            "supersedes_id": old.id, "slug": "second",
        }  # fmt: skip
        anchor = {
            "quote_id": quote.id, "source_id": 77, "start": 0, "end": 4, "before": "",
            "after": "", "state": "broken", "score": 40, "accepted": 0,
        }  # fmt: skip
        store.apply(ChangeSet((Insert("source", 77, source), Insert("anchor", 78, anchor))))
    (found,) = run("quotes", copy, "--source", "second", "--state", "broken", "--json").data
    assert (found["id"], found["state"]) == (quote.id, "intact")
    assert found["anchors"][1]["accepted"] is False
    assert run("quotes", copy, "--source", "second", "--state", "intact", "--json").data == []
    assert run("quotes", copy, "--state", "broken", "--json").data == []
    assert "broken" in run("quotes", copy, "--source", "second").out
    refused(run("quotes", copy, "--source", "third"), "third")
    refused(run("quotes", copy, "--state", "멀쩡"), "intact, moved, broken")


def test_a_newer_edition_is_searched_for_every_quote_and_nothing_is_accepted(
    run: Run, copy: Path, tmp_path: Path
) -> None:
    text = text_of(copy)
    newer = "다시 펴내며.\n\n" + text.replace("technology alliance", "technological alliance")
    path = tmp_path / "둘째 판.txt"
    path.write_text(newer, encoding="utf-8")
    before = run("quotes", copy, "--json").data
    dry = run("import", copy, path, "--supersedes", ARTICLE, "--dry-run", "--json").data
    done = run("import", copy, path, "--supersedes", ARTICLE, "--json")
    (told,) = done.data["sources"]
    counts = told["quotes"]
    assert counts == dry["sources"][0]["quotes"]
    assert counts["all"] == 20
    assert counts["unsure"] == counts["broken"] > 0  # other words are for a person to see
    assert counts["moved"] + counts["broken"] == 20
    assert "20" in done.err
    after = run("quotes", copy, "--json").data
    assert [each["state"] for each in after] == ["intact"] * 20
    for was, now in zip(before, after, strict=True):
        old, new = now["anchors"]
        assert [old] == was["anchors"]
        assert (new["source"], new["accepted"]) == (told["id"], False)
        changed = was["exact"].replace("technology alliance", "technological alliance")
        assert newer[new["start"] : new["end"]] == changed
        assert new["state"] == ("moved" if changed == was["exact"] else "broken")
    broken = run("quotes", copy, "--source", told["id"], "--state", "broken", "--json").data
    assert len(broken) == counts["broken"] > 0
    assert run("check", copy).code == 0
    with Store.open(copy) as store:
        store.revert("undo")  # the edition and what was found in it are one step
    assert run("quotes", copy, "--json").data == before
