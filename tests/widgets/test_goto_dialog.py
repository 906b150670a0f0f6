"""Going to a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from db import dates
from tests import pictures
from tests.helpers import fill, press
from viewer.document import Document
from viewer.widgets.goto_dialog import GoToDialog, days_of
from viewer.widgets.state import ViewState

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def state() -> ViewState:
    document = Document()
    document.timeline = pictures.timeline(
        [pictures.Made("1953-10-01"), pictures.Made("2022-05-21")]
    )
    return ViewState(document, language="ko")


@pytest.fixture
def dialog(qtbot: QtBot, state: ViewState) -> GoToDialog:
    made = GoToDialog(state)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_date_is_told_in_words_while_it_is_typed(dialog: GoToDialog) -> None:
    fill(dialog.field, "2007-04-02")
    assert dialog.told.text() == "2007년 4월 2일"
    assert dialog.go.isEnabled()


def test_enter_goes_there(dialog: GoToDialog, state: ViewState) -> None:
    state.set_range(0, 3652)
    fill(dialog.field, "2007-04-02")
    press(dialog.field, Qt.Key.Key_Return)
    middle = (state.start + state.end) / 2
    assert middle == pytest.approx(dates.from_iso("2007-04-02") + 0.5)


@pytest.mark.parametrize("text", ["어제", "2007-13", "2007-02-30", "2010/2005", "200"])
def test_what_is_no_date_is_told_and_enter_does_nothing(
    dialog: GoToDialog, state: ViewState, text: str
) -> None:
    before = (state.start, state.end)
    fill(dialog.field, text)
    assert dialog.told.property("rank") == "error"
    assert not dialog.go.isEnabled()
    press(dialog.field, Qt.Key.Key_Return)
    assert (state.start, state.end) == before
    assert dialog.isVisible()


def test_an_empty_field_shows_examples(dialog: GoToDialog) -> None:
    fill(dialog.field, "2007")
    fill(dialog.field, "")
    assert "1950/1953" in dialog.told.text()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1950/1953", "1950-01-01", "1953-12-31"),
        ("2012-03-15/..", "2012-03-15", "2012-03-15"),
        ("../1953-07-27", "1953-07-27", "1953-07-27"),
        ("195X", "1950-01-01", "1959-12-31"),
    ],
)
def test_periods_go_from_first_to_last_day(text: str, first: str, last: str) -> None:
    assert days_of(text) == (dates.from_iso(first), dates.from_iso(last))
