"""The display list: boxes, what a press hits, and the list as text."""

from __future__ import annotations

from viewer.display import DisplayList, Line, Path, Rect, Style, Text, box

INK = Style(fill="#000000")
BAND = Rect(0, 0, 400, 200, INK, role="stage", ref=("stage", 1))
MARK = Rect(100, 50, 10, 10, INK, radius=5, role="mark", ref=("event", 7))
LABEL = Text(114, 60, 52, "정상회담", 13, "#000000", role="label", ref=("event", 7))
RULE = Line(300, 0, 300, 200, INK, role="grid")
PICTURE = DisplayList(400, 200, "#ffffff", (BAND, RULE, MARK, LABEL))


def test_a_press_hits_the_smallest_thing_under_it_not_the_band_behind():
    assert PICTURE.hit(105, 55) is MARK
    assert PICTURE.hit(140, 55) is LABEL
    assert PICTURE.hit(300, 150) is BAND


def test_a_press_just_beside_a_mark_still_hits_it():
    assert PICTURE.hit(98, 55) is MARK
    assert PICTURE.hit(95, 55) is BAND


def test_what_has_no_ref_is_never_hit():
    assert DisplayList(400, 200, "#ffffff", (RULE,)).hit(300, 100) is None


def test_the_box_of_a_text_holds_its_line_and_that_of_a_path_all_its_points():
    x, y, w, h = box(LABEL)
    assert (x, w) == (114, 52)
    assert y < 60 < y + h
    runs = (((1.0, 2.0), (5.0, 9.0)), ((0.0, 4.0), (3.0, 3.0)))
    assert box(Path(runs, INK)) == (0.0, 2.0, 5.0, 7.0)
    assert box(Line(9, 8, 3, 2, INK)) == (3, 2, 6, 6)


def test_the_list_reads_as_one_line_for_each_item():
    lines = str(PICTURE).splitlines()
    assert lines[0] == "400 x 200 on #ffffff"
    assert lines[3] == "rect mark event:7 100.0 50.0 10.0 10.0"
    assert lines[4].endswith("'정상회담'")


def test_a_press_does_not_reach_through_what_lies_above():
    note = Rect(90, 40, 60, 40, INK, role="callout", ref=("note", 3))
    picture = DisplayList(400, 200, "#ffffff", (BAND, MARK, LABEL, note), upper=3)
    assert picture.hit(105, 55) is note
    assert picture.hit(149, 70) is note
    assert picture.hit(152, 58) is LABEL
    assert picture.hit(20, 20) is BAND
