"""The loader of the seed files: the same rows each time, and every error with file and line."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pytest

from db import seeds
from db.changes import Insert
from db.errors import AllianceError
from tests.db.conftest import sentences

if TYPE_CHECKING:
    from pathlib import Path


def line_of(folder: Path, name: str, pattern: str) -> int:
    """The number of the first line of a seed file that a pattern is found in."""
    lines = (folder / name).read_text("utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if re.search(pattern, line))


def spoil(folder: Path, name: str, pattern: str, instead: str) -> int:
    """Replaces the first match in a seed file; gives the line it was on."""
    path = folder / name
    text = path.read_text("utf-8")
    match = re.search(pattern, text, re.M)
    assert match, pattern
    path.write_text(text[: match.start()] + instead + text[match.end() :], "utf-8")
    return text.count("\n", 0, match.start()) + 1


def refusal(folder: Path) -> AllianceError:
    """The error of seed files that must be refused, in words that say where."""
    with pytest.raises(AllianceError) as caught:
        seeds.load(folder)
    error = caught.value
    for sentence in sentences(f"error.{error.code}", error.fields):
        assert str(error.fields["file"]) in sentence
        assert str(error.fields.get("line", "")) in sentence
    return error


def test_the_same_files_give_exactly_the_same_rows(folder: Path) -> None:
    first = seeds.load(folder)
    assert first == seeds.load(folder)
    assert first.changes == seeds.load(seeds.seeds_folder()).changes
    assert (first.label, first.time) == ("First edition", "2026-11-23T00:00:00.000Z")


def test_the_shipped_data_are_all_there(folder: Path) -> None:
    made: dict[str, int] = {}
    for change in seeds.load(folder).changes:
        made[change.table] = made.get(change.table, 0) + 1
    expected = {
        "lane": 3, "kind_group": 4, "kind": 19, "event": 109, "scheme": 1, "stage": 4,
        "stage_alternative": 7, "claim": 27, "citation": 120, "confirmation": 236, "source": 1,
        "speaker": 5, "quote": 20, "quote_translation": 20, "anchor": 20, "evidence": 50,
        "figure": 10, "oddity": 13, "view": 2, "link": 84,
    }  # fmt: skip
    assert expected.items() <= made.items()


@pytest.mark.parametrize("start", [0, 1, 163, 3000])
def test_one_spoiled_quote_offset_is_told_with_file_and_line(folder: Path, start: int) -> None:
    line = spoil(folder, "quotes.toml", r"^start = 162$", f"start = {start}")
    error = refusal(folder)
    assert error.code == "seed.offset"
    assert error.fields["file"] == "quotes.toml"
    assert error.fields["line"] == line
    assert str(error.fields["exact"]).startswith("the upcoming South Korea-U.S. summit")


@pytest.mark.parametrize(
    ("date", "code"),
    [
        ("1882-02-30", "seed.date.calendar"),
        ("22 May 1882", "seed.date.refused"),
        ("1882-05-22/1881", "seed.date.order"),
        ("1882년", "seed.date.refused"),
    ],
)
def test_one_spoiled_date_is_told_with_file_and_line(folder: Path, date: str, code: str) -> None:
    line = spoil(folder, "events.toml", r'^edtf = "1882-05-22"$', f'edtf = "{date}"')
    error = refusal(folder)
    assert (error.code, error.fields["file"], error.fields["line"]) == (code, "events.toml", line)
    assert error.fields["value"] == date


@pytest.mark.parametrize("start", ["2031", "../1950"])
def test_a_saved_view_whose_range_cannot_be_drawn_is_told(folder: Path, start: str) -> None:
    line = spoil(folder, "views.toml", r'^from = "1950"$', f'from = "{start}"')
    error = refusal(folder)
    assert error.code in ("seed.date.order", "seed.date.refused")
    assert error.fields["file"] == "views.toml"
    assert error.fields["line"] in (line, line + 1)


@pytest.mark.parametrize(
    ("name", "pattern", "instead", "code"),
    [
        ("events.toml", r'^kind = "treaty"$', "kind = treaty", "seed.syntax"),
        ("events.toml", r'^kind = "treaty"$', 'kinde = "treaty"', "seed.missing"),
        ("events.toml", r'^role = "signed"$', 'role = "signed"\nrolle = "x"', "seed.key"),
        ("events.toml", r'^kind = "treaty"$', 'kind = "treatie"', "seed.reference"),
        ("events.toml", r'^lanes = \["economic"\]$', 'lanes = ["경제"]', "seed.reference"),
        ("events.toml", r'^lanes = \["economic"\]$', 'lanes = "economic"', "seed.type.list"),
        ("events.toml", r"^importance = 3$", "importance = 6", "seed.range"),
        ("events.toml", r"^importance = 3$", 'importance = "3"', "seed.type.number"),
        ("events.toml", r"^importance = 3$", "importance = true", "seed.type.number"),
        ("events.toml", r'^status = "occurred"$', 'status = "maybe"', "seed.choice"),
        ("events.toml", r'^role = "ratified"$', 'role = "비준"', "seed.choice"),
        ("events.toml", r"^primary = true$", 'primary = "yes"', "seed.type.flag"),
        ("events.toml", r'^place_ko = "제물포.*"$', "place_ko = 1882-05-22", "seed.type.text"),
        ("events.toml", r'^place_ko = "제물포.*"$', 'place_ko = "\\u0000"', "seed.nul"),
        ("events.toml", r'^to = ".*"$', 'to = "nowhere"', "seed.reference"),
        ("events.toml", r'^value = "1882-05-24"$', 'value = "24일"', "seed.date.refused"),
        ("events.toml", r'^quote = ".*"$', 'quote = "q99"', "seed.reference"),
        ("kinds.toml", r'^group = "treaties"$', 'group = "조약"', "seed.reference"),
        ("lanes.toml", r'^key = "economic"$', 'key = "military"', "seed.duplicate"),
        ("schemes.toml", r'^start_event = ".*"$', 'start_event = "x"', "seed.reference"),
        ("schemes.toml", r'^rule = "signature"$', 'rule = "서명"', "seed.choice"),
        ("sources.toml", r'^sha256 = ".*"$', f'sha256 = "{"0" * 64}"', "seed.sha256"),
        ("sources.toml", r'^file = ".*"$', 'file = "없음.txt"', "seed.source"),
        ("sources.toml", r'^file = ".*"$', 'file = "../x.txt"', "seed.outside"),
        ("quotes.toml", r"^length = 75$", "length = 74", "seed.length"),
        ("quotes.toml", r"^start = 162$", "start = 16200", "seed.range"),
        ("quotes.toml", r"^attribution_start = 111$", "attribution_start = 112", "seed.offset"),
        ("quotes.toml", r'^stage = ".*"$', 'stage = "네번째"', "seed.reference"),
        ("quotes.toml", r'^speaker = ".*"$', 'speaker = "누군가"', "seed.reference"),
        ("quotes.toml", r'^source = ".*"$', 'source = "다른 신문"', "seed.reference"),
        ("oddities.toml", r"^start = 2875$", "start = 2876", "seed.offset"),
        ("views.toml", r'^from = "1950"$', 'from = "언제"', "seed.date.refused"),
        ("edition.toml", r'^date = ".*"$', 'date = "2026-11"', "seed.day"),
    ],
)
def test_a_spoiled_value_is_told_with_file_and_line(
    folder: Path, name: str, pattern: str, instead: str, code: str
) -> None:
    line = spoil(folder, name, pattern, instead)
    error = refusal(folder)
    assert (error.code, error.fields["file"]) == (code, name)
    told = error.fields["line"]
    if code == "seed.missing":
        # What is not there is told at the head of its table.
        assert told == line_of(folder, name, r"^\[\[event\]\]")
    elif code == "seed.key":
        assert told == line_of(folder, name, "^rolle")
    else:
        assert told == line


def test_an_offset_into_the_same_sentence_elsewhere_is_right_too(folder: Path) -> None:
    """Both places are good; the loader takes the one that is written."""
    text = "😀 그는 말했다. 동맹이 추가된다. 다시 말했다. 동맹이 추가된다.\n"
    _replace_sources(folder, text.encode(), second=True)
    inserts = [each for each in seeds.load(folder).changes if isinstance(each, Insert)]
    (anchor,) = [insert.values for insert in inserts if insert.table == "anchor"]
    assert anchor["start"] == text.rindex("동맹이") == 28
    assert anchor["before"] == text[:28]
    assert anchor["after"] == "\n"


def _replace_sources(folder: Path, article: bytes, *, second: bool) -> None:
    """One source and one quote of it, and nothing that refers to others."""
    text = article.decode()
    exact = "동맹이 추가된다."
    start = text.rindex(exact) if second else text.index(exact)
    (folder / "기사.txt").write_bytes(article)
    (folder / "sources.toml").write_text(
        '[[source]]\nslug = "a"\nfile = "기사.txt"\ntitle_ko = "기사"\nlanguage = "ko"\n'
        f'media_type = "text/plain"\nsha256 = "{hashlib.sha256(article).hexdigest()}"\n',
        "utf-8",
    )
    (folder / "quotes.toml").write_text(
        '[[speaker]]\nkey = "s"\nname_ko = "그"\nnamed = false\n\n[[quote]]\nslug = "q"\n'
        f'source = "a"\nexact = "{exact}"\nstart = {start}\nlength = {len(exact)}\n'
        'form = "direct"\nspeaker = "s"\n',
        "utf-8",
    )
    (folder / "oddities.toml").write_text("", "utf-8")
    spoil(folder, "events.toml", r'^quote = ".*"$', "")


def test_a_document_in_decomposed_unicode_is_refused(folder: Path) -> None:
    import unicodedata

    article = unicodedata.normalize("NFD", "동맹이 추가된다.").encode()
    _replace_sources(folder, "동맹이 추가된다.".encode(), second=False)
    (folder / "기사.txt").write_bytes(article)
    spoil(folder, "sources.toml", "^sha256.*$", f'sha256 = "{hashlib.sha256(article).hexdigest()}"')
    assert refusal(folder).code == "seed.source_form"


def test_two_primary_dates_or_none_are_told_at_the_event(folder: Path) -> None:
    spoil(folder, "events.toml", r'^role = "ratified"$', 'role = "ratified"\nprimary = true')
    error = refusal(folder)
    assert (error.code, error.fields["name"]) == ("seed.primary", "treaty-of-amity-1882")


def test_an_unknown_table_is_told_at_its_head(folder: Path) -> None:
    with (folder / "lanes.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[lanne]]\nkey = "x"\n')
    error = refusal(folder)
    assert error.code == "seed.key"
    assert error.fields["line"] == line_of(folder, "lanes.toml", "lanne")


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "events.toml").unlink()
    error = refusal(folder)
    assert (error.code, error.fields["file"]) == ("seed.file", "events.toml")


def test_a_file_that_is_not_utf_8_is_told_with_its_line(folder: Path) -> None:
    path = folder / "lanes.toml"
    line = line_of(folder, "lanes.toml", "군사")
    path.write_bytes(path.read_bytes().replace("군사".encode(), "군사".encode("cp949")))
    error = refusal(folder)
    assert error.code == "seed.encoding"
    assert error.fields["line"] == line


def test_a_long_text_over_several_lines_does_not_shift_the_lines_after_it(folder: Path) -> None:
    long = 'summary_ko = """\n첫 줄\nkind = "아님"\n[[event]]\n끝"""'
    spoil(folder, "events.toml", r'^summary_ko = ".*"$', long)
    line = spoil(folder, "events.toml", r"^importance = 5$", "importance = 0")
    error = refusal(folder)
    assert (error.code, error.fields["line"]) == ("seed.range", line)


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference(folder: Path) -> None:
    before = seeds.load(folder)
    for path in folder.glob("*.toml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert seeds.load(folder) == before


def test_setting_in_force_to_2013_moves_the_stage_with_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.dates import from_iso
    from db.store import Store

    spoil(folder, "events.toml", r'^edtf = "2012-03-15"$', 'edtf = "2013-03-15"')
    monkeypatch.setattr(seeds, "seeds_folder", lambda: folder)
    with Store.create(tmp_path / "x.alliance") as store:
        stage = next(s for s in store.timeline().stages if s.slug == "economic-alliance")
    assert stage.in_force == from_iso("2013-03-15")
    assert stage.signed == from_iso("2007-06-30")
