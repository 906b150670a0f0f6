"""Choosing the backup that a file is to be made again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from db import backup
from viewer.widgets.panels.status_line import size_words
from viewer.widgets.parts.messages import hand_back
from viewer.widgets.parts.work import Work
from viewer.words import t
from viewer.words.dates import moment_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from db.keeping import Backup
    from viewer.widgets.state import ViewState

_SIGNS = {True: "✓", False: "✗"}
_PLACE = Qt.ItemDataRole.UserRole


class RestoreDialog(QDialog):
    """The backups of a file, newest first, each looked at in the background. `chosen` tells the
    path of the one that was agreed to."""

    chosen = Signal(object)

    def __init__(
        self, path: Path, folders: Sequence[Path], state: ViewState, parent: QWidget
    ) -> None:
        """`folders` are where backups lie, the present one first."""
        super().__init__(parent)
        hand_back(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._path, self._language = path, state.language
        self._folder = folders[0]
        language = self._language
        self.setWindowTitle(t("restore.title", language))
        self.told = QLabel(t("restore.told", language, name=path.name))
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setAllColumnsShowFocus(True)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(t("restore.list", language))
        self.list.setHeaderLabels(
            [t(f"restore.{key}", language) for key in ("time", "size", "state")]
        )
        header = self.list.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)
        self.restore = QPushButton(t("restore.do", language))
        self.other = QPushButton(t("restore.other", language))
        self.cancel = QPushButton(t("button.cancel", language))
        self._arrange()
        self._fill(backup.backups_in(path, folders))
        work = Work(lambda: backup.backups_in(path, folders, judged=True))
        work.done.connect(self._on_judged)
        self.finished.connect(work.drop)
        work.start()

    def sizeHint(self) -> QSize:
        return QSize(560, 420)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.told)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(self.other)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.restore)
        column.addLayout(row)
        self.restore.setDefault(True)
        self.restore.setProperty("primary", "true")
        self.cancel.clicked.connect(self.reject)
        self.restore.clicked.connect(self._choose)
        self.other.clicked.connect(self._ask_for_other)
        self.list.itemSelectionChanged.connect(self._refresh)
        self.list.itemActivated.connect(lambda *_: self._choose())

    def _fill(self, found: Sequence[Backup]) -> None:
        kept = self._chosen_path()
        self.list.clear()
        for each in reversed(found):
            self.list.addTopLevelItem(self._item(each))
        if not found:
            empty = QTreeWidgetItem([t("restore.none", self._language)])
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addTopLevelItem(empty)
        for place in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(place)
            if item is not None and (item.data(0, _PLACE) == kept or (kept is None and not place)):
                self.list.setCurrentItem(item)
        self._refresh()

    def _item(self, found: Backup) -> QTreeWidgetItem:
        language = self._language
        state = ""
        if found.good is not None:
            key = "backups.good" if found.good else "backups.bad"
            state = f"{_SIGNS[found.good]} {t(key, language)}"
        item = QTreeWidgetItem(
            [moment_words(found.time.isoformat(), language), size_words(found.size), state]
        )
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setData(0, _PLACE, str(found.path))
        item.setToolTip(0, str(found.path))
        if found.good is False:
            item.setDisabled(True)
        return item

    def _on_judged(self, found: object) -> None:
        self._fill(cast("Sequence[Backup]", found))

    def _chosen_path(self) -> str | None:
        item = self.list.currentItem()
        return item.data(0, _PLACE) if item is not None and not item.isDisabled() else None

    def _refresh(self) -> None:
        self.restore.setEnabled(self._chosen_path() is not None)

    def _choose(self) -> None:
        path = self._chosen_path()
        if path is not None:
            self._agree(Path(path))

    def _ask_for_other(self) -> None:
        """A backup that lies elsewhere, on a stick for example."""
        from viewer.widgets.files.files import SUFFIX
        from viewer.widgets.parts.file_dialogs import ask_for_file

        kinds = f"{t('files.kind', self._language)} (*{SUFFIX})"
        title = t("restore.other", self._language)
        ask_for_file(self, title, self._folder, kinds, self._language, self._agree)

    def _agree(self, path: Path) -> None:
        self.chosen.emit(path)
        self.accept()
