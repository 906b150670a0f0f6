"""Work on very many records at once."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def many_records() -> Iterator[None]:
    """Within it Python looks for no garbage: it would go through all records again and again as
    they grow in number, a third of the time, though none of them can be let go. Afterwards they
    count as old at once, so that it does not go through them as soon as it looks again; but not in
    a program that has set aside for good what it began with, which would be let loose by that."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
