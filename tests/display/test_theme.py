"""Themes: complete, readable, and told apart without colour."""

from __future__ import annotations

import pytest

from viewer.display import THEMES, theme

ON = {
    "text": ("ground", "panel", "raised", "selection"),
    "muted": ("ground", "panel", "raised"),
    "accent": ("ground", "panel", "raised"),
    "on-accent": ("accent",),
    "dispute": ("ground", "raised"),
    "forecast": ("ground", "raised"),
    "warning-text": ("warning-ground",),
    "supports": ("raised",),
    "disputes": ("raised",),
    "context": ("raised",),
}


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_text_keeps_its_contrast_on_every_ground(name):
    colours = theme(name)
    for ink, grounds in ON.items():
        for ground in grounds:
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


@pytest.mark.parametrize("name", THEMES)
def test_words_of_a_lane_keep_their_contrast_on_the_ground_and_on_the_band(name):
    colours = theme(name)
    for key, palette in colours.palettes.items():
        for ground in (colours["ground"], palette.band):
            assert contrast(palette.text, ground) >= 4.5, key
            assert contrast(colours["text"], ground) >= 4.5, key
            assert contrast(colours["muted"], ground) >= 4.5, key
            assert contrast(palette.strong, ground) >= 3.0, key
        assert contrast(colours["ground"], palette.strong) >= 4.5 or name == "dark", key


def test_all_themes_have_the_same_tokens_and_palettes():
    first, *others = (theme(name) for name in THEMES)
    for other in others:
        assert other.colours.keys() == first.colours.keys()
        assert other.palettes.keys() == first.palettes.keys()


def test_an_unknown_palette_is_the_neutral_one():
    assert theme("light").palette("없음") == theme("light").palette("neutral")
