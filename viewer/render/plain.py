"""Text made fit to be written: one line, no characters that a file format cannot hold."""

from __future__ import annotations

# Everything that begins a new line or column is one space; the measure counts it as one.
SPACES = (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
_DROPPED = (
    *(code for code in range(0x20) if code not in SPACES),
    *(code for code in range(0x7F, 0xA0) if code not in SPACES),
    *range(0xFFF9, 0xFFFC),
    0xFFFE,
    0xFFFF,
)
CONTROLS = tuple(code for code in _DROPPED if code < 0xA0)
_TABLE: dict[int, str | None] = {
    **dict.fromkeys(SPACES, " "),
    **dict.fromkeys(_DROPPED, None),
    # Lone halves of a UTF-16 pair cannot be encoded at all.
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


def plain(text: str) -> str:
    """`text` on one line, without control characters and without lone surrogates."""
    return text if text.isprintable() else text.translate(_TABLE)
