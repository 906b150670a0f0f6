"""Files are written wholly or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from db.errors import AllianceError
from viewer.render.files import write_atomically


def refused(path: Path, data: bytes = b"new") -> AllianceError:
    with pytest.raises(AllianceError) as caught:
        write_atomically(path, data)
    return caught.value


def test_the_bytes_are_there_and_nothing_else(tmp_path: Path) -> None:
    write_atomically(tmp_path / "그림.png", b"abc")
    assert (tmp_path / "그림.png").read_bytes() == b"abc"
    assert [each.name for each in tmp_path.iterdir()] == ["그림.png"]


def test_an_older_file_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "old.svg"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_a_new_file_has_the_rights_that_the_user_gives_new_files(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.touch()
    write_atomically(tmp_path / "new.pdf", b"abc")
    assert (tmp_path / "new.pdf").stat().st_mode == other.stat().st_mode


@pytest.mark.skipif(os.name != "posix", reason="symbolic links of POSIX")
def test_a_link_stays_a_link_and_what_it_points_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "there.png").write_bytes(b"old")
    (tmp_path / "link.png").symlink_to(tmp_path / "there.png")
    write_atomically(tmp_path / "link.png", b"new")
    assert (tmp_path / "link.png").is_symlink()
    assert (tmp_path / "there.png").read_bytes() == b"new"


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    error = refused(tmp_path / "none" / "a.png")
    assert error.code == "export.folder"
    assert error.fields["folder"] == tmp_path / "none"
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    assert refused(tmp_path / "file" / "a.png").code == "export.folder"


def test_a_directory_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.png").mkdir()
    assert refused(tmp_path / "a.png").code == "export.target"
    assert (tmp_path / "a.png").is_dir()
    assert list((tmp_path / "a.png").iterdir()) == []


def test_a_file_that_may_not_be_written_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "보호된-그림.png"
    path.write_bytes(b"old")
    # Root may write everywhere: the rights of others are feigned.
    monkeypatch.setattr(os, "access", lambda asked, mode: (asked, mode) != (path, os.W_OK))
    assert refused(path).code == "export.denied"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no /dev/null here")
def test_a_device_is_not_replaced() -> None:
    assert refused(Path("/dev/null")).code == "export.target"
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("name", ["a\0b.png", "x" * 5000 + ".png"])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path / name).code == "export.failed"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="symbolic links of POSIX")
def test_a_link_in_a_circle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").symlink_to(tmp_path / "b.png")
    (tmp_path / "b.png").symlink_to(tmp_path / "a.png")
    assert refused(tmp_path / "a.png").code == "export.failed"


def test_without_permission_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"old")

    def forbidden(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbidden)
    assert refused(path).code == "export.denied"
    assert path.read_bytes() == b"old"


def test_when_the_last_step_fails_the_old_file_stays_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"old")

    def busy(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "replace", busy)
    error = refused(path)
    assert error.code == "export.failed"
    assert error.fields["reason"] == "Input/output error"
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]


def test_an_interruption_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.png", b"new")
    assert list(tmp_path.iterdir()) == []


FULL_DISK = """
import resource, sys
from pathlib import Path
from db.errors import AllianceError
from viewer.render.files import write_atomically
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_atomically(Path(sys.argv[1]), b"x" * 3_000_000)
except AllianceError as error:
    print(error.code)
"""


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_when_the_disk_fills_up_the_old_file_stays_and_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "그림.png"
    path.write_bytes(b"old")
    root = Path(__file__).parents[2]
    child = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(path)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.stdout.strip() == "export.full", child.stderr
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]
