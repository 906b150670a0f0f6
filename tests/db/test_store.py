"""Opening and closing files: good ones, and whatever else one may be handed."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db import media, schema
from db.changes import ChangeSet, Insert
from db.errors import AllianceError
from db.store import Store
from tests.db.conftest import sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.db.conftest import Edit

ROOT = Path(__file__).parents[2]
TAG = ChangeSet((Insert("tag", 5, {"key": "a", "name_ko": "가"}),))


def contents(folder: Path) -> dict[str, bytes | None]:
    """Every file of a folder with its bytes."""
    return {path.name: path.read_bytes() if path.is_file() else None for path in folder.iterdir()}


def refusal(path: Path) -> str:
    """The error code of a file that must be refused either way, changing and making nothing."""
    before = contents(path.parent)
    codes = set()
    for read_only in (True, False):
        with pytest.raises(AllianceError) as caught:
            Store.open(path, read_only=read_only)
        codes.add(caught.value.code)
        for sentence in sentences(f"error.{caught.value.code}", caught.value.fields):
            assert path.name in sentence
        assert contents(path.parent) == before
    (code,) = codes
    return code


def test_a_new_file_holds_the_shipped_data_and_is_one_file_when_closed(tmp_path: Path) -> None:
    path = tmp_path / "새 연표.alliance"
    with Store.create(path) as store:
        assert store.info()["events"] == 109
        assert not store.read_only
        assert (tmp_path / "새 연표.alliance-wal").exists()
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert path.read_bytes()[68:72] == b"ALTL"


def test_an_empty_file_holds_lanes_and_kinds_alone(tmp_path: Path) -> None:
    with Store.create(tmp_path / "빈.alliance", empty=True) as store:
        timeline = store.timeline()
        assert [lane.key for lane in timeline.lanes] == ["military", "economic", "technology"]
        assert (len(timeline.kinds), len(timeline.groups)) == (19, 4)
        assert len(timeline.columns) == len(timeline.stages) == len(timeline.views) == 0
        assert timeline.columns.lanes.shape == (0, 1)
        assert store.info()["extent"] is None
        assert store.check() == []


def test_two_new_files_hold_the_same_rows_but_are_told_apart(tmp_path: Path) -> None:
    dumps, ids = [], []
    for name in ("하나.alliance", "둘.alliance"):
        Store.create(tmp_path / name).close()
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            ids.append(connection.execute("SELECT id FROM file").fetchone())
            dumps.append(
                {
                    table: connection.execute(f'SELECT * FROM "{table}"').fetchall()
                    for table in schema.tables()
                    if table != "file"
                }
            )
    assert dumps[0] == dumps[1]
    assert ids[0] != ids[1]


@pytest.mark.parametrize("kind", ["file", "folder", "link to nothing"])
def test_new_never_overwrites(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.alliance"
    if kind == "file":
        path.write_text("내 것")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "없음")
    before = contents(tmp_path)
    with pytest.raises(AllianceError, match=r"file\.exists"):
        Store.create(path)
    assert contents(tmp_path) == before


def test_new_in_a_folder_that_is_not_there_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(AllianceError, match=r"file\.folder:"):
        Store.create(tmp_path / "없음" / "x.alliance")
    assert contents(tmp_path) == {}


def test_a_file_that_appears_while_a_new_one_is_made_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db import writing

    make = writing.make

    def make_late(path: Path, edition: ChangeSet) -> None:
        make(path, edition)
        (tmp_path / "x.alliance").write_text("내 것")

    monkeypatch.setattr(writing, "make", make_late)
    with pytest.raises(AllianceError, match=r"file\.exists"):
        Store.create(tmp_path / "x.alliance")
    assert contents(tmp_path) == {"x.alliance": "내 것".encode()}


def test_a_new_file_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("db.writing._keep_base", full)
    with pytest.raises(AllianceError, match=r"file\.sqlite"):
        Store.create(tmp_path / "x.alliance")
    assert contents(tmp_path) == {}


def _missing(path: Path) -> None:
    path.unlink()


def _directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _random(path: Path) -> None:
    path.write_bytes(random.Random(7).randbytes(50_000))


def _text(path: Path) -> None:
    path.write_text("SQLite format 3은 아닌 글\n" * 100, encoding="utf-8")


def _damaged(path: Path) -> None:
    """The page that lists the tables is overwritten."""
    data = bytearray(path.read_bytes())
    data[100:4096] = random.Random(7).randbytes(3996)
    path.write_bytes(data)


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE event (id); PRAGMA user_version = 1")


def _foreign_in_wal(path: Path) -> None:
    _foreign(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def _cut_to(size: int) -> Callable[[Path], None]:
    def cut(path: Path) -> None:
        path.write_bytes(path.read_bytes()[:size])

    return cut


def _script(script: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(script)

    return run


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        pytest.param(_missing, "file.missing", id="missing"),
        pytest.param(_directory, "file.directory", id="a folder"),
        pytest.param(_pipe, "file.special", id="a pipe"),
        pytest.param(_cut_to(0), "file.empty", id="empty"),
        pytest.param(_random, "file.random", id="random"),
        pytest.param(_text, "file.random", id="text"),
        pytest.param(_foreign, "file.foreign", id="another program's"),
        pytest.param(_foreign_in_wal, "file.foreign", id="another program's, in WAL mode"),
        pytest.param(_damaged, "file.damaged", id="damaged"),
        pytest.param(_cut_to(10), "file.cut", id="cut in its first words"),
        pytest.param(_cut_to(90), "file.cut", id="cut in its header"),
        pytest.param(_cut_to(3000), "file.cut", id="cut in its first page"),
        pytest.param(_cut_to(8192), "file.cut", id="cut after two pages"),
        pytest.param(_cut_to(100_001), "file.cut", id="cut in the middle"),
        pytest.param(_script("PRAGMA user_version = 0"), "file.older", id="no version"),
        pytest.param(_script("ALTER TABLE tag ADD x TEXT"), "file.schema", id="a new column"),
        pytest.param(_script("DROP INDEX event_by_kind"), "file.schema", id="an index gone"),
        pytest.param(_script("CREATE TABLE t (x)"), "file.schema", id="a new table"),
        pytest.param(_script("DROP TRIGGER event_update_log"), "file.schema", id="a trigger gone"),
        pytest.param(_script("CREATE VIEW v AS SELECT 1"), "file.view", id="a view"),
        pytest.param(
            _script("CREATE TRIGGER z AFTER INSERT ON tag BEGIN DELETE FROM note; END"),
            "file.trigger",
            id="a foreign trigger",
        ),
        pytest.param(
            _script(
                "DROP TRIGGER tag_insert_log;"
                "CREATE TRIGGER tag_insert_log AFTER INSERT ON tag BEGIN DELETE FROM note; END"
            ),
            "file.trigger",
            id="a trigger of ours that was changed",
        ),
        pytest.param(
            _script("PRAGMA user_version = 9; DROP TABLE note; CREATE VIEW note AS SELECT 1 AS id"),
            "file.newer",
            id="a newer version without our tables",
        ),
    ],
)
def test_a_file_that_is_not_right_is_refused_and_left_as_it_is(
    copy: Path, spoil: Callable[[Path], None], code: str
) -> None:
    spoil(copy)
    assert refusal(copy) == code


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AllianceError, match=r"file\.unopened"):
        Store.open(tmp_path / ("가" * 300))
    with pytest.raises(AllianceError, match=r"file\.unopened"):
        Store.open(tmp_path / "널\0문자")


def test_names_with_signs_that_mean_something_in_addresses_are_just_names(copy: Path) -> None:
    path = Path(shutil.copyfile(copy, copy.with_name("100% 한미? #1 동맹 & co.alliance")))
    with Store.open(path) as store:
        assert store.info()["events"] == 109
        store.apply(TAG)
    with Store.open(path) as store:
        assert len(store.timeline().tags) == 1


def test_a_file_that_may_not_be_read_is_told_so(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.R_OK)
    assert refusal(copy) == "file.unreadable"


def test_a_newer_version_is_opened_for_reading(copy: Path, elsewhere: Edit) -> None:
    elsewhere("ALTER TABLE tag ADD colour TEXT", "PRAGMA user_version = 2")
    before = contents(copy.parent)
    with Store.open(copy) as store:
        assert store.read_only_reason == "read-only.newer"
        assert len(store.timeline().columns) == 109
        with pytest.raises(AllianceError, match=r"file\.readonly"):
            store.apply(TAG)
    assert contents(copy.parent) == before


def test_reading_changes_no_byte(copy: Path) -> None:
    before = contents(copy.parent)
    with Store.open(copy, read_only=True) as store:
        assert store.read_only_reason == "read-only.asked"
        store.timeline()
        assert store.check() == []
        assert contents(copy.parent) == before
    assert contents(copy.parent) == before


@pytest.mark.parametrize(
    ("locked", "reason"), [("file", "read-only.file"), ("folder", "read-only.folder")]
)
def test_what_cannot_be_written_is_opened_for_reading(
    copy: Path, monkeypatch: pytest.MonkeyPatch, locked: str, reason: str
) -> None:
    closed = copy if locked == "file" else copy.parent
    real = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: real(path, mode) and (mode != os.W_OK or path != closed)
    )
    with Store.open(copy) as store:
        assert store.read_only_reason == reason
        assert len(store.timeline().columns) == 109


def test_a_file_on_a_network_share_is_opened_for_reading(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "is_share", lambda path: True)
    with Store.open(copy) as store:
        assert store.read_only_reason == "read-only.share"


def test_the_kind_of_a_folder_is_that_of_its_innermost_mount() -> None:
    mounts = [("/", "ext4"), ("/mnt/외교 부".replace(" ", "\\040"), "cifs"), ("/mnt", "ext4")]
    assert media._kind(Path("/mnt/외교 부/연표.alliance"), mounts) == "cifs"
    assert media._kind(Path("/mnt/외교/연표.alliance"), mounts) == "ext4"
    assert media._kind(Path("/home/연표.alliance"), mounts) == "ext4"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_another_user_without_rights_reads_and_leaves_nothing(copy: Path) -> None:
    """As nobody, in a folder and on a file that only root may write: WAL mode included."""
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    for parent in copy.parents:
        if parent == Path(tempfile.gettempdir()):
            break
        parent.chmod(0o755)
    before = contents(copy.parent)
    code = (
        "import os, sys\nfrom db.store import Store\nos.setgid(65534); os.setuid(65534)\n"
        f"store = Store.open({str(copy)!r})\n"
        "print(store.read_only_reason, len(store.timeline().columns))\nstore.close()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["read-only.file", "109"], done.stderr
    assert contents(copy.parent) == before


def test_a_reader_beside_it_does_not_hinder_opening_for_writing(copy: Path) -> None:
    reader = sqlite3.connect(copy, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM event").fetchone()
    with Store.open(copy) as store:
        assert not store.read_only
        assert store.info()["events"] == 109
    reader.execute("COMMIT")
    with Store.open(copy) as store:
        store.apply(TAG)
        assert reader.execute("SELECT count(*) FROM tag").fetchone() == (1,)
    reader.close()
    with Store.open(copy):
        pass
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]


def test_two_stores_on_one_file_see_each_others_changes_and_leave_one_file(copy: Path) -> None:
    with Store.open(copy) as one:
        with Store.open(copy) as other:
            seen = one.last_change()
            other.apply(TAG)
            assert one.last_change() > seen
            assert [tag.key for tag in one.timeline().tags] == ["a"]
        one.apply(ChangeSet((Insert("tag", 6, {"key": "b", "name_ko": "나"}),)))
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]
    with Store.open(copy) as store:
        assert len(store.timeline().tags) == 2


def test_a_change_is_kept_when_the_process_dies_without_closing(copy: Path) -> None:
    code = (
        "import os\nfrom db.store import Store\nfrom db.changes import ChangeSet, Insert\n"
        f"store = Store.open({str(copy)!r})\n"
        "store.apply(ChangeSet((Insert('tag', 5, {'key': 'a', 'name_ko': '가'}),)))\nos._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert len(list(copy.parent.iterdir())) > 1
    with Store.open(copy, read_only=True) as store:
        assert [tag.key for tag in store.timeline().tags] == ["a"]
    with Store.open(copy):
        pass
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]


def test_a_closed_store_says_so_as_an_error_of_ours(copy: Path) -> None:
    store = Store.open(copy)
    store.close()
    with pytest.raises(AllianceError, match=r"file\.sqlite"):
        store.timeline()


def test_text_that_is_no_text_is_told_as_damage(copy: Path, elsewhere: Edit) -> None:
    elsewhere("UPDATE event SET label_ko = CAST(x'ff' AS TEXT) WHERE slug = 'korus-signed'")
    with Store.open(copy, read_only=True) as store:
        with pytest.raises(AllianceError, match=r"file\.damaged"):
            store.timeline()
        assert [problem.code for problem in store.check()] == ["database"]


def test_reading_a_file_needs_neither_sqlite_utils_nor_the_seeds(shipped: Path) -> None:
    code = (
        "import sys\nfrom db.store import Store\n"
        f"with Store.open({str(shipped)!r}, read_only=True) as store: store.timeline()\n"
        "print([name for name in ('sqlite_utils', 'click', 'tomllib', 'db.seeds') "
        "if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_nothing_is_written_into_a_file_that_is_no_longer_there(copy: Path) -> None:
    elsewhere = copy.with_name("옮긴 연표.alliance")
    with Store.open(copy) as store:
        store.timeline()
        copy.rename(elsewhere)
        assert store.read_only_reason == "read-only.gone"
        with pytest.raises(AllianceError) as caught:
            store.apply(TAG)
        assert caught.value.code == "file.gone"
        assert all(copy.name in each for each in sentences("error.file.gone", caught.value.fields))
        assert len(store.timeline().columns) == 109
        elsewhere.rename(copy)
        store.apply(TAG)
    with Store.open(copy, read_only=True) as store:
        assert [tag.name.ko for tag in store.timeline().tags if tag.key == "a"] == ["가"]


def test_nothing_is_written_where_another_file_has_taken_its_place(copy: Path) -> None:
    with Store.open(copy) as store:
        copy.unlink()
        copy.write_bytes("다른 파일".encode())
        with pytest.raises(AllianceError) as caught:
            store.apply(TAG)
        assert caught.value.code == "file.replaced"
        assert all(copy.name in each for each in sentences("error.file.replaced", {"path": copy}))
    assert copy.read_bytes() == "다른 파일".encode()


def test_what_is_open_is_rescued_where_its_file_is_gone(copy: Path) -> None:
    rescued = copy.with_name("건진 연표.alliance")
    with Store.open(copy) as store:
        ident = store.file_id()
        store.apply(TAG)
        copy.unlink()
        store.rescue_to(rescued)
    with Store.open(rescued) as store:
        assert store.file_id() == ident
        assert any(tag.name.ko == "가" for tag in store.timeline().tags)
        assert store.check() == []


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_no_file_is_made_beside_the_changes_of_another(copy: Path, suffix: str) -> None:
    """SQLite would write what a deleted file has left behind into the new one."""
    path = copy.with_name("새 연표.alliance")
    left = path.with_name(path.name + suffix)
    left.write_bytes("남은 것".encode())
    with Store.open(copy) as store:
        for make in (Store.create, store.backup_to):
            with pytest.raises(AllianceError) as caught:
                make(path)
            assert caught.value.code == "file.leftover"
            for sentence in sentences("error.file.leftover", caught.value.fields):
                assert left.name in sentence
    assert not path.exists()
    assert left.read_bytes() == "남은 것".encode()


def test_a_folder_of_a_desktop_s_network_is_a_share() -> None:
    mounts = [("/", "ext4"), ("/run/user/1000/gvfs", "fuse.gvfsd-fuse")]
    kind = media._kind(Path("/run/user/1000/gvfs/smb-share:server=외교/연표.alliance"), mounts)
    assert kind in media._SHARES
