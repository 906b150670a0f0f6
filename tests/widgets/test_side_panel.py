"""The side panel: every choice acts at once, on the picture and on the counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt

from db.records import LANGUAGES
from tests.helpers import choose, click, open_window, press, settle
from viewer.widgets.parts.wrapped import breakable

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.records import Language
    from viewer.app import Wired
    from viewer.widgets.parts.check_row import CheckRow


@pytest.fixture
def wired(qtbot: QtBot, shipped: Path) -> Wired:
    return open_window(qtbot, shipped)


def lane_counts(wired: Wired) -> dict[str, int | None]:
    return {key: row.count for key, row in wired.window.side.lanes.items()}


def test_the_lanes_count_all_events_once(wired: Wired) -> None:
    assert lane_counts(wired) == {"military": 45, "economic": 36, "technology": 28}


def test_the_groups_count_all_events_once(wired: Wired) -> None:
    groups = wired.window.side.groups
    assert len(groups) == 4
    assert sum(row.count or 0 for row in groups.values()) == 109


def test_hiding_a_lane_hides_its_events_but_still_tells_how_many_there_are(wired: Wired) -> None:
    click(wired.window.side.lanes["military"])
    assert wired.window.canvas.display().counts["shown"] < 109
    assert lane_counts(wired)["military"] == 45


def test_without_any_lane_nothing_is_shown(wired: Wired) -> None:
    for row in wired.window.side.lanes.values():
        click(row)
    assert wired.window.canvas.display().counts["shown"] == 0
    assert not any(row.isChecked() for row in wired.window.side.lanes.values())


def test_disputed_only_leaves_the_twelve_and_the_counts_follow(wired: Wired) -> None:
    click(wired.window.side.disputed)
    assert wired.state.mask().sum() == 12
    assert sum(count or 0 for count in lane_counts(wired).values()) == 12
    assert "12 events" in wired.window.status.shown.text()


def test_with_quotes_only_leaves_events_that_have_some(wired: Wired) -> None:
    click(wired.window.side.with_quotes)
    columns = wired.document.timeline.columns
    assert set(columns.id[wired.state.mask()]) == set(columns.id[columns.quotes > 0])


def test_the_space_bar_works_a_row(wired: Wired) -> None:
    row = wired.window.side.lanes["economic"]
    row.setFocus()
    press(row, Qt.Key.Key_Space)
    assert "economic" not in wired.state.filter.lanes
    assert not row.isChecked()


def test_the_slider_asks_for_importance_and_says_so(wired: Wired) -> None:
    side = wired.window.side
    side.importance.setFocus()
    for _ in range(3):
        press(side.importance, Qt.Key.Key_Right)
    assert wired.state.filter.min_importance == 4
    assert side.importance_words.text() == "4 and up"


def test_hiding_a_group_hides_its_kinds(wired: Wired) -> None:
    row = next(iter(wired.window.side.groups.values()))
    count = row.count
    click(row)
    assert wired.state.mask().sum() == 109 - (count or 0)
    assert row.count == count


def test_a_status_can_be_chosen(wired: Wired) -> None:
    choose(wired.window.side.status, "planned")
    assert list(wired.state.filter.statuses) == ["planned"]
    assert wired.state.mask().sum() == 0
    choose(wired.window.side.status, "")
    assert list(wired.state.filter.statuses) == []


def test_a_briefing_view_is_shown_and_marked_until_one_moves_on(wired: Wired) -> None:
    views = wired.window.side.views
    item = views.item(0)
    click(views.viewport(), views.visualItemRect(item).center())
    assert wired.state.filter.min_importance == 4
    assert views.selectedItems() == [item]
    wired.state.zoom(2)
    assert views.selectedItems() == []


def test_in_korean_the_rows_read_out_name_and_number(wired: Wired) -> None:
    wired.state.set_language("ko")
    settle()
    row = wired.window.side.lanes["military"]
    assert row.accessibleName() == f"{row.text()}, 사건 45건"


def test_the_boxes_bear_the_colours_of_the_lanes_in_each_theme(wired: Wired) -> None:
    side = wired.window.side
    light = box_colour(side.lanes["military"])
    wired.window.viewing.choose_theme("dark")
    settle()
    dark = box_colour(side.lanes["military"])
    assert light == "#2a5a9e"
    assert dark == "#7aa9ec"


def box_colour(row: CheckRow) -> str:
    # Inside the box, above its tick.
    return row.grab().toImage().pixelColor(QPoint(9, (row.height() - 14) // 2 + 3)).name()


def test_no_name_is_clipped_in_either_language(wired: Wired) -> None:
    for language in LANGUAGES:
        wired.state.set_language(language)
        settle()
        side = wired.window.side
        for row in (*side.lanes.values(), *side.groups.values(), side.with_quotes, side.disputed):
            assert row.height() >= row.heightForWidth(row.width())
            assert row.width() <= side.viewport().width()


def test_a_long_chain_of_korean_words_goes_on_in_the_next_line(wired: Wired) -> None:
    wired.state.set_language("ko")
    wired.state.set_type_size(24.0)
    settle()
    lines = {
        row.text(): row.heightForWidth(row.width()) / row.fontMetrics().height()
        for row in wired.window.side.groups.values()
    }
    assert lines["성명·정상회담·협의"] > 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut_at_the_largest_type(
    qtbot: QtBot, copy: Path, language: Language, tmp_path: Path
) -> None:
    name = "한미동맹 연표 - 2026년 하반기 정상회담 준비용 최종 사본 (2).alliance"
    long = copy.rename(tmp_path / name)
    wired = open_window(qtbot, long, language=language)
    wired.state.set_type_size(24)
    settle()
    side, window = wired.window.side, wired.window
    rows = [*side.lanes.values(), *side.groups.values(), side.with_quotes, side.disputed]
    for row in rows:
        metrics = row._metrics()
        room = row._text_area(row.width()).width()
        words = breakable(row.text()).replace("\u200b", " ").split()
        assert max(map(metrics.horizontalAdvance, words)) <= room + 1, row.text()
    assert side.viewport().width() >= side.widget().width()
    assert window.minimumSizeHint().width() <= 1280
    assert window.width() == 1280
    assert "…" in window.status.file.shown()
    assert window.status.file.toolTip() == window.status.file.text()
