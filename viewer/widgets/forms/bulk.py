"""Edits of all that is selected: lane, tags, importance, dates, deletion. One changeset each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from db.errors import AllianceError
from viewer.widgets.commands import IMPORTANCES
from viewer.words import n, t
from viewer.words.changes import change_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from db.records import Ref, Tag
    from viewer.document import Document
    from viewer.edits.edit import Edit
    from viewer.widgets.commands import Commands
    from viewer.widgets.forms.editing import Editing
    from viewer.widgets.forms.long_edit import Make
    from viewer.widgets.state import Selection, ViewState

ASKED_FROM = 200  # more events than these are deleted only after a question
LONG_FROM = 1000  # more events than these are written beside the window, under a second below

_MENUS = ("set-lane", "add-tag", "remove-tag", "importance")


class Bulk(QObject):
    """What the Edit menu, the menu of the picture and the inspector's page of several events do
    to the events that are selected."""

    def __init__(
        self,
        document: Document,
        state: ViewState,
        selection: Selection,
        editing: Editing,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._selection = document, state, selection
        self._editing, self._window = editing, window

    def handlers(self) -> dict[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {"delete-event": self.delete}
        for key in IMPORTANCES:
            found[key] = partial(self.set_importance, int(key[-1]))
        return found

    # What is done

    def delete(self) -> None:
        """Deletes the events; many only after a question that names their number."""
        ids = self._selection.events
        language = self._state.language
        if len(ids) <= ASKED_FROM:
            self._delete(ids)
            return
        from viewer.widgets.parts.messages import ask

        question = n("gesture.ask-delete", len(ids), language)
        ask(self._window, question, t("gesture.delete", language), language,
            partial(self._delete, ids))  # fmt: skip

    def _delete(self, ids: Sequence[int]) -> None:
        from viewer.edits.events import deleted

        done = self._write(ids, deleted)
        if done is not None:
            words = change_words(done.label, self._state.language)
            self._editing.news.emit(t("form.undo-by", self._state.language, words=words))

    def set_importance(self, importance: int) -> None:
        from viewer.edits.events import with_importance

        self._write(self._selection.events, partial(with_importance, importance=importance))

    def set_lane(self, lane_id: int) -> None:
        from viewer.edits.events import with_lane

        self._write(self._selection.events, partial(with_lane, lane_id=lane_id))

    def set_tag(self, tag_id: int, *, present: bool) -> None:
        """All bear the tag, or none does."""
        from viewer.edits.events import with_tag

        self._write(self._selection.events, partial(with_tag, tag_id=tag_id, present=present))

    def ask_for_tag(self) -> None:
        """Asks for the name of a tag; all events bear it then."""
        from viewer.widgets.forms.tag_dialog import TagDialog

        names = [self._tag_name(tag) for tag in self._document.timeline.tags]
        dialog = TagDialog(names, self._state.language, self._window)
        dialog.named.connect(self.add_tag_named)
        dialog.open()

    def add_tag_named(self, name: str) -> None:
        """Gives all the tag of that name, which is made where there is none."""
        from viewer.edits.events import with_new_tag

        wanted = name.casefold()
        for tag in self._document.timeline.tags:
            if wanted in {text.casefold() for text in tag.name if text}:
                self.set_tag(tag.id, present=True)
                return
        self._write(self._selection.events, partial(with_new_tag, name=name))

    def redate(self, refs: tuple[Ref, ...], redate: Callable[[str], str]) -> None:
        """Other main dates for events, as a hand or a key has moved them."""
        from viewer.edits.moves import redated_by

        self._write([ident for _, ident in refs], partial(redated_by, redate=redate))

    def _write(self, ids: Sequence[int], make: Make) -> Edit | None:
        """Makes an edit of events and writes it, beside the window where they are many. Gives
        what is written when it returns."""
        if not ids:
            return None
        if len(ids) > LONG_FROM:
            from viewer.widgets.forms.long_edit import LongEdit

            words = n("gesture.writing", len(ids), self._state.language)
            LongEdit(self._document, self._state, self._window, words).run(ids, make)
            return None
        try:
            edit = make(self._document.rows_about("event", ids))
        except AllianceError as error:
            from viewer.widgets.parts.messages import tell_error

            tell_error(self._window, error, self._state.language)
            return None
        return edit if self._editing.apply(edit) else None

    # The menus

    def refresh(self, commands: Commands) -> None:
        """Fills the menus with what the file has, and greys what cannot be done."""
        timeline, language = self._document.timeline, self._state.language
        commands.fill(
            "set-lane",
            [
                (lane.name.text(language), "", partial(self.set_lane, lane.id))
                for lane in timeline.lanes
            ],
        )
        new_tag = (t("gesture.new-tag", language), "", self.ask_for_tag)
        commands.fill(
            "add-tag",
            [
                new_tag,
                *(
                    (self._tag_name(tag), "", partial(self.set_tag, tag.id, present=True))
                    for tag in timeline.tags
                ),
            ],
        )
        self.refresh_selection(commands)

    def refresh_selection(self, commands: Commands) -> None:
        """The same, where only the selection is another one."""
        commands.fill(
            "remove-tag",
            [
                (self._tag_name(tag), "", partial(self.set_tag, tag.id, present=False))
                for tag in self._borne()
            ],
        )
        can = bool(self._selection.events) and self._document.read_only_reason is None
        commands.actions["delete-event"].setEnabled(can)
        for key in _MENUS:
            menu = commands.submenus[key]
            menu.setEnabled(can and bool(menu.actions()))

    def _borne(self) -> list[Tag]:
        """The tags that any of the selected events bears."""
        columns, tags = self._document.timeline.columns, self._document.timeline.tags
        events = self._selection.events
        chosen = np.isin(columns.id, np.array(events, np.int64))
        places = np.unique(columns.tags[chosen])
        found = {tags[place].id for place in places.tolist() if place >= 0}
        for ident in set(events).difference(columns.id[chosen].tolist()):  # without a date
            if self._document.has(("event", ident)):
                found |= {tag.id for tag in self._document.event(ident).tags}
        return [tag for tag in tags if tag.id in found]

    def _tag_name(self, tag: Tag) -> str:
        return tag.name.text(self._state.language)

    def pop_up(self, commands: Commands, key: str, at: QPoint) -> None:
        """Opens one of the menus at a place of the screen, or deletes."""
        if key == "delete-event":
            self.delete()
        else:
            commands.submenus[key].popup(at)
