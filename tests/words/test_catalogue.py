"""Asking the catalogue, and making it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from db.errors import AllianceError
from db.records import LANGUAGES
from tests.words.usage import ROOT
from viewer.words import catalogue, explain, n, t, term
from viewer.words.compile import calendar_names, compiled_bytes, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLAIN = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogues of its own: one room, one greeting in each language."""
    folder = tmp_path / "words"
    for language, text in (("en", "hello {who}"), ("ko", "{who}님, 안녕하십니까")):
        _write(folder / language / "room.po", "room.greeting", text)
    monkeypatch.setattr(catalogue, "resource", lambda _: folder)
    catalogue._catalogue.cache_clear()
    yield folder
    catalogue._catalogue.cache_clear()


def _write(path: Path, key: str, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{PLAIN}msgid "{key}"\nmsgstr "{text}"\n', "utf-8")


def test_a_text_is_told_in_the_language_asked_for_with_its_fields() -> None:
    assert t("layout.since", "en", date="1953") == "since 1953"
    assert t("layout.since", "ko", date="1953년") == "1953년부터"


def test_fields_may_bear_the_names_of_the_arguments() -> None:
    assert "key" in t("error.filter.unknown.lane", "en", key="key", known="language")


def test_an_unknown_key_is_a_defect_and_not_a_text() -> None:
    with pytest.raises(KeyError, match=r"room\.nothing"):
        t("room.nothing", "ko")
    with pytest.raises(KeyError, match=r"room\.nothing"):
        n("room.nothing", 2, "en")


def test_numbers_bend_english_and_leave_korean() -> None:
    one, two = (n("status.events", count, "en") for count in (1, 2))
    assert (one.replace("1", "#") == two.replace("2", "#")) is False
    one, two = (n("status.events", count, "ko") for count in (1, 2))
    assert one.replace("1", "#") == two.replace("2", "#")
    assert "0" in n("status.events", 0, "en")


def test_a_term_may_have_a_space() -> None:
    assert term("role", "in force", "ko") == "발효"
    assert term("link", "leads to", "en") == "leads to"
    assert term("seen", "not seen", "ko") == "미확인"


def test_an_error_is_explained_with_what_it_is_about() -> None:
    error = AllianceError("date.refused", text="어제", forms="2022-05-21")
    for language in ("en", "ko"):
        sentence = explain(error, language)
        assert "어제" in sentence
        assert "2022-05-21" in sentence


def test_braces_in_what_a_user_wrote_stay_as_they_are() -> None:
    assert "{0} {x!r}" in explain(AllianceError("date.order", text="{0} {x!r}"), "ko")


def test_a_catalogue_is_made_at_its_first_use(shelf: Path) -> None:
    assert t("room.greeting", "ko", who="김") == "김님, 안녕하십니까"
    assert (shelf / "ko.mo").is_file()
    assert not list(shelf.glob("*.new"))


def test_a_catalogue_is_not_made_again_for_nothing(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    t("room.greeting", "ko", who="김")
    catalogue._catalogue.cache_clear()
    monkeypatch.setattr("viewer.words.compile.write", lambda *_: pytest.fail("made again"))
    assert t("room.greeting", "ko", who="이") == "이님, 안녕하십니까"


def test_an_edited_text_shows_at_the_next_start(shelf: Path) -> None:
    t("room.greeting", "ko", who="김")
    _write(shelf / "ko" / "room.po", "room.greeting", "{who}님, 반갑습니다")
    _age(shelf / "ko.mo")
    catalogue._catalogue.cache_clear()
    assert t("room.greeting", "ko", who="김") == "김님, 반갑습니다"


def test_a_room_that_is_taken_away_goes_from_the_catalogue(shelf: Path) -> None:
    _write(shelf / "ko" / "other.po", "other.word", "낱말")
    assert t("other.word", "ko") == "낱말"
    (shelf / "ko" / "other.po").unlink()
    _age(shelf / "ko.mo")
    catalogue._catalogue.cache_clear()
    with pytest.raises(KeyError):
        t("other.word", "ko")


def _age(path: Path) -> None:
    """Makes a file an hour older than it is."""
    before = path.stat().st_mtime - 3600
    os.utime(path, (before, before))


def test_a_folder_that_cannot_be_written_to_is_read_all_the_same(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("viewer.words.compile.write", refuse)
    assert t("room.greeting", "en", who="Kim") == "hello Kim"
    assert not (shelf / "en.mo").exists()


def test_without_its_sources_a_catalogue_is_never_out_of_date(shelf: Path) -> None:
    write(shelf, "ko")
    (shelf / "ko" / "room.po").unlink()
    (shelf / "ko").rmdir()
    _age(shelf / "ko.mo")
    assert t("room.greeting", "ko", who="김") == "김님, 안녕하십니까"


def test_two_rooms_with_one_key_are_refused(shelf: Path) -> None:
    _write(shelf / "ko" / "other.po", "room.greeting", "안녕")
    with pytest.raises(ValueError, match=r"room\.greeting"):
        compiled_bytes(shelf / "ko")


def test_the_same_sources_make_the_same_catalogue(shelf: Path) -> None:
    assert compiled_bytes(shelf / "ko") == compiled_bytes(shelf / "ko")


def test_the_command_makes_every_language(shelf: Path) -> None:
    code = (
        "import sys, pathlib, viewer.resources as r; "
        "r.resource = lambda _: pathlib.Path(sys.argv[1]); "
        "from viewer.words.compile import main; main()"
    )
    subprocess.run([sys.executable, "-c", code, str(shelf)], cwd=ROOT, check=True)
    assert sorted(path.name for path in shelf.glob("*.mo")) == ["en.mo", "ko.mo"]


def test_months_and_weekdays_are_named_as_babel_names_them() -> None:
    for language in LANGUAGES:
        names = calendar_names(language)
        assert len(names) == 12 + 7
        assert all(t(key, language) == name for key, name in names.items())
    assert t("calendar.month.9", "en") == "Sep"
    assert t("calendar.weekday.0", "ko") == "월요일"


def test_dates_and_texts_are_told_without_loading_babel() -> None:
    code = (
        "import sys; from viewer.words.dates import edtf_words, tick_words; "
        "print(edtf_words('2006-02/2007-04-02', 'ko'), tick_words('month', 0, 'en', major=True), "
        "'babel' in sys.modules)"
    )
    write(ROOT / "resources" / "words", "en")
    write(ROOT / "resources" / "words", "ko")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "2006년 2월~2007년 4월 2일 Jan 1970 False"
