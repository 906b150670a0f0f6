"""The bar above the timeline that offers what was being written and never saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from viewer.widgets.form_fields import plain_label
from viewer.widgets.form_parts import quiet_button
from viewer.words import n, t
from viewer.words.dates import moment_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.records import Language
    from viewer.widgets.drafts import Waiting

_TITLE = 40  # characters of a title


class DraftBar(QFrame):
    """Offers the newest of the drafts that wait; hidden where none does."""

    resumed = Signal(str)
    discarded = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._waiting: Sequence[Waiting] = []
        self.told = plain_label(wraps=True)
        self.resume, self.discard = quiet_button(), quiet_button()
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 3, 8, 3)
        across.addWidget(self.told, 1)
        for button in (self.resume, self.discard):
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.resume.clicked.connect(lambda: self.resumed.emit(self._waiting[0].key))
        self.discard.clicked.connect(lambda: self.discarded.emit(self._waiting[0].key))
        self.hide()

    def offer(self, waiting: Sequence[Waiting], language: Language) -> None:
        self._waiting = waiting
        self.setVisible(bool(waiting))
        if not waiting:
            return
        kept = waiting[0].kept
        title = kept.typed.title.text(language) or t("drafts.untitled", language)
        title = title if len(title) <= _TITLE else f"{title[:_TITLE]}…"
        told = t("drafts.told", language, title=title, when=moment_words(kept.time, language))
        if len(waiting) > 1:
            told = f"{told} {n('drafts.more', len(waiting) - 1, language)}"
        self.told.setText(told)
        self.setAccessibleName(told)
        for button, key in ((self.resume, "drafts.resume"), (self.discard, "drafts.discard")):
            button.setText(t(key, language))
            button.setAccessibleName(t(key, language))
            button.setAccessibleDescription(told)
