"""The opening picture: what the window looked like is shown at once where it still looks so."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QImage
from PySide6.QtWidgets import QApplication, QMainWindow

import viewer
from db import media
from tests.helpers import press, settle
from tests.pictures import labels
from viewer import app
from viewer.app import Wired
from viewer.layout.events import _pictures
from viewer.widgets.files import opening_file, opening_picture
from viewer.widgets.files.files import Files
from viewer.widgets.main_window import MainWindow
from viewer.widgets.settings import Settings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from db.records import Language

ROOT = Path(__file__).parents[2]
MARK = "UPDATE event SET marking = '대외비' WHERE id = (SELECT min(id) FROM event)"
# So little that the file does not grow by it.
EDIT = "UPDATE event SET importance = 1 WHERE id = (SELECT max(id) FROM event)"


@pytest.fixture(autouse=True)
def checking(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check of the file goes on as long as a test looks at the window, and the pointer rests
    on the picture, where nothing lights up under it."""
    monkeypatch.setattr(Files, "check", lambda files: files.checked.emit("running"))
    QCursor.setPos(400, 400)


class Start:
    """A start of the program on a file: `shown` is what its opening picture showed, None where
    there was none, `real` the window itself when all of it was there."""

    def __init__(self, qtbot: QtBot, path: Path, settings: Settings, language: Language) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setStyle("Fusion")
        window = MainWindow(settings)
        shows = opening_picture.show(window, path, settings, language)
        self.shown = picture_of(window) if shows else None
        self.covered: list[QImage] = []
        self.uncovered: list[QImage] = []
        for picture in window.findChildren(opening_picture.OpeningPicture):
            window.completed.connect(lambda: self.covered.append(picture_of(window)))
            picture.destroyed.connect(lambda: self.uncovered.append(picture_of(window)))
        self.wired = Wired(application, path, settings, language, window)
        qtbot.addWidget(window, before_close_func=lambda _: self.wired.close())
        with qtbot.waitSignal(window.completed):
            self.wired.show()
        settle()
        self.real = picture_of(window)

    def finish(self, qtbot: QtBot) -> Settings:
        """Closes the window when it was looked at; the settings are those of the next start."""
        qtbot.waitUntil(lambda: self.wired._keeping is not None)
        return self.close()

    def close(self) -> Settings:
        self.wired.window.close()
        self.wired.close()
        return self.wired.remembered()


def picture_of(window: MainWindow) -> QImage:
    return window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def usual(theme: str = "light") -> Settings:
    return Settings(theme=theme)


def known(
    qtbot: QtBot, path: Path, language: Language = "en", settings: Settings | None = None
) -> Settings:
    """The settings after the first starts on a file: its opening picture is kept then.

    It takes two, because a window that comes back keeps clear of the screen's edges.
    """
    settings = settings or usual()
    for _ in range(2):
        settings = Start(qtbot, path, settings, language).finish(qtbot)
    assert opening_file.place(path).exists()
    return settings


def run_sql(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_opening_picture_is_the_window_to_the_pixel(
    qtbot: QtBot, copy: Path, language: Language, theme: str
) -> None:
    settings = known(qtbot, copy, language, usual(theme))
    again = Start(qtbot, copy, settings, language)
    assert again.shown is not None
    assert again.covered == [again.shown]
    assert again.uncovered == [again.shown]
    assert again.shown == again.real
    # Not of one colour: it is the timeline that is seen.
    assert len(set(bytes(again.shown.constBits())[::4001])) > 20


def test_of_a_file_with_many_events_the_titles_are_shown_from_the_start_on(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker places them: the picture is kept with them, and stays until they are there."""
    monkeypatch.setattr("viewer.widgets.canvas.placing.FEW", 20)
    settings = known(qtbot, copy)
    _pictures.clear()  # as in another process
    again = Start(qtbot, copy, settings, "en")
    assert again.shown is not None
    qtbot.waitUntil(lambda: bool(again.uncovered))
    assert again.uncovered == [again.shown]
    assert len(labels(again.wired.window.canvas.display())) > 5
    assert picture_of(again.wired.window) == again.shown


def test_the_window_behind_the_picture_is_whole_and_takes_keys(qtbot: QtBot, copy: Path) -> None:
    settings = known(qtbot, copy)
    window = Start(qtbot, copy, settings, "en").wired.window
    assert window.findChildren(opening_picture.OpeningPicture) == []
    assert QApplication.focusWidget() is window.canvas
    press(window.canvas, Qt.Key.Key_Tab)
    assert window._selection.ref is not None
    assert window.windowTitle().startswith("사본.alliance")


def test_the_first_opening_has_no_picture(qtbot: QtBot, copy: Path) -> None:
    assert Start(qtbot, copy, usual(), "en").shown is None


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="without the sqlite3 shell")
def test_an_edit_by_the_sqlite3_shell_is_never_hidden_by_an_old_picture(
    qtbot: QtBot, copy: Path
) -> None:
    settings = known(qtbot, copy)
    subprocess.run(["sqlite3", str(copy), EDIT], check=True)
    start = Start(qtbot, copy, settings, "en")
    assert start.shown is None
    settings = start.finish(qtbot)
    again = Start(qtbot, copy, settings, "en")
    assert again.shown == again.real


@pytest.mark.parametrize("statement", [EDIT, "CREATE TABLE 표 (값)", "PRAGMA user_version = 2"])
def test_a_changed_file_has_no_picture(qtbot: QtBot, copy: Path, statement: str) -> None:
    settings = known(qtbot, copy)
    run_sql(copy, statement)
    window = MainWindow(settings)
    qtbot.addWidget(window)
    assert not opening_picture.show(window, copy, settings, "en")


def test_another_file_in_its_place_has_no_picture(
    qtbot: QtBot, copy: Path, shipped: Path, tmp_path: Path
) -> None:
    """Both were changed once since they were the same."""
    run_sql(copy, EDIT)
    settings = known(qtbot, copy)
    other = tmp_path / "다른.alliance"
    shutil.copyfile(shipped, other)
    run_sql(other, EDIT.replace("importance = 1", "importance = 2"))
    shutil.copyfile(other, copy)
    assert Start(qtbot, copy, settings, "en").shown is None


@pytest.mark.parametrize("other", [{"theme": "dark"}, {"type_size": 16.0}, {"columns": ""}])
def test_other_settings_have_no_picture(qtbot: QtBot, copy: Path, other: dict[str, object]) -> None:
    settings = known(qtbot, copy)
    assert Start(qtbot, copy, replace(settings, **other), "en").shown is None  # type: ignore[arg-type]


def test_a_window_of_another_size_has_no_picture(qtbot: QtBot, copy: Path) -> None:
    settings = known(qtbot, copy)
    lower = QMainWindow()
    qtbot.addWidget(lower)
    lower.resize(960, 600)
    geometry = bytes(lower.saveGeometry().toHex().data()).decode()
    assert Start(qtbot, copy, replace(settings, geometry=geometry), "en").shown is None


def test_another_language_has_no_picture(qtbot: QtBot, copy: Path) -> None:
    assert Start(qtbot, copy, known(qtbot, copy), "ko").shown is None


def test_another_version_of_the_program_has_no_picture(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = known(qtbot, copy)
    monkeypatch.setattr(viewer, "__version__", "99")
    assert Start(qtbot, copy, settings, "en").shown is None


def test_another_font_has_no_picture(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = known(qtbot, copy)
    monkeypatch.setattr(opening_picture, "family", lambda: "나눔고딕")
    assert Start(qtbot, copy, settings, "en").shown is None


def test_a_file_that_can_no_longer_be_written_has_no_picture(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = known(qtbot, copy)
    monkeypatch.setattr(media, "obstacle", lambda path: "read-only.share")
    assert Start(qtbot, copy, settings, "en").shown is None


def test_a_flipped_byte_of_it_is_found_wherever_it_is(qtbot: QtBot, copy: Path) -> None:
    settings = known(qtbot, copy)
    kept_at = opening_file.place(copy)
    whole = kept_at.read_bytes()
    for place in (*range(0, 700, 7), *range(700, len(whole), len(whole) // 50), len(whole) - 1):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << (place % 8)
        kept_at.write_bytes(flipped)
        found = opening_file.read(kept_at)
        # A hexadecimal digit in the other case says the same.
        assert found is None or flipped.lower()[:9] == whole.lower()[:9]
    kept_at.write_bytes(flipped)
    assert Start(qtbot, copy, settings, "en").shown is None


@pytest.mark.parametrize("what", [b"", b"\n", b"00000000\n", b"00000000\n{}\n", b"\xff" * 1000])
def test_what_is_no_picture_is_passed_over(
    qtbot: QtBot, copy: Path, tmp_path: Path, what: bytes
) -> None:
    kept_at = tmp_path / "그림.opening"
    kept_at.write_bytes(what)
    assert opening_file.read(kept_at) is None
    assert opening_file.read(tmp_path) is None
    assert opening_file.read(tmp_path / "없다") is None


def test_a_window_that_was_touched_is_not_kept(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "_SOON", 60_000)
    start = Start(qtbot, copy, usual(), "en")
    press(start.wired.window.canvas, Qt.Key.Key_Plus)
    start.wired._look_and_check()
    start.close()
    assert not opening_file.place(copy).exists()


def test_nothing_is_kept_of_a_file_with_a_handling_mark(qtbot: QtBot, copy: Path) -> None:
    settings = known(qtbot, copy)
    run_sql(copy, MARK)
    Start(qtbot, copy, settings, "en").finish(qtbot)
    assert not opening_file.place(copy).exists()


OTHER_MEDIUM = Path("/dev/shm")


@pytest.mark.skipif(not OTHER_MEDIUM.is_dir(), reason="without another medium")
def test_nothing_is_kept_of_a_file_on_another_medium(
    qtbot: QtBot, shipped: Path, home: Path
) -> None:
    if OTHER_MEDIUM.stat().st_dev == home.stat().st_dev:
        pytest.skip("it is the same medium")
    path = OTHER_MEDIUM / f"이동식-{os.getpid()}.alliance"
    shutil.copyfile(shipped, path)
    try:
        Start(qtbot, path, usual(), "en").finish(qtbot)
        assert not opening_file.place(path).exists()
    finally:
        path.unlink()


def kept(path: Path) -> opening_file.Kept:
    return opening_file.Kept(str(path), "", "", (1, 1), 1.0, (1, 1), b"\0\0\0\0")


def test_pictures_are_few_readable_for_the_user_alone_and_go_with_their_file(
    tmp_path: Path,
) -> None:
    paths = [tmp_path / f"{number}.alliance" for number in range(12)]
    for number, path in enumerate(paths):
        path.touch()
        opening_file.write(opening_file.place(path), kept(path))
        os.utime(opening_file.place(path), (number, number))
    there = [path for path in paths if opening_file.place(path).exists()]
    assert there == paths[-8:]
    folder = opening_file.place(paths[0]).parent
    paths[-1].unlink()
    opening_file.write(opening_file.place(paths[-2]), kept(paths[-2]))
    assert not opening_file.place(paths[-1]).exists()
    if sys.platform != "win32":
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {each.stat().st_mode & 0o777 for each in folder.iterdir()} == {0o600}


def test_a_cache_folder_that_cannot_be_made_disturbs_nobody(
    qtbot: QtBot, copy: Path, home: Path
) -> None:
    (home / "cache").write_text("a file in its way")
    Start(qtbot, copy, usual(), "en").finish(qtbot)
    assert not opening_file.place(copy).exists()


CLOSE_AT_ONCE = """
import sys
from viewer.cli import main
from viewer.widgets.files import opening_file

def read_and_hook(place):
    from PySide6.QtCore import QTimer
    from viewer.widgets.files.opening_picture import OpeningPicture
    paint = OpeningPicture.paintEvent
    def paint_and_close(picture, event):
        paint(picture, event)
        print("painted")
        QTimer.singleShot(0, picture.window().close)
    OpeningPicture.paintEvent = paint_and_close
    return read(place)

read, opening_file.read = opening_file.read, read_and_hook
sys.exit(main(sys.argv[1:]))
"""
KEEP_AND_QUIT = """
import sys
from viewer import app
from viewer.app import Wired
from viewer.cli import main

def look_and_close(wired):
    look(wired)
    wired.window.close()

look, Wired._look_and_check = Wired._look_and_check, look_and_close
sys.exit(main(sys.argv[1:]))
"""


def run(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, str(path)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")


def test_a_window_closed_while_it_shows_the_picture_is_closed(copy: Path, home: Path) -> None:
    for _ in range(2):
        done = run(KEEP_AND_QUIT, copy)
        assert (done.returncode, done.stderr) == (0, "")
    remembered = (home / "settings.json").read_text("utf-8")
    done = run(CLOSE_AT_ONCE, copy)
    assert (done.returncode, done.stdout, done.stderr) == (0, "painted\n", "")
    assert (home / "settings.json").read_text("utf-8") == remembered
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]


def test_the_picture_waits_for_nothing_that_the_window_is_built_of(copy: Path) -> None:
    code = CLOSE_AT_ONCE.replace("sys.exit(main(sys.argv[1:]))", "main(sys.argv[1:])")
    heavy = ("numpy", "viewer.layout", "viewer.display", "viewer.widgets.canvas.canvas", "db.store")
    code += f"print([name for name in {heavy} if name in sys.modules])"
    for _ in range(2):
        run(KEEP_AND_QUIT, copy)
    assert run(code, copy).stdout == "painted\n[]\n"


def test_looking_at_a_file_changes_nothing_and_leaves_nothing(copy: Path) -> None:
    from db.opening import glance

    before = copy.read_bytes()
    assert glance(copy) == glance(copy)
    assert copy.read_bytes() == before
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]
    # What another program has written and not yet put into the file counts.
    seen = glance(copy)
    with sqlite3.connect(copy) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute(EDIT)
        other.commit()
        assert glance(copy) != seen
    other.close()
