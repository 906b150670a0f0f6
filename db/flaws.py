"""What of an event or stage must not be taken at face value: a quote of it that is broken, or that
somebody disputes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from db.records import Ref

Flaw = Literal["broken", "disputed"]
FLAWS: tuple[Flaw, ...] = ("broken", "disputed")
"""`broken`: a quote of it does not stand in its source. `disputed`: claims about it differ, or a
quote disputes it (on more than its novelty)."""


class Flaws(NamedTuple):
    """The ids of events, in order, and of stages with each flaw; and the sources whose text is not
    the one that was stored."""

    broken: NDArray[np.int64]
    disputed: NDArray[np.int64]
    broken_stages: frozenset[int] = frozenset()
    disputed_stages: frozenset[int] = frozenset()
    changed_sources: frozenset[int] = frozenset()

    def of(self, ref: Ref) -> tuple[Flaw, ...]:
        """The flaws of an event or stage, in the order of `FLAWS`."""
        table, ident = ref
        if table == "stage":
            has = (ident in self.broken_stages, ident in self.disputed_stages)
        else:
            has = (_is_in(self.broken, ident), _is_in(self.disputed, ident))
        return tuple(flaw for flaw, there in zip(FLAWS, has, strict=True) if there)


def ordered(ids: Iterable[int]) -> NDArray[np.int64]:
    """Each id once, in order."""
    return np.sort(np.array(list(set(ids)), np.int64))  # np.unique would bring more modules in


def _is_in(ids: NDArray[np.int64], ident: int) -> bool:
    at = int(ids.searchsorted(ident))
    return at < len(ids) and int(ids[at]) == ident


NO_FLAWS = Flaws(ordered(()), ordered(()))
