"""The events' form: what its fields say and take, and that the keyboard reaches all of it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QListWidget, QWidget

from db.records import LANGUAGES, Bilingual, Language
from tests.helpers import choose, click, fill, open_window, press, settle, texts, write
from tests.widgets.forming import (
    CTRL,
    begin,
    compose,
    edit,
    focused,
    form_of,
    key,
    overridden,
    save,
)
from tests.widgets.test_main_window import latin_only
from viewer.widgets.forms import form_panel
from viewer.widgets.forms.event_fields import FOLDS, in_reading_order
from viewer.widgets.state import TYPE_SIZES

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.details import EventDetail
    from viewer.app import Wired
    from viewer.widgets.forms.event_form import EventForm

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def wired(qtbot: QtBot, copy: Path) -> Wired:
    return open_window(qtbot, copy, language="ko")


def open_all(form: EventForm) -> None:
    form.set_open_folds(",".join(FOLDS))
    settle()


def begun(wired: Wired) -> EventForm:
    """A new event with a title and all parts of the form open."""
    form = begin(wired)
    write(focused(), "한미 정상 통화")
    open_all(form)
    return form


def saved(wired: Wired) -> EventDetail:
    save()
    assert wired.window.adding.form is None, "it was not saved"
    assert wired.selection.ref is not None
    return wired.document.event(wired.selection.ref[1])


def offered(list_: QListWidget) -> list[str]:
    assert list_.isVisible()
    return [list_.item(row).text() for row in range(list_.count())]


# Dates


@pytest.mark.parametrize(
    ("typed", "korean", "english"),
    [
        ("2022-05~", "2022년 5월경 · 2022-05~", "about May 2022 · 2022-05~"),
        ("2022년 5월 21일", "2022년 5월 21일 · 2022-05-21", "21 May 2022 · 2022-05-21"),
        ("21 May 2022", "2022년 5월 21일 · 2022-05-21", "21 May 2022 · 2022-05-21"),
        ("1953~1954", "1953년~1954년 · 1953/1954", "1953 – 1954 · 1953/1954"),
    ],
)
def test_a_date_says_at_once_what_it_means(
    wired: Wired, typed: str, korean: str, english: str
) -> None:
    date = begin(wired).fields.date
    fill(date.line, typed)
    assert date.told.text() == korean
    assert date.line.accessibleDescription() == korean
    wired.state.set_language("en")
    assert date.told.text() == english
    assert date.text == typed


def test_a_date_that_is_none_says_so_in_words_colour_and_sign(wired: Wired) -> None:
    date = begin(wired).fields.date
    fill(date.line, "2022-13-40")
    assert date.told.text().startswith("✕ ")
    assert date.told.property("rank") == "wrong"
    assert date.line.accessibleDescription() == date.told.text()
    fill(date.line, "2022")
    assert not date.told.text().startswith("✕")


def test_a_further_date_can_become_the_main_one(wired: Wired) -> None:
    form = begun(wired)
    fill(form.fields.date.line, "2022-05-21")
    click(form.fields.further.add)
    assert isinstance(focused(), QWidget)
    write(focused(), "2022년 4월 28일")
    card = form.fields.further.cards[0]
    choose(card.role.box, "announced")  # type: ignore[attr-defined]
    click(card.promote)  # type: ignore[attr-defined]
    assert form.fields.date.text == "2022년 4월 28일"
    detail = saved(wired)
    assert [(each.edtf, each.role, each.primary) for each in detail.dates] == [
        ("2022-04-28", "announced", True),
        ("2022-05-21", "occurred", False),
    ]


def test_a_further_date_without_a_main_one_is_told_at_the_main_one(wired: Wired) -> None:
    form = begun(wired)
    click(form.fields.further.add)
    write(focused(), "2022")
    save()
    assert focused() is form.fields.date.line
    assert form.fields.date.told.property("rank") == "wrong"


# What exists is offered


def test_lanes_are_offered_as_one_types_and_ordered_by_keys(wired: Wired) -> None:
    form = begun(wired)
    lanes = form.fields.lanes
    lanes.line.setFocus()
    write(lanes.line, "기")
    assert offered(lanes.line.list) == ["기술"]
    key(Qt.Key.Key_Return)
    assert lanes.line.text() == ""
    write(lanes.line, "economic")
    key(Qt.Key.Key_Tab)
    names = {lane.id: lane.key for lane in wired.document.timeline.lanes}
    assert [names[each] for each in lanes.ids] == ["military", "technology", "economic"]
    last = in_reading_order(lanes)[2]
    last.setFocus()
    key(Qt.Key.Key_Left, ALT)
    key(Qt.Key.Key_Left, ALT)
    assert [names[each] for each in lanes.ids] == ["economic", "military", "technology"]
    in_reading_order(lanes)[1].setFocus()
    key(Qt.Key.Key_Delete)
    detail = saved(wired)
    assert [lane.key for lane in detail.lanes] == ["economic", "technology"]


def test_the_syllable_being_composed_counts_and_is_not_swallowed(wired: Wired) -> None:
    form = begun(wired)
    line = form.fields.lanes.line
    line.setFocus()
    compose(line, "기")
    assert offered(line.list) == ["기술"]
    assert line.text() == ""
    write(line, "기술")
    assert line.text() == "기술"


def test_a_lane_that_is_none_is_told_when_saving(wired: Wired) -> None:
    form = begun(wired)
    form.fields.lanes.line.setFocus()
    write(focused(), "우주")
    save()
    assert focused() is form.fields.lanes.line
    assert "우주" in form.fields.lanes.told.text()


def test_the_down_key_offers_every_lane_and_escape_folds_the_list_first(wired: Wired) -> None:
    form = begun(wired)
    line = form.fields.lanes.line
    line.setFocus()
    key(Qt.Key.Key_Down)
    assert offered(line.list) == ["경제(FTA)", "기술"]
    key(Qt.Key.Key_Escape)
    assert line.list.isHidden()
    assert wired.window.adding.form is form


def test_a_new_tag_is_made_with_the_event_and_offered_from_then_on(wired: Wired) -> None:
    form = begun(wired)
    form.fields.tags.line.setFocus()
    write(focused(), "공급망 회복력")
    key(Qt.Key.Key_Return)
    write(focused(), "핵심광물")
    detail = saved(wired)
    assert sorted(tag.name.text("ko") for tag in detail.tags) == ["공급망 회복력", "핵심광물"]
    form = begin(wired)
    open_all(form)
    form.fields.tags.line.setFocus()
    write(focused(), "공급")
    assert offered(form.fields.tags.line.list) == ["공급망 회복력"]
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    assert form.fields.tags.ids == (detail.tags[0].id,) or form.fields.tags.ids == (
        detail.tags[1].id,
    )


def test_a_place_brings_its_other_name_along(wired: Wired) -> None:
    form = begun(wired)
    korean = form.fields.place.edits["ko"]
    korean.setFocus()
    write(korean, "워싱")
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    assert saved(wired).event.place == Bilingual("Washington, D.C.", "워싱턴 D.C.")


def test_a_place_that_nobody_had_is_taken_as_it_is(wired: Wired) -> None:
    form = begun(wired)
    form.fields.place.edits["ko"].setFocus()
    write(focused(), "대전")
    assert saved(wired).event.place == Bilingual(None, "대전")


def test_links_are_found_by_words_of_either_language(wired: Wired) -> None:
    form = begun(wired)
    click(form.fields.links.add)
    card = form.fields.links.cards[0]
    choose_relation(card, ("leads to", False))
    line = card.event_field.line  # type: ignore[attr-defined]
    line.setFocus()
    write(line, "david camp")
    assert offered(line.list)[0].startswith("캠프 데이비드")
    key(Qt.Key.Key_Return)
    detail = saved(wired)
    assert [(link.type, link.outgoing) for link in detail.links] == [("leads to", False)]
    assert detail.links[0].title.en == "Camp David trilateral summit"


def choose_relation(card: object, value: tuple[str, bool]) -> None:
    field = card.relation  # type: ignore[attr-defined]
    for place in range(field.box.count()):
        if field.box.itemData(place) == value:
            field.box.setCurrentIndex(place)
            field.box.activated.emit(place)
    settle()


def test_the_same_link_twice_is_told_at_the_second(wired: Wired) -> None:
    form = begun(wired)
    for _ in range(2):
        click(form.fields.links.add)
        card = form.fields.links.cards[-1]
        card.event_field.line.setFocus()  # type: ignore[attr-defined]
        write(focused(), "Camp David")
        key(Qt.Key.Key_Return)
    save()
    assert focused() is form.fields.links.cards[1].event_field.line  # type: ignore[attr-defined]
    assert wired.window.adding.form is form


# Citations and claims


def test_a_claim_rests_on_a_citation_that_is_new_itself(wired: Wired) -> None:
    form = begun(wired)
    click(form.fields.citations.add)
    write(focused(), "공동성명")
    citation = form.fields.citations.cards[0]
    fill(citation.date.line, "2022년 5월 21일")  # type: ignore[attr-defined]
    click(form.fields.claims.add)
    claim = form.fields.claims.cards[0]
    fill(claim.point.edits["ko"], "통화일")  # type: ignore[attr-defined]
    fill(claim.value.edits["ko"], "2022년 5월 20일")  # type: ignore[attr-defined]
    assert "2022-05-20" in claim.value.told.text()  # type: ignore[attr-defined]
    by = claim.by  # type: ignore[attr-defined]
    assert [by.box.itemText(place) for place in range(by.box.count())][1] == "공동성명"
    by.box.setCurrentIndex(1)
    by.box.activated.emit(1)
    detail = saved(wired)
    assert [(each.title, each.edtf, each.seen) for each in detail.citations] == [
        ("공동성명", "2022-05-21", "not seen")
    ]
    assert wired.selection.ref is not None
    rows = wired.document.rows_about("event", [wired.selection.ref[1]])
    (stored,) = rows["claim"].values()
    assert stored["citation_id"] == detail.citations[0].id
    assert (stored["value_ko"], stored["value_en"]) == ("2022-05-20", None)


def test_a_citation_without_a_title_opens_its_part_and_gets_the_focus(wired: Wired) -> None:
    form = begun(wired)
    click(form.fields.citations.add)
    form.set_open_folds("")
    form.fields.title.focus()
    save()
    settle()
    card = form.fields.citations.cards[0]
    assert focused() is card.title.line  # type: ignore[attr-defined]
    assert card.isVisible()
    press(card.remove, Qt.Key.Key_Space)
    assert form.fields.citations.cards == []
    saved(wired)


# The other fields


def test_importance_is_a_figure_on_the_keyboard(wired: Wired) -> None:
    form = begun(wired)
    slider = form.fields.importance.slider
    slider.setFocus()
    key(Qt.Key.Key_5)
    assert form.fields.importance.stars.text() == "★★★★★"
    assert "5" in slider.accessibleDescription()
    assert saved(wired).event.importance == 5


def test_the_label_tells_how_much_of_it_the_picture_writes(wired: Wired) -> None:
    form = begun(wired)
    fill(form.fields.title.edits["ko"], "한미 " * 30 + "통화")
    told = form.fields.label.told.text()
    assert "줄어듦" in told
    assert "…" in told
    fill(form.fields.label.edits["ko"], "한미 통화")
    assert form.fields.label.told.text() == "국문: 연표에 ‘한미 통화’로 표시"
    detail = saved(wired)
    columns = wired.document.timeline.columns
    assert detail.event.label.ko == "한미 통화"
    assert columns is not None


def test_kinds_stand_below_the_names_of_their_groups(wired: Wired) -> None:
    box = begin(wired).fields.kind.box
    heads = [place for place in range(box.count()) if box.itemData(place) is None]
    assert len(heads) == 4
    assert all(not box.model().flags(box.model().index(row, 0)) for row in heads)


# Keys


def test_letters_typed_into_the_form_are_no_commands(wired: Wired) -> None:
    form = begun(wired)
    for widget in (form.fields.kind.box, form.fields.importance.slider, form.save):
        widget.setFocus()
        for letter in "negN0+":
            assert overridden(widget, Qt.Key(ord(letter.upper())), letter), letter
        assert overridden(widget, Qt.Key.Key_Delete)
    assert not overridden(form.fields.kind.box, Qt.Key.Key_F1)


@pytest.mark.parametrize("keys", [(Qt.Key.Key_Return, CTRL), (Qt.Key.Key_S, CTRL)])
def test_the_saving_keys_work_wherever_the_focus_is(
    wired: Wired, keys: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    for pick in ("summary", "kind", "importance", "add"):
        form = begun(wired)
        widget = {
            "summary": form.fields.summary.edits["ko"],
            "kind": form.fields.kind.box,
            "importance": form.fields.importance.slider,
            "add": form.fields.citations.add,
        }[pick]
        widget.setFocus()
        key(*keys)
        assert wired.window.adding.form is None, pick
    assert len(wired.document.undated()) == 4


def test_what_is_being_composed_is_saved_too(wired: Wired, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(wired)
    compose(focused(), "한미")

    class Method:
        """An input method that hands over what it composes when it is asked to."""

        @staticmethod
        def commit() -> None:
            event = QInputMethodEvent()
            event.setCommitString("한미")
            QApplication.sendEvent(focused(), event)

    class Application:
        @staticmethod
        def inputMethod() -> type[Method]:  # noqa: N802 - Qt's own name
            return Method

    monkeypatch.setattr(form_panel, "QGuiApplication", Application)
    assert saved(wired).event.title.ko == "한미"


def test_tab_goes_through_the_form_as_one_reads_it(wired: Wired) -> None:
    form = begun(wired)
    click(form.fields.further.add)
    click(form.fields.citations.add)
    click(form.fields.links.add)
    form.begin()
    met = [focused()]
    while focused() is not form.leave and len(met) < 100:
        key(Qt.Key.Key_Tab)
        met.append(focused())
    inside = [each for each in met if form.fields.isAncestorOf(each)]
    tops = [each.mapTo(form.fields, each.rect().topLeft()).y() for each in inside]
    # Side by side in a row they differ by a few px at most.
    assert all(later >= earlier - 6 for earlier, later in pairwise(tops))
    expected = [each for each in in_reading_order(form.fields) if each.isVisible()]
    assert inside == expected
    assert form.save in met


def test_the_line_with_the_focus_is_scrolled_into_view(wired: Wired) -> None:
    form = begun(wired)
    form.fields.links.add.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    place = focused().mapTo(form.area.viewport(), focused().rect().center())
    assert form.area.viewport().rect().contains(place)


# Languages, themes, sizes


def test_switching_the_language_keeps_what_was_typed(wired: Wired) -> None:
    form = begun(wired)
    fill(form.fields.summary.edits["en"], "A call.")
    choose(form.fields.status.box, "planned")
    click(form.fields.citations.add)
    write(focused(), "공동성명")
    before = form.fields.typed()
    wired.state.set_language("en")
    settle()
    assert form.fields.typed() == before
    assert form.heading.text() == "New event"
    assert form.fields.title.inputs[0] is form.fields.title.edits["en"]
    left = [
        text for _, text in texts(form.fields) if any("가" <= letter <= "힣" for letter in text)
    ]
    assert set(left) <= {"한미 정상 통화", "공동성명", "KO: the picture writes “한미 정상 통화”"}


def test_nothing_of_the_form_is_left_in_english(wired: Wired) -> None:
    form = begun(wired)
    for parts in form.fields.lists:
        click(parts.add)
    assert [(where, text) for where, text in texts(form) if latin_only(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_takes_the_focus_has_a_name(wired: Wired, language: Language) -> None:
    wired.state.set_language(language)
    form = begun(wired)
    for parts in form.fields.lists:
        click(parts.add)
    for widget in form.findChildren(QWidget):
        if isinstance(widget, QAbstractScrollArea) and widget is form.area:
            continue
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            name = widget.accessibleName() or getattr(widget, "text", str)()
            assert name, widget


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_form_at_any_size_of_type(
    wired: Wired, language: Language
) -> None:
    wired.state.set_language(language)
    for size in (TYPE_SIZES[0], 13.0, TYPE_SIZES[-1]):
        wired.state.set_type_size(size)
        settle()
        form = begun(wired)
        for parts in form.fields.lists:
            click(parts.add)
        assert form.fields.minimumSizeHint().width() <= form.area.viewport().width()
        wired.window.adding.discard()
        settle()


def test_the_parts_that_are_open_are_remembered(wired: Wired) -> None:
    form = begin(wired)
    header = form.fields.folds["texts"].header
    header.setFocus()
    key(Qt.Key.Key_Return)
    assert form.fields.summary.isVisible()
    key(Qt.Key.Key_Escape)
    assert wired.remembered().form_open == "texts"
    again = begin(wired)
    assert again.fields.summary.isVisible()
    assert not again.fields.label.isVisible()


def test_the_timeline_stays_usable_beside_the_form(wired: Wired) -> None:
    form = begun(wired)
    canvas = wired.window.canvas
    start = wired.state.start
    canvas.setFocus()
    press(canvas, Qt.Key.Key_Right)
    assert wired.state.start != start
    wired.selection.select(("event", int(wired.document.timeline.columns.id[0])))
    settle()
    assert form_of(wired) is form
    press(canvas, Qt.Key.Key_N)
    assert form_of(wired) is form
    assert focused() is form.fields.title.edits["ko"]
    edit(wired, ("event", int(wired.document.timeline.columns.id[0])))
    assert wired.window.resuming.bar.isVisible()


def test_what_is_offered_at_the_lower_edge_is_scrolled_into_view(wired: Wired) -> None:
    form = begun(wired)
    click(form.fields.links.add)
    line = form.fields.links.cards[0].event_field.line  # type: ignore[attr-defined]
    line.setFocus(Qt.FocusReason.TabFocusReason)
    write(line, "한미")
    settle()
    port = form.area.viewport()
    assert port.rect().contains(line.list.mapTo(port, line.list.rect().bottomLeft()))


def test_a_letter_typed_on_a_chip_goes_into_the_line(wired: Wired) -> None:
    form = begun(wired)
    chip = in_reading_order(form.fields.lanes)[0]
    chip.setFocus()
    key(Qt.Key.Key_T)
    assert focused() is form.fields.lanes.line
    assert offered(form.fields.lanes.line.list)[0] == "기술"
    assert len(form.fields.lanes.ids) == 1


# What is seen


def seen_whole(form: EventForm, widget: QWidget) -> bool:
    area = form.area.viewport()
    top = widget.mapTo(area, QPoint(0, 0)).y()
    return top >= 0 and top + widget.height() <= area.height()


@pytest.mark.parametrize("name", ["further", "citations", "links"])
def test_a_part_that_is_added_is_seen_whole(wired: Wired, name: str) -> None:
    form = begun(wired)
    parts = getattr(form.fields, name)
    parts.add.setFocus()
    key(Qt.Key.Key_Space)
    settle()
    (card,) = parts.cards
    assert card.isAncestorOf(focused())
    assert seen_whole(form, card)


def test_tab_shows_a_field_with_what_is_said_below_it(wired: Wired) -> None:
    form = begun(wired)
    write(form.fields.date.line, "2022년 5월 21일")
    fields = [each for each in form.fields.fields if each.isVisible()]
    for _ in range(40):
        key(Qt.Key.Key_Tab)
        settle()
        for field in fields:
            if field.isAncestorOf(focused()):
                assert seen_whole(form, field), field.title
