"""A file as it was at a moment, as a new file: a copy in which what came later is taken back."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from db import copying, naming, opening, writing
from db.errors import AllianceError
from db.faults import translated

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from db.copying import Progress

_WHOLE = 1000  # what a progress counts to


def copy_at(
    source: Path,
    before: int,
    target: Path,
    *,
    label: str,
    author: str = "",
    progress: Progress | None = None,
) -> None:
    """Puts the file `source` as it was before the change with a seq at `target`, where nothing
    may be yet: with an id of its own, `source` as its parent, and all of the log, whose last
    changeset takes back what came later.

    Raises what `copying.write` does; nothing is left at `target` then.
    """
    opening.inspect(source)
    naming.check_free(target)
    with (
        translated(source),
        closing(opening.reader(source)) as connection,
        naming.unfinished(target, rights_of=source) as passing,
    ):
        copying.fill(connection, source, passing, target, _half(progress, 0, source), own_id=True)
        with translated(target), closing(opening.connect(passing, "mode=rw")) as copy:
            writing.take_back(copy, before, label, author, _half(progress, 1, source))
        naming.give(passing, target)


def _half(progress: Progress | None, half: int, source: Path) -> Callable[[int, int], None]:
    """One of two halves of the work, as a progress of its own that stops by an exception."""

    def tell(done: int, total: int) -> None:
        share = done / total if total else 1.0
        if progress and progress(round((half + share) * _WHOLE / 2), _WHOLE) is False:
            raise AllianceError("file.interrupted", path=source)

    return tell
