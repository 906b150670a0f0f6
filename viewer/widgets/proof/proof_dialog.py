"""What the dialogs of proof share: a list of quotes above, the chosen one laid beside what stands
in the source below it, and buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from viewer.widgets.parts import telling
from viewer.widgets.parts.beside import place_beside
from viewer.widgets.parts.fields import plain_label
from viewer.widgets.parts.look import Look
from viewer.widgets.parts.messages import hand_back
from viewer.widgets.parts.tables import RowTable
from viewer.widgets.proof.comparison import Comparison, Side
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from db.details import Excerpt
    from viewer.document import Document
    from viewer.widgets.parts.tables import Table
    from viewer.widgets.state import ViewState

_TYPE = 13.0  # px of the type that the size is meant for


class ProofDialog(QDialog):
    """Stays beside the window and follows it. `buttons` stand below, the last one is what Enter
    means; those before `apart` stand at the left."""

    def __init__(
        self, document: Document, state: ViewState, table: Table, widths: tuple[int, ...],
        parent: QWidget, *, buttons: int, apart: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        hand_back(self)
        self._document, self._state = document, state
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.intro, self.told = plain_label(wraps=True), plain_label("muted", wraps=True)
        self.view = RowTable(table, widths)
        self.comparison = Comparison()
        self.buttons = [QPushButton() for _ in range(buttons)]
        self.top = QHBoxLayout()
        self._arrange(apart)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self.show_chosen())
        state.changed.connect(self._on_state)
        document.replaced.connect(self.reject)

    def sizeHint(self) -> QSize:
        room = QApplication.primaryScreen().availableGeometry()
        scale = max(self._state.type_size / _TYPE, 1.0)
        return QSize(
            min(round(1040 * scale), room.width() - 60),
            min(round(620 * scale), room.height() - 80),
        )

    def _arrange(self, apart: int) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.intro)
        column.addLayout(self.top)
        column.addWidget(self.view, 3)
        column.addWidget(self.comparison, 2)
        column.addWidget(self.told)
        self.told.hide()
        bottom = QHBoxLayout()
        for place, button in enumerate(self.buttons):
            if place == apart:
                bottom.addStretch(1)
            bottom.addWidget(button)
        column.addLayout(bottom)
        self.buttons[-1].setProperty("primary", "true")
        self.buttons[-1].setDefault(True)

    def place(self) -> None:
        """Shows it beside the panel that its places open in."""
        place_beside(self, self.sizeHint())
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def key(self, keys: str, does: Callable[[], object]) -> None:
        """What a key means in the list."""
        shortcut = QShortcut(QKeySequence(keys), self.view)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(does)

    def name(self, place: int, words: str, told: str = "") -> None:
        """Words of a button, and what is said of it."""
        button = self.buttons[place]
        button.setText(words)
        button.setAccessibleName(words)
        button.setToolTip(told)

    def tell(self, text: str) -> None:
        """What was just done, or why it was not."""
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def chosen_row(self) -> int:
        """-1 where no row is chosen."""
        return self.view.currentIndex().row()

    def show_chosen(self) -> None:
        """Lays out what is chosen."""
        raise NotImplementedError

    def retext(self) -> None:
        raise NotImplementedError

    def side(self, excerpt: Excerpt | None, what: str, nothing: str) -> Side:
        """A version as the source has it; `what` it is, and what is said where there is none."""
        look = Look.of(self._state)
        if excerpt is None:
            return Side(what, said=nothing)
        date = edtf_words(excerpt.edtf, look.language) if excerpt.edtf else ""
        parts = (what, look.text(excerpt.title), date, telling.place(excerpt.place, look))
        heading = " · ".join(part for part in parts if part)
        return Side(heading, excerpt.before, excerpt.words, excerpt.after, nothing)

    def _on_state(self, kind: str) -> None:
        if kind in ("language", "theme", "type"):
            self.retext()
            self.show_chosen()


def one_line(words: str) -> str:
    """Words of a quote for a cell."""
    return f"“{' '.join(words.split())}”"
