"""Large files are read beside the window: what it shows meanwhile is true, and can be stopped."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db import backup, schema
from db.changes import ChangeSet
from db.queries import timeline as queries
from db.records import Bilingual
from db.store import Store
from tests.helpers import click, open_window, settle, told
from viewer import document
from viewer.display import Bars
from viewer.edits import events
from viewer.edits.drafts import DateDraft, EventDraft
from viewer.layout import navigation
from viewer.layout.placed import Placed
from viewer.widgets.canvas import placing
from viewer.widgets.files.files import Files
from viewer.widgets.files.safekeeping import Safekeeping

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired

EVERY = 109


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_LARGE", 20)


def read(qtbot: QtBot, wired: Wired) -> None:
    """Waits until the file is read."""
    qtbot.waitUntil(lambda: not wired.document.is_reading)
    settle()


def unlogged(path: Path, statement: str) -> None:
    """Changes a file past its log: without the triggers, which are there again afterwards."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        triggers = [name for name, (kind, _) in schema.objects().items() if kind == "trigger"]
        for name in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for name in triggers:
            connection.execute(schema.objects()[name][1])
        connection.execute("COMMIT")


def test_there_is_an_outline_first_of_the_same_range_that_nobody_edits(
    qtbot: QtBot, copy: Path
) -> None:
    wired = open_window(qtbot, None)
    ways: list[str] = []
    wired.document.changed.connect(lambda changed, _: ways.append(changed.way))
    wired.document.open(copy)
    assert not wired.document.follow()
    timeline = wired.document.timeline
    assert 0 < len(timeline.columns) < 20
    assert timeline.stages
    start_and_end = navigation.fit(timeline)
    assert (wired.state.start, wired.state.end) == start_and_end
    assert wired.document.read_only_reason == "read-only.reading"
    assert not wired.window.commands.actions["new-event"].isEnabled()
    assert "Reading the events" in wired.window.status.shown.text()
    assert wired.window.reading.button is not None
    assert wired.window.reading.button.isVisible()
    read(qtbot, wired)
    assert ways == ["read"]
    assert len(wired.document.timeline.columns) == EVERY
    assert navigation.fit(wired.document.timeline) == start_and_end
    assert wired.document.read_only_reason is None
    assert wired.window.commands.actions["new-event"].isEnabled()
    assert f"{EVERY} events" in wired.window.status.shown.text()
    assert not wired.window.reading.button.isVisible()


def test_a_window_that_comes_up_on_a_large_file_gets_its_panels_when_it_is_read(
    qtbot: QtBot, copy: Path
) -> None:
    wired = open_window(qtbot, copy)
    read(qtbot, wired)
    qtbot.waitUntil(lambda: "side" in wired.window.__dict__)
    assert wired.window.canvas.display().counts["shown"] == EVERY


def test_opened_in_a_window_that_is_there_it_says_no_longer_that_it_is_read_and_is_backed_up(
    qtbot: QtBot, copy: Path, tmp_path: Path
) -> None:
    wired = open_window(qtbot, copy)
    folder, keeping = wired.settings.backups, wired.window.safekeeping
    qtbot.waitUntil(lambda: len(backup.backups(copy, folder)) == 1 and not keeping.is_busy)
    other = tmp_path / "다른 파일.alliance"
    Store.create(other).close()
    wired.window.files.open(other)
    assert keeping.bar is not None
    assert keeping.bar.isVisible()
    read(qtbot, wired)
    assert not keeping.bar.isVisible()
    qtbot.waitUntil(lambda: len(backup.backups(other, folder)) == 1)


def test_it_is_checked_and_backed_up_once_when_its_titles_are_there(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading, measuring and placing have the processor to themselves until then."""
    monkeypatch.setattr(placing, "FEW", 20)
    told: list[str] = []

    def tell(what: type, name: str) -> None:
        do = getattr(what, name)

        def telling(*arguments: object) -> object:
            told.append(name)
            return do(*arguments)

        monkeypatch.setattr(what, name, telling)

    tell(placing.Placing, "_end")
    tell(Files, "_quick_check")
    tell(Safekeeping, "begin")
    wired = open_window(qtbot, copy)
    qtbot.waitUntil(lambda: wired.window.status.check.text() == "File checked", timeout=30_000)
    assert told[0] == "_end"
    assert sorted(told[1:]) == ["_quick_check", "begin"]


def test_who_stops_the_reading_has_again_what_was_open_before(
    qtbot: QtBot, copy: Path, tmp_path: Path
) -> None:
    before = shutil.copyfile(copy, tmp_path / "먼저 열린 파일.alliance")
    wired = open_window(qtbot, before)
    read(qtbot, wired)
    wired.window.files.open(copy)
    assert wired.document.path == copy
    assert wired.window.reading.button is not None
    click(wired.window.reading.button)
    assert wired.document.path == before
    read(qtbot, wired)
    assert len(wired.document.timeline.columns) == EVERY
    Store.open(copy).close()  # nobody holds it
    assert not copy.with_name(copy.name + "-wal").exists()


def test_without_a_file_before_there_is_none_open_then(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, None)
    assert wired.document.path is not None
    wired.document.leave()
    wired.window.files.open(copy)
    wired.window.files.give_up()
    settle()
    assert wired.document.path is None
    assert len(wired.document.timeline.columns) == 0


def test_what_others_change_comes_when_it_is_read_and_until_then_the_old_stays(
    qtbot: QtBot, copy: Path
) -> None:
    wired = open_window(qtbot, copy)
    read(qtbot, wired)
    old = wired.document.timeline
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE event SET importance = 5, title_ko = '밖에서 고침'")
    wired.window.editing.look_elsewhere()
    assert wired.document.timeline is old
    assert wired.window.canvas.display().counts["shown"] == EVERY
    assert wired.window.reading.button is None or not wired.window.reading.button.isVisible()
    read(qtbot, wired)
    assert set(wired.document.timeline.columns.importance.tolist()) == {5}
    assert "elsewhere" in wired.window.status.currentMessage()


def test_a_change_past_the_log_is_seen_too(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    read(qtbot, wired)
    unlogged(copy, "UPDATE event SET importance = 4")
    wired.window.editing.look_elsewhere()
    read(qtbot, wired)
    assert set(wired.document.timeline.columns.importance.tolist()) == {4}


def test_an_edit_while_the_file_is_read_again_is_there_at_the_end(qtbot: QtBot, copy: Path) -> None:
    wired = open_window(qtbot, copy)
    read(qtbot, wired)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE event SET importance = 5")
    wired.window.editing.look_elsewhere()
    timeline = wired.document.timeline
    draft = EventDraft(
        title=wired.document.event(int(timeline.columns.id[0])).event.title,
        kind_id=timeline.kinds[0].id,
        lane_ids=(timeline.lanes[0].id,),
        dates=(DateDraft("2001-05-05", primary=True),),
    )
    assert wired.window.editing.apply(events.added(draft))
    read(qtbot, wired)
    columns = wired.document.timeline.columns
    assert len(columns) == EVERY + 1
    assert (columns.importance == 5).sum() >= EVERY
    with Store.open(copy, read_only=True) as store:
        assert store.timeline().columns.id.tolist() == columns.id.tolist()


def test_a_file_that_cannot_be_read_to_its_end_is_told_and_left(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.errors import AllianceError

    wired = open_window(qtbot, None)
    wired.document.leave()

    def fails(*_: object) -> None:
        raise AllianceError("file.damaged", path=copy)

    monkeypatch.setattr(Store, "whole", fails)
    wired.window.files.open(copy)
    read(qtbot, wired)
    assert told()
    assert wired.document.path is None


def test_events_without_a_date_are_listed_when_the_file_is_read(qtbot: QtBot, copy: Path) -> None:
    with Store.open(copy) as store:
        timeline = store.timeline()
        title = Bilingual("Not dated yet", "날짜 미정 회담")
        draft = EventDraft(title=title, kind_id=timeline.kinds[0].id,
                           lane_ids=(timeline.lanes[0].id,))  # fmt: skip
        edit = events.added(draft)
        store.apply(ChangeSet(edit.changes, label=edit.label))
    wired = open_window(qtbot, None)
    wired.window.files.open(copy)
    assert wired.document.undated() == ()
    read(qtbot, wired)
    qtbot.waitUntil(lambda: "side" in wired.window.__dict__)
    assert [each.title.ko for each in wired.document.undated()] == ["날짜 미정 회담"]
    assert wired.window.side.undated.item(0).text() == "Not dated yet"


def test_after_an_edit_among_many_the_counts_follow_the_picture(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "_MANY", 20)
    wired = open_window(qtbot, copy)
    read(qtbot, wired)
    qtbot.waitUntil(lambda: "side" in wired.window.__dict__)
    window, timeline = wired.window, wired.document.timeline
    lane = timeline.lanes[0]
    before = window.side.lanes[lane.key].count

    def counted() -> int:
        display = window.overview.display()
        return sum(sum(each.counts) for each in display.items if isinstance(each, Bars))

    draft = EventDraft(
        title=Bilingual("A new one", "새 회담"),
        kind_id=timeline.kinds[0].id,
        lane_ids=(lane.id,),
        dates=(DateDraft("2001-05-05", primary=True),),
    )
    assert window.editing.apply(events.added(draft))
    wired.state.set_language("ko")  # at once
    settle()
    assert counted() == EVERY + 1
    assert window.side.lanes[lane.key].count == (before or 0) + 1
    wired.document.revert("undo")
    qtbot.waitUntil(lambda: window.side.lanes[lane.key].count == before)
    qtbot.waitUntil(lambda: counted() == EVERY)


def test_a_large_file_that_was_read_is_ready_to_be_shown(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the first picture of all events asks for is made beside the window, as it is looked at,
    and what waits for a date is known."""
    monkeypatch.setattr(placing, "FEW", 20)
    wired = open_window(qtbot, None)
    wired.window.files.open(copy)
    in_window, asked = threading.get_ident(), list[bool]()
    find = Placed._classes.func  # type: ignore[attr-defined]

    def told(lane: Placed) -> object:
        if len(lane) > 20:  # no lane of the outline
            asked.append(threading.get_ident() == in_window)
        return find(lane)

    monkeypatch.setattr(Placed._classes, "func", told)
    selects: list[int] = []
    undated = Store.undated
    monkeypatch.setattr(
        Store, "undated",
        lambda self, dated: selects.append(threading.get_ident()) or undated(self, dated),
    )  # fmt: skip
    read(qtbot, wired)
    wired.window.canvas.repaint()
    assert asked
    assert not any(asked)
    assert wired.document.undated() == ()
    assert selects
    assert in_window not in selects
