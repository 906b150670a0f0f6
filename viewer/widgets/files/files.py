"""Opening and making files for the window: dialogs, errors, and the check in the background."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from db.errors import AllianceError
from db.store import Store
from viewer.widgets.parts.work import Work
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from db.details import Verification
    from viewer.document import Changed, Document
    from viewer.widgets.settings import Settings
    from viewer.widgets.state import ViewState

SUFFIX = ".alliance"
_DAMAGED = ("file.damaged", "file.cut", "file.foreign", "file.schema")


class Files(QObject):
    """Puts other files into the document. `checked` tells how the check of the open one stands:
    "running", "fine", "damaged", or empty where no file is open; `verified` what came of holding
    all its quotes against their sources (a `Verification`)."""

    checked = Signal(str)
    verified = Signal(object)

    def __init__(
        self, document: Document, state: ViewState, settings: Settings, window: QWidget
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._settings = document, state, settings
        self._window = window
        self._check: Work | None = None
        self._checking: Store | None = None
        self._before: Path | None = None  # what was open before the file that is open now
        self.let_go: Callable[[], bool] = lambda: True
        """Puts what is being typed on the disk; False where that fails: then the file stays."""
        self.then: Callable[[Callable[[], object]], object] = lambda do: do()
        """Does something once the picture has what it waits for."""
        self._is_begun = False
        document.replaced.connect(self.check)
        document.changed.connect(self._on_changed)
        document.unreadable.connect(self._on_unread)

    # The dialogs are loaded when they are asked for: the first picture does not wait for them.

    def ask_and_open(self) -> None:
        from viewer.widgets.parts.file_dialogs import ask_for_file

        language = self._state.language
        title = t("files.open", language)
        ask_for_file(self._window, title, self.folder(), self.kinds(), language, self.open)

    def ask_and_make(self) -> None:
        """Makes a new file with the shipped data and opens it; an existing one is left alone."""
        from viewer.widgets.parts.file_dialogs import ask_for_file

        language = self._state.language
        ask_for_file(
            self._window,
            t("files.new", language),
            self.folder() / (t("files.new-name", language) + SUFFIX),
            self.kinds(),
            language,
            lambda path: self.make(path if path.suffix else path.with_suffix(SUFFIX)),
            saving=True,
            replacing=False,
        )

    def folder(self) -> Path:
        """Where a file was last opened from, else the user's home."""
        return Path(self._settings.folder) if self._settings.folder else Path.home()

    def kinds(self) -> str:
        """What timelines are called in a file dialog, as Qt writes a filter."""
        return f"{t('files.kind', self._state.language)} (*{SUFFIX})"

    def open(self, path: Path) -> bool:
        """Opens a file; refused, it is told in a sentence and the one open stays. So it does where
        a form holds what cannot be kept."""
        return self.may_leave() and self.open_anew(path)

    def may_leave(self) -> bool:
        """Whether nothing is lost where the open file goes; what would be is told."""
        kept = self.let_go()
        if not kept:
            self._tell(AllianceError("form.unkept"))
        return kept

    def open_anew(self, path: Path) -> bool:
        """The same where no form is asked."""
        was_checking, before = self._check is not None, self._document.path
        self.finish()
        try:
            self._document.open(path)
        except AllianceError as error:
            if was_checking:
                self.check()
            self._tell(error)
            return False
        self._before = before
        self._settings.folder = str(path.resolve().parent)
        return True

    def give_up(self) -> None:
        """Does without a large file that is still being read: what was open before is again."""
        before, self._before = self._before, None
        self._document.leave()
        if before is not None:
            self.open_anew(before)

    def _on_unread(self, error: AllianceError) -> None:
        self._tell(error)
        if self._document.path is None and self._before is not None:
            self.give_up()

    def make(self, path: Path) -> bool:
        if not self.may_leave():
            return False
        try:
            Store.create(path).close()
        except AllianceError as error:
            self._tell(error)
            return False
        return self.open_anew(path)

    def _tell(self, error: AllianceError) -> None:
        from viewer.widgets.parts.messages import tell_error

        tell_error(self._window, error, self._state.language)

    def finish(self) -> None:
        """Ends the check of the open file: until it lets go of the file, closing cannot make a
        single file of it again."""
        work = self.stop()
        if work is not None:
            work.wait()

    def stop(self) -> Work | None:
        """The same, but the one that is let go of is still to be waited for."""
        work, self._check = self._check, None
        if work is not None:
            work.drop()
            if self._checking is not None:
                self._checking.interrupt()
        return work

    def check(self) -> None:
        """Checks the open file in a thread, with a connection of its own; a large one once it is
        read."""
        self.finish()
        self._is_begun = False
        path = self._document.path
        if path is None:
            self.checked.emit("")
            return
        self.checked.emit("running")
        if self._document.is_outline:
            return
        self._is_begun = True
        work = self._check = Work(lambda: self._quick_check(path, work))
        work.done.connect(self._on_checked)
        work.failed.connect(self._on_unreadable)
        work.start()

    def begin_check(self) -> None:
        """The same, unless it was begun since the file was opened."""
        if not self._is_begun:
            self.check()

    def _quick_check(self, path: Path, work: Work) -> Verification | None:
        """How the quotes of a file stand; None where SQLite does not find it sound."""
        with Store.open(path, read_only=True) as store:
            self._checking = store
            try:
                return store.verify() if work.dropped or not store.quick_check() else None
            finally:
                self._checking = None

    def _on_changed(self, changed: Changed, _initiator: object) -> None:
        if changed.way == "read":
            self.then(self.begin_check)

    def _on_checked(self, verification: Verification | None) -> None:
        self._check = None
        self.checked.emit("damaged" if verification is None else "fine")
        if verification is not None:
            self.verified.emit(verification)

    def _on_unreadable(self, error: Exception) -> None:
        self._check = None
        if not isinstance(error, AllianceError):
            raise error
        # Another program may be writing just now: that says nothing about the file.
        self.checked.emit("damaged" if error.code in _DAMAGED else "")
