"""A hand-made picture with everything that a display list may hold."""

from __future__ import annotations

import math
import struct
import zlib
from typing import TYPE_CHECKING

import pytest

from viewer.display import DisplayList, Image, Line, Path, Primitive, Rect, Style, Text
from viewer.render import fonts
from viewer.render.platform import ensure_gui_application

if TYPE_CHECKING:
    from viewer.layout.measure import Measure


@pytest.fixture(scope="session", autouse=True)
def application() -> object:
    return ensure_gui_application()


@pytest.fixture(scope="session")
def measure(application: object) -> Measure:
    return fonts.measure()


def a_png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A PNG of one colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes(colour) * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


class Drawing:
    """Collects items; texts are as wide as the machine's font makes them."""

    def __init__(self, measure: Measure, width: float = 640, height: float = 360) -> None:
        self.measure = measure
        self.width, self.height = width, height
        self.items: list[Primitive] = []

    def text(self, x: float, y: float, text: str, size: float = 13, bold: bool = False) -> None:
        width = self.measure.width(text, bold) * size
        self.items.append(
            Text(x, y, width, text, size, "#14202f", bold, "label", ("event", 7), "military")
        )

    def list(self, background: str = "#ffffff") -> DisplayList:
        return DisplayList(self.width, self.height, background, tuple(self.items))


@pytest.fixture
def drawing(measure: Measure) -> Drawing:
    return Drawing(measure)


@pytest.fixture
def sample(measure: Measure) -> DisplayList:
    """Bands, hatching, bars, discs, dashes, a picture, Korean and English at three sizes."""
    drawing = Drawing(measure)
    blue = "#2a5a9e"
    disc = tuple(
        (120 + 6 * math.cos(step / 24 * math.tau), 150 + 6 * math.sin(step / 24 * math.tau))
        for step in range(24)
    )
    hatch = tuple(((200.0 + x, 80.0), (180.0 + x, 100.0)) for x in range(0, 120, 6))
    drawing.items += [
        Rect(20, 40, 600, 70, Style("#e6edf8"), role="stage", ref=("stage", 1)),
        Path(hatch, Style(stroke="#8fabd3"), role="hatch", ref=("stage", 1)),
        Path((((600, 40), (620, 75), (600, 110)),), Style("#e6edf8", blue, 1), closed=True),
        Line(20, 40.3, 20, 110.7, Style(stroke=blue, width=2)),
        Line(0, 120.3, 640, 120.3, Style(stroke="#d7dee8")),
        Line(0, 130, 640, 130, Style(stroke="#b3261e", dash=(6, 3))),
        Rect(300, 140, 120.5, 9, Style(blue), radius=4, role="bar", ref=("event", 8)),
        Rect(300, 160, 120.5, 9, Style("#ffffff", blue, 1.5, (4, 2)), radius=4, role="bar"),
        Rect(440, 140, 100, 40, Style("#b0680f", blue, 4, opacity=0.4)),
        Path((disc,), Style("#ffffff", blue, 1.7), closed=True, role="mark", ref=("event", 7)),
        Path((((20, 200), (60, 180), (100, 210), (140, 190)),), Style(stroke="#6b4fa0", width=1.5)),
        Rect(560.5, 140.5, 60, 40, Style("#fff6d9", "#6a4b00", 1), radius=6, role="callout"),
        Image(20, 230, 64, 48, a_png(8, 6, (27, 122, 92))),
    ]
    drawing.text(30, 62, "Military alliance · 군사동맹", 18, True)
    drawing.text(134, 154, "한미상호방위조약 체결 ❝3")
    drawing.text(120, 240, "Mutual Defense Treaty signed: 1 October 1953, in force 1954")
    drawing.text(120, 262, "한미 자유무역협정(FTA) 비준동의안 가결 — 2011년 11월 22일")
    drawing.text(120, 284, "R&D <script>alert('x')</script> \"quoted\"", 11.5)
    drawing.text(120, 320, "경제안보 핵심품목 TF와 조기경보시스템(EWS) 가동", 24, True)
    return drawing.list()
