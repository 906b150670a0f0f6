"""What is told of a large file at first sight is true, though none of its events is read."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from db import sight as sights
from db.errors import AllianceError
from db.sight import sight
from db.store import Store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sights, "_LARGE", 20)
    monkeypatch.setattr(sights, "_SMALL", 0)


@pytest.fixture
def path(store: Store, tmp_path: Path) -> Path:
    return shutil.copyfile(store.path, tmp_path / "한미 관계.alliance")


def test_lanes_and_time_are_those_of_the_timeline(path: Path) -> None:
    seen = sight(path)
    assert seen is not None
    with Store.open(path, read_only=True) as opened:
        timeline = opened.timeline()
    assert seen.lanes == timeline.lanes
    assert seen.first == timeline.columns.first.min()
    assert seen.last == timeline.columns.last.max()
    assert seen.part(0) == seen.first
    assert seen.part(len(seen.begun)) == seen.last + 1


def test_as_many_dates_begin_in_each_part_as_the_events_say(path: Path) -> None:
    seen = sight(path)
    assert seen is not None
    with Store.open(path, read_only=True) as opened:
        dates = [date for each in opened.timeline().columns.id.tolist()
                 for date in opened.event(each).dates]  # fmt: skip
    begun = [date.first for date in dates if date.first is not None]
    for number, count in enumerate(seen.begun):
        first, behind = seen.part(number), seen.part(number + 1)
        assert count == sum(first <= each < behind for each in begun)
    assert sum(seen.begun) > 100


def test_a_small_file_is_read_as_soon(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sights, "_SMALL", 1 << 30)
    assert sight(path) is None
    monkeypatch.undo()
    assert sight(path) is None


def test_looking_leaves_the_file_as_it_is(path: Path) -> None:
    before = path.read_bytes()
    assert sight(path) is not None
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir() if each.stem == path.stem] == [path.name]


def test_what_is_no_timeline_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "다른 것.alliance"
    other.write_bytes("아무것도 아님".encode() * 200)
    with pytest.raises(AllianceError):
        sight(other)
    with pytest.raises(AllianceError):
        sight(tmp_path / "없음.alliance")
