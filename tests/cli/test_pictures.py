"""`export` and `marks`."""

from __future__ import annotations

import json
import struct
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from db import dates
from tests.cli.conftest import Done, refused
from tests.widgets.proving import change_letter

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

WIDE = ("--size", "1600x1000")


def marks(done: Done, *roles: str) -> list[dict[str, Any]]:
    assert done.code == 0, done
    return [mark for mark in done.data["marks"] if mark["role"] in roles]


def shown_events(done: Done) -> set[int]:
    refs = [mark["ref"] for mark in marks(done, "mark", "bar") if mark["ref"]]
    return {ident for table, ident in refs if table == "event"}


@pytest.mark.parametrize(
    ("name", "beginning"), [("그림.png", b"\x89PNG"), ("그림.svg", b"<"), ("그림.pdf", b"%PDF")]
)
def test_the_suffix_says_what_is_written(
    run: Run, shipped: Path, tmp_path: Path, name: str, beginning: bytes
) -> None:
    done = run("export", shipped, tmp_path / name)
    assert (done.code, done.out) == (0, ""), done
    assert name in done.err
    assert (tmp_path / name).read_bytes().startswith(beginning)
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_format_overrides_the_suffix(run: Run, shipped: Path, tmp_path: Path) -> None:
    assert run("export", shipped, tmp_path / "그림", "--format", "svg").code == 0
    ElementTree.parse(tmp_path / "그림")
    refused(run("export", shipped, tmp_path / "그림.gif"), "gif", "png")
    refused(run("export", shipped, tmp_path / "그림.png", "--format", "pptx"), "pptx")


def test_a_name_without_a_suffix_is_refused_with_those_there_are(
    run: Run, shipped: Path, tmp_path: Path
) -> None:
    refused(run("export", shipped, tmp_path / "그림"), "그림", ".png, .svg, .pdf", "--format")
    assert list(tmp_path.iterdir()) == []


def test_a_size_in_px_is_that_of_the_picture(run: Run, shipped: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.png"
    for options in (["--size", "1234x567"], ["--size", "1234x567", "--dpi", "192"]):
        assert run("export", shipped, out, *options).code == 0
        assert struct.unpack(">II", out.read_bytes()[16:24]) == (1234, 567)


def test_a_page_at_more_dots_per_inch_shows_the_same(
    run: Run, shipped: Path, tmp_path: Path
) -> None:
    out = tmp_path / "x.png"
    sizes = []
    for dpi in (72, 144):
        assert run("export", shipped, out, "--page", "a4", "--dpi", dpi).code == 0
        sizes.append(struct.unpack(">II", out.read_bytes()[16:24]))
    assert sizes == [(842, 595), (1684, 1191)]


def test_two_files_made_apart_export_to_the_same_bytes(
    run: Run, shipped: Path, tmp_path: Path
) -> None:
    other = tmp_path / "둘째.alliance"
    run("new", other)
    for suffix in ("png", "svg", "pdf"):
        for file, name in ((shipped, "one"), (other, "two")):
            assert run("export", file, tmp_path / f"{name}.{suffix}").code == 0
        one, two = ((tmp_path / f"{name}.{suffix}").read_bytes() for name in ("one", "two"))
        assert one == two


def test_reading_a_file_leaves_it_as_it_is(run: Run, shipped: Path, tmp_path: Path) -> None:
    before = shipped.read_bytes()
    assert run("export", shipped, tmp_path / "x.svg").code == 0
    assert run("marks", shipped, *WIDE).code == 0
    assert shipped.read_bytes() == before


@pytest.mark.parametrize(
    "options",
    [
        ("--size", "63x600"),
        ("--size", "70000x100"),
        ("--size", "20000x20000"),
        ("--size", "크게"),
        ("--size", "1920"),
        ("--page", "a7"),
        ("--page", "a4", "--size", "800x600"),
        ("--dpi", "0"),
        ("--dpi", "많이"),
        ("--page", "a3", "--dpi", "9600"),
        ("--theme", "neon"),
        ("--language", "fr"),
        ("--rule", "ratification"),
        ("--scheme", "없음"),
        ("--view", "없음"),
        ("--lane", "문화"),
        ("--from", "1960", "--to", "1950"),
        ("--to", "1953/.."),
        ("--as-of", "1953/.."),
        ("--as-of", "언젠가"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_drawn_is_refused_and_nothing_is_written(
    run: Run, shipped: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    refused(run("export", shipped, tmp_path / "x.png", *options))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(run: Run, shipped: Path, tmp_path: Path) -> None:
    refused(run("export", shipped, tmp_path / "없음" / "x.png"), "없음")
    assert list(tmp_path.iterdir()) == []


def test_a_picture_never_overwrites_its_timeline(run: Run, copy: Path) -> None:
    before = copy.read_bytes()
    refused(run("export", copy, copy, "--format", "png"), copy.name)
    assert copy.read_bytes() == before


def test_an_export_keeps_to_its_filter(run: Run, shipped: Path, tmp_path: Path) -> None:
    options = ("--min-importance", "5")
    wanted = {event["id"] for event in run("events", shipped, "--json", *options).data}
    assert shown_events(run("marks", shipped, *WIDE, "--json", *options)) == wanted
    assert run("export", shipped, tmp_path / "x.svg", *WIDE, *options).code == 0
    tree = ElementTree.parse(tmp_path / "x.svg")
    refs = {each.get("data-ref") or "" for each in tree.iter()}
    drawn = {int(ref.split(":")[1]) for ref in refs if ref.startswith("event:")}
    assert drawn == wanted


def written_in(path: Path) -> list[str]:
    """The lines of text of a picture, as a reader of its format finds them."""
    if path.suffix == ".pdf":
        import pypdfium2

        with pypdfium2.PdfDocument(path) as document:
            return document[0].get_textpage().get_text_range().splitlines()
    return [each.text or "" for each in ElementTree.parse(path).iter()]


@pytest.mark.parametrize("suffix", ["svg", "pdf"])
@pytest.mark.parametrize(
    ("language", "meaning"),
    [("en", "a quote does not stand in its source"), ("ko", "원문과 다른 인용")],
)
def test_an_export_bears_the_signs_of_doubt_and_says_what_they_mean(
    run: Run, shipped: Path, copy: Path, tmp_path: Path, suffix: str, language: str, meaning: str
) -> None:
    change_letter(copy)
    out = tmp_path / f"그림.{suffix}"
    options = ("--size", "1600x1000", "--language", language, "--theme", "print")
    assert run("export", copy, out, *options).code == 0
    lines = written_in(out)
    assert any("“×" in line and meaning in line for line in lines)
    assert any("“×" in line and meaning not in line for line in lines)
    assert run("export", shipped, out, *options).code == 0
    assert not any("“×" in line for line in written_in(out))
    assert any("≠" in line and meaning not in line for line in written_in(out))


def test_an_export_tells_of_a_text_that_was_changed_past_the_log(
    run: Run, copy: Path, tmp_path: Path
) -> None:
    change_letter(copy, past_the_log=True)
    out = tmp_path / "그림.svg"
    assert run("export", copy, out, "--size", "1600x1000").code == 0
    assert any("“×" in line for line in written_in(out))


def test_a_png_shows_the_crosses_of_broken_quotes(
    run: Run, shipped: Path, copy: Path, tmp_path: Path
) -> None:
    change_letter(copy)
    pictures = []
    for name, path in (("온전", shipped), ("훼손", copy)):
        out = tmp_path / f"{name}.png"
        options = ("--size", "1600x1000", "--as-of", "2026-11-26", "--theme", "print")
        assert run("export", path, out, *options).code == 0
        pictures.append(out.read_bytes())
    assert pictures[0] != pictures[1]


def test_marks_tell_the_picture_as_data(run: Run, shipped: Path) -> None:
    data = run("marks", shipped, *WIDE, "--json").data
    assert (data["width"], data["height"]) == (1600, 1000)
    roles = {mark["role"] for mark in data["marks"]}
    assert {"tick", "lane", "stage", "hatch", "mark", "bar", "label", "caption"} <= roles
    for mark in data["marks"]:
        assert set(mark) - {"text"} == {"kind", "role", "ref", "lane", "x", "y", "w", "h"}
        assert (mark["kind"] == "text") == ("text" in mark)
        assert mark["x"] >= -0.5
        assert mark["x"] + mark["w"] <= 1600.5
    events = {event["id"] for event in run("events", shipped, "--json").data}
    labelled = {mark["ref"][1] for mark in data["marks"] if mark["role"] == "label"}
    assert set(data["hidden"]) | labelled == events
    assert not set(data["hidden"]) & labelled


def test_marks_without_json_are_lines_to_read(run: Run, shipped: Path) -> None:
    lines = run("marks", shipped, *WIDE).out.splitlines()
    assert lines[0].startswith("1600 x 1000")
    assert any(line.startswith("text label event:") for line in lines)


def ticks_of(done: Done) -> list[str]:
    return [mark["text"] for mark in marks(done, "tick")]


def test_a_range_is_exactly_what_was_asked_for(run: Run, shipped: Path) -> None:
    """The scale, read off two events of a picture, puts the first day at its left edge."""
    done = run("marks", shipped, *WIDE, "--json", "--from", "1950", "--to", "1960")
    days = {
        event["id"]: event["dates"][0]
        for event in run("events", shipped, "--json", "--from", "1950", "--to", "1960").data
    }
    points = []
    for mark in marks(done, "mark"):
        date = days[mark["ref"][1]]
        if date["first"] == date["last"] == date["edtf"]:
            points.append((dates.from_iso(date["first"]) + 0.5, mark["x"] + mark["w"] / 2))
    (day1, x1), (day2, x2) = min(points), max(points)
    per_day = (x2 - x1) / (day2 - day1)
    first, last = dates.from_iso("1950-01-01"), dates.from_iso("1960-12-31") + 1
    left, right = x1 - (day1 - first) * per_day, x1 + (last - day1) * per_day
    assert left == pytest.approx(1600 - right, abs=2)
    assert 0 <= left < 40
    told = ticks_of(done)
    assert "1950" in " ".join(told)
    assert "1961" not in " ".join(told)


def test_a_saved_view_is_found_by_key_or_by_name_in_either_language(
    run: Run, shipped: Path
) -> None:
    by_key, *by_name = (
        run("marks", shipped, *WIDE, "--json", "--language", "en", "--view", name).data["marks"]
        for name in (*view_names(shipped, "three-stages"),)
    )
    assert by_name
    assert all(each == by_key for each in by_name)


def view_names(shipped: Path, key_part: str) -> tuple[str, ...]:
    """Key and both names of the shipped view whose key has `key_part` in it."""
    from db.store import Store

    with Store.open(shipped, read_only=True) as store:
        views = store.timeline().views
    view = next(view for view in views if key_part in view.key)
    return view.key, str(view.name.en), str(view.name.ko)


def test_other_options_override_a_saved_view(run: Run, shipped: Path) -> None:
    key = view_names(shipped, "three-stages")[0]
    plain = run("marks", shipped, *WIDE, "--json", "--view", key)
    fewer = run("marks", shipped, *WIDE, "--json", "--view", key, "--lane", "technology")
    assert shown_events(fewer) < shown_events(plain)
    more = run("marks", shipped, *WIDE, "--json", "--view", key, "--min-importance", "1")
    assert shown_events(more) > shown_events(plain)
    later = run("marks", shipped, *WIDE, "--json", "--view", key, "--from", "2000")
    assert shown_events(later) < shown_events(plain)


def test_the_rule_moves_the_stages(run: Run, shipped: Path) -> None:
    signed = run("marks", shipped, *WIDE, "--json", "--rule", "signature")
    in_force = run("marks", shipped, *WIDE, "--json", "--rule", "entry-into-force")
    assert marks(signed, "hatch")
    assert not marks(in_force, "hatch")
    starts = [sorted(mark["x"] for mark in marks(done, "stage")) for done in (signed, in_force)]
    assert starts[0] != starts[1]


def test_languages_and_themes_are_the_pictures_own(run: Run, shipped: Path, tmp_path: Path) -> None:
    for language, word in (("ko", "상호방위조약"), ("en", "Mutual Defense Treaty")):
        out = tmp_path / f"{language}.svg"
        assert run("export", shipped, out, *WIDE, "--language", language).code == 0
        assert word in out.read_text(encoding="utf-8")
    for theme in ("dark", "print"):
        out = tmp_path / f"{theme}.svg"
        assert run("export", shipped, out, *WIDE, "--theme", theme).code == 0
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 4


def test_the_caption_says_what_was_asked_for(run: Run, shipped: Path) -> None:
    options = ("--caption", "국회 보고 <1>", "--marking", "대외비", "--as-of", "2025-06-30")
    done = run("marks", shipped, *WIDE, "--json", "--language", "ko", *options)
    told = " ".join(mark.get("text", "") for mark in marks(done, "caption"))
    for part in ("국회 보고 <1>", "대외비", "2025년 6월 30일"):
        assert part in told


@pytest.fixture
def noted(copy: Path) -> Path:
    """The shipped data with a note that has a place on the picture."""
    from db.changes import ChangeSet, Insert
    from db.store import Store

    with Store.open(copy) as store:
        note = {
            "event_id": store.find_event("korus-signed"), "callout_x": -300, "callout_y": 60,
            "text": "- **서명일** 확인", "author": "홍", "time": "2026-11-24T09:30:00.000Z",
        }  # fmt: skip
        store.apply(ChangeSet((Insert("note", 77, note),)))
    return copy


def test_callouts_are_drawn_when_asked_for(run: Run, noted: Path) -> None:
    asked = run("marks", noted, *WIDE, "--json", "--callouts")
    box, text = marks(asked, "callout")
    assert (box["kind"], box["ref"], box["lane"]) == ("rect", ["note", 77], "economic")
    assert text["text"] == "• 서명일 확인"
    assert len(marks(asked, "leader")) == 1
    for options in ((), ("--no-callouts",)):
        assert not marks(run("marks", noted, *WIDE, "--json", *options), "callout", "leader")


def test_a_saved_view_says_whether_callouts_are_drawn(run: Run, noted: Path) -> None:
    view = ("--view", "한눈에 보는 세 단계")
    assert marks(run("marks", noted, *WIDE, "--json", *view), "callout")
    assert not marks(run("marks", noted, *WIDE, "--json", *view, "--no-callouts"), "callout")


@pytest.mark.parametrize("suffix", ["svg", "pdf"])
def test_an_export_has_the_words_of_its_callouts_as_text(
    run: Run, noted: Path, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"그림.{suffix}"
    assert run("export", noted, out, "--callouts").code == 0
    if suffix == "svg":
        told = "".join(ElementTree.parse(out).getroot().itertext())
    else:
        import pypdfium2

        told = pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()
    assert "서명일 확인" in told


def test_an_empty_timeline_is_drawn_too(run: Run, tmp_path: Path) -> None:
    run("new", tmp_path / "빈.alliance", "--empty")
    for options in ((), ("--from", "3000"), ("--to", "1000")):
        done = run("marks", tmp_path / "빈.alliance", *WIDE, "--json", *options)
        assert done.code == 0, done
        assert len(marks(done, "lane")) >= 3
    assert run("export", tmp_path / "빈.alliance", tmp_path / "빈.png").code == 0


def test_a_range_beyond_every_event_is_drawn_empty(run: Run, shipped: Path) -> None:
    done = run("marks", shipped, *WIDE, "--json", "--from", "2500")
    assert marks(done, "tick")
    assert not marks(done, "mark")


def test_a_larger_page_shows_more_labels_not_larger_ones(run: Run, shipped: Path) -> None:
    counts, heights = [], []
    for size in ("800x500", "1600x1000", "3200x2000"):
        labels = marks(run("marks", shipped, "--size", size, "--json"), "label")
        counts.append(len(labels))
        heights.append({mark["h"] for mark in labels})
    assert all(fewer < more for fewer, more in pairwise(counts))
    assert heights[0] == heights[1] == heights[2]


def test_marks_are_the_export_of_that_size(run: Run, shipped: Path, tmp_path: Path) -> None:
    done = run("marks", shipped, *WIDE, "--json")
    assert run("export", shipped, tmp_path / "x.svg", *WIDE).code == 0
    tree = ElementTree.parse(tmp_path / "x.svg")
    texts = [each.text for each in tree.iter() if each.tag.endswith("}text")]
    assert texts == [mark["text"] for mark in done.data["marks"] if "text" in mark]
    assert json.loads(done.out)["hidden"] == sorted(done.data["hidden"])
