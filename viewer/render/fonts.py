"""The font: which family is there, its QFont, and its advances as a measure.

Everything here needs a QGuiApplication. Kerning, ligatures and contextual forms are off, so
that a line is as wide as its letters and the measure holds for every writer.
"""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
from PySide6.QtGui import QFont, QFontMetricsF, QRawFont

from viewer.layout.measure import TABLE_SIZE, WIDE_RANGES, Measure
from viewer.render.family import family as family
from viewer.render.plain import CONTROLS, SPACES

REFERENCE = 256
"""Type size in px that advances are taken at; text is painted from it by scaling."""

# `locl` would follow the machine's language, the others join or widen neighbours.
_FEATURES_OFF = ("calt", "liga", "clig", "locl")
# Signs that take no room wherever they stand: joiners, direction marks, the soft hyphen.
_ZERO_RANGES = ((0xAD, 0xAE), (0x200B, 0x2010), (0x202A, 0x202F), (0x2060, 0x2070))
# Vowels and final consonants of Hangul written in parts join the syllable before them.
_JOINING_JAMO = (0x1160, 0x1200)
# Spaces that fonts leave to the renderer, in ems: U+2000 to U+200A, U+202F and U+205F.
_FIXED_SPACES = (0.5, 1.0, 0.5, 1.0, 1 / 3, 0.25, 1 / 6, 0.55, 0.28, 0.2, 0.1)
_OTHER_SPACES = {0x202F: 0.2, 0x205F: 0.22}
# Signs of our own pictures that the family may lack: then another font's advance counts.
_OWN_SIGNS = "…·→≠≈–—“”"
# Sums of such fractions are exact, whatever the order in which they are added.
_STEP = 1 / 16384


@lru_cache(maxsize=64)
def font(size: float, bold: bool = False) -> QFont:
    """The family at `size` px (to the nearest whole one); not to be changed by who gets it."""
    made = QFont(family())
    made.setPixelSize(max(1, round(size)))
    made.setBold(bold)
    made.setKerning(False)
    for feature in _FEATURES_OFF:
        made.setFeature(QFont.Tag(feature), 0)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStyleStrategy(
        QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoSubpixelAntialias
    )
    return made


@lru_cache(maxsize=16384)
def advance(text: str, bold: bool = False) -> float:
    """The width in ems that Qt itself gives a line, in whichever fonts it takes."""
    return QFontMetricsF(font(REFERENCE, bold)).horizontalAdvance(text) / REFERENCE


@cache
def measure() -> Measure:
    """The advances of `family()` as a table, made once."""
    regular, wide, han = _advances(bold=False)
    strong, wide_bold, han_bold = _advances(bold=True)
    return Measure(family(), regular, strong, wide, wide_bold, han=han, han_bold=han_bold)


def _advances(*, bold: bool) -> tuple[np.ndarray[tuple[int], np.dtype[np.float32]], float, float]:
    """The table (ems), and the widths of Hangul and of Han."""
    text = "".join(map(chr, range(TABLE_SIZE))) + "가漢"
    raw = QRawFont.fromFont(font(REFERENCE, bold))
    glyphs = np.array(raw.glyphIndexesForString(text), dtype=np.int64)
    ems = np.round(_glyph_advances(raw, glyphs) / _STEP) * _STEP
    hangul, han = (float(each) or 1.0 for each in ems[-2:])
    table, glyphs = ems[:TABLE_SIZE], glyphs[:TABLE_SIZE]

    table[glyphs == 0] = han
    for start, end in WIDE_RANGES:
        table[start:end] = np.where(glyphs[start:end] == 0, hangul, table[start:end])
    table[list(CONTROLS)] = 0.0
    table[list(SPACES)] = table[0x20]
    for code, width in _spaces().items():
        if glyphs[code] == 0:
            table[code] = width
    for start, end in (*_ZERO_RANGES, _JOINING_JAMO):
        table[start:end] = 0.0
    for sign in _OWN_SIGNS:
        if glyphs[ord(sign)] == 0:
            table[ord(sign)] = round(advance(sign, bold) / _STEP) * _STEP
    return table.astype(np.float32), hangul, han


def _spaces() -> dict[int, float]:
    return dict(enumerate(_FIXED_SPACES, start=0x2000)) | _OTHER_SPACES


def _glyph_advances(
    raw: QRawFont, glyphs: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Advances in ems of n glyphs: from the font's own table where Qt agrees with it.

    Asking Qt for each glyph costs ten times as much; it is asked for all of them only where
    the table is not the whole truth (variable fonts, a bold that is made up).
    """
    table = _horizontal_metrics(raw)
    if table is not None:
        ems = table[np.minimum(glyphs, len(table) - 1)] / raw.unitsPerEm()
        sample = glyphs[np.flatnonzero(glyphs)[::97]]
        asked = _ask(raw, sample)
        told = table[np.minimum(sample, len(table) - 1)] / raw.unitsPerEm()
        if np.allclose(asked, told, atol=1.5 / REFERENCE / 64):
            return np.asarray(ems, dtype=np.float64)
    return _ask(raw, glyphs)


def _horizontal_metrics(raw: QRawFont) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
    """The `hmtx` table's advances in font units, None where there is no such table."""
    header = raw.fontTable("hhea").data()
    metrics = raw.fontTable("hmtx").data()
    if len(header) < 36:
        return None
    count = int.from_bytes(header[34:36], "big")
    if count == 0 or len(metrics) < 4 * count:
        return None
    pairs = np.frombuffer(metrics, dtype=">u2", count=2 * count)
    return pairs[::2].astype(np.float64)


def _ask(
    raw: QRawFont, glyphs: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    advances = raw.advancesForGlyphIndexes(glyphs.tolist())
    return np.array([each.x() / REFERENCE for each in advances], dtype=np.float64)
