"""Settings: kept between two runs, and never a reason not to start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import platformdirs
import pytest

from tests.helpers import open_window
from viewer.widgets.settings import (
    Settings,
    cache_folder,
    data_folder,
    load_settings,
    save_settings,
    settings_path,
    system_language,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


def test_what_was_saved_is_there_again(tmp_path: Path) -> None:
    path = tmp_path / "설정" / "settings.json"
    kept = Settings(
        language="ko",
        theme="dark",
        type_size=16.0,
        geometry="00ff",
        folder="/자료",
        author="김민수",
        backup_folder="/백업",
        backup_weeks=3,
        last_file="/자료/한미동맹.alliance",
    )
    save_settings(path, kept)
    assert load_settings(path) == kept


@pytest.mark.parametrize("content", ["", "{", "[]", '"한글"', "\x00\x01", "null"])
def test_a_damaged_file_gives_the_usual_settings(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="utf-8")
    assert load_settings(path) == Settings()


def test_values_that_make_no_sense_stay_as_usual(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(
        '{"language": "fr", "theme": 3, "type_size": 900, "geometry": 5, "folder": "/자료"}',
        encoding="utf-8",
    )
    assert load_settings(path) == Settings(folder="/자료")


@pytest.mark.parametrize("number", ["-1", "true", "2.5", '"14"', "null", "1e9", "99999999"])
def test_a_number_of_backups_that_makes_no_sense_stays_as_usual(
    tmp_path: Path, number: str
) -> None:
    path = tmp_path / "settings.json"
    path.write_text(f'{{"backup_days": {number}, "backup_weeks": 3}}', encoding="utf-8")
    assert load_settings(path) == Settings(backup_weeks=3)


def test_backups_go_among_the_users_own_things_or_where_the_settings_say(home: Path) -> None:
    assert Settings().backups == home / "backups"
    assert Settings(backup_folder=str(home / "따로")).backups == home / "따로"


def test_a_place_that_cannot_be_written_disturbs_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    save_settings(tmp_path / "file" / "settings.json", Settings())


def test_the_home_variable_holds_everything_in_one_folder(home: Path) -> None:
    assert settings_path() == home / "settings.json"


def test_without_it_settings_are_where_the_system_keeps_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("ALLIANCE_TIMELINE_HOME")
    assert "alliance-timeline" in settings_path().parts


@pytest.mark.parametrize(("asked", "language"), [("ko_KR.UTF-8", "ko"), ("en", "en"), ("de", "en")])
def test_the_variable_decides_the_first_language(
    monkeypatch: pytest.MonkeyPatch, asked: str, language: str
) -> None:
    monkeypatch.setenv("ALLIANCE_TIMELINE_LANGUAGE", asked)
    assert system_language() == language


@pytest.mark.parametrize("told", ["", " ", "/srv/사용자"])
def test_the_folders_are_those_of_the_system(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.delenv("ALLIANCE_TIMELINE_HOME")
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", told)
    program, ours = "alliance-timeline", {"appauthor": False}
    assert data_folder() == platformdirs.user_data_path(program, **ours)
    assert settings_path().parent == platformdirs.user_config_path(program, **ours)
    assert cache_folder() == platformdirs.user_cache_path(program, **ours)


def test_what_is_chosen_is_kept_at_once_and_not_only_at_the_end(
    qtbot: QtBot, copy: Path, home: Path
) -> None:
    """A program that is killed comes to no end."""
    wired = open_window(qtbot, copy)
    wired.state.set_language("ko")
    wired.window.choose_theme("dark")
    kept = load_settings(settings_path())
    assert (kept.language, kept.theme, kept.last_file) == ("ko", "dark", str(copy))
