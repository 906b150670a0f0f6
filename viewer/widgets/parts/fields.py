"""The fields of a form: a name above, what one types in, and below it what that means or lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db.records import LANGUAGES, Bilingual
from viewer.words import explain, t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from db.errors import AllianceError
    from db.records import Language

WRONG_SIGN = "✕"
_LEAST_LINES, _MOST_LINES = 3, 9
_AROUND = 14  # px that are seen above and below what the form is scrolled to


def set_property(widget: QWidget, name: str, value: str) -> None:
    """A property that the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def reveal(widget: QWidget) -> None:
    """Scrolls the form so that a widget is seen, once it has its place."""

    def scroll() -> None:
        # Nothing has its place before the layouts have had their turn.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        parent = widget.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        content = parent.widget() if parent is not None else None
        if parent is not None and content is not None and widget.isVisible():
            # Its end first: of what is too high for the form the beginning is seen.
            top = widget.mapTo(content, QPoint(0, 0)).y()
            for y in (top + widget.height(), top):
                parent.ensureVisible(0, y, 0, _AROUND)

    QTimer.singleShot(0, widget, scroll)


class FieldsArea(QScrollArea):
    """Scrolls the fields of a form. The one that Tab comes to is seen whole, with its name and with
    what is said below it."""

    def __init__(self, fields: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(fields)

    def focusNextPrevChild(self, forward: bool) -> bool:
        moved = super().focusNextPrevChild(forward)
        found = QApplication.focusWidget()
        while found is not None and not isinstance(found, Field):
            found = found.parentWidget()
        if found is not None and self.isAncestorOf(found):
            reveal(found)
        return moved


def plain_label(rank: str = "", *, wraps: bool = False) -> QLabel:
    """A label whose text is never markup."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    if rank:
        label.setProperty("rank", rank)
    if wraps:
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
    return label


class Field(QWidget):
    """`inputs` are the widgets that one types in, the first of them gets the focus. `changed`
    tells of every change that a hand makes, `rearranged` that other widgets stand in it."""

    changed = Signal()
    rearranged = Signal()

    def __init__(self, key: str) -> None:
        """`key` is that of its name in the catalogue."""
        super().__init__()
        self._key = key
        self.language: Language = "en"
        self.inputs: list[QWidget] = []
        self._error: AllianceError | None = None
        self.name, self.told = plain_label("field"), plain_label("told", wraps=True)
        self.told.hide()
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(3)
        self.rows.addWidget(self.name)

    def close_with_told(self) -> None:
        """To be called when the field has its inputs."""
        self.rows.addWidget(self.told)

    @property
    def title(self) -> str:
        """The field's name, as it stands above it."""
        return t(self._key, self.language)

    def retext(self, language: Language) -> None:
        self.language = language
        self.name.setText(self.title)
        for each in self.inputs:
            each.setAccessibleName(self.title)
        self.tell()

    # What is said below it

    def hint(self) -> str:
        """What is said where nothing is wrong."""
        return ""

    @property
    def error(self) -> AllianceError | None:
        return self._error

    def show_wrong(self, error: AllianceError | None) -> None:
        """Says what is wrong, in colour, with a sign and for screen readers; None: nothing is."""
        self._error = error
        self.tell()

    def tell(self) -> None:
        error = self._error
        if error is None:
            text, rank = self.hint(), "told"
        else:
            text, rank = f"{WRONG_SIGN} {explain(error, self.language)}", "wrong"
        self.told.setText(text)
        self.told.setVisible(bool(text))
        set_property(self.told, "rank", rank)
        for each in self.inputs:
            each.setAccessibleDescription(text)
            set_property(each, "wrong", "true" if error is not None else "false")

    def touched(self) -> None:
        """A hand has changed it: what was said of it before no longer counts."""
        self._error = None
        self.tell()
        self.changed.emit()

    def focus(self) -> None:
        self.inputs[0].setFocus(Qt.FocusReason.OtherFocusReason)


class TextField(Field):
    """One line."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.line = QLineEdit()
        self.inputs = [self.line]
        self.name.setBuddy(self.line)
        self.rows.addWidget(self.line)
        self.close_with_told()
        self._filling = False
        self.line.textChanged.connect(self._on_text)

    @property
    def text(self) -> str:
        return self.line.text().strip()

    def fill(self, text: str) -> None:
        self._put(text)
        self.show_wrong(None)

    def _put(self, text: str) -> None:
        """Shows a text; that is no change by hand."""
        self._filling = True
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self._filling = False

    def _on_text(self) -> None:
        if not self._filling:
            self.touched()


class GrowingText(QPlainTextEdit):
    """Several lines, as high as they need within bounds; Tab leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    def text(self) -> str:
        return self.toPlainText()

    def setText(self, text: str) -> None:  # noqa: N802 - as a QLineEdit has it
        self.setPlainText(text)

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def _fit(self) -> None:
        # The document's height is in lines.
        lines = min(max(round(self.document().size().height()), _LEAST_LINES), _MOST_LINES)
        around = 2 * round(self.document().documentMargin()) + 12
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + around)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


Input = QLineEdit | GrowingText


class BothField(Field):
    """A text in both languages, that of the window first; each behind the name of its language."""

    def __init__(self, key: str, make: Callable[[], Input] = QLineEdit) -> None:
        super().__init__(key)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.edits: dict[Language, Input] = {}
        self.names: dict[Language, QLabel] = {}
        for language in LANGUAGES:
            edit = self.edits[language] = make()
            self.names[language] = plain_label("field")
            self.names[language].setContentsMargins(0, 6, 0, 0)  # beside the first line
            edit.textChanged.connect(self._on_text)
        self._filling = False
        self.rows.addLayout(self._grid)
        self.close_with_told()
        self._order("en")

    def _on_text(self) -> None:
        if not self._filling:
            self.touched()

    def _order(self, language: Language) -> None:
        ordered = [language, *(each for each in LANGUAGES if each != language)]
        for row, each in enumerate(ordered):
            self._grid.addWidget(self.names[each], row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._placed(each), row, 1)
        self.inputs = [self.edits[each] for each in ordered]
        self.name.setBuddy(self.inputs[0])

    def _placed(self, language: Language) -> QWidget:
        """What stands behind the name of a language."""
        return self.edits[language]

    def retext(self, language: Language) -> None:
        super().retext(language)
        for each, label in self.names.items():
            label.setText(t(f"form.language.{each}", language))
            named = t(f"form.in.{each}", language, field=self.title)
            self.edits[each].setAccessibleName(named)
            label.setToolTip(named)
        if self.inputs[0] is not self.edits[language]:
            self._order(language)

    @property
    def both(self) -> Bilingual:
        return Bilingual(*(self.edits[each].text().strip() or None for each in LANGUAGES))

    def fill(self, text: Bilingual) -> None:
        self._filling = True
        for each in LANGUAGES:
            edit = self.edits[each]
            edit.setText((text.en if each == "en" else text.ko) or "")
            if isinstance(edit, QLineEdit):
                edit.setCursorPosition(0)  # a long text shows its beginning
        self._filling = False
        self.show_wrong(None)
