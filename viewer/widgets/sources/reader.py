"""The source reader: a stored text with its quotes, and the way back to what they support."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from db.errors import AllianceError
from viewer.edits.quoting import trimmed
from viewer.widgets.parts.boxes import put_away
from viewer.widgets.parts.look import Look
from viewer.widgets.sources.marking import Passage
from viewer.widgets.sources.reader_parts import Header, Targets
from viewer.widgets.sources.source_text import SourceText
from viewer.words import n, t

if TYPE_CHECKING:
    from db.details import SourceDetail, SourceQuote
    from db.records import Ref
    from viewer.document import Document
    from viewer.widgets.state import Selection, ViewState

_STANCES = ("supports", "disputes", "context")


class SourceReader(QWidget):
    """`selected` names an event or stage that a quote leads back to; `closed` asks whoever
    shows the reader to put it away, after which the focus is where it was before.
    `cite_asked` asks for the citation of what is shown in the clipboard.
    `passage_changed` tells what `chosen_passage` gives from now on."""

    selected = Signal(object)
    passage_changed = Signal(object)
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
        self._quote_id: int | None = None
        self._before: QWidget | None = None
        self._told_passage: tuple[int, int] | None = None
        self.text = SourceText()
        self.text.walk = self._walk
        self.text.dress(Look.of(state))
        self.header: Header | None = None
        self.targets: Targets | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.text, 1)
        self.setMinimumSize(240, 320)
        self.setAutoFillBackground(True)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.activated.connect(self.close_reader)
        self.text.pressed.connect(self._on_pressed)
        self.text.entered.connect(self._on_entered)
        self.text.selectionChanged.connect(self._tell_passage)
        state.changed.connect(self._on_state)
        selection.changed.connect(lambda _: self._refresh())
        document.replaced.connect(self._forget)
        document.changed.connect(self._on_changed)
        self.retext()

    # What is shown

    def show_quote(self, source_id: int, quote_id: int) -> None:
        """Shows a source at a quote and takes the focus.

        Raises what `Document.source` raises.
        """
        self._take_up(source_id)
        self._choose(quote_id)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_source(self, source_id: int) -> None:
        """Shows a source at its beginning, with none of its quotes chosen, and takes the focus.

        Raises what `Document.source` raises.
        """
        self._detail = None  # it is set anew, and so stands at its beginning
        self._take_up(source_id)
        self._quote_id = None
        self._refresh()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

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
        self.text.setTextCursor(self.text.cursor_over(start, end))
        self.text.hold(start, end)

    def _take_up(self, source_id: int) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._before = focused
        detail = self._document.source(source_id)
        if detail is not self._detail:
            self._detail = detail
            text = detail.source.text
            # The pages of a scan have labels, but no line to stand beside.
            places = detail.places if text.strip() else ()
            self.text.show_text(text, [(each.start, each.label) for each in places])
            self.retext()

    def _on_changed(self) -> None:
        """The same source as the file has it now; nothing where it is gone."""
        detail = self._detail
        if detail is None:
            return
        try:
            self._detail = self._document.source(detail.source.id)
        except AllianceError:
            self._forget()
            self.close_reader()
            return
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
        passage = self._passage()
        if passage is not None:
            self.text.choose(passage, move=move)

    def _refresh(self) -> None:
        """Marks the quotes as the selection sees them and tells of the chosen one."""
        detail = self._detail
        if detail is None:
            return
        self.text.mark([self._as_passage(each) for each in detail.quotes if _stands(each)])
        look = Look.of(self._state)
        had = self._focus_within()
        header, targets = self._header(look, detail), self._targets(look)
        for place, (old, new) in enumerate(((self.header, header), (self.targets, targets))):
            if old is not None:
                self._column.removeWidget(old)
                put_away(old)
            self._column.insertWidget(2 * place, new)
        self.header, self.targets = header, targets
        if had:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_within(self) -> bool:
        """Whether a part that is about to be replaced has the focus."""
        focused = QApplication.focusWidget()
        parts = (self.header, self.targets)
        return focused is not None and any(
            part is not None and part.isAncestorOf(focused) for part in parts
        )

    def _header(self, look: Look, detail: SourceDetail) -> Header:
        header = Header(look, detail.source, changed=detail.changed)
        header.close_button.clicked.connect(self.close_reader)
        return header

    def _targets(self, look: Look) -> Targets:
        place = self._told_place(look)
        targets = Targets(look, self._chosen(), self._selection.ref, place, self._whole(look))
        targets.chosen.connect(self.selected)
        targets.cite.clicked.connect(self.cite_asked)
        for button in (targets.previous, targets.next):
            button.setHidden(not self._quotes_in_source())
        targets.previous.clicked.connect(lambda: self._step_in_source(-1))
        targets.next.clicked.connect(lambda: self._step_in_source(1))
        return targets

    def _whole(self, look: Look) -> str:
        """What is said of the source while no quote of it is chosen."""
        if self._quote_id is not None or self._detail is None:
            return ""
        if not self._detail.source.text.strip():
            return look.t("reader.no-text")
        return n("reader.quotes", len(self._quotes_in_source()), look.language)

    def _told_place(self, look: Look) -> str:
        """Which of how many quotes is shown: those of the selection, else of the source."""
        own = self._own_quotes()
        if self._quote_id in own:
            key, every = "reader.place-of-target", own
        else:
            key, every = "reader.place-in-source", self._quotes_in_source()
        if self._quote_id not in every:
            return ""
        return look.t(key, number=every.index(self._quote_id) + 1, count=len(every))

    def _as_passage(self, found: SourceQuote) -> Passage:
        """A quote in the stance that it has towards the selection, else the first of its own."""
        stances = [each.stance for each, _ in found.evidence if each.target == self._selection.ref]
        stances += [each.stance for each, _ in found.evidence]
        stance = stances[0] if stances else "context"
        return Passage(found.quote.id, found.anchor.start, found.anchor.end, stance)

    def _chosen(self) -> SourceQuote | None:
        quotes = self._detail.quotes if self._detail else ()
        return next((each for each in quotes if each.quote.id == self._quote_id), None)

    def _passage(self) -> Passage | None:
        found = self._chosen()
        return self._as_passage(found) if found is not None and _stands(found) else None

    # From quote to quote

    def _quotes_in_source(self) -> list[int]:
        """Ids of the quotes that stand in the source, in the order of its text."""
        quotes = self._detail.quotes if self._detail else ()
        return [each.quote.id for each in quotes if _stands(each)]

    def _own_quotes(self) -> list[int]:
        """Ids of the selection's quotes in this source, as the inspector lists them."""
        ref = self._selection.ref
        found = []
        for place, each in enumerate(self._detail.quotes if self._detail else ()):
            stances = [evid.stance for evid, _ in each.evidence if evid.target == ref]
            if stances and _stands(each):
                found.append((min(map(_STANCES.index, stances)), place, each.quote.id))
        return [ident for _, _, ident in sorted(found)]

    def _walk(self, forward: bool) -> bool:
        """Tab: through the selection's quotes, or those of the source if the one shown is none
        of them."""
        own = self._own_quotes()
        return self._step(own if self._quote_id in own else self._quotes_in_source(), forward)

    def _step(self, among: list[int], forward: bool) -> bool:
        if self._quote_id not in among:
            return False
        place = among.index(self._quote_id) + (1 if forward else -1)
        if not 0 <= place < len(among):
            return False
        self._choose(among[place])
        return True

    def _step_in_source(self, way: int) -> None:
        """The next or previous quote of the text, whatever it supports."""
        among = self._quotes_in_source()
        if among and not self._step(among, way > 0):
            self._choose(among[0 if way > 0 else -1])
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

    def _go_to_the_only_target(self) -> bool:
        found = self._chosen()
        refs: set[Ref] = {each.target for each, _ in found.evidence} if found else set()
        if len(refs) != 1:
            return False
        self.selected.emit(refs.pop())
        return True

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
        self.text.show_text("", [])
        self._tell_passage()
        for part in (self.header, self.targets):
            if part is not None:
                part.hide()

    # Following the state

    def retext(self) -> None:
        language = self._state.language
        self.setAccessibleName(t("reader.name", language))
        self.text.setAccessibleDescription(t("reader.help", language))
        title = self._detail.source.title.text(language) if self._detail else ""
        self.text.setAccessibleName(t("reader.text", language, title=title))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part in (self.header, self.targets):
            if part is not None:  # how high it may be depends on the reader's height
                part.updateGeometry()

    def _on_state(self, kind: str) -> None:
        if kind in ("language", "theme", "type"):
            self.text.dress(Look.of(self._state))
            self.retext()
            self._refresh()


def _stands(found: SourceQuote) -> bool:
    """Whether the words stand in the text at all."""
    return found.anchor.state != "broken"
