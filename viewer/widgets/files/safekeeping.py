"""Keeping the file safe: backups made by themselves, going back to one, and copies of a file.

Backups are made when a file has been opened, now and then while it is edited, before anything
large, and when it is closed; where nothing has changed since the last one, none is.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from db.errors import AllianceError
from viewer.widgets.parts.steps import Steps
from viewer.widgets.parts.work import Work
from viewer.words import explain, t

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from db.keeping import Backup
    from viewer.document import Changed, Document
    from viewer.widgets.commands import Commands
    from viewer.widgets.files.files import Files
    from viewer.widgets.parts.notice_bar import NoticeBar
    from viewer.widgets.settings import Settings
    from viewer.widgets.state import ViewState

_LOST = ("read-only.gone", "read-only.replaced")  # nothing that reads by its name gets at it
_EVERY = 15 * 60 * 1000  # ms between two looks whether a backup is due


class Safekeeping(QObject):
    """Backups of the open file. `news` is a sentence about what was done, `noticed` the bar that
    says why the file cannot be edited, to be put above the timeline."""

    news = Signal(str)
    noticed = Signal(object)

    def __init__(
        self,
        document: Document,
        state: ViewState,
        settings: Settings,
        files: Files,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._settings = document, state, settings
        self._files, self._window = files, window
        self._work: Work | None = None
        self._steps = Steps()
        self._is_over = False
        self.bar: NoticeBar | None = None
        self._told = False  # whether a failed backup was told: once is enough
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.back_up)
        document.replaced.connect(self._on_replaced)
        document.changed.connect(self._on_changed)
        state.changed.connect(self._on_state)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands mean."""
        return {
            "back-up": lambda: self.back_up(asked=True),
            "restore": self.ask_and_restore,
            "save-copy": self.ask_and_copy,
        }

    def refresh(self, commands: Commands) -> None:
        """Greys what needs a file, or one that can be written."""
        is_open = self._document.path is not None
        commands.actions["save-copy"].setEnabled(is_open)
        for key in ("back-up", "restore"):
            commands.actions[key].setEnabled(is_open and self._document.read_only_reason is None)

    def begin(self) -> None:
        """The window is complete: from now on the file is backed up."""
        if self._is_over:
            return
        self._timer.start()
        self.back_up()
        self._show_notice()

    # Backups

    @property
    def is_busy(self) -> bool:
        """Whether a backup is being made just now."""
        return self._work is not None

    def back_up(self, *, asked: bool = False) -> None:
        """Makes a backup beside the window; `asked` for by the user, its end is told."""
        path, is_busy = self._document.path, self._work is not None or self._is_over
        if path is None or is_busy or self._document.read_only_reason is not None:
            return
        steps = self._steps = Steps()
        self._work = self._run(
            lambda: self._make(path, steps),
            lambda made: self._on_made(made, asked=asked),
            asked=asked,
        )

    def before_large(self) -> None:
        """Makes a backup at once, before a large change; may be called from any thread.

        Raises what `db.backup.make` does: then the change is better not made.
        """
        path = self._document.path
        if path is not None:
            self._make(path)

    def stop(self) -> Work | None:
        """The window closes: no backup is begun any more. One that is being made gives way to the
        last one, and has still to let go of the file."""
        self._timer.stop()
        self._is_over = True
        work, self._work = self._work, None
        if work is not None:
            work.drop()
            self._steps.stop()
        return work

    def last(self) -> Callable[[Steps], object] | None:
        """What makes the last backup, in whatever thread, when the file is closed; None where
        none is to be made."""
        path = self._document.path
        if path is None or self._document.read_only_reason is not None:
            return None

        def make(steps: Steps) -> None:
            # The file itself is safe; nobody is there any more to be told why there is none.
            with suppress(AllianceError):
                self._make(path, steps)

        return make

    def _make(self, path: Path, steps: Steps | None = None) -> Backup | None:
        from db import backup

        folder, keeping = self._settings.backups, self._settings.keeping
        return backup.make(path, folder, keeping, progress=steps)

    def _run(
        self, job: Callable[[], object], then: Callable[[object], object], *, asked: bool = True
    ) -> Work:
        work = Work(job)
        work.done.connect(then)
        work.failed.connect(lambda error: self._on_failed(error, asked=asked))
        work.start()
        return work

    def _on_made(self, made: object, *, asked: bool) -> None:
        self._work = None
        if asked:
            language = self._state.language
            key = "keeping.unchanged" if made is None else "keeping.made"
            self.news.emit(t(key, language, folder=self._settings.backups))

    def _on_failed(self, error: Exception, *, asked: bool) -> None:
        self._work = None
        if not isinstance(error, AllianceError):
            raise error
        if asked:
            self._tell(error)
        elif not self._told:
            self._told = True
            words = explain(error, self._state.language)
            self.news.emit(t("keeping.failed", self._state.language, reason=words))

    # Going back to one

    def ask_and_restore(self) -> None:
        from viewer.widgets.files.restore_dialog import RestoreDialog

        path = self._document.path
        if path is None:
            return
        dialog = RestoreDialog(path, self._settings.backups_anywhere, self._state, self._window)
        dialog.chosen.connect(self.restore)
        dialog.open()

    def restore(self, source: Path) -> None:
        """Makes the open file what it was in a backup; its present state becomes one. Meanwhile
        no file is open, so the window waits behind a box."""
        from db import restoring
        from viewer.widgets.parts.progress import working

        path = self._document.path
        if path is None or not self._files.may_leave():
            return
        self._files.finish()
        self._document.let_go()
        folder, language = self._settings.backups, self._state.language
        working(
            self._window,
            t("keeping.restoring", language),
            "",
            lambda steps: restoring.restore(source, path, folder, progress=steps),
            done=lambda _: self._on_restored(path),
            failed=lambda error: self._on_unrestored(path, error),
        )

    def _on_restored(self, path: Path) -> None:
        if self._files.open_anew(path):
            self.news.emit(t("keeping.restored", self._state.language))

    def _on_unrestored(self, path: Path, error: AllianceError) -> None:
        self._files.open_anew(path)
        self._tell(error)

    # Copies

    def ask_and_copy(self) -> None:
        from viewer.widgets.files.files import SUFFIX
        from viewer.widgets.parts.file_dialogs import ask_for_file

        path, language = self._document.path, self._state.language
        if path is None:
            return
        name = t("keeping.copy-name", language, name=path.stem) + SUFFIX
        ask_for_file(
            self._window,
            t("keeping.copy", language),
            self._files.folder() / name,
            self._files.kinds(),
            language,
            lambda target: self.copy(target if target.suffix else target.with_suffix(SUFFIX)),
            saving=True,
            replacing=False,
        )

    def copy(self, target: Path) -> None:
        """Puts a copy of the file there, a file of its own from then on, and opens it."""
        from db import copying

        path = self._document.path
        if self._document.read_only_reason in _LOST:
            self._rescue(target)
        elif path is not None:
            self._run(
                lambda: copying.write(path, target, own_id=True),
                lambda _: self._files.open(target),
            )

    def _rescue(self, target: Path) -> None:
        """The same of a file that is gone. The window waits: only its own connection has it."""
        try:
            self._document.rescue(target)
        except AllianceError as error:
            self._tell(error)
        else:
            self._files.open(target)

    def _tell(self, error: AllianceError) -> None:
        from viewer.widgets.parts.messages import tell_error

        tell_error(self._window, error, self._state.language)

    # Why it cannot be edited

    def _on_replaced(self) -> None:
        self._told = False
        if self._timer.isActive():
            self.back_up()
            self._show_notice()

    def _on_changed(self, changed: Changed, _initiator: object) -> None:
        if changed.way in ("place", "read") and self._timer.isActive():
            self._show_notice()
            if changed.way == "read":  # until then there was nothing that could be copied
                self._files.then(self.back_up)

    def _on_state(self, kind: str) -> None:
        if kind == "language" and self._timer.isActive():
            self._show_notice()

    def _show_notice(self) -> None:
        reason, language = self._document.read_only_reason, self._state.language
        if reason is None:
            if self.bar is not None:
                self.bar.say("")
            return
        if self.bar is None:
            from viewer.widgets.parts.notice_bar import NoticeBar

            self.bar = NoticeBar(1)
            self.bar.buttons[0].clicked.connect(self.ask_and_copy)
            self.noticed.emit(self.bar)
        self.bar.name(self.bar.buttons[0], t("keeping.save-copy", language))
        self.bar.say(t("keeping.read-only", language, reason=t(reason, language)))
