"""Proof in the window: every quote held against its source, proposals about newer editions, and the
list of what is still to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.words import n, t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from db.details import Verification
    from db.errors import AllianceError
    from viewer.document import Document
    from viewer.widgets.commands import Commands
    from viewer.widgets.forms.editing import Editing
    from viewer.widgets.parts.notice_bar import NoticeBar
    from viewer.widgets.parts.steps import Steps
    from viewer.widgets.parts.work import Work
    from viewer.widgets.proof.proposals_dialog import ProposalsDialog
    from viewer.widgets.proof.verified_dialog import Found, VerifiedDialog
    from viewer.widgets.proof.worklist_dialog import WorklistDialog
    from viewer.widgets.state import ViewState


class Proving(QObject):
    """`news` is a sentence about what was found. `quote_asked` asks for a source at a quote (their
    ids), `source_asked` for a source, `stretch_asked` for one at a place (its id, code points),
    `event_asked` for the form of an event at a part of it, `quote_form_asked` for that of a quote.
    `noticed` hands out a bar for above the
    picture."""

    news = Signal(str)
    quote_asked = Signal(object, object)
    source_asked = Signal(object)
    stretch_asked = Signal(object, object)
    event_asked = Signal(object, str)
    quote_form_asked = Signal(object)
    noticed = Signal(object)

    def __init__(
        self, document: Document, state: ViewState, editing: Editing, window: QWidget
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._window = document, state, window
        self._editing = editing
        self._waiting: int | None = None  # proposals, once they were counted
        self._offered = False
        self._bar: NoticeBar | None = None
        self.verified: VerifiedDialog | None = None
        self.proposals: ProposalsDialog | None = None
        self.worklist: WorklistDialog | None = None
        document.changed.connect(self._on_changed)
        document.replaced.connect(self._on_replaced)
        state.changed.connect(self._on_state)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands mean."""
        return {
            "verify-quotes": self.verify,
            "proposals": self.open_proposals,
            "worklist": self.open_worklist,
        }

    def refresh(self, commands: Commands) -> None:
        """Without a file there is nothing to prove."""
        for key in self.handlers():
            commands.actions[key].setEnabled(self._document.path is not None)

    def fill(self, commands: Commands) -> None:
        """Says in the menu how many proposals wait."""
        language, count = self._state.language, self._document.proposals_waiting()
        text = t("command.proposals", language)
        commands.actions["proposals"].setText(f"{text} ({count:,})" if count else text)

    # Verifying

    def take(self, verification: Verification) -> None:
        """What the check of a file that was just opened has found: texts that were changed past the
        log are held against their quotes from now on."""
        unknown = set(verification.changed_sources) - self._document.timeline.flaws.changed_sources
        if unknown and self._document.path is not None:
            self._document.distrust(unknown)

    def verify(self) -> None:
        """Holds every quote against its source, in a thread, and tells what came of it."""
        from db.store import Store
        from viewer.widgets.parts.progress import working
        from viewer.widgets.proof.verified_dialog import Found

        path, language = self._document.path, self._state.language
        if path is None:
            return

        def job(steps: Steps) -> tuple[Verification, Found]:
            with Store.open(path, read_only=True) as store:
                found = store.verify(steps)
                accepted = [each for each in found.standings if each.accepted]
                broken = [each.anchor_id for each in accepted if each.state == "broken"]
                sources = (
                    {each.id: each.title for each in store.sources()}
                    if broken or (found.changed_sources)
                    else {}
                )
                changed = tuple((each, sources[each]) for each in found.changed_sources)
                quotes = len({each.quote_id for each in accepted})
                return found, Found(quotes, store.misplaced(broken), changed)

        working(
            self._window,
            t("proof.verifying", language),
            t("button.cancel", language),
            job,
            done=lambda both: self._on_verified(*both),
            failed=self._tell,
            stopped=lambda: self.news.emit(t("proof.verify-stopped", language)),
        )

    def _on_verified(self, verification: Verification, found: Found) -> None:
        from viewer.widgets.proof.verified_dialog import VerifiedDialog, told

        self.take(verification)
        language = self._state.language
        sentence = told(found, language)
        self.news.emit(sentence)
        if self.verified is not None:
            self.verified.reject()
        if not (found.broken or found.changed):
            from viewer.widgets.parts.messages import tell_text

            tell_text(self._window, t("proof.verified.title", language), sentence, language)
            return
        dialog = VerifiedDialog(self._document, self._state, found, self._window)
        dialog.quote_asked.connect(self.quote_asked)
        dialog.source_asked.connect(self.source_asked)
        dialog.finished.connect(self._forget_verified)
        self.verified = dialog
        dialog.place()

    def _forget_verified(self) -> None:
        self.verified = None

    # Proposals

    def stop(self) -> Work | None:
        """The window closes: what reads the file, and has still to let go of it."""
        return self.worklist.stop() if self.worklist is not None else None

    def open_proposals(self, quote_ids: Sequence[int] = ()) -> None:
        """Shows what waits, at one of some quotes if it is about them; says so where nothing
        does."""
        if self._document.path is None:
            return
        language = self._state.language
        if self.proposals is None:
            if not self._document.proposals_waiting():
                from viewer.widgets.parts.messages import tell_text

                title = t("proof.proposals.title", language)
                tell_text(self._window, title, t("proof.proposals.none", language), language)
                return
            from viewer.widgets.proof.proposals_dialog import ProposalsDialog

            dialog = ProposalsDialog(self._document, self._state, self._editing, self._window)
            dialog.open_asked.connect(self.stretch_asked)
            dialog.finished.connect(self._forget_proposals)
            self.proposals = dialog
        if quote_ids:
            self.proposals.show_quotes(quote_ids)
        self.proposals.place()

    def _forget_proposals(self) -> None:
        self.proposals = None

    # The worklist

    def open_worklist(self) -> None:
        """Shows what is still to be done; the window stays at work behind it."""
        if self._document.path is None:
            return
        from viewer.widgets.proof.worklist_dialog import WorklistDialog

        if self.worklist is None:
            dialog = WorklistDialog(self._document, self._state, self._window)
            dialog.quote_asked.connect(self.quote_asked)
            dialog.quote_form_asked.connect(self.quote_form_asked)
            dialog.event_asked.connect(self.event_asked)
            dialog.proposals_asked.connect(self.open_proposals)
            dialog.finished.connect(self._forget_worklist)
            self.worklist = dialog
        self.worklist.place()

    def _forget_worklist(self) -> None:
        self.worklist = None

    # The bar

    def _on_changed(self) -> None:
        """Offers the proposals that have come; once there is none the bar goes."""
        before, self._waiting = self._waiting, self._document.proposals_waiting()
        more = before is not None and self._waiting > before
        self._offered = bool(self._waiting) and (self._offered or more)
        self._offer()

    def _offer(self) -> None:
        count = self._waiting if self._offered and self._waiting else 0
        self._notice(n("proof.offer", count, self._state.language) if count else "")

    def begin(self) -> None:
        """Counts what waits once the window stands: what comes is more than that."""
        self._waiting = self._document.proposals_waiting()

    def _notice(self, told: str) -> None:
        if self._bar is None:
            if not told:
                return
            self._bar = self._made_bar()
        look, later = self._bar.buttons
        language = self._state.language
        self._bar.name(look, t("proof.offer.look", language))
        self._bar.name(later, t("proof.offer.later", language))
        self._bar.say(told)

    def _made_bar(self) -> NoticeBar:
        from viewer.widgets.parts.notice_bar import NoticeBar

        bar = NoticeBar(2)
        for button, does in zip(bar.buttons, (self.open_proposals, self._later), strict=True):
            button.clicked.connect(lambda _=False, does=does: does())
        self.noticed.emit(bar)
        return bar

    def _later(self) -> None:
        self._offered = False
        self._offer()

    def _on_replaced(self) -> None:
        self._offered = False
        self.begin()
        self._offer()

    def _on_state(self, kind: str) -> None:
        if kind == "language":
            self._offer()

    def _tell(self, error: AllianceError) -> None:
        from viewer.widgets.parts.messages import tell_error

        tell_error(self._window, error, self._state.language)
