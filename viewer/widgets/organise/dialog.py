"""Puts in order what the timeline is made of: lanes, kinds, tags, schemes and their stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout

from viewer.widgets.organise.kinds import KindsPage
from viewer.widgets.organise.lanes import LanesPage
from viewer.widgets.organise.page import Scene
from viewer.widgets.organise.schemes import SchemesPage
from viewer.widgets.organise.tags import TagsPage
from viewer.widgets.parts.fields import WRONG_SIGN, plain_label, set_property
from viewer.widgets.parts.messages import hand_back
from viewer.widgets.parts.switch import Switch
from viewer.words import explain, t
from viewer.words.changes import change_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from db.errors import AllianceError
    from viewer.document import Changed, Document
    from viewer.edits.edit import Edit
    from viewer.widgets.forms.editing import Editing
    from viewer.widgets.organise.page import OrganisePage
    from viewer.widgets.state import ViewState

_SIZE = (690, 470)  # px, at the usual type
_USUAL = 19  # px, the height of a line of it
PAGES = ("lanes", "kinds", "tags", "schemes")


class OrganiseDialog(QDialog):
    """A page for each of them. Every change is written at once, seen in the window behind, and
    undone by the window's own keys."""

    def __init__(
        self, document: Document, state: ViewState, editing: Editing, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._document, self._state, self._editing = document, state, editing
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        hand_back(self)
        self._fault: AllianceError | None = None
        self._news = ""
        scene = Scene(document, state, self._apply, self.tell)
        self.pages: dict[str, OrganisePage] = {
            "lanes": LanesPage(scene, "organise.page.lanes"),
            "kinds": KindsPage(scene, "organise.page.kinds"),
            "tags": TagsPage(scene, "organise.page.tags"),
            "schemes": SchemesPage(scene, "organise.page.schemes"),
        }
        self.switch, self.stack = Switch(PAGES), QStackedWidget()
        self.told = plain_label(wraps=True)
        self.undo, self.close_button = QPushButton(), QPushButton()
        self._arrange()
        self._connect()
        self.switch.set_current("lanes")
        self.retext()

    def sizeHint(self) -> QSize:
        """Small enough that much of the picture is seen beside it, larger with larger type."""
        room = self.screen().availableGeometry()
        scale = max(self.fontMetrics().height() / _USUAL, 1.0)
        width, height = round(_SIZE[0] * scale), round(_SIZE[1] * scale)
        return QSize(min(width, room.width() - 80), min(height, room.height() - 80))

    def place(self) -> None:
        """At the lower right of the window, where it leaves the beginning of the picture free."""
        # Left to itself a dialog takes two thirds of the screen at most.
        self.resize(self.sizeHint())
        window = self.parentWidget()
        if window is not None:
            corner = window.frameGeometry().bottomRight() - QPoint(16, 40)
            self.move(corner - QPoint(self.width(), self.height()))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        above = QHBoxLayout()
        above.addWidget(self.switch)
        above.addStretch(1)
        for page in self.pages.values():
            self.stack.addWidget(page)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.told, 1)
        below.addWidget(self.undo)
        below.addWidget(self.close_button)
        for button in (self.undo, self.close_button):
            button.setAutoDefault(False)
        column.addLayout(above)
        column.addWidget(self.stack, 1)
        column.addLayout(below)

    def _connect(self) -> None:
        self.switch.chosen.connect(self.show_page)
        self.undo.clicked.connect(lambda: self._editing.revert("undo"))
        self.close_button.clicked.connect(self.close)
        for keys, act in (
            ("Ctrl+Z", lambda: self._editing.revert("undo")),
            ("Ctrl+Shift+Z", lambda: self._editing.revert("redo")),
            ("Ctrl+Y", lambda: self._editing.revert("redo")),
            ("Ctrl+PgDown", lambda: self._step(1)),
            ("Ctrl+PgUp", lambda: self._step(-1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._state.changed.connect(self._on_state)
        self._document.changed.connect(self._on_changed)
        self._document.replaced.connect(self._on_replaced)

    # Pages

    @property
    def page(self) -> OrganisePage:
        return self.pages[self.switch.current]

    def show_page(self, key: str) -> None:
        """One of `PAGES`."""
        self.switch.set_current(key)
        self.stack.setCurrentWidget(self.pages[key])
        self.page.rebuild()
        self.page.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, way: int) -> None:
        place = PAGES.index(self.switch.current) + way
        self.show_page(PAGES[place % len(PAGES)])

    # Following the file and the window

    def _apply(self, edit: Edit) -> bool:
        return self._editing.apply(edit)

    def _on_changed(self, changed: Changed) -> None:
        self._fault = None
        language = self._state.language
        if changed.way == "elsewhere":
            self._news = t("edit.elsewhere", language)
        elif changed.label:
            words = change_words(changed.label, language)
            self._news = t(f"edit.done.{changed.way}", language, words=words)
        self._rebuild()

    def _on_replaced(self) -> None:
        self._fault, self._news = None, ""
        self._rebuild()

    def _rebuild(self) -> None:
        """Another page is made anew when it is turned to."""
        self.page.rebuild()
        self._show_told()

    def _on_state(self, kind: str) -> None:
        if kind == "language":
            self.retext()
        elif kind == "type":
            for page in self.pages.values():
                page.fit_buttons()
        elif kind in ("theme", "scheme"):
            self._rebuild()

    def retext(self) -> None:
        language = self._state.language
        self.setWindowTitle(t("organise.title", language))
        texts = {key: t(f"organise.page.{key}", language) for key in PAGES}
        self.switch.retext(t("organise.pages", language), texts, texts)
        self.close_button.setText(t("button.close", language))
        self.undo.setText(t("organise.undo", language))
        self._news = ""
        for page in self.pages.values():
            page.retext()
        self._rebuild()

    # What it tells

    def tell(self, error: AllianceError) -> None:
        """Says why something was not done."""
        self._fault = error
        self._show_told()

    def _show_told(self) -> None:
        language, reason = self._state.language, self._document.read_only_reason
        if self._fault is not None:
            text, rank = f"{WRONG_SIGN} {explain(self._fault, language)}", "wrong"
        elif reason is not None:
            text, rank = t(reason, language), "warning"
        else:
            text, rank = self._news, "muted"
        self.told.setText(text)
        set_property(self.told, "rank", rank)
        self.undo.setEnabled(self._document.revertible("undo") is not None)
