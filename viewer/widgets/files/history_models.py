"""The history as tables: changesets, read a page at a time, and what one of them changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from db.history import NEWEST
from viewer.widgets.parts.tables import Table
from viewer.words import t
from viewer.words.changes import changeset_words
from viewer.words.history import Teller, moment_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from db.changes import Step
    from db.history import History
    from db.records import Language, Ref
    from db.story import Chapter, LastKnown, RowChange
    from viewer.words.history import Line

    Index = QModelIndex | QPersistentModelIndex

_PAGE = 200  # rows that are read at a time
_LOOKED = 400  # changesets that a filter looks through before the window is served again
_NOWHERE = QModelIndex()


class Entry(NamedTuple):
    """A changeset in the list. `changes` are those that are shown, None for all of the step;
    `words` are its cells."""

    step: Step
    changes: tuple[RowChange, ...] | None
    words: tuple[str, ...]


class StepsModel(Table):
    """The changesets, newest first; only those whose words contain the filter's, which are sought
    while the window is idle until a page of them is found. `ended` tells that there are no more."""

    ended = Signal()
    headings = ("history.when", "history.who", "history.done", "history.count")

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self._source: Iterator[Entry] = iter(())
        self._filter = ""
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(lambda: self.fetchMore(_NOWHERE))

    def show_file(self, history: History, language: Language, text: str) -> None:
        self._begin(self._of_file(history), language, text)

    def show_chapters(self, chapters: Sequence[Chapter], language: Language, text: str) -> None:
        entries = (self._entry(each.step, each.changes) for each in chapters)
        self._begin(entries, language, text)

    def _begin(self, source: Iterator[Entry], language: Language, text: str) -> None:
        self._idle.stop()
        self.beginResetModel()
        self.language, self._filter = language, text.casefold()
        self.entries, self._source, self._more = [], source, True
        self.endResetModel()
        self.fetchMore(_NOWHERE)

    def stop(self) -> None:
        """Looks no further: the file may be closed now."""
        self._idle.stop()
        self._more = False

    def _of_file(self, history: History) -> Iterator[Entry]:
        before = NEWEST
        while steps := history.steps(before, _LOOKED if self._filter else _PAGE):
            yield from (self._entry(step, None) for step in steps)
            before = steps[-1].first

    def _entry(self, step: Step, changes: tuple[RowChange, ...] | None) -> Entry:
        changeset, language = step.changeset, self.language
        who = changeset.author
        if not who:
            unknown = "outside" if changeset.origin == "outside" else "nobody"
            who = t(f"history.{unknown}", language)
        count = step.count if changes is None else len(changes)
        when = moment_words(changeset.time, language)
        return Entry(step, changes, (when, who, changeset_words(changeset, language), f"{count:,}"))

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's own name
        found: list[Entry] = []
        for _ in range(_LOOKED if self._filter else _PAGE):
            entry = next(self._source, None)
            if entry is None:
                self._more = False
                break
            if self._filter in " ".join(entry.words[:3]).casefold():
                found.append(entry)
            if len(found) >= _PAGE:
                break
        if found:
            place = len(self.entries)
            self.beginInsertRows(_NOWHERE, place, place + len(found) - 1)
            self.entries += found
            self.endInsertRows()
        if not self._more:
            self.ended.emit()
        elif len(self.entries) < _PAGE:
            self._idle.start()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def cells(self, row: int) -> tuple[str, ...]:
        return self.entries[row].words

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 2:
            return self.cells(index.row())[2]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 3:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().data(index, role)


class LinesModel(Table):
    """What one changeset changed, line by line."""

    headings = ("history.about", "history.what", "history.before", "history.after")

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Line] = []
        self._changes: Iterator[RowChange] = iter(())
        self._teller: Teller | None = None

    def show_entry(self, entry: Entry | None, history: History | None, language: Language) -> None:
        self.beginResetModel()
        self.language, self.shown, self._more = language, [], False
        if entry is not None and history is not None:
            self._teller = Teller(language, Looked(history).find)
            self._changes = iter(_all_of(entry, history))
            self._more = True
        self.endResetModel()
        if self._more:
            self.fetchMore(_NOWHERE)

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's own name
        assert self._teller is not None
        found: list[Line] = []
        while len(found) < _PAGE and self._more:
            change = next(self._changes, None)
            if change is None:
                self._more = False
            else:
                found += self._teller.lines(change)
        if found:
            place = len(self.shown)
            self.beginInsertRows(_NOWHERE, place, place + len(found) - 1)
            self.shown += found
            self.endInsertRows()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def cells(self, row: int) -> tuple[str, ...]:
        line = self.shown[row]
        return line.about, line.what, line.before, line.after


class Looked:
    """Rows looked up once."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._known: dict[Ref, LastKnown | None] = {}

    def find(self, ref: Ref) -> LastKnown | None:
        if ref not in self._known:
            self._known[ref] = self._history.known([ref]).get(ref)
        return self._known[ref]


def _all_of(entry: Entry, history: History) -> Iterable[RowChange]:
    """The changes of an entry, a page at a time."""
    if entry.changes is not None:
        yield from entry.changes
        return
    first = entry.step.first
    while found := history.changes(first, entry.step.last, _PAGE):
        yield from found
        first = found[-1].seq + 1
