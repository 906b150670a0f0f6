"""The left side: what is on the picture is decided here, and the export shows exactly that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from db.records import STATUSES
from viewer.display import theme
from viewer.layout.signs import with_signs, with_words
from viewer.widgets.panels.counts import counts
from viewer.widgets.parts.check_row import CheckRow
from viewer.widgets.parts.following import COUNTING, follow
from viewer.widgets.parts.tabs import chain
from viewer.words import n, t

if TYPE_CHECKING:
    from db.undated import UndatedEvent
    from viewer.document import Document
    from viewer.widgets.state import ViewState

IMPORTANCES = (1, 5)
_SECTIONS = ("lanes", "show", "importance", "views")
_MOST_UNDATED = 8  # that are seen at once


class SidePanel(QScrollArea):
    """Lanes, kinds, quotes, disputes, callouts (where there are any), status, importance, saved
    views. Every choice acts at once through the view state; the counts follow. `select_ref` asks
    for an event that waits for its date."""

    select_ref = Signal(object)

    def __init__(self, document: Document, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._state = document, state
        self.lanes: dict[str, CheckRow] = {}
        self.groups: dict[str, CheckRow] = {}
        self.setObjectName("side_panel")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._headings = {key: QLabel() for key in _SECTIONS}
        self.undated_heading = QLabel()
        for heading in (*self._headings.values(), self.undated_heading):
            heading.setProperty("rank", "section")
        self.with_quotes, self.disputed, self.callouts = CheckRow(), CheckRow(), CheckRow()
        self.status = QComboBox()
        self.importance = QSlider(Qt.Orientation.Horizontal)
        self.importance_words = QLabel()
        self.undated, self.views = QListWidget(), QListWidget()
        self._undated: tuple[UndatedEvent, ...] = ()
        self._following = follow(document, self, self._follow, COUNTING)
        self._arrange()
        self._connect()
        self._fill()

    def sizeHint(self) -> QSize:
        return QSize(232, 600)

    def minimumSizeHint(self) -> QSize:
        """As wide as its longest word, however large the type is."""
        content, bar = self.widget(), self.verticalScrollBar()
        width = content.minimumSizeHint().width() if content is not None else 0
        width += bar.sizeHint().width()
        return QSize(max(width, 200), super().minimumSizeHint().height())

    # How it is arranged

    def _arrange(self) -> None:
        content = QWidget()
        content.setObjectName("side_content")
        column = QVBoxLayout(content)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(2)
        self._lane_rows, self._group_rows = QVBoxLayout(), QVBoxLayout()
        for rows in (self._lane_rows, self._group_rows):
            rows.setSpacing(0)
        self.importance.setRange(*IMPORTANCES)
        self.importance.setPageStep(1)
        self.importance.setTickInterval(1)
        self.importance.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.importance_words.setProperty("rank", "muted")
        for each in (self.undated, self.views):
            each.setFrameShape(QFrame.Shape.NoFrame)
            each.setWordWrap(True)
            each.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            each.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            each.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.undated.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        column.addWidget(self._headings["lanes"])
        column.addLayout(self._lane_rows)
        column.addSpacing(14)
        column.addWidget(self._headings["show"])
        column.addLayout(self._group_rows)
        column.addSpacing(4)
        column.addWidget(self.with_quotes)
        column.addWidget(self.disputed)
        column.addWidget(self.callouts)
        column.addSpacing(6)
        column.addWidget(self.status)
        column.addSpacing(14)
        column.addWidget(self._headings["importance"])
        column.addSpacing(2)
        column.addWidget(self.importance)
        column.addWidget(self.importance_words)
        for heading, each in (
            (self.undated_heading, self.undated),
            (self._headings["views"], self.views),
        ):
            column.addSpacing(14)
            column.addWidget(heading)
            column.addWidget(each)
        column.addStretch(1)
        self.setWidget(content)

    def _connect(self) -> None:
        self.with_quotes.clicked.connect(
            lambda on: self._state.set_filter(replace(self._state.filter, with_quotes=on))
        )
        self.disputed.clicked.connect(
            lambda on: self._state.set_filter(replace(self._state.filter, disputed=on))
        )
        self.callouts.clicked.connect(self._state.show_callouts)
        self.status.activated.connect(lambda _: self._choose_status())
        self.importance.valueChanged.connect(
            lambda least: self._state.set_filter(replace(self._state.filter, min_importance=least))
        )
        for signal in (self.undated.itemClicked, self.undated.itemActivated):
            signal.connect(lambda item: self._select_undated(self.undated.row(item)))
        self.views.itemClicked.connect(self._show_view)
        self.views.itemActivated.connect(self._show_view)
        self._state.changed.connect(self._on_state)
        self._document.replaced.connect(self._fill)

    # What it holds

    def _follow(self) -> None:
        """After most edits the rows are the same ones, and only their numbers are others."""
        if self._rows_of() == self._filled_with:
            self.refresh()
        else:
            self._fill()

    def _rows_of(self) -> tuple[object, ...]:
        timeline = self._document.timeline
        rows = (timeline.lanes, timeline.groups, timeline.views, bool(timeline.callouts))
        return *rows, self._document.undated()

    def _fill(self) -> None:
        """Makes the rows anew for the file that is open."""
        self._following.stop()
        self._filled_with = self._rows_of()
        timeline = self._document.timeline
        for rows in (self._lane_rows, self._group_rows):
            while (item := rows.takeAt(0)) is not None:
                row = item.widget()
                if row is not None:
                    row.hide()
                    row.deleteLater()
        self.lanes = {
            lane.key: CheckRow(strong=True, level=len(timeline.lane_path(lane)) - 1)
            for lane in timeline.lanes
        }
        self.groups = {group.key: CheckRow() for group in timeline.groups}
        for row in self.lanes.values():
            self._lane_rows.addWidget(row)
            row.clicked.connect(lambda _: self._choose_lanes())
        for row in self.groups.values():
            self._group_rows.addWidget(row)
            row.clicked.connect(lambda _: self._choose_groups())
        self._undated = self._document.undated()
        self.undated.clear()
        self.undated.addItems([""] * len(self._undated))
        for widget in (self.undated_heading, self.undated):
            widget.setVisible(bool(self._undated))
        self.views.clear()
        for _ in timeline.views:
            self.views.addItem(QListWidgetItem())
        self.callouts.setVisible(bool(timeline.callouts))
        self._headings["views"].setVisible(bool(timeline.views))
        self.views.setVisible(bool(timeline.views))
        self._order_tabs()
        self.retext()
        self._colour()

    def _order_tabs(self) -> None:
        chain([
            *self.lanes.values(), *self.groups.values(), self.with_quotes, self.disputed,
            self.callouts, self.status, self.importance, self.undated, self.views,
        ])  # fmt: skip

    def retext(self) -> None:
        language, timeline = self._state.language, self._document.timeline
        self.setAccessibleName(t("panel.name", language))
        for key, heading in self._headings.items():
            heading.setText(t(f"panel.{key}", language))
        waiting = n("panel.undated", len(self._undated), language)
        self.undated_heading.setText(waiting)
        self.undated.setAccessibleName(waiting)
        for place, event in enumerate(self._undated):
            item, title = self.undated.item(place), event.title.text(language)
            ref = ("event", event.id)
            item.setText(with_signs(title, timeline, ref))
            told = with_words(title, timeline, ref, language)
            item.setToolTip(told)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
        for lane in timeline.lanes:
            self.lanes[lane.key].setText(lane.name.text(language))
        for group in timeline.groups:
            self.groups[group.key].setText(group.name.text(language))
        self.with_quotes.setText(t("panel.with-quotes", language))
        self.disputed.setText(t("panel.disputed", language))
        self.callouts.setText(t("notes.callouts", language))
        self.status.setAccessibleName(t("panel.status", language))
        self.importance.setAccessibleName(t("panel.importance", language))
        self.views.setAccessibleName(t("panel.views", language))
        for place, view in enumerate(timeline.views):
            self.views.item(place).setText(f"{place + 1}  {view.name.text(language)}")
            self.views.item(place).setToolTip(view.name.text(language))
        self._fit_lists()
        self.refresh()

    def _fit_lists(self) -> None:
        """The lists are as high as their lines: it is the panel that scrolls; but of events
        without a date there may be many."""
        for each, most in ((self.undated, _MOST_UNDATED), (self.views, self.views.count())):
            heights = [each.sizeHintForRow(row) for row in range(min(each.count(), most))]
            each.setFixedHeight(sum(heights) + 6)

    def _colour(self) -> None:
        tokens = theme(self._state.theme)
        for lane in self._document.timeline.lanes:
            self.lanes[lane.key].show_colour(tokens.palette(lane.colour).strong)
        for row in (*self.groups.values(), self.with_quotes, self.disputed, self.callouts):
            row.show_colour(tokens["accent"])

    def refresh(self) -> None:
        """Shows the state's filter and what it leaves."""
        state, timeline = self._state, self._document.timeline
        rows = [*(each.key for each in timeline.lanes), *(each.key for each in timeline.groups)]
        if rows != [*self.lanes, *self.groups]:
            return  # the file was changed, and the rows are about to be made anew
        asked, language = state.filter, state.language
        found = counts(timeline, state.view(1, 1), STATUSES)
        for lane in timeline.lanes:
            row = self.lanes[lane.key]
            row.setChecked(not asked.lanes or lane.key in asked.lanes)
            path = " › ".join(each.name.text(language) for each in timeline.lane_path(lane))
            self._show_count(row, path, found.lanes[lane.key])
        for group in timeline.groups:
            row = self.groups[group.key]
            kinds = {kind.key for kind in timeline.kinds if kind.group_id == group.id}
            row.setChecked(not asked.kinds or bool(kinds & set(asked.kinds)))
            self._show_count(row, group.name.text(language), found.groups[group.key])
        for row, on, count in (
            (self.with_quotes, asked.with_quotes, found.with_quotes),
            (self.disputed, asked.disputed, found.disputed),
        ):
            row.setChecked(on)
            row.show_count(count, f"{row.text()}, {n('status.events', count, language)}")
        self.callouts.setChecked(state.callouts)
        told = n("notes.callouts-counted", len(timeline.callouts), language)
        self.callouts.show_count(len(timeline.callouts), told)
        self._show_statuses(found.statuses)
        self.importance.blockSignals(True)
        self.importance.setValue(asked.min_importance)
        self.importance.blockSignals(False)
        self.importance_words.setText(t(f"panel.importance.{asked.min_importance}", language))
        self._mark_view()

    def _show_count(self, row: CheckRow, name: str, count: int) -> None:
        row.show_count(count, f"{name}, {n('status.events', count, self._state.language)}")

    def _show_statuses(self, found: dict[str, int]) -> None:
        language, asked = self._state.language, self._state.filter.statuses
        self.status.clear()
        self.status.addItem(t("panel.status.any", language), "")
        for status, count in found.items():
            self.status.addItem(f"{t(f'panel.status.{status}', language)} · {count:,}", status)
        self.status.setCurrentIndex(1 + STATUSES.index(asked[0]) if len(asked) == 1 else 0)

    def _mark_view(self) -> None:
        saved = self._state.saved_view
        keys = [view.key for view in self._document.timeline.views]
        if saved is not None and saved.key in keys:
            self.views.setCurrentRow(keys.index(saved.key))
        else:
            self.views.clearSelection()

    # What the user chooses

    def _choose_lanes(self) -> None:
        self._state.show_lanes(key for key, row in self.lanes.items() if row.isChecked())

    def _choose_groups(self) -> None:
        timeline = self._document.timeline
        ids = {group.id for group in timeline.groups if self.groups[group.key].isChecked()}
        self._state.show_kinds(kind.key for kind in timeline.kinds if kind.group_id in ids)

    def _choose_status(self) -> None:
        status = self.status.currentData()
        statuses = (status,) if status else ()
        self._state.set_filter(replace(self._state.filter, statuses=statuses))

    def _select_undated(self, row: int) -> None:
        self.select_ref.emit(("event", self._undated[row].id))

    def _show_view(self, item: QListWidgetItem) -> None:
        self._state.apply(self._document.timeline.views[self.views.row(item)])

    def _on_state(self, kind: str) -> None:
        if self._following.isActive():
            self._following.stop()
            self._follow()
        if kind == "language":
            self.retext()
        elif kind == "theme":
            self._colour()
        elif kind == "type":
            self._fit_lists()
            self.updateGeometry()
        elif kind in ("filter", "callouts"):
            self.refresh()
        elif kind == "view":
            self._mark_view()
