"""A program that edits a file at random for ever, and tells of each edit that it has written.

`python -m tests.kills.editor FILE SEED`. A line on standard output is the id of a changeset that
is on the disk: whoever kills the program may hold it to that.
"""

from __future__ import annotations

import os
import random
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from db.changes import ChangeSet
from db.errors import AllianceError
from db.records import Bilingual
from db.store import Store
from viewer.edits import events
from viewer.edits.drafts import CitationDraft, DateDraft, EventDraft, draft_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.edits.edit import Edit

_WORDS = ("한미", "동맹", "정상회담", "반도체", "alliance", "treaty", "'따옴표'", "줄\n바꿈", "😀")
_REOPENED = 0.1  # of the steps


class Editor:
    """Random edits of one open file."""

    def __init__(self, store: Store, chance: random.Random) -> None:
        self.store, self.chance = store, chance
        timeline = store.timeline()
        self._kinds = [each.id for each in timeline.kinds]
        self._lanes = [each.id for each in timeline.lanes]

    def step(self) -> int | None:
        """One edit; the id of its changeset, None where there was nothing to do."""
        way: Callable[[], int | None] = self.chance.choice(
            (self._add, self._add, self._edit, self._edit, self._delete, self._many, self._back)
        )
        try:
            return way()
        except AllianceError as error:
            if error.code != "event.starts-stage":
                raise
            return None

    def _write(self, edit: Edit) -> int | None:
        if not edit.changes:
            return None
        return self.store.apply(ChangeSet(edit.changes, label=edit.label, author="김철수"))

    def _text(self) -> str:
        return " ".join(self.chance.choices(_WORDS, k=self.chance.randint(1, 40)))

    def _day(self) -> str:
        year, month = self.chance.randint(1950, 2030), self.chance.randint(1, 12)
        day = f"{year}-{month:02}-{self.chance.randint(1, 28):02}"
        return self.chance.choice((f"{year}", f"{year}~", f"{year}-{month:02}", f"{year}/..", day))

    def _some(self, most: int) -> list[int]:
        ids = [each.id for each in self.store.events()]
        return self.chance.sample(ids, min(len(ids), self.chance.randint(1, most)))

    def _add(self) -> int | None:
        draft = EventDraft(
            title=Bilingual(ko=self._text()),
            kind_id=self.chance.choice(self._kinds),
            lane_ids=(self.chance.choice(self._lanes),),
            dates=(DateDraft(self._day(), primary=True),),
            citations=(CitationDraft(self._text()),) * self.chance.randint(0, 3),
            new_tags=(self._text(),) * self.chance.randint(0, 1),
        )
        return self._write(events.added(draft))

    def _edit(self) -> int | None:
        (event,) = self._some(1)
        rows = self.store.rows_about("event", [event])
        draft = replace(draft_of(rows, event), summary=Bilingual(ko=self._text()))
        return self._write(events.edited(rows, event, draft))

    def _delete(self) -> int | None:
        return self._write(events.deleted(self.store.rows_about("event", self._some(3))))

    def _many(self) -> int | None:
        rows = self.store.rows_about("event", self._some(60))
        return self._write(events.with_importance(rows, self.chance.randint(1, 5)))

    def _back(self) -> int | None:
        """Undo or redo, a changeset of its own as well."""
        if self.store.revert(self.chance.choice(("undo", "undo", "redo")), "김철수") is None:
            return None
        return self.store.changesets()[-1].id


def main() -> None:
    path, seed = sys.argv[1:]
    chance = random.Random(seed)
    while True:
        with Store.open(path) as store:
            editor = Editor(store, chance)
            while chance.random() > _REOPENED:
                written = editor.step()
                if written is not None:
                    os.write(1, f"{written}\n".encode())


if __name__ == "__main__":
    main()
