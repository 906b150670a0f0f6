"""The dates in a document: found beside the window, shown, and taken up one by one.

Nothing is made of a date by itself: who takes one up gets the form of a quote with its sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from db.errors import AllianceError
from viewer.layout.signs import with_signs
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from PySide6.QtWidgets import QWidget

    from db.records import Source
    from viewer.document import Changed, Document
    from viewer.edits.date_proposals import Days, Proposal
    from viewer.edits.dates_in_text import FoundDate
    from viewer.widgets.commands import Commands
    from viewer.widgets.parts.work import Work
    from viewer.widgets.quotes.quoting import Quoting
    from viewer.widgets.sources.dates_panel import DatesPanel
    from viewer.widgets.state import Selection, ViewState


class Dating(QObject):
    """`opened` tells the panel that is to be shown in place of the inspector, `closed` that it is
    gone, `read` the stretch of a source that is to be shown in the reader (id, start, end), `news`
    a sentence. `reading` gives the source that is being read; `is_free` whether no form is open.
    """

    opened = Signal(object)
    closed = Signal()
    read = Signal(object, object, object)
    news = Signal(str)

    def __init__(
        self,
        document: Document,
        state: ViewState,
        selection: Selection,
        quoting: Quoting,
        reading: Callable[[], int | None],
        is_free: Callable[[], bool],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._selection = document, state, selection
        self._quoting, self._reading, self._is_free = quoting, reading, is_free
        self._panel: DatesPanel | None = None
        self._source: Source | None = None
        self._found: tuple[FoundDate, ...] | None = None
        self._work: Work | None = None
        self._resume: tuple[int, int] | None = None  # source and row to come back to
        quoting.closed.connect(self._on_quoted)
        document.replaced.connect(self._on_replaced)
        document.changed.connect(self._on_changed)
        state.changed.connect(self._on_state)

    @property
    def panel(self) -> DatesPanel | None:
        """The panel that is open."""
        return self._panel

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands mean."""
        return {"dates-in-source": self.open}

    def refresh(self, commands: Commands) -> None:
        commands.actions["dates-in-source"].setEnabled(self._document.path is not None)

    # Opening and closing

    def open(self) -> None:
        """Shows the dates of the source that is being read; of the only one where none is."""
        source_id = self._reading()
        if source_id is None:
            rows = self._document.sources()
            source_id = rows[0].id if len(rows) == 1 else None
        if source_id is None:
            self.news.emit(t("found.read-first", self._state.language))
            return
        self._open(source_id, 0)

    def _open(self, source_id: int, row: int) -> None:
        from viewer.widgets.sources.dates_panel import DatesPanel

        if self._panel is not None and self._source and self._source.id == source_id:
            self._panel.begin()
            return
        self.leave()
        try:
            self._source = self._document.source(source_id).source
        except AllianceError:
            return
        self._resume = None
        can_write = self._document.read_only_reason is None
        panel = self._panel = DatesPanel(self._state, self._title_of, can_write=can_write)
        panel.chosen.connect(self._on_chosen)
        panel.make_asked.connect(self._make)
        panel.link_asked.connect(self._link)
        panel.event_asked.connect(lambda event_id: self._selection.select(("event", event_id)))
        panel.leave_asked.connect(self.leave)
        panel.show_waiting(self._source)
        self.opened.emit(panel)
        self.read.emit(source_id, None, None)
        panel.begin()
        self._begin(self._source, row)

    def leave(self) -> bool:
        """Closes the panel."""
        panel, self._panel = self._panel, None
        self._drop()
        if panel is not None:
            self._source = self._found = None
            panel.hide()
            panel.setParent(None)
            self.closed.emit()
            panel.deleteLater()  # one of its own buttons may be at work just now
        return True

    # Finding

    def _begin(self, source: Source, row: int) -> None:
        """Looks the text through beside the window."""
        from viewer.edits.dates_in_text import find
        from viewer.widgets.parts.work import Work

        self._drop()
        self._found = None
        propose = self._proposer(source)

        def job() -> tuple[tuple[FoundDate, ...], tuple[Proposal, ...]]:
            found = find(source.text, source.edtf)
            return found, propose(found)

        work = self._work = Work(job)
        work.done.connect(lambda done: self._on_found(done[0], done[1], row))
        work.failed.connect(lambda _: self._on_found((), (), row))
        work.start()

    def _drop(self) -> None:
        work, self._work = self._work, None
        if work is not None:
            work.drop()

    def _on_found(
        self, found: tuple[FoundDate, ...], proposed: tuple[Proposal, ...], row: int
    ) -> None:
        self._work, self._found = None, found
        panel = self._panel
        if panel is None or self._source is None:
            return
        had = panel.isAncestorOf(panel.window().focusWidget() or panel.window())
        panel.show_proposals(self._source, proposed, row)
        if had:
            panel.begin()

    def _proposer(self, source: Source) -> Callable[[Iterable[FoundDate]], tuple[Proposal, ...]]:
        """What makes proposals of dates, as the file is now; in any thread."""
        from viewer.edits.date_proposals import proposals

        quotes = self._document.source(source.id).quotes
        targets = {each.target for found in quotes for each, _ in found.evidence}
        days = {ident: [*self._days_of(ident)] for table, ident in targets if table == "event"}
        columns = self._document.timeline.columns
        return lambda found: proposals(found, quotes, columns, lambda ident: days.get(ident, ()))

    def _days_of(self, event_id: int) -> Iterator[Days]:
        try:
            for date in self._document.event(event_id).dates:
                yield date.first, date.last
        except AllianceError:
            return

    def _title_of(self, event_id: int) -> str:
        try:
            title = self._document.event(event_id).event.title
        except AllianceError:
            return "–"
        words = " ".join(title.text(self._state.language).split())
        return with_signs(words, self._document.timeline, ("event", event_id))

    # What is taken up

    def _on_chosen(self, proposal: Proposal) -> None:
        """The sentence is shown in the reader, the date in it marked."""
        if self._source is not None:
            self.read.emit(self._source.id, proposal.found.start, proposal.found.end)

    def _make(self, proposal: Proposal) -> None:
        found = proposal.found
        quote_id = self._stored(proposal)
        source_id = self._put_by()
        if source_id is None:
            return
        if quote_id is not None:
            self._quoting.link(quote_id)
            return
        start, end = found.sentence_start, found.sentence_end
        self._quoting.begin(source_id, start, end, edtf=found.edtf)

    def _link(self, proposal: Proposal, event_id: int) -> None:
        found = proposal.found
        source_id = self._put_by()
        if source_id is not None:
            start, end = found.sentence_start, found.sentence_end
            self._quoting.begin(source_id, start, end, event_id=event_id)

    def _stored(self, proposal: Proposal) -> int | None:
        """A quote of exactly the sentence, which is not made twice."""
        if self._source is None:
            return None
        stretch = (proposal.found.sentence_start, proposal.found.sentence_end)
        quotes = self._document.source(self._source.id).quotes
        same = (each for each in quotes if (each.anchor.start, each.anchor.end) == stretch)
        return next((each.quote.id for each in same), None)

    def _put_by(self) -> int | None:
        """The source; remembers where to come back to when the form is closed."""
        if self._source is None or self._panel is None:
            return None
        source_id = self._source.id
        self._resume = (source_id, self._panel.row)
        return source_id

    def _on_quoted(self) -> None:
        """The quote's form is closed: the list is gone on with, unless another form came."""
        if self._resume is not None:
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        resume, self._resume = self._resume, None
        if resume is not None and self._panel is None and self._is_free():
            self._open(*resume)

    # Following the file and the state

    def _on_replaced(self) -> None:
        self._resume = None
        self.leave()

    def _on_changed(self, _changed: Changed, _initiator: object) -> None:
        if self._panel is None or self._source is None:
            return
        before = self._source
        try:
            self._source = self._document.source(before.id).source
        except AllianceError:
            self.leave()
            return
        row = self._panel.row
        if (before.text_sha256, before.edtf) != (self._source.text_sha256, self._source.edtf):
            self._panel.show_waiting(self._source)
            self._begin(self._source, row)
        elif self._found is not None:
            self._panel.show_proposals(self._source, self._proposer(self._source)(self._found), row)

    def _on_state(self, kind: str) -> None:
        if self._panel is not None and kind in ("language", "theme", "type"):
            self._panel.retext()
