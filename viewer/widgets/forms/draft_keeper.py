"""Keeps what is typed: on the disk soon after the last key, and every second while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from db.changes import timestamp
from db.errors import AllianceError
from viewer.edits import kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.widgets.forms.drafts import DraftStore

PAUSE = 400  # ms without a key
LATEST = 800  # ms of typing without a pause


class Keepable(Protocol):
    """What a form holds; `begun` tells whether that is anything new."""

    @property
    def begun(self) -> bool: ...


class DraftKeeper(QObject):
    """The draft of one form. `look` gives what the form holds just now, `pack` makes bytes of it;
    `failed` tells why a draft could not be kept, None once it could."""

    failed = Signal(object)

    def __init__(
        self,
        store: DraftStore,
        key: str,
        look: Callable[[str], Keepable],
        parent: QObject,
        pack: Callable[[Any], bytes] = kept.written,
    ) -> None:
        super().__init__(parent)
        self._store, self.key, self._look, self._pack = store, key, look, pack
        self._pause, self._latest = QTimer(self), QTimer(self)
        for timer, length in ((self._pause, PAUSE), (self._latest, LATEST)):
            timer.setSingleShot(True)
            timer.setInterval(length)
            timer.timeout.connect(self.flush)

    def touched(self) -> None:
        """To be called with every change of the form."""
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()

    def flush(self) -> Literal["kept", "nothing", "failed"]:
        """Writes the draft now, or takes it away where the form is as it began."""
        self._pause.stop()
        self._latest.stop()
        draft = self._look(timestamp())
        if not draft.begun:
            self._store.remove(self.key)
            return "nothing"
        try:
            self._store.write_bytes(self.key, self._pack(draft))
        except AllianceError as error:
            self.failed.emit(error)
            return "failed"
        self.failed.emit(None)
        return "kept"

    def forget(self) -> None:
        """The draft is no longer wanted."""
        self._pause.stop()
        self._latest.stop()
        self._store.remove(self.key)
