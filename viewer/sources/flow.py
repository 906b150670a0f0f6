"""Putting text together: blocks on lines of their own, cells of a row beside each other."""

from __future__ import annotations


class Flow:
    """Takes text as it comes and breaks it where a block ends, never within a word.

    A cell is parted from the one before it by a tab. Nothing is written for a block without text.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._break = False  # a block has ended, and text may follow
        self._fresh = True  # nothing stands on this line (in this cell) yet

    def text(self, text: str) -> None:
        if not text:
            return
        if self._break:
            self._parts.append("\n")
            self._break = False
        self._parts.append(text)
        self._fresh = text.endswith("\n")

    def block(self) -> None:
        """A block begins or ends here."""
        self._break = self._break or not self._fresh
        self._fresh = True if self._break else self._fresh

    def row(self) -> None:
        """A row of a table begins."""
        self.block()
        if self._break:
            self._parts.append("\n")
        self._break, self._fresh = False, True

    def cell(self, first: bool) -> None:
        """A cell begins."""
        self._break = False
        if not first:
            self._parts.append("\t")
        self._fresh = True

    @property
    def fresh(self) -> bool:
        """Whether the next text begins a line or a cell."""
        return self._fresh

    def value(self) -> str:
        """All of it; blank lines at both ends are left out."""
        return "".join(self._parts).strip("\n")
