"""The window's look: Fusion with a palette and a style sheet made of the theme's tokens."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QPalette

from viewer.display import theme
from viewer.render import fonts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from viewer.display import Theme

# Every role has its token: what is left out would keep the system's colour, unreadable on ours.
_ROLES = {
    "Window": "panel",
    "WindowText": "text",
    "Base": "raised",
    "AlternateBase": "panel",
    "ToolTipBase": "raised",
    "ToolTipText": "text",
    "PlaceholderText": "muted",
    "Text": "text",
    "Button": "raised",
    "ButtonText": "text",
    "BrightText": "dispute",
    "Light": "raised",
    "Midlight": "rule",
    "Dark": "border",
    "Mid": "border",
    "Shadow": "border",
    "Highlight": "accent",
    "HighlightedText": "on-accent",
    "Link": "accent",
    "LinkVisited": "forecast",
    "Accent": "accent",
}
_GREYED = ("WindowText", "Text", "ButtonText")

_SHEET = Template("""
QMainWindow, QDialog { background: $panel; }
QMainWindow::separator { width: 0; height: 0; }
QToolBar { background: $panel; border: none; border-bottom: 1px solid $border;
    padding: 7px 12px; spacing: 6px; }
QToolBar QToolButton, QPushButton { background: $raised; color: $text;
    border: 1px solid $border; border-radius: 5px; padding: 5px 12px; }
QToolBar QToolButton { min-width: 14px; }
QToolBar QToolButton:hover, QPushButton:hover { background: $selection; }
QPushButton:checked { background: $selection; font-weight: bold; }
QToolBar QToolButton:pressed, QPushButton:pressed { background: $border; }
QToolBar QToolButton:disabled, QPushButton:disabled { color: $faint; background: $panel; }
QToolBar QToolButton:focus, QPushButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QPushButton[primary="true"], QToolBar QToolButton[primary="true"] { background: $accent;
    color: $on_accent; border-color: $accent; font-weight: bold; }
QPushButton[primary="true"]:focus, QToolBar QToolButton[primary="true"]:focus {
    border-color: $text; }
QPushButton[primary="true"]:hover, QToolBar QToolButton[primary="true"]:hover {
    background: $text; color: $ground; border-color: $text; }
QPushButton[primary="true"]:disabled { background: $border; color: $muted;
    border-color: $border; }
QToolButton[segment="first"] { border-top-right-radius: 0; border-bottom-right-radius: 0; }
QToolButton[segment="middle"] { border-radius: 0; border-left: none; }
QToolButton[segment="last"] { border-top-left-radius: 0; border-bottom-left-radius: 0;
    border-left: none; }
Switch QToolButton { background: $raised; color: $muted; border: 1px solid $border;
    border-radius: 5px; padding: 5px 11px; }
Switch QToolButton:hover { color: $text; }
Switch QToolButton:checked { background: $selection; color: $text; font-weight: bold; }
Switch QToolButton:focus { border: 2px solid $accent; padding: 4px 10px; }
QLabel[rank="section"] { color: $muted; font-weight: bold; font-size: ${small}px; }
QLabel[rank="muted"] { color: $muted; }
QLabel[rank="title"] { font-weight: bold; font-size: ${large}px; }
QLabel[rank="error"] { color: $dispute; }
QLabel[rank="warning"] { background: $warning_ground; color: $warning_text;
    padding: 2px 8px; border-radius: 4px; }
QStatusBar { background: $panel; border-top: 1px solid $border; color: $muted; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; padding: 2px 4px; }
QStatusBar QLabel[rank="warning"] { color: $warning_text; }
QMenuBar { background: $panel; color: $text; border-bottom: 1px solid $rule; padding: 2px 6px; }
QMenuBar::item { padding: 5px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $selection; }
QMenu { background: $raised; color: $text; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 26px; border-radius: 3px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $rule; margin: 4px 8px; }
QMenu::indicator { left: 7px; }
QScrollArea { border: none; background: $panel; }
QWidget#side_panel, QWidget#side_content { background: $panel; }
QSplitter::handle { background: $border; }
QComboBox, QSpinBox { min-height: 24px; }
QLineEdit, QPlainTextEdit { background: $raised; color: $text; border: 1px solid $border;
    border-radius: 4px; padding: 4px 7px; selection-background-color: $accent;
    selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid $accent; padding: 3px 6px; }
QLineEdit:disabled { color: $faint; background: $panel; }
QLineEdit[wrong="true"] { border-color: $dispute; }
QPlainTextEdit[words="paraphrase"] { border-left: 4px dotted $forecast; }
QPlainTextEdit[words="comment"], QLineEdit[words="comment"] { background: $panel;
    border: 1px dashed $muted; }
QPlainTextEdit[words="comment"]:focus, QLineEdit[words="comment"]:focus {
    border: 2px solid $accent; }
QTextEdit[extent="true"] { background: $raised; border: 1px solid $border;
    border-left: 4px solid $supports; border-radius: 4px; }
QTextEdit[extent="true"]:focus { border: 2px solid $accent; }
QWidget#event_form, QWidget#form_body { background: $panel; }
QLabel[rank="field"] { color: $muted; font-size: ${small}px; }
QLabel[rank="told"] { color: $muted; font-size: ${small}px; }
QLabel[rank="wrong"] { color: $dispute; font-size: ${small}px; }
QToolButton[fold="true"] { background: transparent; color: $text; border: 2px solid transparent;
    border-radius: 4px; padding: 1px 0; font-weight: bold; text-align: left; }
QToolButton[fold="true"]:hover { background: $rule; }
QToolButton[fold="true"]:focus { border-color: $accent; }
QPushButton[chip="true"] { background: $selection; border: 1px solid $border;
    border-radius: 9px; padding: 2px 8px; }
QPushButton[chip="true"]:focus { border: 2px solid $accent; padding: 1px 7px; }
QPushButton[quiet="true"] { background: transparent; border: 1px solid transparent;
    color: $accent; padding: 3px 6px; }
QPushButton[quiet="true"]:hover { background: $selection; }
QPushButton[quiet="true"]:focus { border: 2px solid $accent; padding: 2px 5px; }
QFrame#part { background: $raised; border: 1px solid $border; border-radius: 6px; }
QFrame#notice { background: $warning_ground; border: none; border-radius: 4px; }
QFrame#notice QLabel { color: $warning_text; }
QFrame#form_foot { background: $panel; border: none; border-top: 1px solid $border; }
QComboBox QAbstractItemView { background: $raised; color: $text; border: 1px solid $border;
    selection-background-color: $selection; selection-color: $text; }
QTableView { background: $raised; border: 2px solid $border; border-radius: 5px; outline: none;
    selection-background-color: $selection; selection-color: $text; }
QTableView:focus { border-color: $accent; }
QTableView::item { padding: 0 6px; border: none; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section { background: $panel; color: $muted; border: none;
    border-bottom: 1px solid $border; padding: 5px 9px; font-weight: bold; }
QListWidget { background: transparent; border: 2px solid transparent; border-radius: 5px;
    outline: none; }
QListWidget:focus { border-color: $accent; }
QListWidget::item { color: $text; padding: 5px 8px; border-radius: 4px; }
QListWidget::item:hover { background: $rule; }
QListWidget::item:selected { background: $selection; color: $text; }
QTableView { background: $raised; border: 2px solid $border; border-radius: 5px; outline: none;
    selection-background-color: $selection; selection-color: $text; }
QTableView:focus { border-color: $accent; }
QTableView::item { padding: 0 6px; border: none; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section { background: $panel; color: $muted; border: none;
    border-bottom: 1px solid $border; padding: 5px 9px; font-weight: bold; }
QListWidget[offers="true"] { background: $raised; border: 1px solid $border;
    border-radius: 4px; }
QListWidget[offers="true"]::item { padding: 3px 7px; }
QTreeWidget { background: $raised; border: 2px solid $border; border-radius: 5px; outline: none; }
QTreeWidget:focus { border-color: $accent; }
QTreeWidget::item { color: $text; padding: 4px 3px; }
QTreeWidget::item:hover { background: $rule; }
QTreeWidget::item:selected { background: $selection; color: $text; }
QRadioButton { color: $text; border: 2px solid transparent; border-radius: 4px; padding: 2px;
    spacing: 8px; }
QRadioButton:focus { border-color: $accent; }
QRadioButton::indicator { width: 12px; height: 12px; border: 2px solid $muted;
    border-radius: 8px; background: $raised; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent;
    background: $raised; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $border; }
QSlider::add-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $border; border-radius: 2px; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -6px 0; border-radius: 8px;
    border: 2px solid $accent; background: $raised; }
QSlider::handle:horizontal:hover { background: $selection; }
QSlider::handle:horizontal:focus { border: 4px solid $accent; width: 8px; height: 8px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px; }
QProgressBar { background: $rule; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
""")


def apply_look(application: QApplication, name: str, type_size: float) -> None:
    """Dresses the application in a theme; `type_size` is the px of its type."""
    tokens = theme(name)
    found = QFont(fonts.family())
    found.setPixelSize(round(type_size))
    application.setFont(found)
    application.setPalette(palette(tokens))
    application.setStyleSheet(style_sheet(tokens, type_size))


def palette(tokens: Theme) -> QPalette:
    """Every role of every group."""
    made = QPalette()
    for role, token in _ROLES.items():
        made.setColor(getattr(QPalette.ColorRole, role), QColor(tokens[token]))
    greyed = QColor(_faint(tokens))
    for role in _GREYED:
        made.setColor(QPalette.ColorGroup.Disabled, getattr(QPalette.ColorRole, role), greyed)
    return made


def style_sheet(tokens: Theme, type_size: float) -> str:
    names = {name.replace("-", "_"): colour for name, colour in tokens.colours.items()}
    return _SHEET.substitute(
        names, faint=_faint(tokens), small=round(type_size * 0.85), large=round(type_size * 1.25)
    )


def _faint(tokens: Theme) -> str:
    """Between the second rank of text and the ground: what cannot be used just now."""
    text, ground = QColor(tokens["muted"]), QColor(tokens["panel"])
    parts = zip(text.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(0.6 * one + 0.4 * other) for one, other in parts)).name()
