"""The dialog for lanes, kinds, tags, schemes and stages: by keys, at once, and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QMessageBox

from db.changes import ChangeSet
from db.records import LANGUAGES, Bilingual
from db.store import Store
from tests.helpers import choose, click, dialog, fill, is_open, open_window, press, settle, texts
from viewer.display import THEMES, theme
from viewer.edits import events, organising
from viewer.widgets.forms.form_dialog import FormDialog
from viewer.widgets.organise.choice import DeleteChoice
from viewer.widgets.organise.dialog import PAGES, OrganiseDialog
from viewer.widgets.parts.choices import ChoiceField
from viewer.widgets.parts.colours import COLOURS
from viewer.widgets.parts.fields import BothField

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.records import Lane
    from viewer.app import Wired
    from viewer.widgets.organise.page import OrganisePage

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def wired(qtbot: QtBot, copy: Path) -> Wired:
    return open_window(qtbot, copy)


def opened(wired: Wired, page: str = "lanes") -> OrganiseDialog:
    """The dialog at a page, opened by its key and reached by keys."""
    wired.window.activateWindow()
    settle()
    press(wired.window.canvas, Qt.Key.Key_L, CTRL | SHIFT)
    found = dialog(OrganiseDialog)
    while found.switch.current != page:
        press(found, Qt.Key.Key_PageDown, CTRL)
    return found


def strike(
    page: OrganisePage,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Presses a key in the list; the dialog has the keyboard again, as a window manager gives it
    back when a box over it closes."""
    page.window().activateWindow()
    settle()
    press(page.tree, key, modifiers)


def by_name(page: OrganisePage, name: str) -> None:
    """Chooses the row of that name."""
    found = page.tree.findItems(
        name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, column=0
    )
    assert found, f"there is no {name}"
    page.tree.setCurrentItem(found[0])
    settle()


def rows(page: OrganisePage) -> list[list[str]]:
    """The texts of every row, in order; those under another one are set in."""
    found = []

    def walk(item, depth):
        columns = range(item.columnCount())
        found.append(["  " * depth + item.text(0), *(item.text(each) for each in columns[1:])])
        for place in range(item.childCount()):
            walk(item.child(place), depth + 1)

    for place in range(page.tree.topLevelItemCount()):
        walk(page.tree.topLevelItem(place), 0)
    return found


def take(page: OrganisePage, deed: str, text: str) -> None:
    """Takes an entry of a button's menu."""
    click(page.buttons[deed])
    menu: QMenu = page.menu(deed)
    action = next(each for each in menu.actions() if each.text() == text)
    menu.close()
    action.trigger()
    settle()


def field(form: FormDialog, kind: type) -> object:
    return next(each for each in form.findChildren(kind) if each.isVisible())


def save_named(**names: str) -> None:
    """Types names into the form that is open and saves it by Enter."""
    form = dialog(FormDialog)
    name = cast("BothField", field(form, BothField))
    for language, text in names.items():
        fill(name.edits[language], text)  # type: ignore[index, arg-type]
    press(name.edits["ko"], Qt.Key.Key_Return)


def answer(place: int, target: str = "") -> None:
    """Takes one of the answers to what is to become of what a thing holds."""
    found = dialog(DeleteChoice)
    found.radios[place].setChecked(True)
    box = found.boxes[place]
    if target and box is not None:
        choose(box, box.itemData(box.findText(target)))
    press(found.radios[place], Qt.Key.Key_Return)


def lanes(wired: Wired) -> dict[str, Lane]:
    return {lane.name.text("en"): lane for lane in wired.document.timeline.lanes}


def with_tag(wired: Wired, name: str, count: int) -> None:
    """A tag that the first events of the file bear."""
    ids = [int(each) for each in wired.document.timeline.columns.id[:count]]
    rows = wired.document.rows_about("event", ids)
    wired.document.apply(events.with_new_tag(rows, name))
    settle()


def test_a_lane_is_added_by_keys_alone_and_is_on_the_picture(wired: Wired) -> None:
    page = opened(wired).page
    strike(page, Qt.Key.Key_Insert)
    save_named(ko="우주", en="Space")
    assert "Space" in lanes(wired)
    assert page.tree.currentItem().text(0) == "Space"
    names = [item.text for item in wired.window.canvas.display().items if item.role == "lane"
             and hasattr(item, "text")]  # fmt: skip
    assert "Space" in names


def test_a_new_lane_takes_a_colour_that_no_other_has(wired: Wired) -> None:
    page = opened(wired).page
    strike(page, Qt.Key.Key_Insert)
    save_named(ko="우주")
    assert len({lane.colour for lane in lanes(wired).values()}) == 4


def test_without_a_name_it_is_told_and_nothing_is_made(wired: Wired) -> None:
    page = opened(wired).page
    strike(page, Qt.Key.Key_Insert)
    save_named(ko="")
    form = dialog(FormDialog)
    assert "name" in cast("BothField", field(form, BothField)).told.text()
    assert len(lanes(wired)) == 3


def test_f2_renames_in_both_languages_and_the_window_follows(wired: Wired) -> None:
    page = opened(wired).page
    by_name(page, "Technology")
    strike(page, Qt.Key.Key_F2)
    save_named(en="Tech and space", ko="기술·우주")
    assert lanes(wired)["Tech and space"].name.ko == "기술·우주"
    assert wired.window.side.lanes["technology"].text() == "Tech and space"


def test_ctrl_z_in_the_dialog_undoes_and_ctrl_shift_z_does_it_again(wired: Wired) -> None:
    found = opened(wired)
    by_name(found.page, "Technology")
    strike(found.page, Qt.Key.Key_Up, ALT)
    order = [row[0] for row in rows(found.page)]
    assert order == ["Military", "Technology", "Economic (FTA)"]
    strike(found.page, Qt.Key.Key_Z, CTRL)
    assert [row[0] for row in rows(found.page)] == ["Military", "Economic (FTA)", "Technology"]
    strike(found.page, Qt.Key.Key_Z, CTRL | SHIFT)
    assert [row[0] for row in rows(found.page)] == order
    assert found.page.tree.currentItem().text(0) == "Technology"
    assert "Reorder" in found.told.text()


def test_a_colour_is_chosen_by_its_name(wired: Wired) -> None:
    page = opened(wired).page
    by_name(page, "Military")
    take(page, "colour", "violet")
    assert lanes(wired)["Military"].colour == "violet"
    assert rows(page)[0][3] == "violet"


def test_every_palette_of_every_theme_is_on_offer() -> None:
    for name in THEMES:
        assert set(theme(name).palettes) == set(COLOURS)


def test_a_lane_is_put_under_another_and_taken_out_again(wired: Wired) -> None:
    page = opened(wired).page
    by_name(page, "Technology")
    strike(page, Qt.Key.Key_Right, ALT)
    assert [row[0] for row in rows(page)] == ["Military", "Economic (FTA)", "  Technology"]
    side = wired.window.side.lanes["technology"]
    assert side.accessibleName().startswith("Economic (FTA) › Technology, 28 events")
    strike(page, Qt.Key.Key_Left, ALT)
    assert lanes(wired)["Technology"].parent_id is None
    take(page, "under", "Military")
    assert lanes(wired)["Technology"].parent_id == lanes(wired)["Military"].id


def test_a_lane_is_not_offered_itself_nor_what_sits_under_it(wired: Wired) -> None:
    page = opened(wired).page
    by_name(page, "Technology")
    take(page, "under", "Economic (FTA)")
    by_name(page, "Economic (FTA)")
    click(page.buttons["under"])
    menu = page.menu("under")
    assert [action.text() for action in menu.actions()] == ["Military"]
    menu.close()


def test_deleting_a_lane_asks_and_moves_what_it_holds(wired: Wired) -> None:
    page = opened(wired).page
    by_name(page, "Technology")
    strike(page, Qt.Key.Key_Delete)
    asked = dialog(DeleteChoice)
    assert "37 events" in asked.question.text()
    assert "Technology alliance" in asked.question.text()
    answer(0, "Economic (FTA)")
    assert set(lanes(wired)) == {"Military", "Economic (FTA)"}
    assert len(wired.document.timeline.columns) == 109
    stage = next(s for s in wired.document.timeline.stages if s.slug == "technology-alliance")
    assert stage.lane_id == lanes(wired)["Economic (FTA)"].id


def test_deleting_a_lane_with_its_events_says_how_many_stay(wired: Wired) -> None:
    page = opened(wired).page
    before = len(wired.document.timeline.columns)
    alone = wired.document.alone_in_lane(lanes(wired)["Technology"].id)
    by_name(page, "Technology")
    strike(page, Qt.Key.Key_Delete)
    asked = dialog(DeleteChoice)
    assert f"Delete the {alone} events" in asked.radios[1].text()
    assert f"{37 - alone} stay in other lanes" in asked.radios[1].text()
    assert "Technology alliance" in asked.radios[1].accessibleDescription()
    answer(1)
    assert len(wired.document.timeline.columns) == before - alone
    strike(page, Qt.Key.Key_Z, CTRL)
    assert len(wired.document.timeline.columns) == before


def test_a_deletion_is_refused_where_a_stage_of_another_lane_begins_with_an_event(
    wired: Wired,
) -> None:
    page = opened(wired).page
    stage = next(s for s in wired.document.timeline.stages if s.slug == "economic-alliance")
    moved = wired.document.rows_about("event", [stage.start_event_id])
    wired.document.apply(events.with_lane(moved, lanes(wired)["Military"].id))
    settle()
    by_name(page, "Military")
    strike(page, Qt.Key.Key_Delete)
    answer(1)
    asked = dialog(DeleteChoice)
    assert "Economic alliance" in asked.fault.text()
    press(asked, Qt.Key.Key_Escape)
    assert "Military" in lanes(wired)


def test_an_empty_lane_goes_at_once_and_the_last_one_stays(wired: Wired) -> None:
    found = opened(wired)
    for name in ("Economic (FTA)", "Technology"):
        by_name(found.page, name)
        take(found.page, "merge", "Military")
    strike(found.page, Qt.Key.Key_Delete)
    assert not is_open(DeleteChoice)
    assert "last one" in found.told.text()
    strike(found.page, Qt.Key.Key_Insert)
    save_named(ko="빈 분야")
    strike(found.page, Qt.Key.Key_Delete)
    assert not is_open(DeleteChoice)
    assert set(lanes(wired)) == {"Military"}


def test_a_kind_moves_into_another_group_and_a_group_gets_a_new_kind(wired: Wired) -> None:
    page = opened(wired, "kinds").page
    by_name(page, "Law")
    take(page, "group", "Treaties and agreements")
    strike(page, Qt.Key.Key_Insert)
    save_named(en="Protocol", ko="의정서")
    group = wired.document.timeline.groups[0]
    names = [kind.name.en for kind in wired.document.timeline.kinds if kind.group_id == group.id]
    assert names == ["Treaty", "Agreement", "Law", "Protocol"]


def test_a_kind_with_events_is_deleted_by_choice_only(wired: Wired) -> None:
    page = opened(wired, "kinds").page
    by_name(page, "Treaty")
    strike(page, Qt.Key.Key_Delete)
    asked = dialog(DeleteChoice)
    assert "3 events" in asked.question.text()
    press(asked, Qt.Key.Key_Escape)
    assert "Treaty" in {kind.name.en for kind in wired.document.timeline.kinds}
    strike(page, Qt.Key.Key_Delete)
    answer(0, "Agreement")
    assert "Treaty" not in {kind.name.en for kind in wired.document.timeline.kinds}
    assert len(wired.document.timeline.columns) == 109


def test_a_group_gives_its_kinds_to_another_one(wired: Wired) -> None:
    page = opened(wired, "kinds").page
    before = len(wired.document.timeline.kinds)
    by_name(page, "Treaties and agreements")
    strike(page, Qt.Key.Key_Delete)
    assert "2 kinds" in dialog(DeleteChoice).question.text()
    answer(0, "Statements, summits and talks")
    assert len(wired.document.timeline.groups) == 3
    assert len(wired.document.timeline.kinds) == before


def test_groups_change_their_order_with_their_kinds(wired: Wired) -> None:
    page = opened(wired, "kinds").page
    first = wired.document.timeline.groups[0].key
    by_name(page, "Treaties and agreements")
    strike(page, Qt.Key.Key_Down, ALT)
    assert wired.document.timeline.groups[1].key == first
    assert list(wired.window.side.groups)[1] == first


def test_tags_are_merged_and_taken_off(wired: Wired) -> None:
    with_tag(wired, "반도체", 4)
    with_tag(wired, "칩", 6)
    page = opened(wired, "tags").page
    assert [(row[0], row[2]) for row in rows(page)] == [("반도체", "4"), ("칩", "6")]
    by_name(page, "칩")
    take(page, "merge", "반도체")
    assert [(row[0], row[2]) for row in rows(page)] == [("반도체", "6")]
    strike(page, Qt.Key.Key_Delete)
    assert "6 events" in dialog(DeleteChoice).question.text()
    answer(0)
    assert wired.document.timeline.tags == ()
    assert len(wired.document.timeline.columns) == 109


def test_a_scheme_of_ones_own_is_a_copy_that_the_picture_follows(wired: Wired) -> None:
    page = opened(wired, "schemes").page
    strike(page, Qt.Key.Key_Insert, SHIFT)
    save_named(ko="우리 과의 구분")
    scheme = wired.state.current_scheme
    assert scheme is not None
    assert scheme.name.ko == "우리 과의 구분"
    assert len([s for s in wired.document.timeline.stages if s.scheme_id == scheme.id]) == 4
    # Nobody's scheme says nothing of whose it is.
    (line,) = (item for item in wired.window.canvas.display().items if item.role == "whose")
    assert line.text == "Stages: 우리 과의 구분 · by signature"


def test_the_view_menu_offers_the_schemes_once_there_are_two(wired: Wired) -> None:
    submenu = wired.window.commands.submenus["scheme"]
    assert not submenu.menuAction().isVisible()
    scheme = wired.document.timeline.schemes[0]
    wired.document.apply(organising.added("scheme", Bilingual(ko="새 구분"), position=9))
    settle()
    assert submenu.menuAction().isVisible()
    second = submenu.actions()[1]
    second.trigger()
    assert wired.state.current_scheme != scheme
    assert [action.isChecked() for action in submenu.actions()] == [False, True]
    submenu.actions()[0].trigger()
    assert wired.state.current_scheme == scheme


def test_a_scheme_with_stages_is_deleted_after_a_question(wired: Wired) -> None:
    page = opened(wired, "schemes").page
    strike(page, Qt.Key.Key_Delete)
    box = dialog(QMessageBox)
    assert "4 stages" in box.text()
    click(next(each for each in box.buttons() if each.text() == "Delete"))
    assert wired.document.timeline.schemes == ()
    assert len(wired.document.timeline.columns) == 109
    strike(page, Qt.Key.Key_Z, CTRL)
    assert len(wired.document.timeline.stages) == 4


def test_a_stage_with_quotes_is_deleted_after_a_question(wired: Wired) -> None:
    page = opened(wired, "schemes").page
    by_name(page, "Technology alliance")
    strike(page, Qt.Key.Key_Delete)
    box = dialog(QMessageBox)
    assert "to quotes" in box.text()
    press(box, Qt.Key.Key_Escape)
    assert len(wired.document.timeline.stages) == 4


def test_stages_change_their_order(wired: Wired) -> None:
    page = opened(wired, "schemes").page
    by_name(page, "Technology alliance")
    strike(page, Qt.Key.Key_Up, ALT)
    assert [row[0].strip() for row in rows(page)][-1] == "Economic alliance (through the FTA)"


def test_what_others_change_meanwhile_shows_in_the_dialog(wired: Wired, copy: Path) -> None:
    page = opened(wired).page
    with Store.open(copy) as other:
        edit = organising.added("lane", Bilingual(ko="사이버"), colour="rose", position=9)
        other.apply(ChangeSet(edit.changes, label=edit.label))
    wired.window.editing.look_elsewhere()
    settle()
    assert "사이버" in [row[0] for row in rows(page)]


def test_a_lane_that_was_deleted_elsewhere_is_told_and_no_other_one_goes(
    wired: Wired, copy: Path
) -> None:
    page = opened(wired).page
    by_name(page, "Technology")
    strike(page, Qt.Key.Key_Delete)
    with Store.open(copy) as other:
        found = {each.key: each.id for each in other.timeline().lanes}
        merged = organising.merged(
            other.rows_about("lane", [found["technology"], found["military"]]),
            "lane", found["technology"], found["military"],
        )  # fmt: skip
        other.apply(ChangeSet(merged.changes, label=merged.label))
    wired.window.editing.look_elsewhere()
    settle()
    answer(1)
    assert "deleted elsewhere" in dialog(DeleteChoice).fault.text()
    assert set(lanes(wired)) == {"Military", "Economic (FTA)"}


def test_a_form_with_something_typed_is_not_left_without_a_question(wired: Wired) -> None:
    page = opened(wired).page
    strike(page, Qt.Key.Key_Insert)
    form = dialog(FormDialog)
    fill(cast("BothField", field(form, BothField)).edits["ko"], "우주")
    press(form, Qt.Key.Key_Escape)
    box = dialog(QMessageBox)
    press(box, Qt.Key.Key_Escape)
    assert is_open(FormDialog)
    press(form, Qt.Key.Key_Escape)
    click(next(each for each in dialog(QMessageBox).buttons() if each.text() == "Throw away"))
    assert not is_open(FormDialog)


def test_a_colour_changed_in_the_form_leaves_the_names_as_they_are(
    wired: Wired,
) -> None:
    page = opened(wired).page
    by_name(page, "Military")
    strike(page, Qt.Key.Key_F2)
    colour = cast("ChoiceField", field(dialog(FormDialog), ChoiceField))
    choose(colour.box, "rose")
    press(dialog(FormDialog), Qt.Key.Key_S, CTRL)
    assert lanes(wired)["Military"].colour == "rose"
    assert lanes(wired)["Military"].name == Bilingual("Military", "군사")


def test_a_file_that_cannot_be_written_greys_everything_and_says_why(
    qtbot: QtBot, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.media.obstacle", lambda _: "read-only.folder")
    wired = open_window(qtbot, copy)
    found = opened(wired)
    for key in PAGES:
        found.show_page(key)
        page = found.page
        page.tree.setCurrentItem(page.tree.topLevelItem(0))
        enabled = {name for name, button in page.buttons.items() if button.isEnabled()}
        assert enabled <= {"show"}
    assert "Read-only" in found.told.text()
    assert "Read-only" in found.page.buttons["delete"].toolTip()


def test_everything_has_a_name_in_both_languages(wired: Wired) -> None:
    found = opened(wired)
    for language in LANGUAGES:
        wired.state.set_language(language)
        settle()
        for page in found.pages.values():
            assert page.tree.accessibleName()
            assert all(button.accessibleName() for button in page.buttons.values())
    assert not [text for _, text in texts(found) if "organise." in text]
    assert found.windowTitle() == "분야·유형·꼬리표·단계 정리"


def test_a_row_reads_out_its_lane_its_number_and_its_colour(wired: Wired) -> None:
    page = opened(wired).page
    spoken = page.tree.topLevelItem(0).data(0, Qt.ItemDataRole.AccessibleTextRole)
    drawn = "45 events drawn in it, 5 more that stand in it too and are drawn in their first lane"
    assert spoken == f"Military, 군사, {drawn}, blue"


def test_lanes_count_what_the_side_panel_counts_and_what_they_share_apart(wired: Wired) -> None:
    tree = opened(wired).page.tree
    shown = [row.count for row in wired.window.side.lanes.values()]
    items = [tree.topLevelItem(place) for place in range(tree.topLevelItemCount())]
    assert [int(item.text(2).split(" + ")[0]) for item in items] == shown
    assert items[0].text(2) == "45 + 5"
    assert "5 more" in items[0].toolTip(2)


def test_escape_closes_the_dialog_and_it_opens_again(wired: Wired) -> None:
    found = opened(wired)
    strike(found.page, Qt.Key.Key_Escape)
    assert not is_open(OrganiseDialog)
    assert opened(wired, "tags").switch.current == "tags"
