"""The choices of an export: which part of the timeline, on which page, in which words and
colours. The form answers with what the writers need; it writes nothing itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from db import dates
from db.errors import AllianceError
from db.records import LANGUAGES
from viewer.display import THEMES
from viewer.layout import Caption, navigation
from viewer.render import pages
from viewer.render.export import FORMATS
from viewer.widgets.panels.toolbar import LANGUAGE_NAMES
from viewer.widgets.parts.check_row import CheckRow
from viewer.widgets.parts.switch import Switch
from viewer.words import t

if TYPE_CHECKING:
    from db.records import Language
    from viewer.document import Document
    from viewer.layout import View
    from viewer.layout.navigation import Range
    from viewer.render.pages import Page
    from viewer.widgets.state import ViewState

RANGES = ("shown", "all", "dates")
FREE = "free"
_TYPE_SIZE = 13.0
"""px of an exported picture's type: the page's own, whatever the window's type is."""


@dataclass(frozen=True, slots=True)
class Request:
    """A picture to write. `title` is what the file calls itself."""

    view: View
    page: Page
    format: str
    title: str


class ExportForm(QWidget):
    """`changed` tells that another picture was asked for."""

    changed = Signal()

    def __init__(self, document: Document, state: ViewState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._state = document, state
        self.format = Switch(FORMATS)
        self.range = QComboBox()
        self.first, self.last = QLineEdit(), QLineEdit()
        self.page = QComboBox()
        self.width_dots, self.height_dots, self.dpi = QSpinBox(), QSpinBox(), QSpinBox()
        self.theme = QComboBox()
        self.language = Switch(LANGUAGES)
        self.callouts = CheckRow()
        self.title = QLineEdit()
        self._labels: list[tuple[QLabel, str]] = []
        self._arrange()
        self._begin()
        self._retext()
        self._connect()

    def _arrange(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(10)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for key, field in (
            ("format", _left(self.format)),
            ("range", self.range),
            ("dates", _pair(self.first, "–", self.last)),
            ("page", self.page),
            ("size", _pair(self.width_dots, "×", self.height_dots)),
            ("dpi", _left(self.dpi)),
            ("theme", self.theme),
            ("language", _left(self.language)),
            ("title", self.title),
        ):
            label = QLabel()
            label.setBuddy(field.focusProxy() or field)
            self._labels.append((label, key))
            form.addRow(label, field)
        form.insertRow(form.rowCount() - 1, "", self.callouts)
        form.setRowVisible(self.callouts, bool(self._document.timeline.callouts))

    def _begin(self) -> None:
        """What the window shows, on a slide."""
        for side in (self.width_dots, self.height_dots):
            side.setRange(1, pages.MAX_SIDE)
            side.setGroupSeparatorShown(True)
        self.width_dots.setValue(1920)
        self.height_dots.setValue(1080)
        self.dpi.setRange(10, 2400)
        self.dpi.setValue(round(pages.PRESET_DPI))
        self.format.set_current("png")
        self.language.set_current(self._state.language)
        self.callouts.setChecked(self._state.callouts)
        choices = (
            (self.range, RANGES),
            (self.page, (*pages.PRESETS, FREE)),
            (self.theme, THEMES),
        )
        for box, keys in choices:
            for key in keys:
                box.addItem("", key)
        self.theme.setCurrentIndex(THEMES.index(self._state.theme))
        start, end = round(self._state.start), round(self._state.end) - 1
        self.first.setText(dates.to_iso(start))
        self.last.setText(dates.to_iso(max(start, end)))
        saved = self._state.saved_view
        if saved is not None:
            self.title.setText(saved.caption.text(self._state.language))
        self._allow()

    def _retext(self) -> None:
        language = self._state.language
        names: dict[str, QWidget] = {
            "range": self.range, "page": self.page, "dpi": self.dpi, "theme": self.theme,
            "title": self.title,
        }  # fmt: skip
        for label, key in self._labels:
            label.setText(t(f"export-form.{key}", language))
            if key in names:
                names[key].setAccessibleName(label.text())
        for widget, key in (
            (self.first, "first"), (self.last, "last"),
            (self.width_dots, "width"), (self.height_dots, "height"),
        ):  # fmt: skip
            widget.setAccessibleName(t(f"export-form.{key}", language))
            widget.setToolTip(t(f"export-form.{key}", language))
        for box, key in ((self.range, "range"), (self.page, "page"), (self.theme, "theme")):
            for place in range(box.count()):
                box.setItemText(place, t(f"export-form.{key}.{box.itemData(place)}", language))
        formats = {key: key.upper() for key in FORMATS}
        self.format.retext(t("export-form.format", language), formats, formats)
        told: dict[str, str] = {key: t(f"language.{key}", language) for key in LANGUAGES}
        self.language.retext(t("export-form.language", language), LANGUAGE_NAMES, told)
        self.callouts.setText(t("notes.callouts", language))
        self.callouts.setAccessibleName(self.callouts.text())
        self.title.setPlaceholderText(t("export-form.title.none", language))

    def _connect(self) -> None:
        for switch in (self.format, self.language):
            switch.chosen.connect(self._on_change)
        for box in (self.range, self.page, self.theme):
            box.currentIndexChanged.connect(self._on_change)
        for field in (self.first, self.last, self.title):
            field.textChanged.connect(self._on_change)
        self.callouts.toggled.connect(self._on_change)
        for number in (self.width_dots, self.height_dots, self.dpi):
            number.valueChanged.connect(self._on_change)

    def _on_change(self) -> None:
        self._allow()
        self.changed.emit()

    def _allow(self) -> None:
        """Fields that play no part in the choice made are greyed."""
        by_dates, free = self.range.currentData() == "dates", self.page.currentData() == FREE
        self.first.setEnabled(by_dates)
        self.last.setEnabled(by_dates)
        self.width_dots.setEnabled(free)
        self.height_dots.setEnabled(free)

    def request(self) -> Request:
        """What is asked for. Raises `AllianceError` for dates, a size or a dpi that cannot be."""
        page = self._page()
        language: Language = "ko" if self.language.current == "ko" else "en"
        start, end = self._range()
        title = self.title.text().strip()
        view = replace(
            self._state.view(page.width, page.height),
            start=start,
            end=end,
            language=language,
            theme=self.theme.currentData(),
            callouts=self.callouts.isChecked(),
            type_size=_TYPE_SIZE,
            caption=Caption(title=title),
        )
        return Request(view, page, self.format.current, title or t("cli.export.title", language))

    def _page(self) -> Page:
        dpi = float(self.dpi.value())
        if self.page.currentData() == FREE:
            return pages.dots(self.width_dots.value(), self.height_dots.value(), dpi)
        return pages.page(self.page.currentData(), dpi)

    def _range(self) -> Range:
        choice = self.range.currentData()
        if choice == "shown":
            return self._state.start, self._state.end
        if choice == "all":
            return navigation.fit(self._document.timeline, self._state.mask())
        first = dates.parse(self.first.text()).first
        last = dates.parse(self.last.text()).last
        if first is None or last is None:
            text = self.first.text() if first is None else self.last.text()
            raise AllianceError("export.open-date", text=text)
        if first > last:
            raise AllianceError("range.order", first=self.first.text(), last=self.last.text())
        return float(first), float(last + 1)


def _left(widget: QWidget) -> QWidget:
    """The widget at the left of its row, no wider than it needs to be."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(widget)
    layout.addStretch(1)
    row.setFocusProxy(widget)
    return row


def _pair(one: QWidget, between: str, other: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    layout.addWidget(one, 1)
    layout.addWidget(QLabel(between))
    layout.addWidget(other, 1)
    row.setFocusProxy(one)
    return row
