"""A large file opens at once the second time: with what was kept, if it is what is in it now."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import pytest

from db import media
from db.columns import Columns
from db.queries import timeline as queries
from db.store import Store
from db.texts import Texts
from tests.helpers import open_window, settle
from tests.pictures import labels
from tests.widgets.test_large_files import read, unlogged
from viewer.document import Document
from viewer.edits import events
from viewer.kept_timelines import KeptTimelines
from viewer.layout.events import _pictures
from viewer.widgets.canvas import placing
from viewer.widgets.settings import cache_folder

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.timeline import Timeline

MARK = "UPDATE event SET marking = '대외비' WHERE id = (SELECT min(id) FROM event)"


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_LARGE", 20)


@pytest.fixture
def folder() -> Path:
    return cache_folder() / "columns"


def opened(qtbot: QtBot, path: Path, folder: Path) -> tuple[Document, bool]:
    """The file read whole, and whether what was kept of it was taken."""
    document = Document("홍길동", KeptTimelines(folder))
    document.open(path)
    taken = not document.is_outline
    qtbot.waitUntil(lambda: not document.is_reading)
    return document, taken


def visit(qtbot: QtBot, path: Path, folder: Path) -> bool:
    """Opens and closes it; whether what was kept was taken, which then was what is there."""
    document, taken = opened(qtbot, path, folder)
    with Store.open(path, read_only=True) as store:
        assert_equal(document.timeline, store.timeline())
    document.close()
    return taken


def assert_equal(one: Timeline, other: Timeline) -> None:
    for field in fields(Columns):
        mine, its = getattr(one.columns, field.name), getattr(other.columns, field.name)
        if isinstance(mine, Texts):
            mine, its = np.array(list(mine)), np.array(list(its))
        assert mine.dtype == its.dtype
        assert np.array_equal(mine, its), field.name
    for field in ("lanes", "kinds", "tags", "stages", "views", "callouts", "as_of"):
        assert getattr(one, field) == getattr(other, field)


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_the_second_time_it_is_there_at_once(qtbot: QtBot, copy: Path, folder: Path) -> None:
    assert not visit(qtbot, copy, folder)
    assert visit(qtbot, copy, folder)
    assert visit(qtbot, copy, folder)
    assert len(list(folder.iterdir())) == 2


@pytest.mark.skipif(os.name == "nt", reason="rights are told otherwise there")
def test_what_is_kept_is_for_its_user_alone(qtbot: QtBot, copy: Path, folder: Path) -> None:
    visit(qtbot, copy, folder)
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_edits_undo_and_redo_are_kept_with_the_rest(qtbot: QtBot, copy: Path, folder: Path) -> None:
    visit(qtbot, copy, folder)
    document, taken = opened(qtbot, copy, folder)
    assert taken
    ident = int(document.timeline.columns.id[3])
    document.apply(events.redated(document.rows_about("event", [ident]), ident, "1999-09-09"))
    document.revert("undo")
    document.revert("redo")
    document.close()
    assert visit(qtbot, copy, folder)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET title_ko = '밖에서', label_ko = NULL",
        "UPDATE event_date SET first_day = first_day - 1",
        "DELETE FROM event_lane",
        "UPDATE lane SET position = -position",
    ],
)
@pytest.mark.parametrize("write", [run, unlogged])
def test_what_others_wrote_meanwhile_is_never_missed(
    qtbot: QtBot, copy: Path, folder: Path, write: object, statement: str
) -> None:
    """Logged by the triggers, and past them."""
    visit(qtbot, copy, folder)
    write(copy, statement)  # type: ignore[operator]
    assert not visit(qtbot, copy, folder)


def test_what_is_written_while_it_is_being_opened_is_not_missed(
    qtbot: QtBot, copy: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the look at its stamp, and past the log."""
    visit(qtbot, copy, folder)
    find = KeptTimelines.find

    def find_late(kept: KeptTimelines, *asked: object) -> object:
        unlogged(copy, "UPDATE event SET importance = 5")
        return find(kept, *asked)  # type: ignore[arg-type]

    monkeypatch.setattr(KeptTimelines, "find", find_late)
    document, taken = opened(qtbot, copy, folder)
    assert not taken
    assert set(document.timeline.columns.importance.tolist()) == {5}
    document.close()


def test_what_is_written_before_it_is_closed_is_not_kept_unseen(
    qtbot: QtBot, copy: Path, folder: Path
) -> None:
    document, _ = opened(qtbot, copy, folder)
    unlogged(copy, "UPDATE event SET importance = 5")
    document.close()
    assert not visit(qtbot, copy, folder)


def test_another_file_in_its_place_is_not_taken_for_it(
    qtbot: QtBot, copy: Path, folder: Path, tmp_path: Path
) -> None:
    other = shutil.copyfile(copy, tmp_path / "다른 사본.alliance")
    visit(qtbot, copy, folder)
    run(other, "UPDATE event SET importance = 2")
    os.replace(other, copy)  # noqa: PTH105
    assert not visit(qtbot, copy, folder)


def test_a_damaged_one_is_read_afresh(qtbot: QtBot, copy: Path, folder: Path) -> None:
    for name in ("*.arrays", "*.stamp"):
        visit(qtbot, copy, folder)
        (kept,) = folder.glob(name)
        data = bytearray(kept.read_bytes())
        data[len(data) // 2] ^= 1
        kept.write_bytes(data)
        document, taken = opened(qtbot, copy, folder)
        assert not taken
        assert len(document.timeline.columns) == 109
        document.close()


def test_with_any_octet_another_one_nothing_stale_is_shown(
    qtbot: QtBot, copy: Path, folder: Path
) -> None:
    """All over both files: what is taken all the same is what is in the file of the timeline."""
    visit(qtbot, copy, folder)
    with Store.open(copy, read_only=True) as store:
        there = store.timeline()
    for name, places in (("*.stamp", 40), ("*.arrays", 60)):
        (kept,) = folder.glob(name)
        whole = kept.read_bytes()
        refused = 0
        for nth in range(places):
            data = bytearray(whole)
            data[nth * len(data) // places] ^= 1 << nth % 8
            kept.write_bytes(data)
            document = Document("홍길동", KeptTimelines(folder))
            document.open(copy)
            refused += document.is_outline
            qtbot.waitUntil(lambda: not document.is_reading)  # noqa: B023
            assert_equal(document.timeline, there)
            document._cache = None  # what is kept stays as it is
            document.close()
            kept.write_bytes(whole)
        assert refused > places / 2


def test_of_a_marked_file_nothing_is_kept(qtbot: QtBot, copy: Path, folder: Path) -> None:
    visit(qtbot, copy, folder)
    run(copy, MARK)
    assert not visit(qtbot, copy, folder)
    assert list(folder.iterdir()) == []


def test_of_a_file_on_another_medium_nothing_is_kept(
    qtbot: QtBot, copy: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(qtbot, copy, folder)
    run(copy, "UPDATE event SET importance = 2")
    monkeypatch.setattr(media, "on_one", lambda *_: False)
    assert not visit(qtbot, copy, folder)
    assert list(folder.iterdir()) == []


def test_of_many_files_the_last_few_are_kept(
    qtbot: QtBot, copy: Path, folder: Path, tmp_path: Path
) -> None:
    for number in range(6):
        visit(qtbot, shutil.copyfile(copy, tmp_path / f"{number}.alliance"), folder)
    assert len(list(folder.glob("*.arrays"))) == len(list(folder.glob("*.stamp"))) == 4
    (tmp_path / "5.alliance").unlink()
    visit(qtbot, copy, folder)
    assert len(list(folder.glob("*.arrays"))) == 4


def test_the_labels_have_their_places_at_once_too(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the first picture, and they are those that placing anew comes to."""
    monkeypatch.setattr(placing, "FEW", 20)
    wired = open_window(qtbot, copy)
    read(qtbot, wired)
    qtbot.waitUntil(lambda: not wired.window.canvas.placing.busy)
    before = labels(wired.window.canvas.display())
    assert before
    wired.window.close()
    wired.close()
    _pictures.clear()
    again = open_window(qtbot, copy)
    assert not again.document.is_outline
    assert not again.window.canvas.placing.busy
    found = again.window.canvas.display()
    assert labels(found) == before
    _pictures.clear()
    again.window.canvas.refresh()
    again.window.canvas.display()
    qtbot.waitUntil(lambda: not again.window.canvas.placing.busy)
    settle()
    assert str(again.window.canvas.display()) == str(found)
