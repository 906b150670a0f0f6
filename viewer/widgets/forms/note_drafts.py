"""Drafts of notes: what is typed is on the disk soon after, and waits there until it is saved."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from db.errors import AllianceError
from viewer.widgets.forms.draft_keeper import LATEST, PAUSE

if TYPE_CHECKING:
    from db.records import Ref
    from viewer.widgets.forms.drafts import DraftStore


class NoteDraft(NamedTuple):
    """The words of a note that is being written, and whether it is to stand on the picture."""

    words: str
    callout: bool


def key_of(target: Ref, note_id: int | None) -> str:
    """The name of a note's draft: that of the note, or of what a new one is about."""
    return f"note-{note_id}" if note_id is not None else f"note-on-{target[0]}-{target[1]}"


def read_key(key: str) -> tuple[Ref, None] | tuple[None, int] | None:
    """What a key of `key_of` names: what a new note is about, or a note by its id."""
    parts = key.split("-")
    if parts[0] != "note" or not parts[-1].isdecimal():
        return None
    if len(parts) == 4 and parts[1] == "on" and parts[2] in ("event", "stage"):
        return (parts[2], int(parts[3])), None
    return (None, int(parts[1])) if len(parts) == 2 else None


def read_draft(store: DraftStore, key: str) -> NoteDraft | None:
    """A draft that waits; None where there is none, or it cannot be read."""
    data = store.read_bytes(key)
    try:
        found = json.loads(data) if data is not None else None
        return NoteDraft(str(found["words"]), bool(found["callout"])) if found else None
    except (ValueError, TypeError, KeyError):
        return None


class NoteKeeper(QObject):
    """Keeps the draft of one note while it is written; `failed` tells why it could not,
    None once it could."""

    failed = Signal(object)

    def __init__(self, store: DraftStore, key: str, began: NoteDraft, parent: QObject) -> None:
        super().__init__(parent)
        self._store, self.key = store, key
        self._began = self._now = began
        self._pause, self._latest = QTimer(self), QTimer(self)
        for timer, length in ((self._pause, PAUSE), (self._latest, LATEST)):
            timer.setSingleShot(True)
            timer.setInterval(length)
            timer.timeout.connect(self.flush)

    def waiting(self) -> NoteDraft | None:
        """What was being written when the form was last left; None where nothing was."""
        return read_draft(self._store, self.key)

    def touched(self, draft: NoteDraft) -> None:
        """To be called with every change."""
        self._now = draft
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()

    def flush(self) -> bool:
        """Writes the draft now; False where that fails. One that is as it began is taken away."""
        self._stop()
        if self._now == self._began or not self._now.words.strip():
            self._store.remove(self.key)
            return True
        try:
            self._store.write_bytes(
                self.key, json.dumps(self._now._asdict(), ensure_ascii=False).encode()
            )
        except AllianceError as error:
            self.failed.emit(error)
            return False
        self.failed.emit(None)
        return True

    def forget(self) -> None:
        self._stop()
        self._store.remove(self.key)

    @property
    def is_begun(self) -> bool:
        return self._now != self._began

    def _stop(self) -> None:
        self._pause.stop()
        self._latest.stop()
