"""Things that stand beside lines, each as near to its own as the others let it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def stacked(wanted: Sequence[float], heights: Sequence[float], least: float = 0.0) -> list[float]:
    """Tops in px for things that would stand at `wanted` (in order) and are so high: in the same
    order, none over another nor above `least`, and moved as little as that allows (the sum of the
    squares is the least)."""
    # Heaps of things that touch: how many, the sum of where each would have the heap begin, and
    # how high it is.
    heaps: list[tuple[int, float, float]] = []
    for want, height in zip(wanted, heights, strict=True):
        count, total, high = 1, want, height
        while heaps and _top(heaps[-1], least) + heaps[-1][2] > _top((count, total, high), least):
            before_count, before_total, before_high = heaps.pop()
            total = before_total + total - count * before_high
            count, high = before_count + count, before_high + high
        heaps.append((count, total, high))
    tops: list[float] = []
    for heap in heaps:
        at = _top(heap, least)
        for height in heights[len(tops) : len(tops) + heap[0]]:
            tops.append(at)
            at += height
    return tops


def _top(heap: tuple[int, float, float], least: float) -> float:
    return max(heap[1] / heap[0], least)
