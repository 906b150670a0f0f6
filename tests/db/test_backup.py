"""Backups: whole or none, made while others write, kept by rule, and the way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db import backup, copying, naming, restoring, schema
from db.changes import ChangeSet, Insert
from db.errors import AllianceError
from db.keeping import Backup, Keeping, outdated
from db.store import Store
from tests.db.conftest import sentences
from tests.processes import ROOT, another_process, opened_by

NOW = datetime(2026, 11, 25, 22, 41, 3)
LATER = timedelta(minutes=1)


def tag(number: int) -> ChangeSet:
    return ChangeSet((Insert("tag", number, {"key": f"t{number}", "name_ko": "꼬리표"}),))


def add(path: Path, *numbers: int) -> None:
    with Store.open(path) as store:
        for number in numbers:
            store.apply(tag(number))


def tags(path: Path) -> list[str]:
    with Store.open(path, read_only=True) as store:
        return [each.key for each in store.timeline().tags]


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a file."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall()
            for table in schema.tables()
        }


def made(path: Path, folder: Path, now: datetime = NOW) -> Backup:
    found = backup.make(path, folder, now=now)
    assert found is not None
    return found


def damage(path: Path) -> None:
    """Spoils the first page of the events; everything else can still be read."""
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = 'event'"
        (page,) = connection.execute(sql).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : page * size] = b"\xa5" * size
    path.write_bytes(data)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


# ------------------------------------------------------------------------------------- making


def test_a_backup_is_an_ordinary_closed_file_with_the_same_rows(copy: Path, tmp_path: Path) -> None:
    with Store.open(copy) as store:
        store.apply(tag(5))
        found = made(copy, tmp_path / "백업")
        assert found.path.read_bytes()[18:20] == b"\x01\x01"  # not in WAL mode
    assert found.path.name == "사본 2026-11-25 22.41.03.alliance"
    assert (found.time, found.size, found.good) == (NOW, found.path.stat().st_size, True)
    assert names(found.path.parent) == [found.path.name]
    assert dump(found.path) == dump(copy)
    with Store.open(found.path) as store:
        assert store.check() == []


def test_a_backup_has_what_another_process_wrote_and_did_not_yet_close(
    copy: Path, tmp_path: Path
) -> None:
    writing = (
        "from db.changes import ChangeSet, Insert\n"
        "store.apply(ChangeSet((Insert('tag', 5, {'key': 'a', 'name_ko': '가'}),)))"
    )
    with another_process(opened_by("김민수", copy, writing)):
        assert tags(made(copy, tmp_path / "백업").path) == ["a"]


def test_what_is_written_while_a_backup_is_made_hinders_neither(copy: Path, tmp_path: Path) -> None:
    with Store.open(copy) as store:
        written = []

        def progress(done: int, total: int) -> bool:
            store.apply(tag(10 + len(written)))
            written.append(done / total)
            return len(written) < 50  # one that begins again and again would never end

        store.backup_to(tmp_path / "백업.alliance", progress)
        assert len(written) > 1
        assert written == sorted(written)
        assert written[-1] == 1
        assert len(store.timeline().tags) == len(written)
    assert tags(tmp_path / "백업.alliance") == []  # as it was when the backup began


@pytest.mark.parametrize("how", ["False", "exception"])
def test_a_backup_that_is_stopped_leaves_nothing(copy: Path, tmp_path: Path, how: str) -> None:
    def stop(done: int, total: int) -> bool:
        if how == "exception":
            raise KeyboardInterrupt
        return False

    kind = KeyboardInterrupt if how == "exception" else AllianceError
    with Store.open(copy) as store, pytest.raises(kind) as caught:
        store.backup_to(tmp_path / "백업.alliance", stop)
    if isinstance(caught.value, AllianceError):
        assert caught.value.code == "file.interrupted"
    assert names(tmp_path) == [copy.name]


def test_a_backup_killed_half_way_is_no_backup_and_is_swept_away_later(
    copy: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "백업"
    code = (
        "import os\nfrom pathlib import Path\nfrom db import backup\n"
        f"backup.make(Path({str(copy)!r}), Path({str(folder)!r}), "
        "progress=lambda done, total: os._exit(9))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert backup.backups(copy, folder) == ()
    (own,) = folder.iterdir()
    (left,) = own.iterdir()
    found = made(copy, folder)
    assert names(own) == sorted([found.path.name, left.name])  # it may still be at work
    os.utime(left, (0, 0))
    add(copy, 5)
    made(copy, folder, NOW + LATER)
    assert len(names(own)) == 2
    assert not left.exists()


def test_a_full_disk_leaves_no_half_backup_and_is_told(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = copying.opening.connect

    def small(path: Path, options: str, patience: float = 5) -> sqlite3.Connection:
        connection = connect(path, options, patience)
        if path.suffix == naming._PASSING:
            connection.execute("PRAGMA max_page_count = 20")
        return connection

    monkeypatch.setattr(copying.opening, "connect", small)
    with pytest.raises(AllianceError) as caught:
        backup.make(copy, tmp_path / "백업", now=NOW)
    assert caught.value.code == "file.full"
    assert all("백업" in told for told in sentences("error.file.full", caught.value.fields))
    (own,) = (tmp_path / "백업").iterdir()
    assert names(own) == []
    assert len(tags(copy)) == 0


def test_a_damaged_file_is_not_backed_up_over_good_ones(copy: Path, tmp_path: Path) -> None:
    good = made(copy, tmp_path / "백업")
    add(copy, 5)
    damage(copy)
    with pytest.raises(AllianceError) as caught:
        backup.make(copy, tmp_path / "백업", now=NOW + LATER)
    assert caught.value.code == "file.damaged"
    assert caught.value.fields["path"] == copy
    assert names(good.path.parent) == [good.path.name]


def test_a_file_that_did_not_change_is_not_backed_up_again(copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "백업"
    made(copy, folder)
    assert backup.make(copy, folder, now=NOW + LATER) is None
    add(copy, 5)
    made(copy, folder, NOW + LATER)
    assert len(backup.backups(copy, folder)) == 2


def test_another_change_under_the_same_number_is_a_change(copy: Path, tmp_path: Path) -> None:
    """After going back, the log counts on from there."""
    folder = tmp_path / "백업"
    first = made(copy, folder)
    add(copy, 5)
    made(copy, folder, NOW + LATER)
    restoring.restore(first.path, copy, folder, now=NOW + 2 * LATER)
    add(copy, 6)
    assert tags(made(copy, folder, NOW + 3 * LATER).path) == ["t6"]


def test_a_bad_newest_backup_is_made_anew(copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "백업"
    damage(made(copy, folder).path)
    again = made(copy, folder, NOW + LATER)
    told = {each.path: each.good for each in backup.backups(copy, folder, judged=True)}
    assert told.pop(again.path) is True
    assert list(told.values()) == [False]


def test_two_backups_of_one_second_do_not_meet(copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "백업"
    made(copy, folder)
    add(copy, 5)
    assert made(copy, folder).path.name == "사본 2026-11-25 22.41.03 (2).alliance"
    assert [len(tags(each.path)) for each in backup.backups(copy, folder)] == [0, 1]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ('연표: "초안"?*|<1>.alliance', "연표_ _초안_____1_"),
        ("한\t미\n동맹.alliance", "한_미_동맹"),
        ("끝에 빈칸 .alliance", "끝에 빈칸"),
        ("가" * 80 + ".alliance", "가" * 60),
        ("1.2차 회담.alliance", "1.2차 회담"),
    ],
)
def test_a_backup_bears_a_name_that_every_system_takes(
    copy: Path, tmp_path: Path, name: str, stem: str
) -> None:
    try:
        path = copy.rename(copy.with_name(name))
    except OSError:
        pytest.skip("this system takes no such name")
    found = made(path, tmp_path / "백업")
    assert found.path.name == f"{stem} 2026-11-25 22.41.03.alliance"
    assert backup.backups(path, tmp_path / "백업") == (
        Backup(found.path, NOW, found.path.stat().st_size),
    )


def test_a_name_that_is_not_unicode_is_backed_up_too(copy: Path, tmp_path: Path) -> None:
    if sys.platform in ("win32", "darwin"):
        pytest.skip("names are Unicode there")
    path = copy.rename(copy.with_name("옛\udcb0이름.alliance"))
    assert made(path, tmp_path / "백업").path.name.startswith("옛_이름 ")


def test_an_id_that_is_a_path_leads_nowhere(copy: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE file SET id = ?", ("../" * 10 + "xx",))
    found = made(copy, tmp_path / "백업")
    assert found.path.parent.parent == tmp_path / "백업"


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of Unix")
def test_a_backup_is_read_by_nobody_who_may_not_read_the_file(copy: Path, tmp_path: Path) -> None:
    copy.chmod(0o600)
    found = made(copy, tmp_path / "백업")
    assert found.path.stat().st_mode & 0o777 == 0o600
    assert found.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_made_is_told(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "백업").write_text("")
    with pytest.raises(AllianceError) as caught:
        backup.make(copy, tmp_path / "백업")
    assert caught.value.code == "backup.folder"
    assert all("백업" in told for told in sentences("error.backup.folder", caught.value.fields))


def test_backing_up_to_a_name_that_is_taken_is_refused(copy: Path) -> None:
    with Store.open(copy) as store, pytest.raises(AllianceError, match=r"file\.exists"):
        store.backup_to(copy)


# ------------------------------------------------------------------------------------ keeping


def dated(*times: datetime, good: bool | None = None) -> list[Backup]:
    return [Backup(Path(f"{time:%Y-%m-%d %H.%M.%S}"), time, 1, good) for time in times]


def every(hours: int, days: int) -> list[Backup]:
    return dated(*(NOW - timedelta(hours=hours * i) for i in range(days * 24 // hours)))


def left(backups: list[Backup], now: datetime = NOW, rule: Keeping | None = None) -> list[datetime]:
    newest, *others = sorted(backups, key=lambda each: each.time, reverse=True)
    judged = [Backup(newest.path, newest.time, 1, good=True), *others]
    gone = {each.path for each in outdated(judged, now, rule or Keeping())}
    return [each.time for each in judged if each.path not in gone]


def test_all_of_today_then_days_weeks_and_months_are_kept() -> None:
    times = left(every(3, 1200))
    days = [time.date() for time in times]
    today = NOW.date()
    assert days.count(today) == 8
    for back in range(1, 15):
        day = today - timedelta(days=back)
        (kept,) = [time for time in times if time.date() == day]
        assert kept.hour == 22  # the newest of its day
    sundays = [today - timedelta(days=today.weekday() + 1 + 7 * back) for back in range(8)]
    assert set(sundays) <= set(days)
    ends = [
        (datetime(2026, 11, 1) - timedelta(days=1)).date(),
        (datetime(2025, 1, 1) - timedelta(days=1)).date(),
        (datetime(2024, 12, 1) - timedelta(days=1)).date(),
    ]
    assert set(ends) <= set(days)
    assert min(days) == ends[-1]
    assert len(times) <= 8 + 14 + 9 + 25


def test_rotating_each_day_ends_with_the_same_as_rotating_once() -> None:
    """What a later rule needs is not thrown away by an earlier one."""
    begin = NOW - timedelta(days=900)
    kept: list[Backup] = []
    for day in range(901):
        now = begin + timedelta(days=day)
        kept = dated(*left([*kept, *dated(now - timedelta(hours=9), now)], now))
    whole = [begin + timedelta(days=day) - timedelta(hours=h) for day in range(901) for h in (0, 9)]
    assert [each.time for each in kept] == left(dated(*whole))


def test_the_numbers_are_settings() -> None:
    assert len(left(every(3, 100), rule=Keeping(2, 0, 0, 0))) == 16
    assert len({time.date() for time in left(every(3, 100), rule=Keeping(1, 3, 0, 0))}) == 4
    assert len(left(every(3, 100), rule=Keeping(0, 0, 0, 0))) == 1


def test_the_newest_good_one_is_kept_however_old() -> None:
    old, older = dated(datetime(2019, 1, 1), datetime(2018, 1, 1), good=True)
    bad = dated(NOW - timedelta(days=3), NOW - timedelta(days=300), good=False)
    assert outdated([*bad, older, old], NOW, Keeping()) == (older, *reversed(bad))


def test_where_no_good_one_is_known_nothing_is_thrown_away() -> None:
    assert outdated(dated(*[datetime(2019, 1, d) for d in range(1, 20)]), NOW, Keeping()) == ()


def test_a_bad_one_does_not_stand_for_its_day() -> None:
    day = NOW - timedelta(days=3)
    (bad,) = dated(day, good=False)
    (good,) = dated(day - timedelta(hours=1))
    (newest,) = dated(NOW, good=True)
    assert outdated([bad, good, newest], NOW, Keeping()) == (bad,)


def test_one_from_a_clock_that_was_ahead_is_kept() -> None:
    assert len(left(dated(NOW, NOW + timedelta(days=400), NOW + timedelta(days=401)))) == 3


def test_making_a_backup_takes_the_outdated_away_and_nothing_else(
    copy: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "백업"
    made(copy, folder, NOW - timedelta(days=3, hours=2))
    add(copy, 5)
    second = made(copy, folder, NOW - timedelta(days=3))
    mine = second.path.with_name("내 메모.txt")
    mine.write_text("지우지 마십시오")
    add(copy, 6)
    third = made(copy, folder)
    assert names(mine.parent) == sorted([mine.name, second.path.name, third.path.name])


# ---------------------------------------------------------------------------------- restoring


def test_a_file_is_made_what_it_was_and_what_it_is_now_is_kept(copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "백업"
    before = dump(copy)
    first = made(copy, folder)
    add(copy, 5)
    now = dump(copy)
    kept = restoring.restore(first.path, copy, folder, now=NOW + LATER)
    assert dump(copy) == before  # its id included
    assert kept is not None
    assert dump(kept) == now
    assert names(tmp_path) == ["백업", copy.name]
    restoring.restore(kept, copy, folder, now=NOW + 2 * LATER)
    assert dump(copy) == now
    with Store.open(copy) as store:
        assert store.check() == []


def test_a_file_that_is_gone_comes_back(copy: Path, tmp_path: Path) -> None:
    first = made(copy, tmp_path / "백업")
    before = dump(copy)
    copy.unlink()
    assert restoring.restore(first.path, copy, tmp_path / "백업") is None
    assert dump(copy) == before


@pytest.mark.parametrize("how", ["pages", "cut", "header", "empty", "trigger"])
def test_a_damaged_file_is_replaced_and_stays_beside_it(
    copy: Path, tmp_path: Path, how: str
) -> None:
    folder = tmp_path / "백업"
    first = made(copy, folder)
    if how == "pages":
        damage(copy)
    elif how == "cut":
        copy.write_bytes(copy.read_bytes()[:50_000])
    elif how == "header":
        copy.write_bytes(b"\0" * 100 + copy.read_bytes()[100:])
    elif how == "empty":
        copy.write_bytes(b"")
    else:
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("CREATE TRIGGER x AFTER INSERT ON tag BEGIN DELETE FROM note; END")
    spoilt = copy.read_bytes()
    assert backup.backups(copy, folder)[0].path == first.path  # found all the same
    aside = restoring.restore(first.path, copy, folder, now=NOW + LATER)
    assert aside == copy.with_name("사본 damaged 2026-11-25 22.42.03.alliance")
    assert aside.read_bytes() == spoilt
    assert dump(copy) == dump(first.path)
    assert names(tmp_path) == sorted(["백업", copy.name, aside.name])


def test_what_a_damaged_file_left_beside_it_does_not_spoil_the_new_one(
    copy: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "백업"
    first = made(copy, folder)
    code = (
        "import os\nfrom db.store import Store\nfrom db.changes import ChangeSet, Insert\n"
        f"store = Store.open({str(copy)!r})\n"
        "store.apply(ChangeSet((Insert('tag', 5, {'key': 'a', 'name_ko': '가'}),)))\nos._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    log = copy.with_name(copy.name + "-wal")
    left_over = log.read_bytes()
    copy.write_bytes(b"\xa5" * 100 + copy.read_bytes()[100:])
    aside = restoring.restore(first.path, copy, folder, now=NOW + LATER)
    assert aside is not None
    assert not log.exists()
    assert dump(copy) == dump(first.path)
    assert aside.with_name(aside.name + "-wal").read_bytes() == left_over


@pytest.mark.parametrize("how", ["damaged", "text", "missing", "newer", "foreign", "itself"])
def test_a_backup_that_does_not_pass_is_refused_and_the_file_stays(
    copy: Path, tmp_path: Path, how: str
) -> None:
    source = made(copy, tmp_path / "백업").path
    code = {"text": "file.random", "newer": "backup.newer", "itself": "backup.itself"}
    add(copy, 5)
    if how == "damaged":
        damage(source)
    elif how == "text":
        source.write_text("백업이 아닙니다\n" * 500, encoding="utf-8")
    elif how == "missing":
        source.unlink()
    elif how == "itself":
        source = copy
    else:
        pragma = "user_version" if how == "newer" else "application_id"
        with closing(sqlite3.connect(source)) as connection:
            connection.execute(f"PRAGMA {pragma} = 99")
    before = copy.read_bytes()
    with pytest.raises(AllianceError) as caught:
        restoring.restore(source, copy, tmp_path / "백업", now=NOW + LATER)
    assert caught.value.code == code.get(how, f"file.{how}")
    for told in sentences(f"error.{caught.value.code}", caught.value.fields):
        assert source.name in told
    assert copy.read_bytes() == before


@pytest.mark.parametrize("path", ["folder", "foreign", "newer"])
def test_what_is_no_file_of_ours_is_not_replaced(copy: Path, tmp_path: Path, path: str) -> None:
    source = made(copy, tmp_path / "백업").path
    target = tmp_path / "대상.alliance"
    if path == "folder":
        target.mkdir()
    else:
        shutil.copyfile(copy, target)
        pragma = "user_version" if path == "newer" else "application_id"
        with closing(sqlite3.connect(target)) as connection:
            connection.execute(f"PRAGMA {pragma} = 99")
    before = target.read_bytes() if target.is_file() else None
    with pytest.raises(AllianceError) as caught:
        restoring.restore(source, target, tmp_path / "백업")
    assert caught.value.code in ("file.directory", "file.foreign", "backup.newer")
    assert (target.read_bytes() if target.is_file() else None) == before


@pytest.mark.parametrize("author", ["김민수", None])
def test_a_file_that_another_process_has_open_is_not_restored(
    copy: Path, tmp_path: Path, author: str | None
) -> None:
    folder = tmp_path / "백업"
    source = made(copy, folder).path
    add(copy, 5)
    code = opened_by("", copy, "store.timeline()").replace("author=''", f"author={author!r}")
    with another_process(code):
        with pytest.raises(AllianceError) as caught:
            restoring.restore(source, copy, folder)
        assert tags(copy) == ["t5"]
    assert caught.value.code == ("file.held" if author else "file.in_use")
    for told in sentences(f"error.{caught.value.code}", caught.value.fields):
        assert copy.name in told
        assert not author or author in told
    restoring.restore(source, copy, folder)
    assert tags(copy) == []


def test_a_restore_killed_half_way_leaves_the_file_as_it_was(copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "백업"
    source = made(copy, folder).path
    with Store.open(copy) as store:
        many = [Insert("tag", 10 + i, {"key": f"t{i}", "name_ko": "가" * 500}) for i in range(900)]
        store.apply(ChangeSet(tuple(many)))
    before = dump(copy)
    code = (
        "import os\nfrom pathlib import Path\nfrom db import restoring\n"
        f"restoring.restore(Path({str(source)!r}), Path({str(copy)!r}), Path({str(folder)!r}), "
        "progress=lambda done, total: os._exit(9) if done > total / 2 else None)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 9
    with Store.open(copy) as store:
        assert store.check() == []
    assert dump(copy) == before


def test_a_restore_that_is_stopped_leaves_the_file_as_it_was(copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "백업"
    source = made(copy, folder).path
    add(copy, 5)
    with pytest.raises(AllianceError, match=r"file\.interrupted"):
        restoring.restore(source, copy, folder, now=NOW + LATER, progress=lambda *_: False)
    assert tags(copy) == ["t5"]
    assert names(tmp_path) == ["백업", copy.name]


# ----------------------------------------------------------------------- copies, and a full disk


def test_a_copy_is_another_file_that_knows_where_it_came_from(copy: Path, tmp_path: Path) -> None:
    target = tmp_path / "새 연표.alliance"
    add(copy, 5)
    with Store.open(copy, read_only=True) as store:
        store.copy_to(target)
    old, new = dump(copy), dump(target)
    ((_, old_id, old_parent, *old_rest),) = old.pop("file")
    ((_, new_id, new_parent, *new_rest),) = new.pop("file")
    assert new == old  # the log included: making a copy is no change of it
    assert (new_parent, new_rest, old_parent) == (old_id, old_rest, None)
    assert len(str(new_id)) == 32
    assert new_id != old_id
    add(target, 6)
    assert len(backup.backups(target, tmp_path / "백업")) == 0


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of Unix")
def test_the_copy_of_a_file_that_may_only_be_read_can_be_written(copy: Path) -> None:
    target = copy.with_name("새 연표.alliance")
    copy.chmod(0o444)
    with Store.open(copy) as store:
        store.copy_to(target)
    assert target.stat().st_mode & 0o777 == 0o644
    add(target, 5)


def test_an_edit_on_a_full_disk_is_refused_whole_and_works_once_there_is_room(copy: Path) -> None:
    many = tuple(
        Insert("tag", 10 + i, {"key": f"t{i}", "name_ko": "꼬리표 " * 50}) for i in range(2000)
    )
    with Store.open(copy) as store:
        before = dump(copy)
        (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(AllianceError) as caught:
            store.apply(ChangeSet(many))
        assert caught.value.code == "file.full"
        for told in sentences("error.file.full", caught.value.fields):
            assert copy.name in told
        assert dump(copy) == before
        assert len(store.timeline().columns) == 109
        assert store.event(store.find_event("ipef-launch-2022") or 0).dates
        store._connection.execute("PRAGMA max_page_count = 1000000")
        store.apply(ChangeSet(many))
        assert len(store.timeline().tags) == 2000
        assert store.check() == []


def read_through(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are read through from now on."""
    read: list[Path] = []
    sound = copying.check_sound

    def counting(connection: sqlite3.Connection, path: Path, *told: object) -> None:
        read.append(path)
        sound(connection, path, *told)  # type: ignore[arg-type]

    monkeypatch.setattr(copying, "check_sound", counting)
    return read


def test_of_a_file_that_was_changed_the_new_backup_alone_is_read_through(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(copy, tmp_path / "백업")
    add(copy, 1)
    read = read_through(monkeypatch)
    made(copy, tmp_path / "백업", NOW + LATER)
    assert len(read) == 1


def test_a_backup_that_was_found_good_is_read_through_again_only_when_somebody_wrote_to_it(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "백업"
    own = made(copy, folder)
    read = read_through(monkeypatch)
    assert backup.make(copy, folder, now=NOW + LATER) is None
    assert not read
    damage(own.path)
    assert backup.make(copy, folder, now=NOW + LATER) is not None
    assert own.path in read


def test_the_check_of_a_copy_tells_how_far_it_is_and_can_be_let_be(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_STEP", 4)
    monkeypatch.setattr(copying, "_INSTRUCTIONS", 64)
    told: list[float] = []

    def follow(done: int, total: int) -> bool:
        told.append(done / total)
        return done < total * 0.5

    with pytest.raises(AllianceError) as caught:
        copying.write(copy, tmp_path / "새 사본.alliance", follow)
    assert caught.value.code == "file.interrupted"
    assert told == sorted(told)
    assert 0.25 in told
    assert 0.25 < told[-1] < 1
    assert names(tmp_path) == [copy.name]
    with Store.open(copy) as store:
        assert store.check() == []
