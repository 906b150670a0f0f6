"""Quotes and sources out to other programs and in from them, and citations, by command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from db.store import Store
from tests.cli.conftest import refused
from tests.cli.test_import import dump

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

ARTICLE = "asia-business-daily-2022-05-18"


def delete_quotes(path: Path) -> None:
    from db.changes import ChangeSet
    from viewer.edits import quoting

    with Store.open(path) as store:
        rows = store.rows_about("quote", [each.id for each in store.quotes()])
        store.apply(ChangeSet(quoting.deleted(rows).changes))


def listed(run: Run, path: Path) -> list[dict[str, Any]]:
    """The quotes as a script reads them, the parts of each in an order of their own."""
    quotes = run("quotes", path, "--json").data
    for each in quotes:
        each["evidence"].sort(key=str)
    return sorted(quotes, key=lambda each: each["id"])


def test_the_quotes_of_a_file_come_back_equal(run: Run, copy: Path, tmp_path: Path) -> None:
    before, out = listed(run, copy), tmp_path / "인용.jsonld"
    done = run("export", copy, out)
    assert (done.code, done.out) == (0, "")
    assert "20 quotes" in done.err
    delete_quotes(copy)
    done = run("import", copy, out)
    assert done.code == 0, done
    lines = done.out.splitlines()
    assert "20 added, 0 the same, 0 left as they are here, 0 refused" in lines[0]
    assert [line[0] for line in lines[1:]] == ["+"] * 20
    assert listed(run, copy) == before
    assert run("check", copy).code == 0
    again = run("import", copy, out, "--json").data["exchanged"][0]
    assert again["counts"] == {"added": 0, "same": 20, "kept": 0, "refused": 0}
    assert again["changeset"] is None


def test_what_is_written_is_a_collection_of_web_annotations(
    run: Run, shipped: Path, tmp_path: Path
) -> None:
    out = tmp_path / "인용.jsonld"
    assert run("export", shipped, out, "--source", ARTICLE).code == 0
    collection = json.loads(out.read_text(encoding="utf-8"))
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert isinstance(collection["@context"][1], dict), "our terms need no network"
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == len(collection["first"]["items"]) == 20
    with Store.open(shipped, read_only=True) as store:
        text = store.source(store.sources()[0].id).source.text
    for each in collection["first"]["items"]:
        assert each["type"] == "Annotation"
        quote, position = each["target"]["selector"]
        assert quote["type"] == "TextQuoteSelector"
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote.get("prefix", ""))
        assert text[position["end"] :].startswith(quote.get("suffix", ""))
        known = {"id", "type", "motivation", "body", "target"}
        assert all(name in known or name.startswith("alliance:") for name in each)


def test_a_dry_run_tells_and_writes_nothing(run: Run, copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "인용.jsonld"
    run("export", copy, out)
    delete_quotes(copy)
    before = dump(copy)
    told = run("import", copy, out, "--dry-run", "--json").data["exchanged"][0]
    assert told["counts"]["added"] == 20
    assert told["items"][0]["source"]
    assert dump(copy) == before


def test_one_refused_annotation_changes_nothing_and_is_told_with_its_place(
    run: Run, copy: Path, tmp_path: Path
) -> None:
    out = tmp_path / "인용.jsonld"
    run("export", copy, out)
    document = json.loads(out.read_text(encoding="utf-8"))
    target = document["first"]["items"][3]["target"]
    target["selector"] = [{"type": "TextQuoteSelector", "exact": "없는 말"}]
    document["first"]["items"][3]["id"] = "https://example.org/3"
    out.write_text(json.dumps(document), encoding="utf-8")
    delete_quotes(copy)
    before = dump(copy)
    done = run("import", copy, out)
    assert done.code == 2
    assert "$.first.items[3]" in done.err
    assert "do not stand in the source" in done.err
    assert len(done.err.splitlines()) == 1
    assert [line[0] for line in done.out.splitlines()[1:]] == ["!"]
    assert dump(copy) == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{", ("no JSON", "line 1")),
        (b"[" * 100_000, ("nested", "column 201")),
        (b'{"@context": 1, "type": "Annotation", "target": [[]]}', ("$.target[0]",)),
        (b'{"a": 1}', ("neither",)),
        (b'[{"type": "Annotation", "target": 5}]', ("$[0].target", "object")),
        ('{"type": "Annotation"}'.encode("utf-16") + b"\x00", ("JSON",)),
        (b"\xff\xfe\xfd", ("JSON",)),
        (b"", ("no JSON",)),
        (b'{"type":"AnnotationCollection","first":"http://x.example/1"}', ("http://x.example/1",)),
    ],
)
def test_hostile_documents_get_a_sentence_and_change_nothing(
    run: Run, copy: Path, tmp_path: Path, data: bytes, words: tuple[str, ...]
) -> None:
    path, before = tmp_path / "나쁜.jsonld", dump(copy)
    path.write_bytes(data)
    done = run("import", copy, path)
    assert done.code == 2
    assert len(done.err.splitlines()) == 1, done.err
    assert "Traceback" not in done.err
    for word in words:
        assert word in done.err
    assert dump(copy) == before


def test_sources_go_out_as_csl_and_come_into_another_file(
    run: Run, shipped: Path, tmp_path: Path
) -> None:
    out, other = tmp_path / "출처.json", tmp_path / "다른.alliance"
    assert run("export", shipped, out).code == 0
    (item,) = json.loads(out.read_text(encoding="utf-8"))
    assert item["issued"] == {"date-parts": [[2022, 5, 18]]}
    assert item["author"] == [{"literal": "Ki-min Lee"}]
    run("new", other, "--empty")
    assert run("import", other, out).out.splitlines()[1].startswith("+ $[0]")
    mine, theirs = (run("sources", path, "--json").data[0] for path in (shipped, other))
    for name in ("id", "title", "language", "date", "translation_of"):
        assert mine[name] == theirs[name]
    assert theirs["characters"] == 0
    assert run("check", other).code == 0
    assert run("import", other, out).out.splitlines()[1].startswith("= $[0]")
    assert run("import", shipped, out, "--dry-run").out.splitlines()[1].startswith("= $[0]")


def test_no_size_and_no_view_go_with_data(run: Run, shipped: Path, tmp_path: Path) -> None:
    out = tmp_path / "인용.jsonld"
    refused(run("export", shipped, out, "--size", "800x600"), "--size", "annotations")
    refused(run("export", shipped, out, "--lane", "military"), "--lane")
    refused(run("export", shipped, tmp_path / "x.png", "--source", ARTICLE), "--source")
    refused(run("export", shipped, shipped, "--format", "csl"))
    assert not out.exists()


def test_a_citation_has_speaker_title_date_and_paragraph(run: Run, shipped: Path) -> None:
    quote = next(
        each for each in run("quotes", shipped, "--json").data if "will be added" in each["exact"]
    )
    english = run("cite", shipped, quote["id"]).out
    for part in ("Kim Tae-hyo, First Deputy Director", "quoted in Ki-min Lee, “Additional",
                 "The Asia Business Daily, May 18, 2022, para. 3"):  # fmt: skip
        assert part in english
    korean = run("cite", shipped, quote["slug"], "--language", "ko", "--json").data
    assert "김태효(대통령실 국가안보실 제1차장) 발언" in korean["text"]
    assert "2022년 5월 18일, 3번째 문단" in korean["text"]
    assert "<i>The Asia Business Daily</i>" in korean["html"]
    refused(run("cite", shipped, "없는-인용"), "없는-인용")
