"""The flags of a date's shape, one bit each (`Columns.shape`)."""

from __future__ import annotations

APPROXIMATE_START = 1  # `~` or `%` at the first end
APPROXIMATE_END = 2
UNCERTAIN_START = 4  # `?` or `%`
UNCERTAIN_END = 8
INTERVAL = 16  # written as two ends: a period, drawn as a bar
OPEN_START = 32  # `../1953`
OPEN_END = 64  # `2012/..`: goes on
UNKNOWN_START = 128
UNKNOWN_END = 256  # `1979/`
