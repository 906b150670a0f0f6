"""The settings: every change counts at once; they are kept when the dialog closes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from db.records import LANGUAGES
from viewer.widgets.parts.messages import hand_back
from viewer.widgets.settings import (
    THEME_CHOICES,
    save_settings,
    settings_path,
    system_name,
)
from viewer.widgets.state import TYPE_SIZES
from viewer.words import n, t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from viewer.document import Document
    from viewer.widgets.settings import Settings
    from viewer.widgets.state import ViewState

# How many backups are kept, by the field of the settings, and what they are counted in.
_KEPT = {
    "backup_whole_days": ("setting.kept.whole-days", "setting.unit.days"),
    "backup_days": ("setting.kept.days", "setting.unit.days"),
    "backup_weeks": ("setting.kept.weeks", "setting.unit.weeks"),
    "backup_months": ("setting.kept.months", "setting.unit.months"),
}
_MOST = 999


class SettingsDialog(QDialog):
    """`choose_theme` dresses the program in one of `THEME_CHOICES`."""

    def __init__(
        self,
        document: Document,
        state: ViewState,
        settings: Settings,
        choose_theme: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        hand_back(self)
        self._document, self._state, self._settings = document, state, settings
        self._choose_theme = choose_theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.author, self.author_help = QLineEdit(settings.author), _Help()
        self.language, self.theme, self.type = QComboBox(), QComboBox(), QSpinBox()
        self.folder, self.choose = QLineEdit(settings.backup_folder), QPushButton()
        self.folder_told = _Help()
        self.kept = {name: QSpinBox() for name in _KEPT}
        self.backups, self.applied, self.leave = QLabel(), _Help(), QPushButton()
        self.backups.setProperty("rank", "section")
        self._labels: dict[QWidget, QLabel] = {}
        self._fill()
        self._arrange()
        self._connect()
        self.retext()

    def _fill(self) -> None:
        for language in LANGUAGES:
            self.language.addItem("", language)
        for choice in THEME_CHOICES:
            self.theme.addItem("", choice)
        self.type.setRange(int(TYPE_SIZES[0]), int(TYPE_SIZES[-1]))
        for name, box in self.kept.items():
            # All of today are kept in any case.
            box.setRange(1 if name == "backup_whole_days" else 0, _MOST)
            box.setValue(getattr(self._settings, name))
        self._show_state()

    def _show_state(self) -> None:
        """What can be changed elsewhere while the dialog is open."""
        state = self._state
        for box, value in ((self.language, state.language), (self.theme, state.theme_choice)):
            box.setCurrentIndex(box.findData(value))
        self.type.setValue(round(state.type_size))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(9)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        folder = QWidget()
        row = QHBoxLayout(folder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        self.author.setMinimumWidth(340)
        self._add(form, self.author)
        form.addRow("", self.author_help)
        for field in (self.language, self.theme, self.type):
            self._add(form, field)
        form.addRow(self.backups)
        self._add(form, self.folder, folder)
        form.addRow("", self.folder_told)
        for box in self.kept.values():
            self._add(form, box)
        column.addLayout(form)
        bottom = QHBoxLayout()
        bottom.addWidget(self.applied, 1)
        bottom.addWidget(self.leave)
        column.addStretch(1)
        column.addLayout(bottom)
        self.leave.setDefault(True)

    def _add(self, form: QFormLayout, field: QWidget, row: QWidget | None = None) -> None:
        label = self._labels[field] = QLabel()
        label.setBuddy(field)
        form.addRow(label, row or field)

    def _connect(self) -> None:
        self.author.textChanged.connect(self._on_author)
        self.language.activated.connect(
            lambda _: self._state.set_language(self.language.currentData())
        )
        self.theme.activated.connect(lambda _: self._choose_theme(self.theme.currentData()))
        self.type.valueChanged.connect(lambda size: self._state.set_type_size(float(size)))
        self.folder.textChanged.connect(lambda _: self._on_folder())
        self.folder.editingFinished.connect(self._take_folder)
        self.choose.clicked.connect(self.ask_for_folder)
        for name, box in self.kept.items():
            box.valueChanged.connect(lambda value, name=name: self._on_kept(name, value))
        self.leave.clicked.connect(self.accept)
        self.finished.connect(lambda _: self._remember())
        self._state.changed.connect(self._on_state)

    # What is changed

    def _on_author(self, text: str) -> None:
        self._settings.author = " ".join(text.split())
        self._document.author = self._settings.author or system_name()

    def _on_kept(self, name: str, value: int) -> None:
        setattr(self._settings, name, value)
        self._count(name)

    def _count(self, name: str) -> None:
        """The unit behind a number, in its plural."""
        box = self.kept[name]
        words = n(_KEPT[name][1], box.value(), self._state.language)
        box.setSuffix(words.removeprefix(str(box.value())))

    def _on_folder(self) -> None:
        """Says what is wrong while it is typed."""
        wrong = not _can_be_folder(self.folder.text().strip())
        if self.folder.property("wrong") != str(wrong).lower():
            self.folder.setProperty("wrong", str(wrong).lower())
            self.folder.style().unpolish(self.folder)
            self.folder.style().polish(self.folder)
        self._tell_folder(wrong)

    def _take_folder(self) -> None:
        """A folder counts once it is one, or can become one, and is typed to its end."""
        text = self.folder.text().strip()
        if _can_be_folder(text):
            self._settings.put_backups(text)

    def _choose_folder(self, path: Path) -> None:
        self.folder.setText(str(path))
        self._take_folder()

    def _tell_folder(self, wrong: bool) -> None:
        language = self._state.language
        if wrong:
            text = t("setting.folder.wrong", language, folder=self.folder.text().strip())
        else:
            usual = type(self._settings)().backups
            text = t("setting.folder.own", language, folder=usual)
        self.folder_told.setText(text)
        self.folder_told.setProperty("rank", "error" if wrong else "muted")
        self.folder_told.style().unpolish(self.folder_told)
        self.folder_told.style().polish(self.folder_told)
        self.folder_told.fit()
        self.folder.setAccessibleDescription(text)

    def ask_for_folder(self) -> None:
        from viewer.widgets.parts.file_dialogs import ask_for_folder

        language = self._state.language
        title = t("setting.folder", language)
        ask_for_folder(self, title, self._settings.backups, language, self._choose_folder)

    def _remember(self) -> None:
        self._take_folder()
        self._settings.theme = self._state.theme_choice
        self._settings.type_size = self._state.type_size
        save_settings(settings_path(), self._settings)

    # Words

    def _on_state(self, kind: str) -> None:
        self._show_state()
        if kind == "language":
            self.retext()

    def retext(self) -> None:
        language = self._state.language
        self.setWindowTitle(t("setting.title", language))
        named = {
            self.author: t("setting.author", language),
            self.language: t("setting.language", language),
            self.theme: t("setting.theme", language),
            self.type: t("setting.type", language),
            self.folder: t("setting.folder", language),
        }
        for name, (label, _) in _KEPT.items():
            named[self.kept[name]] = t(label, language)
            self._count(name)
        for field, text in named.items():
            self._labels[field].setText(text)
            field.setAccessibleName(text)
        for place, each in enumerate(LANGUAGES):
            self.language.setItemText(place, t(f"language.{each}", language))
        for place, choice in enumerate(THEME_CHOICES):
            self.theme.setItemText(place, t(f"setting.theme.{choice}", language))
        self.type.setSuffix(t("setting.type.unit", language, number=""))
        self.author_help.setText(t("setting.author.help", language, name=system_name()))
        self.author.setAccessibleDescription(self.author_help.text())
        self.author.setPlaceholderText(system_name())
        self.backups.setText(t("setting.backups", language))
        self.choose.setText(t("setting.folder.choose", language))
        self.applied.setText(t("setting.applied", language))
        self.leave.setText(t("button.close", language))
        self._on_folder()
        for told in (self.author_help, self.folder_told, self.applied):
            told.fit()


class _Help(QLabel):
    """Words that explain a field, as high as they need at this width."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("rank", "muted")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))


def _can_be_folder(text: str) -> bool:
    """Whether files can be put below it: it is empty, a folder, or its nearest parent is one that
    can be written to."""
    if not text:
        return True
    path = Path(text)
    if not path.is_absolute():
        return False
    try:
        nearest = next(each for each in (path, *path.parents) if each.exists())
        return nearest.is_dir() and os.access(nearest, os.W_OK)
    except (OSError, ValueError, StopIteration):
        return False
