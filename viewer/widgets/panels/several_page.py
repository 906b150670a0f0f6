"""The inspector's page of several events: how many, which, and what can be done to all of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from db.records import Bilingual
from viewer.edits.moves import main_dates
from viewer.widgets.panels.cards import link_to
from viewer.widgets.panels.pages import Page
from viewer.widgets.parts import telling
from viewer.widgets.parts.boxes import Section
from viewer.widgets.parts.text_buttons import TextButton

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from db.changes import Rows, Value
    from viewer.widgets.panels.cards import Actions
    from viewer.widgets.parts.look import Look

LISTED = 50
"""As many events have a line of their own."""

_DONE = ("set-lane", "add-tag", "remove-tag", "importance", "delete-event")


class Listed(NamedTuple):
    """An event in a line; `edtf` is empty where it has no date."""

    id: int
    title: Bilingual
    edtf: str
    tagged: bool


def listed(rows: Rows, ids: Sequence[int]) -> list[Listed]:
    """The lines of events, in their order, from the rows about them."""
    dates = main_dates(rows)
    tagged = {row["event_id"] for row in rows["event_tag"].values()}
    return [
        Listed(
            each,
            Bilingual(*(_text(rows["event"][each][f"title_{part}"]) for part in ("en", "ko"))),
            dates.get(each, ""),
            each in tagged,
        )
        for each in ids
        if each in rows["event"]
    ]


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def several_page(
    events: Sequence[Listed],
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
        may_be_tagged = count > len(events) or any(each.tagged for each in events)
        for key in _DONE:
            if key != "remove-tag" or may_be_tagged:
                section.add(_button(key, look, bulk))
        page.add(section)
    section = Section(look, look.t("gesture.which"))
    for each in events:
        section.add(_line(each, look, actions))
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


def _line(event: Listed, look: Look, actions: Actions) -> TextButton:
    date = telling.date_in_words(event.edtf, look) if event.edtf else look.t("inspector.undated")
    return link_to(("event", event.id), look.text(event.title), look, actions, aside=date)
