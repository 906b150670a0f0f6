"""Many labels are placed beside the window: what is shown meanwhile is true, and of this file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal

from db.columns import Columns
from db.filters import Filter
from db.splicing import splice, spliced
from db.texts import Texts
from tests.bench.synthetic import synthetic
from tests.pictures import labels
from viewer.display import box
from viewer.layout import View, build, navigation
from viewer.render import fonts
from viewer.widgets.canvas.placing import Placing

MANY = 3000


class Opened(QObject):
    """A document that has nothing but a timeline."""

    replaced = Signal()
    changed = Signal(object, object)
    splice = None
    is_outline = False

    def __init__(self, made) -> None:
        super().__init__()
        self.timeline = made
        self.kept_beside = {}


@pytest.fixture(scope="module")
def many():
    return synthetic(MANY)


def whole(made, **settings) -> View:
    return View(*navigation.fit(made), 1200.0, 700.0, **settings)


@pytest.fixture
def placing(many, qtbot):
    made = Placing(Opened(replace(many)))  # a timeline of which nothing is placed yet
    yield made
    made.wait()


def settled(placing, qtbot, view):
    """The picture of a view once the worker has ended."""
    with qtbot.waitSignal(placing.placed):
        placing.lay_out(view)
    return placing.lay_out(view)


def test_few_labels_are_there_at_once(qtbot):
    few = synthetic(200)
    placing = Placing(Opened(few))
    assert labels(placing.lay_out(whole(few)))
    assert not placing.busy


def test_at_first_all_events_are_shown_without_labels_then_with(placing, many, qtbot):
    view = whole(many, language="ko")
    first = placing.lay_out(view)
    assert not labels(first)
    assert first.counts["shown"] == len(first.hidden) == MANY
    then = settled(placing, qtbot, view)
    assert len(labels(then)) > 40
    assert then.counts["shown"] == MANY
    assert str(then) == str(build(replace(many), view, fonts.measure()))


def test_what_can_wait_is_done_once_the_labels_have_their_places(placing, many, qtbot):
    done: list[str] = []
    placing.then(lambda: done.append("검사"))
    placing.lay_out(whole(many))
    assert not done
    with qtbot.waitSignal(placing.placed):
        pass
    assert not done  # the picture is drawn before
    placing.lay_out(whole(many))
    qtbot.waitUntil(lambda: done == ["검사"])
    placing.then(lambda: done.append("백업"))
    assert done == ["검사", "백업"]


def test_another_filter_leaves_the_old_picture_until_the_new_one_is_whole(placing, many, qtbot):
    before = settled(placing, qtbot, whole(many))
    fewer = whole(many, filter=Filter(min_importance=3))
    assert labels(placing.lay_out(fewer)) == labels(before)
    panned = replace(fewer, start=fewer.start + 2000, end=fewer.end + 2000)
    assert set(labels(placing.lay_out(panned))) - set(labels(before)) < set(many.columns.id)
    with qtbot.waitSignal(placing.placed):
        pass
    after = placing.lay_out(fewer)
    important = set(many.columns.id[many.columns.importance >= 3].tolist())
    assert set(labels(after)) <= important
    assert after.counts["shown"] == len(important)


def test_of_another_file_nothing_of_the_one_before_is_shown(placing, many, qtbot):
    settled(placing, qtbot, whole(many))
    document = placing._document
    document.timeline = synthetic(MANY, seed=9)
    document.replaced.emit()
    assert not labels(placing.lay_out(whole(document.timeline)))


def test_what_is_deleted_cannot_be_pressed_while_the_old_picture_stays(placing, many, qtbot):
    view = whole(many)
    before = settled(placing, qtbot, view)
    gone = next(iter(labels(before)))
    document = placing._document
    document.timeline = without(document.timeline, gone)
    meanwhile = placing.lay_out(view)
    assert len(meanwhile.items) == len(before.items)
    assert ("event", gone) not in {item.ref for item in meanwhile.items}
    with qtbot.waitSignal(placing.placed):
        pass
    assert gone not in set(labels(placing.lay_out(view)))


def without(made, ident):
    """The timeline without an event."""
    keep = made.columns.id != ident
    columns = {
        name: getattr(made.columns, name)[keep]
        for name in Columns.__dataclass_fields__
        if not name.startswith("label")
    }
    kept = np.flatnonzero(keep).tolist()
    titles = {
        name: Texts(getattr(made.columns, name)[row] for row in kept)
        for name in ("label_en", "label_ko")
    }
    return replace(made, columns=Columns(**columns, **titles))


def boxes_of(display):
    """Where each label is, by the id of its event."""
    return {item.ref[1]: box(item) for item in display.items if item.role == "label"}


def part_of(columns, row, **changed):
    """One event of the columns, with other values."""
    values = {
        name: Texts([getattr(columns, name)[row]])
        if name.startswith("label")
        else getattr(columns, name)[row : row + 1]
        for name in Columns.__dataclass_fields__
    }
    return Columns(**values | {name: np.array([each]) for name, each in changed.items()})


def edit(document, row, **changed):
    """Gives an event other days, as an edit of the document does."""
    columns = document.timeline.columns
    how = splice(columns, part_of(columns, row, **changed), columns.id[row : row + 1])
    document.timeline = replace(document.timeline, columns=spliced(how))
    document.splice = how
    return int(columns.id[row])


def test_after_an_edit_all_others_stay_where_they_were_until_their_lane_is_placed(
    placing, many, qtbot
):
    view = whole(many)
    before = settled(placing, qtbot, view)
    document = placing._document
    there = boxes_of(before)
    row = many.columns.row(next(iter(there)))
    first = many.columns.first[0] + 9
    moved = edit(document, row, first=first, last=first)
    meanwhile = boxes_of(placing.lay_out(view))
    assert meanwhile == {ident: each for ident, each in there.items() if ident != moved}
    assert placing.edited == (moved,)


def test_an_edit_that_changes_no_look_leaves_every_label(placing, many, qtbot):
    view = whole(many)
    there = boxes_of(settled(placing, qtbot, view))
    document = placing._document
    edit(document, many.columns.row(next(iter(there))), citations=np.int32(3))
    assert boxes_of(placing.lay_out(view)) == there


def test_edits_in_quick_succession_are_carried_from_one_to_the_next(placing, many, qtbot):
    view = whole(many)
    before = labels(settled(placing, qtbot, view))
    document = placing._document
    edited = set()
    for day, ident in zip((9, 5000, 200), list(before)[:3], strict=True):
        first = many.columns.first[0] + day
        edited.add(edit(document, document.timeline.columns.row(ident), first=first, last=first))
        meanwhile = placing.lay_out(view)
        assert set(labels(meanwhile)) == set(before) - edited
        assert set(placing.edited) == edited
        assert meanwhile.counts["shown"] == MANY
    while placing.busy:
        with qtbot.waitSignal(placing.placed):
            pass
        after = placing.lay_out(view)
    assert str(after) == str(build(replace(document.timeline), view, fonts.measure()))
    assert not placing.edited


def test_of_many_events_those_labels_come_first_that_the_picture_shows(
    placing, many, qtbot, monkeypatch
):
    monkeypatch.setattr("viewer.widgets.canvas.placing.MANY", 100)
    view = whole(many, language="ko")
    settled(placing, qtbot, view)
    qtbot.waitUntil(lambda: not placing.busy)
    important = replace(view, filter=Filter(min_importance=2))
    placing.lay_out(important)
    assert not placing.is_whole(important)  # what was there before, for the time being
    with qtbot.waitSignal(placing.placed):
        placing.lay_out(important)
    shown = placing.lay_out(important)
    assert placing.busy  # with what comes further in
    assert placing.is_whole(important)
    further = replace(important, start=view.start + 9000, end=view.start + 9400)
    assert not placing.is_whole(further)
    some = set(labels(placing.lay_out(further)))
    assert some
    qtbot.waitUntil(lambda: not placing.busy)
    assert str(shown) == str(placing.lay_out(important))
    assert some < set(labels(placing.lay_out(further)))
