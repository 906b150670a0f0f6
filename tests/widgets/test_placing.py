"""Many labels are placed beside the window: what is shown meanwhile is true, and of this file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal

from db.columns import Columns
from db.filters import Filter
from db.texts import Texts
from tests.bench.synthetic import synthetic
from tests.pictures import labels
from viewer.layout import View, build, navigation
from viewer.render import fonts
from viewer.widgets.canvas.placing import Placing

MANY = 3000


class Opened(QObject):
    """A document that has nothing but a timeline."""

    replaced = Signal()

    def __init__(self, made) -> None:
        super().__init__()
        self.timeline = made


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
