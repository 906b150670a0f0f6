"""Many short texts in one piece of memory, each cut out when it is asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BETWEEN = b"\xff"  # stands nowhere in UTF-8


class Texts(Sequence[str]):
    """A sequence of n texts as UTF-8 with a byte between them; `begins` and `ends` are the
    places (n,) of each in `joined`. A million titles weigh what their letters do."""

    __slots__ = ("begins", "ends", "joined")

    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    joined: bytes | memoryview

    def __init__(self, texts: Iterable[str] = ()) -> None:
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        self._take(BETWEEN.join(encoded), none=not encoded)

    @classmethod
    def joined_already(cls, joined: bytes) -> Texts:
        """One text at least, with `BETWEEN` between them."""
        made = cls.__new__(cls)
        made._take(joined, none=False)
        return made

    @classmethod
    def divided_already(
        cls, joined: bytes | memoryview, begins: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> Texts:
        """Of which it is known where each begins and ends."""
        made = cls.__new__(cls)
        made.joined, made.begins, made.ends = joined, begins, ends
        return made

    @classmethod
    def together(cls, parts: Sequence[Texts]) -> Texts:
        """The texts of several, one after the other."""
        parts = [part for part in parts if len(part)]
        if not parts:
            return cls()
        offsets = np.cumsum([0, *(len(part.joined) + 1 for part in parts)]).tolist()
        return cls.divided_already(
            BETWEEN.join(part.joined for part in parts),
            np.concatenate([part.begins + at for part, at in zip(parts, offsets, strict=False)]),
            np.concatenate([part.ends + at for part, at in zip(parts, offsets, strict=False)]),
        )

    def part(self, first: int, behind: int) -> Texts:
        """The texts `first`..`behind` - 1 on their own, one at least; nothing is copied."""
        start, end = int(self.begins[first]), int(self.ends[behind - 1])
        return Texts.divided_already(
            memoryview(self.joined)[start:end],
            self.begins[first:behind] - start,
            self.ends[first:behind] - start,
        )

    def _take(self, joined: bytes, *, none: bool) -> None:
        self.joined = joined
        between = np.flatnonzero(np.frombuffer(joined, np.uint8) == BETWEEN[0])
        count = 0 if none else len(between) + 1
        self.begins = np.zeros(count, np.int64)
        self.ends = np.full(count, len(joined), np.int64)
        if count:
            self.begins[1:] = between + 1
            self.ends[:-1] = between

    def __len__(self) -> int:
        return len(self.begins)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        if isinstance(index, slice):
            return tuple(self[each] for each in range(*index.indices(len(self))))
        return str(self.joined[self.begins[index] : self.ends[index]], "utf-8", "surrogatepass")

    def codes(self, first: int, behind: int) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """The code points of the texts `first`..`behind` - 1, one after another with a newline
        between, and where each begins and the last ends: (letters,) and (behind - first + 1,)."""
        start = int(self.begins[first])
        piece = bytes(self.joined[start : int(self.ends[behind - 1])])
        octets = np.frombuffer(piece, np.uint8)
        letters = np.r_[0, np.cumsum((octets & 0xC0) != 0x80)]  # every octet but the later ones
        text = piece.replace(BETWEEN, b"\n").decode("utf-8", "surrogatepass")
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        begins = letters[self.begins[first:behind] - start]
        return codes, np.r_[begins, len(codes) + 1]


class CutTexts(Texts):
    """The same in a file: one text is read by itself, and what stands around it stays there. Where
    each ends is found when somebody asks for all."""

    __slots__ = ("_cut",)

    def __init__(
        self,
        joined: memoryview,
        begins: NDArray[np.int64],
        cut: Callable[[int, int], bytes],
    ) -> None:
        """`cut` gives the octets of `joined` from one place to another."""
        self.joined, self.begins, self._cut = joined, begins, cut

    def __getattr__(self, name: str) -> Any:
        if name != "ends":
            raise AttributeError(name)
        self.ends = ends_of(self.joined, self.begins)
        return self.ends

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        if isinstance(index, slice):
            return super().__getitem__(index)
        first = int(self.begins[index])
        last = index in (-1, len(self) - 1)
        end = len(self.joined) if last else int(self.begins[index + 1]) - 1
        return self._cut(first, end).decode("utf-8", "surrogatepass")


def ends_of(joined: bytes | memoryview, begins: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each of some texts ends that begin one after the other."""
    return np.append(begins[1:] - 1, len(joined))[: len(begins)]


class _Stretch(NamedTuple):
    """The texts `first`..`behind` - 1 of some that stand together in memory."""

    of: Texts
    first: int
    behind: int


class PiecedTexts(Texts):
    """Stretches of other texts, one after the other. They are written together only when somebody
    asks for all: an edit of one among a million copies none of the others."""

    __slots__ = ("_starts", "_stretches")

    def __init__(self, pieces: Iterable[tuple[Texts, int, int]]) -> None:
        """Each piece is the texts, its first one and the one behind its last."""
        stretches: list[_Stretch] = []
        for texts, first, behind in pieces:
            for each in _stretches(texts, first, behind):
                last = stretches[-1] if stretches else None
                if last is not None and last.of is each.of and last.behind == each.first:
                    stretches[-1] = last._replace(behind=each.behind)
                else:
                    stretches.append(each)
        self._stretches = stretches
        self._starts = [0, *accumulate(each.behind - each.first for each in stretches)]

    def __getattr__(self, name: str) -> Any:
        """What is not there yet: `joined`, `begins` and `ends`."""
        if name not in Texts.__slots__:
            raise AttributeError(name)
        whole = Texts.together([of.part(first, behind) for of, first, behind in self._stretches])
        self.joined, self.begins, self.ends = whole.joined, whole.begins, whole.ends
        return getattr(whole, name)

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        if isinstance(index, slice):
            return super().__getitem__(index)
        row = index + len(self) if index < 0 else index
        if not 0 <= row < len(self):
            raise IndexError(index)
        place = bisect_right(self._starts, row) - 1
        of, first, _ = self._stretches[place]
        return of[first + row - self._starts[place]]

    def part(self, first: int, behind: int) -> Texts:
        found = PiecedTexts([(self, first, behind)])
        if len(found._stretches) == 1:
            return found._stretches[0].of.part(*found._stretches[0][1:])
        return found

    def stretches(self, first: int, behind: int) -> Iterable[_Stretch]:
        """What the texts `first`..`behind` - 1 are put together from."""
        place = bisect_right(self._starts, first) - 1
        while first < behind:
            of, begin, _ = self._stretches[place]
            here, there = self._starts[place : place + 2]
            to = min(there, behind)
            yield _Stretch(of, begin + first - here, begin + to - here)
            first, place = to, place + 1


def _stretches(texts: Texts, first: int, behind: int) -> Iterable[_Stretch]:
    if isinstance(texts, PiecedTexts):
        return texts.stretches(first, behind)
    return [_Stretch(texts, first, behind)] if first < behind else []
