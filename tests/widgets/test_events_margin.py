"""The margin of the reader: which events the quotes beside it support, and the way there."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from tests.helpers import press, settle
from tests.widgets.reading import Desk
from viewer.document import Document
from viewer.widgets.reader.stacking import stacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

WIDE = (1000, 800)


@pytest.fixture
def document(shipped: Path) -> Iterator[Document]:
    made = Document()
    made.open(shipped)
    yield made
    made.close()


@pytest.fixture
def desk(qtbot: QtBot, document: Document) -> Desk:
    made = Desk(qtbot, document, size=WIDE)
    made.reader.show_source(document.sources()[0].id)
    settle()
    return made


def test_each_quote_has_its_events_beside_its_lines(desk: Desk) -> None:
    names = desk.reader.margin.names_in_view()
    assert "Technology alliance" in [title for title, _ in names]
    text = desk.reader.text
    first = desk.document.source(desk.document.sources()[0].id).quotes[0]
    top, _ = text.extent(first.anchor.start, first.anchor.end)
    assert abs(names[0][1].top() - (top - text.verticalScrollBar().value())) < 12


def test_no_name_stands_over_another_wherever_one_reads(desk: Desk) -> None:
    bar = desk.reader.text.verticalScrollBar()
    for value in range(0, bar.maximum(), 97):
        bar.setValue(value)
        areas = [area for _, area in desk.reader.margin.names_in_view()]
        for one, other in pairwise(areas):
            assert one.bottom() <= other.top() + 0.01


def test_every_quote_with_evidence_has_a_name(desk: Desk) -> None:
    source = desk.document.source(desk.document.sources()[0].id)
    seen: set[str] = set()
    for each in source.quotes:
        desk.reader.text.show_at_top(each.anchor.start)
        names = {title for title, _ in desk.reader.margin.names_in_view()}
        assert not each.evidence or names & {title.text("en") for _, title in each.evidence}
        seen |= names
    assert len(seen) > 8


def test_a_pressed_name_leads_to_its_event_and_the_text_stays(desk: Desk) -> None:
    margin = desk.reader.margin
    title, area = margin.names_in_view()[0]
    text = desk.reader.text
    top = text.extent(0, 0)[0] - text.verticalScrollBar().value()
    QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=area.center().toPoint())
    settle()
    ref = desk.selection.ref
    assert ref is not None
    assert ref[0] == "stage"
    assert desk.document.stage(ref[1]).stage.title.text("en") == title
    assert desk.reader.quote_id is not None
    assert abs(text.extent(0, 0)[0] - text.verticalScrollBar().value() - top) <= 1


def test_the_keyboard_reaches_every_name_and_presses_it(desk: Desk) -> None:
    desk.reader.text.setFocus()
    press(desk.reader.text, Qt.Key.Key_Tab)
    margin = desk.reader.margin
    assert margin.hasFocus()
    source = desk.document.source(desk.document.sources()[0].id)
    every = sum(len(each.evidence) for each in source.quotes)
    told = {margin.accessibleDescription()}
    for _ in range(every - 1):
        press(margin, Qt.Key.Key_Down)
        told.add(margin.accessibleDescription())
    assert len(told) == every
    press(margin, Qt.Key.Key_Home)
    press(margin, Qt.Key.Key_Return)
    assert desk.selection.ref is not None


def test_tab_goes_on_from_the_margin(desk: Desk) -> None:
    desk.reader.text.setFocus()
    press(desk.reader.text, Qt.Key.Key_Tab)
    margin = desk.reader.margin
    press(margin, Qt.Key.Key_Return)  # chooses the quote beside it
    quote_id = desk.reader.quote_id
    assert quote_id is not None
    press(margin, Qt.Key.Key_Tab)
    assert not margin.hasFocus()
    assert not desk.reader.text.hasFocus()
    assert desk.reader.quote_id == quote_id


def test_where_the_keyboard_is_the_lines_are_in_the_view(desk: Desk) -> None:
    margin, text = desk.reader.margin, desk.reader.text
    margin.setFocus(Qt.FocusReason.TabFocusReason)
    press(margin, Qt.Key.Key_End)
    last = desk.document.source(desk.document.sources()[0].id).quotes[-1].anchor
    top, _ = text.extent(last.start, last.start)
    scrolled = text.verticalScrollBar().value()
    assert scrolled <= top <= scrolled + text.viewport().height()


def test_names_that_find_no_room_are_counted_and_told_below(desk: Desk) -> None:
    source = desk.document.source(desk.document.sources()[0].id)
    most = max(source.quotes, key=lambda each: len(each.evidence))
    desk.reader.margin.asked.emit(most.quote.id)
    settle()
    assert desk.reader.targets is not None
    assert desk.reader.targets.buttons[0].hasFocus()
    assert len(desk.reader.targets.buttons) == len(most.evidence)


def test_a_name_tells_all_of_itself_under_the_pointer(desk: Desk) -> None:
    margin = desk.reader.margin
    title, area = margin.names_in_view()[0]
    at = area.center().toPoint()
    QApplication.sendEvent(margin, QHelpEvent(QEvent.Type.ToolTip, at, margin.mapToGlobal(at)))
    assert title in QToolTip.text()
    assert "supports" in QToolTip.text()
    QToolTip.showText(QPoint(), "")


def test_a_narrow_reader_gives_all_its_room_to_the_text(desk: Desk) -> None:
    assert desk.reader.margin.isVisible()
    desk.window.resize(420, 800)
    settle()
    assert not desk.reader.margin.isVisible()
    assert desk.reader.text.viewport().width() > 370
    desk.window.resize(*WIDE)
    settle()
    assert desk.reader.margin.isVisible()


def test_the_names_follow_the_language(desk: Desk) -> None:
    desk.state.set_language("ko")
    settle()
    assert "기술동맹" in [title for title, _ in desk.reader.margin.names_in_view()]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.floats(0, 1000), st.floats(1, 80)), max_size=30).map(
        lambda pairs: sorted(pairs, key=lambda pair: pair[0])
    )
)
def test_things_are_stacked_in_order_and_touch_only_where_they_must(
    pairs: list[tuple[float, float]],
) -> None:
    wanted, heights = [each[0] for each in pairs], [each[1] for each in pairs]
    tops = stacked(wanted, heights)
    ends = [top + height for top, height in zip(tops, heights, strict=True)]
    assert all(end <= top + 1e-6 for end, top in zip(ends, tops[1:], strict=False))
    assert all(top >= 0 for top in tops)
    for place, (top, want) in enumerate(zip(tops, wanted, strict=True)):
        touches = (place > 0 and abs(ends[place - 1] - top) < 1e-6) or (
            place + 1 < len(tops) and abs(tops[place + 1] - ends[place]) < 1e-6
        )
        assert touches or abs(top - want) < 1e-6


def test_what_crowds_is_spread_around_its_middle() -> None:
    assert stacked([100.0, 100.0, 100.0], [20.0, 20.0, 20.0]) == [80.0, 100.0, 120.0]
    assert stacked([5.0, 5.0], [20.0, 20.0]) == [0.0, 20.0]
