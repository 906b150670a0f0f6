"""Themes: the colour tokens that pictures and windows are made with (`resources/themes`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from viewer.resources import resource

THEMES = ("light", "dark", "print")


class Palette(NamedTuple):
    """The tones of one lane: `strong` for marks, `text` for words, `band` and `hatch` behind."""

    strong: str
    text: str
    band: str
    hatch: str


@dataclass(frozen=True, slots=True)
class Theme:
    """`colours` by token; `palettes` by the colour name that a lane bears."""

    name: str
    colours: dict[str, str]
    palettes: dict[str, Palette]

    def __getitem__(self, token: str) -> str:
        return self.colours[token]

    def palette(self, name: str) -> Palette:
        """The palette of that name, the neutral one where the theme has none."""
        return self.palettes.get(name, self.palettes["neutral"])


@cache
def theme(name: str) -> Theme:
    """Reads a theme file; the name is one of `THEMES`."""
    with resource(f"themes/{name}.toml").open("rb") as file:
        data = tomllib.load(file)
    palettes = {key: Palette(**tones) for key, tones in data["palettes"].items()}
    return Theme(name, data["colours"], palettes)
