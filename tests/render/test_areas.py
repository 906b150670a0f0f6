"""What is painted anew of a picture: all that was asked for, nothing twice."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from viewer.display import DisplayList, Line, Rect, Style, Text
from viewer.render.areas import areas
from viewer.render.inks import forget_titles
from viewer.render.sheet import Sheet

WIDTH, HEIGHT = 700, 300


@pytest.mark.parametrize("seed", range(6))
def test_areas_cover_what_was_asked_for_and_do_not_overlap(seed: int) -> None:
    random = Random(seed)
    boxes = []
    for _ in range(random.choice((1, 3, 9, 30))):
        x, y = random.uniform(-90, WIDTH + 50), random.uniform(-60, HEIGHT + 40)
        boxes.append((x, y, x + random.uniform(1, 80), y + random.uniform(1, 60)))
    asked = np.zeros((HEIGHT, WIDTH), np.int64)
    for left, top, right, bottom in boxes:
        inside = [max(int(np.floor(each)), 0) for each in (left, top)]
        beyond = [max(int(np.ceil(each)), 0) for each in (right, bottom)]
        asked[inside[1] : beyond[1], inside[0] : beyond[0]] = 1
    painted = np.zeros((HEIGHT, WIDTH), np.int64)
    for left, top, right, bottom in areas(boxes, (0, 0, WIDTH, HEIGHT)):
        assert 0 <= left < right <= WIDTH
        assert 0 <= top < bottom <= HEIGHT
        painted[top:bottom, left:right] += 1
    assert (painted >= asked).all()
    assert painted.max(initial=0) <= 1


def test_what_lies_beyond_the_picture_is_not_painted() -> None:
    assert areas([(-40.0, 0.0, -1.0, 300.0), (0.0, 301.0, 50.0, 320.0)], (0, 0, 700, 300)) == []


def moved_by(shift: float) -> DisplayList:
    """A bar with its title over a rule, and a line across the whole picture that stands still."""
    bar = Rect(200.0 + shift, 100.0, 180.0, 16.0, Style("#2a5a9e", "#14202f", 1.7), 2.6)
    rule = Line(260.0 + shift, 40.0, 260.0 + shift, 290.0, Style(stroke="#b3261e"))
    title = Text(390.0 + shift, 112.0, 120.0, "한미연합사 창설", 13.0, "#14202f")
    still = Line(0.0, 30.5, WIDTH, 30.5, Style(stroke="#566579"))
    return DisplayList(
        WIDTH, HEIGHT, "#ffffff", (rule, bar, title, still), zoom=1.0, origin=-shift
    )  # fmt: skip


def test_a_copy_that_moved_beside_what_stands_still_is_a_whole_painting() -> None:
    sheet = Sheet()
    sheet.show(moved_by(0.0))
    forget_titles()
    sheet.show(moved_by(-20.0))
    whole = Sheet()
    whole.show(moved_by(-20.0))
    assert sheet.copied
    assert sheet.image() == whole.image()
