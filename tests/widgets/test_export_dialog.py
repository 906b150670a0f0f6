"""The export dialog: what it shows is what is written, and what is wrong is told in it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from db import dates
from tests.helpers import choose, choose_file, click, dialog, fill, is_open, open_window, settle
from tests.pictures import forgotten
from viewer.display import DisplayList, Text
from viewer.widgets.files import export_dialog
from viewer.widgets.files.export_dialog import ExportDialog
from viewer.words import t

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired


@pytest.fixture
def wired(qtbot: QtBot, shipped: Path) -> Wired:
    return open_window(qtbot, shipped)


@pytest.fixture
def opened(wired: Wired) -> ExportDialog:
    wired.window.commands.actions["export"].trigger()
    settle()
    return dialog(ExportDialog)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where to save, as a hand types it."""
    path = tmp_path / "보고서" / "동맹"
    path.parent.mkdir()
    return path


def picture_of(opened: ExportDialog) -> DisplayList:
    opened.show_page()
    assert opened.preview.picture is not None
    return opened.preview.picture


def words_of(picture: DisplayList) -> str:
    return "\n".join(item.text for item in picture.items if isinstance(item, Text))


def write_picture(qtbot: QtBot, opened: ExportDialog, target: Path) -> None:
    with qtbot.waitSignal(opened.written, timeout=60_000):
        click(opened.save)
        choose_file(target)


def test_the_preview_is_the_page_and_not_the_window(wired: Wired, opened: ExportDialog) -> None:
    picture = picture_of(opened)
    assert (picture.width, picture.height) == (1280, 720)
    choose(opened.form.page, "a3")
    larger = picture_of(opened)
    assert larger.counts["labelled"] > picture.counts["labelled"]
    assert larger.counts["shown"] == picture.counts["shown"] == 109


def test_what_the_window_shows_is_what_is_exported(wired: Wired, opened: ExportDialog) -> None:
    asked = opened.form.request().view
    assert (asked.start, asked.end) == (wired.state.start, wired.state.end)
    assert asked.filter == wired.state.filter
    assert (asked.language, asked.theme) == ("en", "light")


def test_an_export_heeds_the_filter(wired: Wired, qtbot: QtBot, target: Path) -> None:
    wired.state.apply(wired.document.timeline.views[0])
    wired.window.open_export()
    opened = dialog(ExportDialog)
    columns = wired.document.timeline.columns
    wanted = set(columns.id[columns.importance >= 4].tolist())
    items = picture_of(opened).items
    drawn = {item.ref[1] for item in items if item.ref and item.ref[0] == "event"}
    within = {
        int(ident)
        for ident, first, last in zip(columns.id, columns.first, columns.last, strict=True)
        if last >= dates.from_iso("1950-01-01") and first <= dates.from_iso("2030-12-31")
    }
    assert drawn == wanted & within


def test_the_exports_language_may_differ_from_the_windows(opened: ExportDialog) -> None:
    click(opened.form.language.buttons["ko"])
    assert "기준" in words_of(picture_of(opened))
    assert opened.windowTitle() == "Export image"


def test_a_range_of_dates_is_taken_to_the_day(opened: ExportDialog) -> None:
    choose(opened.form.range, "dates")
    fill(opened.form.first, "1950")
    fill(opened.form.last, "1960")
    asked = opened.form.request().view
    assert asked.start == dates.from_iso("1950-01-01")
    assert asked.end == dates.from_iso("1961-01-01")


@pytest.mark.parametrize(
    ("first", "last", "word"),
    [("1960", "1950", "1960"), ("어제", "1950", "어제"), ("1950", "1953/..", "1953/..")],
)
def test_a_range_that_cannot_be_is_told_in_the_dialog(
    opened: ExportDialog, first: str, last: str, word: str
) -> None:
    choose(opened.form.range, "dates")
    fill(opened.form.first, first)
    fill(opened.form.last, last)
    opened.show_page()
    assert word in opened.told.text()
    assert opened.told.property("rank") == "error"
    assert not opened.save.isEnabled()


def test_a_size_out_of_bounds_is_told_in_the_dialog(opened: ExportDialog) -> None:
    choose(opened.form.page, "free")
    opened.form.width_dots.setValue(20)
    opened.show_page()
    assert "20x1080" in opened.told.text()
    assert not opened.save.isEnabled()


@pytest.mark.parametrize(("kind", "start"), [("png", b"\x89PNG"), ("svg", b"<"), ("pdf", b"%PDF")])
def test_each_format_is_written_with_its_suffix(
    qtbot: QtBot, opened: ExportDialog, target: Path, kind: str, start: bytes
) -> None:
    click(opened.form.format.buttons[kind])
    write_picture(qtbot, opened, target)
    made = target.with_name(f"동맹.{kind}")
    assert made.read_bytes().startswith(start)
    assert [each.name for each in target.parent.iterdir()] == [made.name]


def test_the_written_picture_holds_the_words_of_the_preview(
    qtbot: QtBot, opened: ExportDialog, target: Path
) -> None:
    click(opened.form.language.buttons["ko"])
    click(opened.form.format.buttons["svg"])
    fill(opened.form.title, "동맹의 세 단계")
    expected = words_of(picture_of(opened))
    assert "동맹의 세 단계" in expected
    write_picture(qtbot, opened, target)
    svg = target.with_name("동맹.svg").read_text(encoding="utf-8")
    for line in expected.splitlines():
        assert line.replace("&", "&amp;").replace("<", "&lt;") in svg


def test_the_folder_is_remembered_and_the_window_tells_what_was_written(
    qtbot: QtBot, wired: Wired, opened: ExportDialog, target: Path
) -> None:
    write_picture(qtbot, opened, target)
    assert wired.settings.export_folder == str(target.parent)
    assert "동맹.png" in wired.window.status.currentMessage()
    assert not is_open(ExportDialog)


def test_a_folder_that_is_not_there_is_told_and_the_dialog_stays(
    opened: ExportDialog, tmp_path: Path
) -> None:
    click(opened.save)
    choose_file(tmp_path / "없는 폴더" / "동맹.png")
    assert "없는 폴더" in opened.told.text()
    assert opened.isVisible()
    assert opened.save.isEnabled()


def test_the_timeline_itself_is_never_overwritten(
    wired: Wired, opened: ExportDialog, copy: Path
) -> None:
    wired.document.open(copy)
    before = copy.read_bytes()
    opened.write(opened.form.request(), copy)
    assert copy.name in opened.told.text()
    assert copy.read_bytes() == before


def test_cancelling_while_it_is_written_leaves_nothing_behind(
    opened: ExportDialog, target: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(*_: object, **__: object) -> bytes:
        begun.set()
        go_on.wait(30)
        return b"picture"

    monkeypatch.setattr(export_dialog, "render", slow)
    click(opened.save)
    choose_file(target)
    assert begun.wait(30)
    assert not opened.form.isEnabled()
    assert opened.told.text() == t("export-dialog.writing", "en")
    work = opened._work
    assert work is not None
    click(opened.leave)
    assert opened.isVisible()
    assert opened.form.isEnabled()
    go_on.set()
    work._thread.join(30)
    settle()
    assert list(target.parent.iterdir()) == []


def test_a_failure_while_it_is_written_is_told(
    opened: ExportDialog, target: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    from db.errors import AllianceError

    def full(path: Path, data: bytes) -> None:
        raise AllianceError("export.full", path=path)

    monkeypatch.setattr(export_dialog, "write_atomically", full)
    click(opened.save)
    choose_file(target)
    qtbot.waitUntil(lambda: opened.form.isEnabled(), timeout=60_000)
    assert "동맹.png" in opened.told.text()
    assert opened.told.property("rank") == "error"
    assert opened.isVisible()


def test_a_saved_views_caption_is_the_title_offered(wired: Wired) -> None:
    saved = wired.document.timeline.views[0]
    wired.state.apply(saved)
    wired.window.open_export()
    assert dialog(ExportDialog).form.title.text() == saved.caption.en


def test_the_windows_size_changes_nothing_of_the_page(wired: Wired, opened: ExportDialog) -> None:
    before = str(picture_of(opened))
    wired.window.resize(1600, 1000)
    settle()
    assert str(picture_of(opened)) == before


def test_of_many_events_the_page_is_laid_out_beside_the_window(
    opened: ExportDialog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """The page before stays until then; of several that are asked for meanwhile the last one is
    shown."""
    monkeypatch.setattr(export_dialog, "FEW", 20)
    lay_out, go_on, where = export_dialog.picture, threading.Event(), []

    def slow(*asked: object) -> DisplayList:
        if not export_dialog.is_laid_out(*asked):  # type: ignore[arg-type]
            where.append(threading.current_thread())
            go_on.wait(30)
        return lay_out(*asked)  # type: ignore[arg-type]

    forgotten()
    monkeypatch.setattr(export_dialog, "picture", slow)
    before = opened.preview.picture
    assert before is not None
    for page in ("a3", "a4", "a3-portrait"):
        choose(opened.form.page, page)
        opened.show_page()
    assert opened.preview.picture is before
    assert opened.told.text() == t("engine.placing", "en")
    go_on.set()
    qtbot.waitUntil(lambda: not opened.busy)
    assert where
    assert threading.main_thread() not in where
    assert opened.preview.picture is not None
    assert opened.preview.picture.counts["shown"] == 109
    shown = opened.form.request().page
    assert (opened.preview.picture.width, opened.preview.picture.height) == (
        shown.width, shown.height
    )  # fmt: skip
    assert not opened.progress.isVisible()


def test_a_page_that_is_still_being_laid_out_is_written_all_the_same(
    opened: ExportDialog, target: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(export_dialog, "FEW", 20)
    forgotten()
    choose(opened.form.page, "a3")
    opened.show_page()
    write_picture(qtbot, opened, target)
    assert target.with_name("동맹.png").read_bytes().startswith(b"\x89PNG")
    assert not is_open(ExportDialog)
