"""The words of a quote in a form: exactly as they stand in the source, and how far they go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTextEdit, QWidget

from db.quotes import from_utf16, to_utf16
from viewer.edits import stretches
from viewer.edits.quoting import trimmed
from viewer.widgets.parts import telling
from viewer.widgets.parts.fields import Field, plain_label
from viewer.widgets.parts.flow import Flow
from viewer.words import n, t

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.details import SourceDetail
    from db.records import Language
    from viewer.widgets.parts.look import Look

_AROUND = 160  # code points of the text that are seen before and behind
_LINES = 3  # of the view; the source itself is seen below the form
_UNITS: tuple[stretches.Unit, ...] = ("sentence", "paragraph")
_STEPS: tuple[tuple[str, str, Callable[[str, int, int], tuple[int, int]]], ...] = (
    ("start-earlier", "◂", lambda text, a, b: (stretches.previous_start(text, a, "word"), b)),
    ("start-later", "▸", lambda text, a, b: (stretches.next_start(text, a, "word"), b)),
    ("end-earlier", "◂", lambda text, a, b: (a, stretches.previous_end(text, b, "word"))),
    ("end-later", "▸", lambda text, a, b: (a, stretches.next_end(text, b, "word"))),
)


class _View(QTextEdit):
    """A stretch of the text with what stands around it; `picked` tells a selection by hand."""

    picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setProperty("extent", "true")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.textCursor()
        super().keyPressEvent(event)
        if self.textCursor() != before:
            self.picked.emit()


class ExtentField(Field):
    """`start` and `end` in code points of `text`. The words are never typed: they are a stretch
    of the source, chosen by mouse or keyboard in the view or grown and cut by the buttons."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.text, self.start, self.end = "", 0, 0
        self._source: SourceDetail | None = None
        self._from = 0  # of the text, where the view begins
        self._look: Look | None = None
        self.view = _View()
        self.inputs = [self.view]
        self.name.setBuddy(self.view)
        self.buttons: dict[str, QPushButton] = {}
        self._heads = {"start": plain_label("told"), "end": plain_label("told")}
        self.rows.addWidget(self.view)
        self.rows.addWidget(self._steps())
        self.close_with_told()
        self.view.picked.connect(self._on_picked)

    def _steps(self) -> QWidget:
        row, flow = QWidget(), Flow()
        for end in ("start", "end"):
            flow.add(self._group(end))
        for unit in _UNITS:
            button = self.buttons[unit] = QPushButton()
            button.setProperty("quiet", "true")
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._grow, unit))
            flow.add(button)
        row.setLayout(flow)
        return row

    def _group(self, end: str) -> QWidget:
        """The two steps of one end behind its name."""
        group = QWidget()
        across = QHBoxLayout(group)
        across.setContentsMargins(0, 0, 6, 0)
        across.setSpacing(2)
        label: QLabel = self._heads[end]
        across.addWidget(label)
        for name, sign, step in _STEPS:
            if name.startswith(end):
                button = self.buttons[name] = QPushButton(sign)
                button.setProperty("quiet", "true")
                button.setAutoDefault(False)
                button.setAutoRepeat(True)
                button.clicked.connect(partial(self._step, step))
                across.addWidget(button)
        return group

    # What it holds

    def dress(self, look: Look) -> None:
        """In which colours the words stand."""
        self._look = look
        self._show()
        self.tell()

    def fill(self, source: SourceDetail, start: int, end: int) -> None:
        self._source, self.text = source, source.source.text
        self.start, self.end = start, end
        self._show()
        self.show_wrong(None)

    @property
    def exact(self) -> str:
        return self.text[self.start : self.end]

    def take(self, start: int, end: int) -> None:
        """Another stretch, by hand; one of blanks alone is none."""
        start, end = trimmed(self.text, start, end)
        if start < end and (start, end) != (self.start, self.end):
            self.start, self.end = start, end
            self._show()
            self.touched()

    def _step(self, step: Callable[[str, int, int], tuple[int, int]]) -> None:
        self.take(*step(self.text, self.start, self.end))

    def _grow(self, unit: stretches.Unit) -> None:
        self.take(*stretches.whole(self.text, self.start, self.end, unit))

    def _on_picked(self) -> None:
        cursor, shown = self.view.textCursor(), self.view.toPlainText()
        if cursor.hasSelection():
            first = self._from + from_utf16(shown, cursor.selectionStart())
            last = self._from + from_utf16(shown, cursor.selectionEnd())
            start, end = trimmed(self.text, first, last)
            if start < end and (start, end) != (self.start, self.end):
                self.start, self.end = start, end
                self._mark()  # what is selected stays as it is under the hand
                self.touched()

    # How it is shown

    def _show(self) -> None:
        """The words in the middle of what stands around them."""
        low = max(self.text.rfind("\n", 0, self.start) + 1, self.start - _AROUND)
        line = self.text.find("\n", self.end)
        high = min(line if line >= 0 else len(self.text), self.end + _AROUND)
        self._from = low
        # Qt would make one line break of two characters.
        self.view.setPlainText(self.text[low:high].replace("\r", "\u200b"))
        height = _LINES * self.view.fontMetrics().lineSpacing()
        self.view.setFixedHeight(height + 2 * round(self.view.document().documentMargin()) + 8)
        self._mark()
        self.view.setTextCursor(self._cursor(self.start, self.start))
        self._scroll()

    def _scroll(self) -> None:
        """The words begin in the first line, or in the second where more stands before them."""
        bar, top = self.view.verticalScrollBar(), self.view.cursorRect().top()
        line = self.view.fontMetrics().lineSpacing() if self.end - self.start < _AROUND else 0
        bar.setValue(bar.value() + top - line - round(self.view.document().documentMargin()))

    def _cursor(self, start: int, end: int) -> QTextCursor:
        shown = self.view.toPlainText()
        cursor = QTextCursor(self.view.document())
        cursor.setPosition(to_utf16(shown, start - self._from))
        cursor.setPosition(to_utf16(shown, end - self._from), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _mark(self) -> None:
        if self._look is None:
            return
        everything = QTextCursor(self.view.document())
        everything.select(QTextCursor.SelectionType.Document)
        marks = []
        for cursor, ground, ink in (
            (everything, None, "muted"),
            (self._cursor(self.start, self.end), "highlight", "text"),
        ):
            mark = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            form.setForeground(self._look.colour(ink))
            if ground:
                form.setBackground(self._look.colour(ground))
            mark.cursor, mark.format = cursor, form
            marks.append(mark)
        self.view.setExtraSelections(marks)

    # What is said

    def hint(self) -> str:
        """Where the words stand, and how many signs they are."""
        count = n("quoting.signs", self.end - self.start, self.language)
        place = self._place()
        return f"{place} · {count}" if place else count

    def _place(self) -> str:
        """The page or paragraph, from the first to the last where the words go on over several."""
        source, look = self._source, self._look
        if source is None or look is None:
            return ""
        start, end = self.start, self.end
        labels = [each.label for each in source.places if each.start < end and each.end > start]
        ends = list(dict.fromkeys((*labels[:1], *labels[-1:])))
        return telling.place("–".join(ends), look, source.source.media_type)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._scroll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scroll()

    def retext(self, language: Language) -> None:
        super().retext(language)
        for end, head in self._heads.items():
            head.setText(t(f"quoting.{end}", language))
        for name, button in self.buttons.items():
            told = t(f"quoting.extent.{name}", language)
            button.setAccessibleName(told)
            button.setToolTip(told)
            if name in _UNITS:
                button.setText(t(f"quoting.unit.{name}", language))
