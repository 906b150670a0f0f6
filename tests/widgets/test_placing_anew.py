"""Edits, undo, kinds, lanes, filters and languages in any order, while a worker is placing: what
is shown in the end is what a fresh start would show, and in between nothing that was never so."""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from db.columns import Columns
from db.filters import Filter
from db.splicing import splice, spliced
from db.texts import Texts
from tests.bench.synthetic import synthetic
from tests.layout.test_labels_kept import TWO_KINDS
from tests.pictures import forgotten, labels, of_role, overlap
from tests.widgets.test_placing import Opened, part_of, whole
from viewer.layout import build
from viewer.render import fonts
from viewer.widgets.canvas.placing import Placing

if TYPE_CHECKING:
    from db.timeline import Timeline
    from viewer.display import DisplayList
    from viewer.layout import View

COUNT = 620
STEPS = st.lists(
    st.sampled_from(
        ["move", "move", "title", "importance", "kind", "into lane", "delete", "add", "undo",
         "undo", "lanes", "kinds", "least", "language", "size", "rows", "pan", "reorder", "wait"]
    ),
    min_size=4,
    max_size=12,
)  # fmt: skip


def some_of(columns: Columns, rows: list[int]) -> Columns:
    """Columns of some rows alone."""
    values = {field.name: getattr(columns, field.name) for field in fields(Columns)}
    return Columns(**{
        name: Texts(each[row] for row in rows) if isinstance(each, Texts) else each[rows]
        for name, each in values.items()
    })  # fmt: skip


class Hand:
    """Somebody who edits and looks, faster than labels are placed."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        made = synthetic(COUNT, seed % 7)
        kind = np.array([self.chance.randrange(2) for _ in range(COUNT)], np.int16)
        made = replace(made, kinds=TWO_KINDS, columns=replace(made.columns, kind=kind))
        self.document = Opened(made)
        self.view = whole(made, language="ko")
        self.placing = Placing(self.document)
        self.placing.placed.connect(self.look)
        self._before: list[tuple[list[int], Columns]] = []
        self.look()

    def look(self) -> DisplayList:
        return self.placing.lay_out(self.view)

    def take(self, ids: list[int], part: Columns) -> None:
        """Puts what `part` has in place of some events."""
        columns = self.document.timeline.columns
        how = splice(columns, part, np.array(ids, np.int64))
        self.document.timeline = replace(self.document.timeline, columns=spliced(how))
        self.document.splice = how

    def edit(self, what: str) -> None:
        columns = self.document.timeline.columns
        row = self.chance.randrange(len(columns))
        ident = int(columns.id[row])
        old = some_of(columns, [row])
        day = self.chance.randint(-7000, 20000)
        new = {
            "move": lambda: part_of(columns, row, first=np.int64(day), last=np.int64(day)),
            "importance": lambda: part_of(columns, row, importance=np.uint8(day % 5 + 1)),
            "kind": lambda: part_of(columns, row, kind=np.int16(day % 2)),
            "into lane": lambda: replace(old, lanes=np.array([[day % 3]], np.int16)),
            "title": lambda: replace(old, label_ko=Texts([f"방위비 분담 {day} " * (day % 3)])),
            "delete": lambda: some_of(columns, []),
            "add": lambda: part_of(columns, row, id=columns.id.max() + 1, first=np.int64(day),
                                   last=np.int64(day)),
        }[what]()  # fmt: skip
        if what == "add":
            ident = int(new.id[0])
            old = some_of(columns, [])
        self._before.append(([ident], old))
        self.take([ident], new)

    def do(self, what: str, wait: object) -> None:
        view, chance = self.view, self.chance
        if what == "wait":
            wait()  # type: ignore[operator]
        elif what == "undo":
            if self._before:
                self.take(*self._before.pop())
        elif what == "reorder":
            self._before.clear()  # of rows whose lanes had other numbers
            self._reorder()
        elif what == "lanes":
            keys = tuple(
                chance.sample(["military", "economic", "technology"], chance.randint(0, 3))
            )
            self.view = replace(view, filter=replace(view.filter, lanes=keys))
        elif what == "kinds":
            kinds = chance.choice([(), ("treaty",), ("summit",)])
            self.view = replace(view, filter=replace(view.filter, kinds=kinds))
        elif what == "least":
            self.view = replace(
                view, filter=replace(view.filter, min_importance=chance.choice([1, 2, 3]))
            )
        elif what == "language":
            self.view = replace(view, language=chance.choice(["en", "ko"]))
        elif what == "size":
            self.view = replace(view, type_size=chance.choice([11.0, 13.0, 26.0]))
        elif what == "rows":
            self.view = replace(view, height=chance.choice([500.0, 700.0, 900.0]))
        elif what == "pan":
            days = (view.end - view.start) * chance.uniform(-0.3, 0.3)
            self.view = replace(view, start=view.start + days, end=view.end + days)
        else:
            self.edit(what)

    def _reorder(self) -> None:
        made = self.document.timeline
        order = self.chance.sample(range(3), 3)
        where = np.argsort(order)
        lanes = np.where(made.columns.lanes >= 0, where[made.columns.lanes], -1).astype(np.int16)
        self.document.timeline = replace(
            made, lanes=tuple(made.lanes[each] for each in order),
            columns=replace(made.columns, lanes=lanes),
        )  # fmt: skip
        self.document.splice = None


def afresh(made: Timeline, view: View) -> DisplayList:
    """As a process that has just read the file would lay it out."""
    forgotten()
    columns = some_of(made.columns, list(range(len(made.columns))))
    return build(replace(made, columns=columns), view, fonts.measure())


# From how many events on what is shown is placed first: from more than there are, and from few.
@pytest.mark.parametrize("many", [COUNT * 2, COUNT // 2])
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32), steps=STEPS)
@example(seed=0, steps=["move", "lanes", "lanes", "wait", "size", "move"])
@example(seed=1, steps=["rows", "move", "size", "move", "wait", "rows", "add"])
def test_whatever_is_done_while_labels_are_placed_ends_in_what_a_fresh_start_shows(
    qtbot, monkeypatch, many, seed, steps
):
    monkeypatch.setattr("viewer.widgets.canvas.placing.MANY", many)
    forgotten()
    hand = Hand(seed)

    def wait() -> None:
        qtbot.waitUntil(lambda: not hand.placing.busy, timeout=60_000)

    known = set(hand.document.timeline.columns.id.tolist())
    for step in steps:
        hand.do(step, wait)
        known |= set(hand.document.timeline.columns.id.tolist())
        meanwhile = hand.look()
        now = set(hand.document.timeline.columns.id.tolist())
        pressed = {item.ref[1] for item in meanwhile.items if item.ref and item.ref[0] == "event"}
        assert pressed <= now  # nothing that is gone can be pressed
        written = of_role(meanwhile, "label")
        for number, one in enumerate(written):
            assert not any(overlap(one, other) for other in written[number + 1 :])
    wait()
    shown = hand.look()
    assert not hand.placing.edited
    assert shown.counts["shown"] == len(set(labels(shown)) | set(shown.hidden))
    assert str(shown) == str(afresh(hand.document.timeline, hand.view))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), share=st.sampled_from([1.0, 0.2, 0.02]))
def test_kinds_toggled_in_any_order_leave_no_overlap_and_the_picture_of_a_fresh_start(seed, share):
    forgotten()
    hand = Hand(seed)
    hand.placing.wait()
    view = hand.view
    middle, half = (view.start + view.end) / 2, (view.end - view.start) * share / 2
    view = replace(view, start=middle - half, end=middle + half)
    made = hand.document.timeline
    for kinds in ((), ("summit",), (), ("treaty",), ("treaty", "summit"), ("summit",)):
        display = build(made, replace(view, filter=Filter(kinds=kinds)), fonts.measure())
        solid = of_role(display, "label", "sign", "mark", "bar", "heading", "lane", "density")
        for number, one in enumerate(solid):
            for other in solid[number + 1 :]:
                texts = {one.role, other.role} & {"label", "sign"}
                own = one.ref is not None and one.ref == other.ref
                if texts and not own:
                    assert not overlap(one, other), (one, other)
    assert str(display) == str(afresh(made, replace(view, filter=Filter(kinds=("summit",)))))
