"""Proposals about quotes in a newer edition: old and new side by side, accepted or declined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel

from db.errors import AllianceError
from viewer.edits.anchors import anchors_accepted, anchors_declined, is_sure
from viewer.widgets.parts import telling
from viewer.widgets.parts.look import Look
from viewer.widgets.parts.tables import Table
from viewer.widgets.proof.proof_dialog import ProofDialog, one_line
from viewer.words import explain, n, t, term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QWidget

    from db.changes import Rows
    from db.details import Proposal
    from viewer.document import Document
    from viewer.edits.edit import Edit
    from viewer.widgets.forms.editing import Editing
    from viewer.widgets.state import ViewState

    Index = QModelIndex | QPersistentModelIndex

_SHOWN = ("all", "sure", "unsure")
_SURE, _OPEN, _DECLINE, _ACCEPT = range(4)


class ProposalsModel(Table):
    """The proposals of one sort, by edition and place."""

    headings = (
        "proof.column.state", "proof.column.score", "proof.column.quote", "proof.column.rests",
        "proof.column.edition",
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Proposal] = []

    def fill(self, proposals: Sequence[Proposal]) -> None:
        self.beginResetModel()
        self.shown = list(proposals)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def cells(self, row: int) -> tuple[str, ...]:
        each = self.shown[row]
        state = f"{telling.STATE_SIGNS[each.state]} {term('state', each.state, self.language)}"
        return (
            state,
            f"{each.score} %",
            one_line(each.exact),
            f"{each.targets:,}",
            each.source_title.text(self.language),
        )


class ProposalsDialog(ProofDialog):
    """`open_asked` asks for a source (its id) at a place (code points, end exclusive)."""

    open_asked = Signal(object, object)

    def __init__(
        self, document: Document, state: ViewState, editing: Editing, parent: QWidget
    ) -> None:
        self.model = ProposalsModel()
        super().__init__(
            document, state, self.model, (16, 8, 0, 10, 15), parent, buttons=4, apart=1
        )
        self._editing = editing
        self._all: tuple[Proposal, ...] = ()
        self.label, self.filter = QLabel(), QComboBox()
        self.label.setBuddy(self.filter)
        self.top.addWidget(self.label)
        self.top.addWidget(self.filter)
        self.top.addStretch(1)
        self.filter.currentIndexChanged.connect(lambda _: self._show_list(0))
        for place, does in (
            (_SURE, self.accept_sure), (_OPEN, self.open_chosen),
            (_DECLINE, self.decline_chosen), (_ACCEPT, self.accept_chosen),
        ):  # fmt: skip
            self.buttons[place].clicked.connect(does)
        self.key("A", self.accept_chosen)
        self.key("D", self.decline_chosen)
        self.key("Del", self.decline_chosen)
        self.key("O", self.open_chosen)
        for keys, does in (
            ("Ctrl+Return", self.accept_sure),
            ("Ctrl+Z", lambda: self._editing.revert("undo")),
            ("Ctrl+Shift+Z", lambda: self._editing.revert("redo")),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(does)
        document.changed.connect(self._on_changed)
        self.read_anew()

    # What is shown

    def read_anew(self) -> None:
        """The proposals as the file has them now; the chosen row stays where it is."""
        row = max(self.chosen_row(), 0)
        try:
            self._all = self._document.proposals()
        except AllianceError as error:
            self.tell(explain(error, self._state.language))
            self._all = ()
        self.retext()
        self._show_list(row)

    def show_quotes(self, quote_ids: Sequence[int]) -> None:
        """Chooses the first proposal about one of some quotes."""
        self.filter.setCurrentIndex(0)
        wanted = set(quote_ids)
        places = [row for row, each in enumerate(self.model.shown) if each.quote_id in wanted]
        if places:
            self.view.choose(places[0])

    def _show_list(self, row: int) -> None:
        kept = {
            "all": self._all,
            "sure": self.sure,
            "unsure": [each for each in self._all if not _is_sure(each)],
        }
        self.model.fill(kept[self.filter.currentData() or "all"])
        if self.model.shown:
            self.view.choose(min(row, len(self.model.shown) - 1))
        self.show_chosen()

    @property
    def sure(self) -> list[Proposal]:
        """Those that may be accepted without a look at each."""
        return [each for each in self._all if _is_sure(each)]

    @property
    def chosen(self) -> Proposal | None:
        row = self.chosen_row()
        return self.model.shown[row] if 0 <= row < len(self.model.shown) else None

    def show_chosen(self) -> None:
        look, chosen = Look.of(self._state), self.chosen
        can_write = self._document.read_only_reason is None
        self.buttons[_SURE].setEnabled(can_write and bool(self.sure))
        for place in (_DECLINE, _ACCEPT):
            self.buttons[place].setEnabled(can_write and chosen is not None)
        self.buttons[_OPEN].setEnabled(chosen is not None and chosen.new is not None)
        broken = chosen is not None and chosen.state == "broken"
        self.name(
            _ACCEPT,
            look.t("proof.accept-broken" if broken else "proof.accept"),
            look.t("proof.accept-told"),
        )
        if chosen is None:
            self.comparison.show_sides(None, None, look)
            return
        self.comparison.show_sides(
            self.side(chosen.old, look.t("proof.old"), look.t("proof.nowhere")),
            self.side(chosen.new, look.t("proof.new"), look.t("proof.not-found")),
            look,
        )

    # What is decided

    def accept_chosen(self) -> None:
        if self.chosen is not None:
            self._apply([self.chosen], anchors_accepted, "proof.accepted")

    def decline_chosen(self) -> None:
        if self.chosen is not None:
            self._apply([self.chosen], anchors_declined, "proof.declined")

    def accept_sure(self) -> None:
        """All that are sure, in one step of undo."""
        if self.sure:
            self._apply(self.sure, anchors_accepted, "proof.accepted")

    def _apply(
        self,
        proposals: Sequence[Proposal],
        edit: Callable[[Rows, Sequence[int]], Edit],
        told: str,
    ) -> None:
        if self._document.read_only_reason is not None:
            return
        ids = [each.anchor_id for each in proposals]
        try:
            rows = self._document.rows_about("anchor", ids)
        except AllianceError as error:
            self.tell(explain(error, self._state.language))
            return
        there = [each for each in ids if each in rows["anchor"]]
        if self._editing.apply(edit(rows, there)):
            self.tell(n(told, len(there), self._state.language))

    def open_chosen(self) -> None:
        chosen = self.chosen
        if chosen is not None and chosen.new is not None:
            self.open_asked.emit(chosen.source_id, (chosen.start, chosen.end))

    # Following

    def _on_changed(self) -> None:
        self.tell("")
        self.read_anew()
        self.view.setFocus()

    def retext(self) -> None:
        language = self._state.language
        self.model.language = language
        self.setWindowTitle(t("proof.proposals.title", language))
        waiting = n("proof.proposals.waiting", len(self._all), language)
        how = t("proof.proposals.how", language)
        self.intro.setText(f"{waiting} {how}" if self._all else t("proof.proposals.none", language))
        self.label.setText(t("proof.show", language))
        self.filter.setAccessibleName(t("proof.show", language))
        self._count()
        self.view.setAccessibleName(t("proof.proposals.title", language))
        sure = t("proof.accept-sure", language, count=len(self.sure))
        self.name(_SURE, sure, t("proof.accept-sure-told", language))
        self.name(_OPEN, t("proof.open", language), t("proof.open-told", language))
        self.name(_DECLINE, t("proof.decline", language), t("proof.decline-told", language))

    def _count(self) -> None:
        """The sorts, with how many proposals each has."""
        language, chosen = self._state.language, self.filter.currentData()
        counts = {"all": len(self._all), "sure": len(self.sure)}
        counts["unsure"] = counts["all"] - counts["sure"]
        self.filter.blockSignals(True)
        self.filter.clear()
        for sort in _SHOWN:
            words = t(f"proof.show.{sort}", language)
            self.filter.addItem(f"{words} ({counts[sort]:,})", sort)
        self.filter.setCurrentIndex(max(self.filter.findData(chosen), 0))
        self.filter.blockSignals(False)


def _is_sure(proposal: Proposal) -> bool:
    return is_sure({"score": proposal.score, "state": proposal.state})
