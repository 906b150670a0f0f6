"""The source reader: a stored text with its quotes, and the way back to what they support."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from db.errors import AllianceError
from viewer.edits.quoting import trimmed
from viewer.layout.signs import flaw_signs
from viewer.widgets.parts.look import Look
from viewer.widgets.reader.events_margin import EventsMargin
from viewer.widgets.reader.find_bar import FindBar
from viewer.widgets.reader.frame import ReaderFrame
from viewer.widgets.reader.keys import meaning
from viewer.widgets.reader.marking import Passage
from viewer.widgets.reader.paging import PDF, Paging
from viewer.widgets.reader.parts import Header, Targets
from viewer.widgets.reader.source_quotes import SourceQuotes, stands_on
from viewer.widgets.reader.source_text import SourceText
from viewer.words import n, t

if TYPE_CHECKING:
    from db.details import SourceDetail
    from db.records import Ref
    from viewer.document import Document
    from viewer.widgets.state import Selection, ViewState


class SourceReader(QWidget):
    """`selected` names an event or stage that a quote leads back to; `closed` asks whoever
    shows the reader to put it away, after which the focus is where it was before.
    `passage_changed` tells what `chosen_passage` gives from now on. `quote_passage_asked` asks for
    a quote on that, `quote_asked` for what is to be done with a quote (a word for it, its id),
    `cite_asked` for the citation of what is shown in the clipboard, `widen_asked` for more room
    (True), or for the other way of both (None)."""

    selected = Signal(object)
    passage_changed = Signal(object)
    quote_passage_asked = Signal()
    quote_asked = Signal(str, object)
    widen_asked = Signal(object)
    closed = Signal()
    cite_asked = Signal()

    def __init__(
        self,
        document: Document,
        state: ViewState,
        selection: Selection,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._state, self._selection = document, state, selection
        self._detail: SourceDetail | None = None
        self._quotes = SourceQuotes(None, None)
        self._quote_id: int | None = None
        self._before: QWidget | None = None
        self._told_passage: tuple[int, int] | None = None
        look = Look.of(state)
        self.text = SourceText()
        self.text.walk = self._walk
        self.margin = self.text.margin = EventsMargin(self.text, look)
        self.text.dress(look)
        self.finding = FindBar(self.text, look)
        self.paging = Paging(document, self.text, look)
        self._frame = ReaderFrame(self, self.finding, self.paging.body)
        self.setMinimumSize(240, 180)
        self.setAutoFillBackground(True)
        self._connect()
        self.retext()

    def _connect(self) -> None:
        self.text.pressed.connect(self._on_pressed)
        self.text.entered.connect(self._on_entered)
        self.text.selectionChanged.connect(self._tell_passage)
        self.margin.chosen.connect(self._on_named)
        self.margin.asked.connect(self._on_asked)
        self.finding.closed.connect(self.focus_text)
        self.paging.changed.connect(self._on_paging)
        self._state.changed.connect(self._on_state)
        self._selection.changed.connect(lambda _: self._refresh())
        self._document.replaced.connect(self._forget)
        self._document.changed.connect(self._on_changed)

    @property
    def header(self) -> Header | None:
        return self._frame.header

    @property
    def targets(self) -> Targets | None:
        return self._frame.targets

    # What is shown

    def show_quote(self, source_id: int, quote_id: int) -> None:
        """Shows a source at a quote, or where it stood if it is broken, and takes the focus.

        Raises what `Document.source` raises.
        """
        self._take_up(source_id)
        self._choose(quote_id)
        self.focus_text()

    def show_source(self, source_id: int) -> None:
        """Shows a source at its beginning, with none of its quotes chosen, and takes the focus.

        Raises what `Document.source` raises.
        """
        self._detail = None  # it is set anew, and so stands at its beginning
        self._take_up(source_id)
        self._quote_id = None
        self._refresh()
        self.focus_text()

    def focus_text(self) -> None:
        """What is read gets the keyboard: the pages of a scan, which has no text."""
        shown = self.paging.pane.view if self.paging.is_scan else self.text
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_stretch(self, source_id: int, start: int | None, end: int | None) -> None:
        """Shows a source with a stretch of it selected (code points, end exclusive) and in the
        middle; the focus stays where it is. Without a stretch the source alone.

        Raises what `Document.source` raises.
        """
        self._take_up(source_id)
        if start is None or end is None:
            self._refresh()
            return
        self._quote_id = None
        self._refresh()
        self.text.go_to(start, end)
        self.paging.choose(Passage(0, start, end, "context"))

    def _take_up(self, source_id: int) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._before = focused
        detail = self._document.source(source_id)
        if detail is not self._detail:
            self._show(detail)

    def _show(self, detail: SourceDetail) -> None:
        self._detail = detail
        text = detail.source.text
        # The pages of a scan have labels, but no line to stand beside.
        places = detail.places if text.strip() else ()
        pages = places if detail.source.media_type == PDF else ()
        self.text.show_text(
            text,
            [(each.start, each.label) for each in places],
            [(each.start, each.end) for each in pages],
        )
        self.finding.forget()
        self.paging.open(detail)
        self.retext()

    def _on_changed(self) -> None:
        """The same source as the file has it now; nothing where it is gone."""
        detail = self._detail
        if detail is None:
            return
        try:
            now = self._document.source(detail.source.id)
        except AllianceError:
            self._forget()
            self.close_reader()
            return
        if (now.source.text, now.places) == (detail.source.text, detail.places):
            self._detail = now
        else:
            at = self.text.first_in_view()
            self._show(now)
            self.text.show_at_top(at)
        self.retext()
        self._refresh()

    def passage(self) -> tuple[int, int, int] | None:
        """The source and the stretch of its text that is selected, without blanks at its ends;
        None where nothing is."""
        chosen = self.text.chosen_stretch
        if self._detail is None or chosen is None or self.isHidden():
            return None
        source = self._detail.source
        start, end = trimmed(source.text, *chosen)
        return (source.id, start, end) if start < end else None

    @property
    def source_id(self) -> int | None:
        """The source that is shown."""
        return self._detail.source.id if self._detail else None

    def chosen_passage(self) -> tuple[int, int] | None:
        """Start and end of what is selected in the text of `source_id`, in code points of the
        text as it is stored, end exclusive; None where nothing is."""
        return self.text.chosen_stretch if self._detail else None

    def _tell_passage(self) -> None:
        passage = self.chosen_passage()
        if passage != self._told_passage:
            self._told_passage = passage
            self.passage_changed.emit(passage)

    @property
    def quote_id(self) -> int | None:
        """The quote that is shown."""
        return self._quote_id

    def _choose(self, quote_id: int, *, move: bool = True) -> None:
        self._quote_id = quote_id
        self._refresh()
        passage = self._quotes.passage(quote_id)
        found = self._quotes.find(quote_id)
        if passage is not None:
            self.text.choose(passage, move=move)
        elif found is not None and found.anchor.end > found.anchor.start:
            self.text.go_to(found.anchor.start, found.anchor.end)  # where the broken one stood
        self.paging.choose(passage)

    def _refresh(self) -> None:
        """Marks the quotes as the selection sees them and tells of the chosen one."""
        detail = self._detail
        if detail is None:
            return
        look, ref = Look.of(self._state), self._selection.ref
        self._quotes = SourceQuotes(detail, ref)
        self.text.mark(self._quotes.passages())
        signs = partial(flaw_signs, self._document.timeline)
        beside = self._quotes.beside(look.language, signs)
        self.margin.show_names(beside, self._quote_id, ref)
        self.text.arrange()
        self.paging.mark(self._quotes.passage(self._quote_id))
        if self._frame.put(self._header(look, detail), self._targets(look)):
            self.focus_text()

    def switch_pages(self) -> None:
        """A page beside the text takes room."""
        wanted = not self.paging.shows
        if wanted and self.paging.lacks_room:
            self.widen_asked.emit(True)
        self.paging.want(wanted)

    def _on_paging(self) -> None:
        if self.header is not None:
            self.header.show_pages(self.paging.shows, offered=self.paging.has_pages)

    def _header(self, look: Look, detail: SourceDetail) -> Header:
        reason = self._document.read_only_reason
        refusal = look.t(reason) if reason else ""
        header = Header(look, detail.source, refusal, changed=detail.changed)
        header.quote_button.clicked.connect(self.quote_passage_asked)
        header.close_button.clicked.connect(self.close_reader)
        header.find_button.clicked.connect(self.finding.begin)
        header.pages_button.clicked.connect(self.switch_pages)
        header.wide_button.clicked.connect(lambda: self.widen_asked.emit(None))
        header.show_pages(self.paging.shows, offered=self.paging.has_pages)
        return header

    def _targets(self, look: Look) -> Targets:
        found = self._quotes.find(self._quote_id)
        place = self._told_place(look)
        may_write = self._document.read_only_reason is None
        targets = Targets(
            look, found, self._selection.ref, place, self._whole(look),
            may_write=may_write, flaws=self._document.timeline.flaws.of,
        )  # fmt: skip
        targets.asked.connect(lambda what: self.quote_asked.emit(what, self._quote_id))
        targets.chosen.connect(self.selected)
        targets.cite.clicked.connect(self.cite_asked)
        for button in (targets.previous, targets.next):
            button.setHidden(not self._quotes.in_source())
        targets.previous.clicked.connect(lambda: self._step_in_source(-1))
        targets.next.clicked.connect(lambda: self._step_in_source(1))
        return targets

    def _whole(self, look: Look) -> str:
        """What is said of the source while no quote of it is chosen."""
        if self._quote_id is not None or self._detail is None:
            return ""
        if not self._detail.source.text.strip():
            return look.t("reader.no-text")
        return n("reader.quotes", len(self._quotes.in_source()), look.language)

    def _told_place(self, look: Look) -> str:
        """Where the quote stands, and which of how many it is."""
        assert self._detail is not None
        passage = self._quotes.passage(self._quote_id)
        where = stands_on(passage, self._detail.places, look, paged=self.paging.has_pages)
        told = self._quotes.told_place(self._quote_id, look)
        return " · ".join(each for each in (where, told) if each)

    # From quote to quote

    def _walk(self, forward: bool) -> bool:
        """Tab goes from quote to quote; at the end of them the focus goes on."""
        found = self._quotes.next_of(self._quote_id, 1 if forward else -1)
        if found is not None:
            self._choose(found)
        return found is not None

    def _step_in_source(self, way: int) -> None:
        """The next or previous quote of the text, whatever it supports, and around at its end."""
        every = self._quotes.in_source()
        if every:
            found = self._quotes.next_of(self._quote_id, way, in_source=True)
            self._choose(every[0 if way > 0 else -1] if found is None else found)
        if self.targets is not None:
            button = self.targets.next if way > 0 else self.targets.previous
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    # Back to what it supports

    def _on_pressed(self, quote_id: int) -> None:
        """A click on a quote shows what it is evidence for, and goes there if it is one thing."""
        self._choose(quote_id, move=False)
        self._go_to_the_only_target()

    def _on_entered(self) -> None:
        if not self._go_to_the_only_target() and self.targets is not None:
            self.targets.take_focus()

    def _on_named(self, quote_id: int, ref: Ref) -> None:
        """A name in the margin leads to what it names; the text stays where it is."""
        self._choose(quote_id, move=False)
        self.selected.emit(ref)

    def _on_asked(self, quote_id: int) -> None:
        """The names that have no room in the margin stand below the text."""
        self._choose(quote_id, move=False)
        if self.targets is not None:
            self.targets.take_focus()

    def _go_to_the_only_target(self) -> bool:
        found = self._quotes.find(self._quote_id)
        refs: set[Ref] = {each.target for each, _ in found.evidence} if found else set()
        if len(refs) != 1:
            return False
        self.selected.emit(refs.pop())
        return True

    # Keys

    def event(self, event: QEvent) -> bool:
        """Claims its keys before the window's menus do: here they are the reader's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            claimed = meaning(self, event) is not None
            event.setAccepted(claimed)
            return claimed
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        doing = meaning(self, event)
        if doing is not None:
            doing()
        else:
            super().keyPressEvent(event)

    # Closing

    def close_reader(self) -> None:
        """Asks to be put away and gives the focus back."""
        before, self._before = self._before, None
        self.closed.emit()
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        """Another file is open: nothing of the old one is left."""
        self._detail = self._quote_id = self._before = None
        self._quotes = SourceQuotes(None, None)
        self.text.show_text("", [])
        self.finding.put_away()
        self.finding.forget()
        self.margin.show_names((), None, None)
        self.text.arrange()
        self.paging.forget()
        self._tell_passage()
        self._frame.hide()

    # Following the state

    def retext(self) -> None:
        language = self._state.language
        self.setAccessibleName(t("reader.name", language))
        self.text.setAccessibleDescription(t("reader.help", language))
        title = self._detail.source.title.text(language) if self._detail else ""
        self.text.setAccessibleName(t("reader.text", language, title=title))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.paging.arrange()
        self._frame.fit()

    def _on_state(self, kind: str) -> None:
        if kind in ("language", "theme", "type"):
            look = Look.of(self._state)
            for part in (self.text, self.finding, self.margin, self.paging):
                part.dress(look)
            self.retext()
            self._refresh()
