"""The page of tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.edits import organising
from viewer.widgets.organise.choice import Answer, DeleteChoice
from viewer.widgets.organise.page import Choice, Deed, Entry, OrganisePage, needs_name
from viewer.widgets.parts.fields import BothField
from viewer.words import n, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.records import Tag

_TAG = "tag"


class TagsPage(OrganisePage):
    """Tags, by their names in the window's language."""

    columns = ("organise.column.events",)

    def deeds(self) -> Sequence[Deed]:
        chosen = lambda: self.tag is not None  # noqa: E731 - one word for each line below
        return (
            Deed("add", self.add, "Ins"),
            Deed("rename", self.edit, "F2", possible=chosen),
            Deed("merge", self.edit, choices=self._targets, possible=lambda: bool(self._others())),
            Deed("delete", self.delete, "Del", possible=chosen),
        )

    def entries(self) -> Sequence[Entry]:
        document, language = self.scene.document, self.language
        held = document.holdings().tags if document.path is not None else {}
        return [
            Entry((_TAG, tag.id), tag.name, (f"{held.get(tag.id, 0):,}",), spoken=", ".join(
                filter(None, (tag.name.text(language), tag.name.other(language),
                              n("organise.events", held.get(tag.id, 0), language)))))
            for tag in self.tags
        ]  # fmt: skip

    @property
    def tags(self) -> list[Tag]:
        found = self.scene.document.timeline.tags
        return sorted(found, key=lambda tag: tag.name.text(self.language).casefold())

    @property
    def tag(self) -> Tag | None:
        return next((each for each in self.tags if each.id == self.chosen_id(_TAG)), None)

    def _the_tag(self) -> Tag:
        tag = self.tag
        assert tag is not None
        return tag

    def _others(self) -> list[Tag]:
        return [each for each in self.tags if self.tag and each.id != self.tag.id]

    def _targets(self) -> list[Choice]:
        tag = self._the_tag()
        return [
            Choice(each.name.text(self.language), lambda each=each: self.merge(tag, each.id))  # type: ignore[misc]
            for each in self._others()
        ]

    def add(self) -> None:
        self._open_form(None)

    def edit(self) -> None:
        self._open_form(self._the_tag())

    def _open_form(self, tag: Tag | None) -> None:
        name = BothField("organise.name")

        def save() -> bool:
            if tag is None:
                return self.apply(organising.added(_TAG, name.both))
            rows = self.rows(_TAG, [tag.id])
            return self.apply(organising.edited(rows, _TAG, tag.id, name.both))

        heading = "organise.new.tag" if tag is None else "organise.edit.tag"
        form = self.open_form(heading, (name,), save)
        form.wrong = lambda: needs_name(name)
        if tag is not None:
            name.fill(tag.name)

    def merge(self, tag: Tag, into: int) -> bool:
        """Whatever bears the tag bears another one in its place."""
        rows = self.rows(_TAG, [tag.id, into])
        done = self.apply(organising.merged(rows, _TAG, tag.id, into))
        if done:
            self.choose((_TAG, into))
        return done

    def delete(self) -> None:
        """A tag that nothing bears goes at once; else it is asked what its events are to bear."""
        tag, language = self._the_tag(), self.language
        held = self.scene.document.holdings().tags.get(tag.id, 0)
        if not held:
            self._take_off(tag)
            return
        answers = [
            Answer(n("organise.delete.take-off", held, language), lambda _: self._take_off(tag))
        ]
        if self._others():
            answers.append(
                Answer(t("organise.delete.other-tag", language), lambda into: self.merge(tag, into),
                       [(each.name.text(language), each.id) for each in self._others()])
            )  # fmt: skip
        what = n("organise.events", held, language)
        name = tag.name.text(language)
        question = t("organise.delete.tag-question", language, name=name, what=what)
        DeleteChoice(question, answers, language, self.window()).open()

    def _take_off(self, tag: Tag) -> bool:
        return self.apply(organising.deleted(self.rows(_TAG, [tag.id]), _TAG, tag.id))
