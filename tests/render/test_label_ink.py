"""The ink of a label stays in the box that the layout keeps free for it: its row, and its width
with half of the air beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.pictures import Made, timeline, view
from tests.render.test_painter import inked, painted
from viewer.display import Text, box
from viewer.layout import build, events
from viewer.layout.frame import _TIGHT

if TYPE_CHECKING:
    from viewer.layout.measure import Measure

TITLES = (
    "한미상호방위조약 체결",
    "뷁쀍꽳 확장억제 강화",
    "jfgy Å Änderung (KORUS) fjord",
    "WAVE Tokyo AVAV",
    "大韓民國·美合衆國 共同聲明",
    "“Nuclear” 핵협의그룹(NCG) 출범 – 3차 회의에서 공동지침을 승인함",
    "《｛［「핵우산」］｝》 ‖(Åß∫)| Ê",
    "훼쀓쮊 뷟쒧꿻 ᄒᆞᆫ글 ᄡᅥ",
    "Điện Biên Phủ Ẫ Ộ Ǻ Ş̧ jjjj",
    "🇰🇷🤝🇺🇸 동맹 70주년 ★ ☎ ①",
)
OVERHANG = (
    0.2  # ems: letters like j reach beyond their advance, into half of the air around a label
)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [10.0, 13.0, 26.0])
@pytest.mark.parametrize("importance", [3, 5])
def test_a_labels_ink_never_leaves_its_box(
    measure: Measure, importance: int, size: float, scale: float
) -> None:
    made = [
        Made(f"{1945 + 8 * nth}-03-{nth + 1:02}", (nth % 3,), importance, title, title,
             quotes=3, disputed=True)
        for nth, title in enumerate(TITLES)
    ]  # fmt: skip
    shown = view("1940", "2030", 2400, 1200, type_size=size)
    display = build(timeline(made), shown, measure)
    written = [each for each in display.items
               if isinstance(each, Text) and each.role in ("label", "sign")]  # fmt: skip
    assert len({each.text for each in written if each.role == "label"}) == len(TITLES)
    assert all(each.bold == (importance == 5) for each in written if each.role == "label")
    for each in written:
        _, y, w, h = box(each)
        here = each._replace(x=20.0, y=each.y - y + 20.0)
        pixels = painted(here, width=int(w) + 60, height=int(h) + 60, scale=scale)
        left, top, right, bottom = np.array(inked(pixels)) / scale
        # An edge may be grey on a pixel of the screen more.
        across, down = OVERHANG * size + 1 / scale, (_TIGHT * size - h) / 2 + 1 / scale
        assert left >= 20 - across, each.text
        assert right <= 20 + w + across, each.text
        assert top >= 20 - down, each.text
        assert bottom <= 20 + h + down, each.text


def test_the_air_around_a_label_holds_what_letters_reach_beyond_their_width() -> None:
    assert min(events.AIR / 2, events.TITLE_GAP / 2, events.SUFFIX_GAP / 2) >= OVERHANG
