"""Keys by identity, for what is kept from one picture to the next."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Same(Generic[T]):
    """Something known by being the same object, whatever equals it: looked up without reading
    it through. Who keeps the key keeps the object, so nothing else can come by its identity."""

    __slots__ = ("it",)

    def __init__(self, it: T) -> None:
        self.it = it

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.it is other.it

    def __hash__(self) -> int:
        return id(self.it)
