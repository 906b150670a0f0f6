"""The menu of the picture: what can be done with the selected events, or at an empty place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from viewer.words import t
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.records import Language
    from viewer.widgets.canvas.canvas import Canvas
    from viewer.widgets.commands import Commands
    from viewer.widgets.state import Selection

_SUBMENUS = ("set-lane", "add-tag", "remove-tag", "importance")


def canvas_menu(
    canvas: Canvas,
    selection: Selection,
    commands: Commands,
    language: Language,
    place: tuple[int, str] | None,
    *,
    can_change: bool,
) -> QMenu:
    """The menu, not yet open. `place` is the lane and the date of an empty place; the submenus
    are those of the Edit menu."""
    menu = QMenu(canvas)
    menu.aboutToHide.connect(menu.deleteLater)

    def add(text: str, function: Callable[[], object], *, enabled: bool = True) -> None:
        action = QAction(text.replace("&", "&&"), menu)
        action.triggered.connect(lambda: function())
        action.setEnabled(enabled)
        menu.addAction(action)

    if place is not None and not selection.events:
        words = t("gesture.new-event", language, date=edtf_words(place[1], language))
        add(words, lambda: canvas.new_event_asked.emit(*place), enabled=can_change)
        return menu
    ref = selection.ref
    if ref is None:
        return menu
    if len(selection.refs) == 1:
        add(t("gesture.open-source", language), lambda: canvas.activated.emit(ref))
        if ref[0] == "event":
            edit = t("gesture.edit", language)
            add(edit, lambda: canvas.edit_asked.emit(ref), enabled=can_change)
    if ref[0] == "event":
        menu.addSeparator()
        for key in _SUBMENUS:
            menu.addMenu(commands.submenus[key])
        menu.addSeparator()
        menu.addAction(commands.actions["delete-event"])
    return menu
