"""A newer edition of the shipped data: looked for when the window stands, offered, taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from db.errors import AllianceError
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from db.edition import Merge
    from viewer.document import Document
    from viewer.widgets.files.edition_dialog import EditionDialog
    from viewer.widgets.parts.work import Work
    from viewer.widgets.state import ViewState


class Editions(QObject):
    """`back_up` makes a backup before the file is changed, in whatever thread. `folder` has the
    seed files, None for the shipped ones. `news` is a sentence about what was done."""

    news = Signal(str)

    def __init__(
        self,
        document: Document,
        state: ViewState,
        back_up: Callable[[], object],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._window = document, state, window
        self.back_up = back_up
        self._work: Work | None = None
        self.dialog: EditionDialog | None = None
        self.folder: Path | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        return {"edition": self.open}

    def look(self) -> None:
        """Offers a newer edition where there is one. Costs the reading of one line, else."""
        if self._document.path is None or self._document.read_only_reason is not None:
            return
        try:
            newer = self._document.offered_edition(self.folder)
        except AllianceError:
            return  # nobody asked: a fault of the seeds is told where one does
        if newer is not None:
            self._compare(asked=False)

    def open(self) -> None:
        """The same on demand: says so where there is none."""
        if self._document.path is None:
            return
        language = self._state.language
        try:
            newer = self._document.offered_edition(self.folder)
            if newer is None:
                from viewer.widgets.parts.messages import tell_text
                from viewer.words.edition import day_of

                name, day = self._document.edition()
                text = t("new-edition.none", language, name=name, day=day_of(day, language))
                tell_text(self._window, t("new-edition.title", language), text, language)
                return
        except AllianceError as error:
            self._tell(error)
            return
        self._compare(asked=True)

    def _compare(self, *, asked: bool) -> None:
        """Compares in a thread, with a connection of its own; then shows what would be done."""
        from db.store import Store
        from viewer.widgets.parts.work import Work

        path, folder = self._document.path, self.folder
        if path is None or self._work is not None or self.dialog is not None:
            return
        if asked:
            self.news.emit(t("new-edition.reading", self._state.language))

        def job() -> Merge | None:
            with Store.open(path, read_only=True) as store:
                return store.newer_edition(folder)

        def on_done(merge: Merge | None) -> None:
            self._work = None
            if merge is not None and self._document.path == path and (asked or merge.items):
                self._show(merge)

        def on_failed(error: Exception) -> None:
            self._work = None
            if not isinstance(error, AllianceError):
                raise error
            if asked:
                self._tell(error)

        work = self._work = Work(job)
        work.done.connect(on_done)
        work.failed.connect(on_failed)
        work.start()

    def stop(self) -> Work | None:
        """The window closes: the comparison, which has still to let go of the file."""
        work, self._work = self._work, None
        if work is not None:
            work.drop()
        return work

    def _show(self, merge: Merge) -> None:
        from viewer.widgets.files.edition_dialog import EditionDialog

        dialog = self.dialog = EditionDialog(self._document, self._state, merge, self._window)
        dialog.taken.connect(lambda: self.take(merge))
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def take(self, merge: Merge) -> None:
        """Makes a backup, then takes the edition over; without the one the other is not done."""
        from viewer.widgets.parts.progress import working

        language = self._state.language
        working(
            self._window,
            t("new-edition.backing-up", language),
            t("button.cancel", language),
            lambda _: self.back_up(),
            done=lambda _: self._take(merge),
            failed=self._tell,
        )

    def _take(self, merge: Merge) -> None:
        try:
            self._document.take_edition(merge)
        except AllianceError as error:
            self._tell(error)
            return
        self.news.emit(t("new-edition.done", self._state.language))

    def _tell(self, error: AllianceError) -> None:
        from viewer.widgets.parts.messages import tell_error

        tell_error(self._window, error, self._state.language)
