"""The inspector's page of several events: how many, which, and what can be done to all of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from viewer.widgets import telling
from viewer.widgets.boxes import Section
from viewer.widgets.cards import link_to
from viewer.widgets.pages import Page
from viewer.widgets.text_buttons import TextButton

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from db.details import EventDetail
    from viewer.widgets.cards import Actions
    from viewer.widgets.look import Look

LISTED = 50
"""As many events have a line of their own."""

_DONE = ("set-lane", "add-tag", "remove-tag", "importance", "delete-event")


def several_page(
    events: Sequence[EventDetail],
    count: int,
    look: Look,
    actions: Actions,
    bulk: Callable[[str, QWidget], object] | None,
) -> Page:
    """`events` are the first of all `count`. `bulk` does what a button says, with its widget to
    open a menu at; None where the file cannot be changed."""
    page = Page(look, actions)
    page.say(telling.counted("gesture.selected", count, look), "title")
    page.say(look.t("gesture.several-how"), "small", "muted")
    if bulk is not None:
        section = Section(look, look.t("gesture.for-all"))
        may_be_tagged = count > len(events) or any(detail.tags for detail in events)
        for key in _DONE:
            if key != "remove-tag" or may_be_tagged:
                section.add(_button(key, look, bulk))
        page.add(section)
    section = Section(look, look.t("gesture.which"))
    for detail in events:
        section.add(_line(detail, look, actions))
    if count > len(events):
        section.say(telling.counted("gesture.more", count - len(events), look), "small", "muted")
    page.add(section)
    page.finish()
    return page


def _button(key: str, look: Look, bulk: Callable[[str, QWidget], object]) -> TextButton:
    button = TextButton(look.t(f"gesture.{key}"), look, "strong")
    button.clicked.connect(partial(_pressed, key, button, bulk))
    return button


def _pressed(key: str, button: TextButton, bulk: Callable[[str, QWidget], object]) -> None:
    bulk(key, button)


def _line(detail: EventDetail, look: Look, actions: Actions) -> TextButton:
    event = detail.event
    date = telling.date_in_words(detail.dates[0].edtf, look) if detail.dates else ""
    words = look.text(event.title)
    return link_to(
        ("event", event.id), words, look, actions, aside=date or look.t("inspector.undated")
    )
