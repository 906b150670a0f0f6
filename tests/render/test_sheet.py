"""The sheet's pixels are those of a whole painting, whatever way the picture came about."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from db.records import Callout
from tests.bench.synthetic import synthetic
from tests.pictures import Made, timeline
from viewer.layout import View, build, navigation
from viewer.render import fonts
from viewer.render.inks import Budget, forget_titles
from viewer.render.painter import paint
from viewer.render.sheet import Sheet

if TYPE_CHECKING:
    from db.timeline import Timeline
    from viewer.display import DisplayList

WIDTH, HEIGHT = 760, 430


def colourful(seed: int = 5, count: int = 260) -> Timeline:
    """Some of everything that a picture can have, from 1948 to 2026."""
    random = Random(seed)
    ends = ("", "~", "?", "/", "/..", "%")
    made = []
    for number in range(count):
        year, month = random.randint(1948, 2026), random.randint(1, 12)
        date = f"{year}-{month:02d}-{random.randint(1, 28):02d}"
        if random.random() < 0.25:
            date = f"{date}/{year + random.randint(1, 14)}-{month:02d}"
        elif random.random() < 0.3:
            date = str(year)
        else:
            date += random.choice(ends)
        made.append(
            Made(date, (random.randrange(3),), random.randint(1, 5),
                 f"Event {number} of the alliance", f"한미 연합훈련 계획 {number}호 합의",
                 quotes=random.randrange(3), disputed=random.random() < 0.2,
                 status=random.choice((0, 0, 0, 1, 2)))
        )  # fmt: skip
    notes = (
        Callout(1, ("event", 1004), 60, 50, "방위비 **분담** 검토"),
        Callout(2, ("stage", 1), 30, 90, "조약 발효까지"),
    )
    full = timeline(made, callouts=notes)
    forecasts = np.full(count, -1, np.int64)
    forecasts[:40:4] = np.arange(60, 160, 10)
    return replace(full, columns=replace(full.columns, forecast_of=forecasts))


def view(start: float, end: float, **settings: object) -> View:
    return View(start, end, WIDTH, HEIGHT, language="ko", callouts=True, **settings)  # type: ignore[arg-type]


def painted(display: DisplayList, ratio: float) -> QImage:
    """The whole picture, painted afresh."""
    width, height = math.ceil(display.width * ratio), math.ceil(display.height * ratio)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(display.background))
    painter = QPainter(image)
    painter.scale(ratio, ratio)
    paint(painter, display)
    painter.end()
    return image


def differing(one: QImage, other: QImage) -> int:
    """How many pixels differ."""
    assert one.size() == other.size()
    pixels = [
        np.frombuffer(image.constBits(), np.uint32) & 0xFFFFFF for image in (one, other)
    ]  # fmt: skip
    return int((pixels[0] != pixels[1]).sum())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("years", [60.0, 9.0, 0.8])
def test_after_random_pans_a_copied_frame_is_a_whole_painting_to_the_pixel(years, theme):
    made, random = colourful(), Random(int(years))
    sheet, middle = Sheet(), -5500.0 if years < 20 else 3000.0
    shown = (middle - years * 183, middle + years * 183)
    copied = 0
    for number in range(90):
        shown = navigation.panned(*shown, random.choice((0.004, 0.02, 0.1, 0.45))
                                  * random.choice((-1, 1)) * random.random())  # fmt: skip
        if not middle - 9000 < shown[0] < middle + 9000:
            shown = (middle - years * 183, middle + years * 183)
        display = build(made, view(*shown, theme=theme), fonts.measure())
        sheet.show(display)
        copied += sheet.copied
        assert differing(sheet.image(), painted(display, 1.0)) == 0, number
    assert copied > 60


@pytest.mark.parametrize(
    ("ratio", "size"),
    [
        (1.0, (WIDTH, HEIGHT)),
        (2.0, (WIDTH // 2, HEIGHT // 2)),
        pytest.param(1.0, (3840, 2160), marks=pytest.mark.long),
        pytest.param(2.0, (1920, 1080), marks=pytest.mark.long),
    ],
)
def test_five_hundred_pans_leave_what_a_whole_painting_gives(ratio, size):
    """Among many events, with all that a picture can have beside them, at more zooms than one."""
    made, random, sheet = colourful(9, 900), Random(int(size[0])), Sheet()
    start, end = -7000.0, 21000.0
    copied = 0
    for number in range(500):
        if number % 50 == 0:
            span = (end - start) / random.choice((1.0, 3.0, 20.0, 150.0))
            begin = random.uniform(start, end - span)
            shown = (begin, begin + span)
            em, theme = random.choice((10.0, 13.0, 26.0)), random.choice(("light", "dark"))
        share = random.choice((0.002, 0.02, 0.1, 0.6)) * random.uniform(-1.0, 1.0)
        panned = navigation.panned(*shown, share)
        shown = panned if start - 4000 < panned[0] < end else shown
        asked = replace(view(*shown, theme=theme, type_size=em),
                        width=float(size[0]), height=float(size[1]))  # fmt: skip
        display = build(made, asked, fonts.measure())
        sheet.show(display, ratio)
        copied += sheet.copied
        # What a pan left behind would stay, so not every frame need be looked at.
        if number % 5 == 4 or number % 50 < 2:
            assert differing(sheet.image(), painted(display, ratio)) == 0, number
    assert copied > 300


@pytest.mark.parametrize("ratio", [2.0, 3.0])
def test_on_finer_screens_as_well(ratio):
    made, random, sheet = colourful(), Random(3), Sheet()
    shown = (-4000.0, 4000.0)
    for number in range(40):
        shown = navigation.panned(*shown, random.uniform(-0.03, 0.03))
        display = build(made, view(*shown), fonts.measure())
        sheet.show(display, ratio)
        assert differing(sheet.image(), painted(display, ratio)) == 0, number
    assert sheet.copied


def test_where_a_px_has_no_whole_number_of_pixels_all_is_painted():
    sheet = Sheet()
    for start in (-4000.0, -3990.0):
        sheet.show(build(colourful(), view(start, start + 8000.0), fonts.measure()), 1.25)
        assert not sheet.copied


def test_on_many_events_with_density_and_at_every_zoom():
    made, random, sheet = synthetic(20_000), Random(11), Sheet()
    shown = navigation.fit(made)
    for number in range(60):
        if number % 6 == 0:
            shown = navigation.zoomed(*shown, random.choice((0.3, 2.0, 5.0)))
        shown = navigation.panned(*shown, random.uniform(-0.08, 0.08))
        display = build(made, replace(view(*shown), callouts=False), fonts.measure())
        sheet.show(display)
        assert differing(sheet.image(), painted(display, 1.0)) == 0, number


def test_a_thousand_zoom_steps_in_and_out_come_back_to_the_pixel():
    made, random, sheet = colourful(), Random(7), Sheet()
    shown = start = (-3000.0, 4000.0)
    sheet.show(build(made, view(*start), fonts.measure()))
    before = sheet.image()
    for _ in range(20):
        steps = [(random.choice((0.8, 1.25)), random.random()) for _ in range(25)]
        for factor, share in steps:
            shown = zoomed(shown, factor, share)
        sheet.show(build(made, view(*shown), fonts.measure()))
        for factor, share in reversed(steps):
            shown = zoomed(shown, 1 / factor, share)
    sheet.show(build(made, view(*shown), fonts.measure()))
    assert differing(sheet.image(), before) == 0


def zoomed(shown: navigation.Range, factor: float, share: float) -> navigation.Range:
    """A notch of the wheel with the pointer at a share of the picture."""
    about = shown[0] + share * (shown[1] - shown[0])
    return navigation.zoomed(*shown, factor, about)


def test_a_bar_with_a_wide_outline_that_reaches_out_of_the_picture_is_mended_round_its_corner():
    made = timeline([Made(f"{1950 + 3 * nth}-01-01/{1990 + nth}-06-30", (nth % 3,), 5)
                     for nth in range(12)], stages=())  # fmt: skip
    sheet, shown = Sheet(), (-9000.0, 4000.0)
    for number in range(60):
        shown = (shown[0] + 20.0, shown[1] + 20.0)
        display = build(made, view(*shown, type_size=26.0), fonts.measure())
        sheet.show(display)
        assert differing(sheet.image(), painted(display, 1.0)) == 0, number
    assert sheet.copied


def test_titles_that_a_hasty_frame_left_out_are_drawn_later():
    forget_titles()
    made, sheet = colourful(), Sheet()
    display = build(made, view(-6000.0, 9000.0), fonts.measure())
    sheet.show(display, 1.0, Budget(3))
    whole = painted(display, 1.0)
    assert sheet.waiting
    forget_titles()
    further = build(made, view(-5500.0, 9500.0), fonts.measure())
    sheet.show(further, 1.0, Budget(2))
    assert differing(sheet.image(), painted(further, 1.0)) > 0
    for _ in range(200):
        if not sheet.waiting:
            break
        sheet.show(further, 1.0, Budget(4))
    assert not sheet.waiting
    assert differing(sheet.image(), painted(further, 1.0)) == 0
    assert differing(sheet.image(), whole) > 0


def test_the_picture_is_copied_to_the_widget_part_by_part():
    sheet = Sheet()
    display = build(colourful(), view(-6000.0, 9000.0), fonts.measure())
    sheet.show(display)
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for left in range(0, WIDTH, 100):
        sheet.draw(painter, QRect(left, 0, min(100, WIDTH - left), HEIGHT))
    painter.end()
    assert differing(image, sheet.image()) == 0
