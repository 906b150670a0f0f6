"""Notes in Markdown, to read and to write: nothing in them loads, runs or opens anything, and an
address only asks to be followed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from viewer.widgets.parts.safe_document import SafeDocument, blocks_of, fragments_of, nothing
from viewer.widgets.parts.wrapped import LEAST_WIDTH, paint_focus, tall_as_needed

if TYPE_CHECKING:
    from viewer.widgets.parts.look import Look

_USUAL_WIDTH = 200  # px
_PAUSE = 120  # ms without a further letter before the preview follows
_BESIDE = 30  # sizes of the type from which the preview has room beside the text
_SCROLLS = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home,
    Qt.Key.Key_End,
)  # fmt: skip


class MarkdownView(QTextBrowser):
    """A note to read, mark and copy. `link_asked` tells the address of a link that was pressed;
    nothing is opened here.

    It is as high as its text at its width, or with `scrolls` as high as it is made.
    """

    link_asked = Signal(str)

    def __init__(self, look: Look, token: str = "text", *, scrolls: bool = False) -> None:  # noqa: S107
        super().__init__()
        self._look, self._token, self._scrolls = look, token, scrolls
        self._text = ""
        self._shown = SafeDocument(self)
        self._measured = SafeDocument(self)  # laid out at widths that are only asked about
        self._heights: dict[int, int] = {}
        self.setDocument(self._shown)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        if not scrolls:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(tall_as_needed())
        self.anchorClicked.connect(lambda url: self.link_asked.emit(url.toString()))
        self.dress(look)

    def dress(self, look: Look) -> None:
        """Sets type and colours."""
        self._look = look
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, look.colour(self._token))
        palette.setColor(QPalette.ColorRole.Highlight, look.colour("accent"))
        palette.setColor(QPalette.ColorRole.HighlightedText, look.colour("on-accent"))
        self.setPalette(palette)
        self.show_text(self._text)

    def show_text(self, markdown: str) -> None:
        self._text = markdown
        self._heights.clear()
        for document in (self._shown, self._measured):
            document.show_markdown(markdown, self._look, self._token)
        has_links = any(
            fragment.charFormat().isAnchor()
            for block in blocks_of(self._shown)
            for fragment in fragments_of(block)
        )
        # Tab stops where there is something to press, or to scroll.
        stops = has_links or self._scrolls
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stops else Qt.FocusPolicy.ClickFocus)
        self.updateGeometry()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return nothing(kind)

    # Its size

    def sizeHint(self) -> QSize:
        if self._scrolls:
            return super().sizeHint()
        return QSize(_USUAL_WIDTH, self.heightForWidth(_USUAL_WIDTH))

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, 3 * self._look.font("body").pixelSize() if self._scrolls else 0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's own name
        return not self._scrolls

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's own name
        if width not in self._heights:
            self._measured.setTextWidth(max(width, 1))
            self._heights[width] = math.ceil(self._measured.size().height())
        return self._heights[width]

    # Keyboard, wheel and menu

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._scrolls:
            super().wheelEvent(event)
        else:
            event.ignore()  # it is the panel that scrolls

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._scrolls and Qt.Key(event.key()) in _SCROLLS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self._look.t("inspector.copy"), self.copy_text)
        copy.setEnabled(self.textCursor().hasSelection())
        menu.addAction(self._look.t("inspector.select-all"), self.selectAll)
        menu.popup(event.globalPos())

    def copy_text(self) -> None:
        """Puts what is marked on the clipboard, as text alone."""
        QGuiApplication.clipboard().setText(self.textCursor().selection().toPlainText())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            area = QRectF(self.viewport().rect())
            paint_focus(painter, area, self._look.colour("accent"))
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


class MarkdownEditor(QWidget):
    """A field for Markdown with a preview beside it, or below where it is narrow, that can be put
    away. `changed` tells of each change of the text, `link_asked` of a link in the preview."""

    changed = Signal()
    link_asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.field = QPlainTextEdit()
        self.preview = MarkdownView(look, scrolls=True)
        self.switch = QPushButton()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self.field.setTabChangesFocus(True)
        self.switch.setCheckable(True)
        self.switch.setChecked(True)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.addWidget(self.field, 1)
        self._parts.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._parts, 1)
        column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignRight)
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._on_text)
        self.switch.toggled.connect(self._show_preview)
        self._pause.timeout.connect(self._follow)
        self.preview.link_asked.connect(self.link_asked)
        self.dress(look)

    def dress(self, look: Look) -> None:
        """Sets type, colours and words."""
        self._look = look
        self.field.setAccessibleName(look.t("notes.text"))
        self.field.setPlaceholderText(look.t("notes.help"))
        self.preview.setAccessibleName(look.t("notes.preview"))
        self.switch.setText(look.t("notes.preview.show"))
        self.switch.setAccessibleName(look.t("notes.preview"))
        self.preview.dress(look)

    def text(self) -> str:
        return self.field.toPlainText()

    def set_text(self, markdown: str) -> None:
        self.field.setPlainText(markdown)
        self._follow()

    def _on_text(self) -> None:
        self._pause.start()
        self.changed.emit()

    def _follow(self) -> None:
        """Shows in the preview what stands in the field."""
        self._pause.stop()
        if self.switch.isChecked():
            self.preview.show_text(self.text())

    def _show_preview(self, on: bool) -> None:
        self.preview.setVisible(on)
        self._follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        beside = self.width() >= _BESIDE * self._look.size
        self._parts.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
