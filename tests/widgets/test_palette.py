"""The look: every role is set, and what is written can be read."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from viewer.display import theme
from viewer.widgets.palette import palette, style_sheet


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    found = QColor(colour)
    red, green, blue = (linear(part) for part in (found.redF(), found.greenF(), found.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("text", "panel"), ("text", "raised"), ("text", "selection"), ("muted", "panel"),
        ("muted", "raised"), ("on-accent", "accent"), ("dispute", "panel"), ("accent", "panel"),
        ("warning-text", "warning-ground"), ("warning-text", "panel"), ("ground", "text"),
    ],
)  # fmt: skip
def test_text_on_its_ground_can_be_read(name: str, text: str, ground: str) -> None:
    tokens = theme(name)
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_no_role_keeps_the_systems_colour(name: str) -> None:
    made, tokens = palette(theme(name)), theme(name)
    left_out = {QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles}
    own = set(tokens.colours.values())
    for role in QPalette.ColorRole:
        if role not in left_out:
            assert made.color(QPalette.ColorGroup.Active, role).name() in own, role


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_style_sheet_has_no_gap_left(name: str) -> None:
    sheet = style_sheet(theme(name), 13)
    assert "$" not in sheet
    assert ":focus" in sheet
