"""The page of kinds, in their groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import AllianceError
from viewer.edits import organising
from viewer.edits.edit import columns_of
from viewer.widgets.organise.choice import Answer, DeleteChoice
from viewer.widgets.organise.page import Choice, Deed, Entry, OrganisePage, needs_name
from viewer.widgets.parts.choices import ChoiceField
from viewer.widgets.parts.fields import BothField
from viewer.words import n, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.records import Bilingual, Kind, KindGroup
    from db.timeline import Timeline

_KIND, _GROUP = "kind", "kind_group"


class KindsPage(OrganisePage):
    """Groups, each above its kinds."""

    columns = ("organise.column.events",)

    def deeds(self) -> Sequence[Deed]:
        chosen = lambda: self.chosen is not None  # noqa: E731 - one word for each line below
        return (
            Deed("add-kind", self.add, "Ins", possible=lambda: bool(self._timeline.groups)),
            Deed("add-group", self.add_group, "Shift+Ins"),
            Deed("rename", self.edit, "F2", possible=chosen),
            Deed("up", lambda: self.shift(-1), "Alt+Up", possible=lambda: self.can_shift(-1)),
            Deed("down", lambda: self.shift(1), "Alt+Down", possible=lambda: self.can_shift(1)),
            Deed("group", self.edit, choices=self._groups_to_go_to,
                 possible=lambda: bool(self._groups_to_go_to())),
            Deed("merge", self.edit, choices=self._targets, possible=lambda: bool(self._others())),
            Deed("delete", self.delete, "Del", possible=chosen),
        )  # fmt: skip

    def entries(self) -> Sequence[Entry]:
        document = self.scene.document
        held = document.holdings().kinds if document.path is not None else {}
        found = []
        for group in self._timeline.groups:
            kinds = self._kinds_of(group.id)
            count = sum(held.get(kind.id, 0) for kind in kinds)
            found.append(Entry((_GROUP, group.id), group.name, (f"{count:,}",),
                               spoken=self._spoken(group.name, count), strong=True))  # fmt: skip
            found += [
                Entry((_KIND, kind.id), kind.name, (f"{held.get(kind.id, 0):,}",),
                      (_GROUP, group.id), spoken=self._spoken(kind.name, held.get(kind.id, 0)))
                for kind in kinds
            ]  # fmt: skip
        return found

    def _spoken(self, name: Bilingual, count: int) -> str:
        language = self.language
        parts = (name.text(language), name.other(language), n("organise.events", count, language))
        return ", ".join(filter(None, parts))

    # What there is

    @property
    def _timeline(self) -> Timeline:
        return self.scene.document.timeline

    def _kinds_of(self, group_id: int) -> list[Kind]:
        return [kind for kind in self._timeline.kinds if kind.group_id == group_id]

    @property
    def kind(self) -> Kind | None:
        ident = self.chosen_id(_KIND)
        return next((each for each in self._timeline.kinds if each.id == ident), None)

    @property
    def group(self) -> KindGroup | None:
        """The chosen group, or that of the chosen kind."""
        kind = self.kind
        ident = kind.group_id if kind is not None else self.chosen_id(_GROUP)
        return next((each for each in self._timeline.groups if each.id == ident), None)

    def _thing(self) -> Kind | KindGroup:
        found = self.kind or self.group
        assert found is not None
        return found

    def beside(self) -> Sequence[int]:
        """The kinds of the same group, or the groups."""
        kind = self.kind
        if kind is not None:
            return [each.id for each in self._kinds_of(kind.group_id)]
        return [each.id for each in self._timeline.groups]

    def _others(self) -> Sequence[Kind | KindGroup]:
        """What the chosen one can be merged into."""
        chosen = self.kind or self.group
        every = self._timeline.kinds if self.kind is not None else self._timeline.groups
        return [each for each in every if chosen is not None and each.id != chosen.id]

    def _groups_to_go_to(self) -> list[Choice]:
        kind, language = self.kind, self.language
        if kind is None:
            return []
        return [
            Choice(group.name.text(language), lambda group=group: self.regroup(kind, group.id))  # type: ignore[misc]
            for group in self._timeline.groups
            if group.id != kind.group_id
        ]

    def _targets(self) -> list[Choice]:
        table, thing = self._table(), self._thing()
        return [
            Choice(each.name.text(self.language),
                   lambda each=each: self.merge(table, thing.id, each.id))  # type: ignore[misc]
            for each in self._others()
        ]  # fmt: skip

    def _table(self) -> str:
        return _KIND if self.kind is not None else _GROUP

    # The deeds

    def add(self) -> None:
        """A new kind in the chosen group, else in the first."""
        self._open_kind(None)

    def add_group(self) -> None:
        self._open_group(None)

    def edit(self) -> None:
        kind = self.kind
        if kind is not None:
            self._open_kind(kind)
        else:
            self._open_group(self.group)

    def _open_kind(self, kind: Kind | None) -> None:
        name = BothField("organise.name")
        group = ChoiceField(
            "organise.group",
            lambda language: [(each.name.text(language), each.id)
                              for each in self._timeline.groups],
        )  # fmt: skip

        def save() -> bool:
            group_id = int(str(group.value))
            if kind is None:
                last = max((each.position for each in self._timeline.kinds), default=0)
                values = {"group_id": group_id, "position": last + 1}
                return self.apply(organising.added(_KIND, name.both, **values))
            rows = self.rows(_KIND, [kind.id])
            before = {**columns_of("name", kind.name), "group_id": kind.group_id}
            edit = organising.edited(rows, _KIND, kind.id, name.both, before, group_id=group_id)
            return self.apply(edit)

        heading = "organise.new.kind" if kind is None else "organise.edit.kind"
        form = self.open_form(heading, (name, group), save)
        form.wrong = lambda: needs_name(name)
        if kind is not None:
            name.fill(kind.name)
        group.fill(self.group.id if self.group else None)

    def _open_group(self, group: KindGroup | None) -> None:
        name = BothField("organise.name")

        def save() -> bool:
            if group is None:
                last = max((each.position for each in self._timeline.groups), default=0)
                return self.apply(organising.added(_GROUP, name.both, position=last + 1))
            rows = self.rows(_GROUP, [group.id])
            return self.apply(organising.edited(rows, _GROUP, group.id, name.both))

        heading = "organise.new.group" if group is None else "organise.edit.group"
        form = self.open_form(heading, (name,), save)
        form.wrong = lambda: needs_name(name)
        if group is not None:
            name.fill(group.name)

    def regroup(self, kind: Kind, group_id: int) -> None:
        rows = self.rows(_KIND, [kind.id])
        self.apply(organising.edited(rows, _KIND, kind.id, kind.name, group_id=group_id))

    def merge(self, table: str, ident: int, into: int) -> bool:
        """All that a kind or group holds goes to another one."""
        done = self.apply(organising.merged(self.rows(table, [ident, into]), table, ident, into))
        if done:
            self.choose((table, into))
        return done

    def delete(self) -> None:
        """An empty kind or group goes at once; for one that holds something there is a choice."""
        kind, group = self.kind, self.group
        if kind is not None:
            self._delete_kind(kind)
        elif group is not None:
            self._delete_group(group)

    def _delete_kind(self, kind: Kind) -> None:
        document, language = self.scene.document, self.language
        if len(self._timeline.kinds) == 1:
            raise AllianceError("organise.last")
        held = document.holdings().kinds.get(kind.id, 0)
        if not held:
            self.apply(organising.deleted(self.rows(_KIND, [kind.id]), _KIND, kind.id))
            return
        what = n("organise.events", held, language)
        answers = [
            Answer(t("organise.delete.move-to-kind", language, what=what),
                   lambda into: self.merge(_KIND, kind.id, into),
                   [(each.name.text(language), each.id) for each in self._others()]),
            Answer(n("organise.delete.with-events", held, language),
                   lambda _: self._delete_with_events(kind)),
        ]  # fmt: skip
        self._ask(kind.name, what, answers)

    def _delete_with_events(self, kind: Kind) -> bool:
        rows = self.rows(_KIND, [kind.id])
        event_rows = self.scene.document.rows_about("event", rows["event"])
        return self.apply(organising.kind_deleted(rows, kind.id, event_rows))

    def _delete_group(self, group: KindGroup) -> None:
        language, held = self.language, len(self._kinds_of(group.id))
        if not held:
            self.apply(organising.deleted(self.rows(_GROUP, [group.id]), _GROUP, group.id))
            return
        if len(self._timeline.groups) == 1:
            raise AllianceError("organise.last")
        what = n("organise.kinds", held, language)
        answer = Answer(
            t("organise.delete.move-to-group", language, what=what),
            lambda into: self.merge(_GROUP, group.id, into),
            [(each.name.text(language), each.id) for each in self._others()],
        )
        self._ask(group.name, what, [answer])

    def _ask(self, name: Bilingual, what: str, answers: Sequence[Answer]) -> None:
        language = self.language
        question = t("organise.delete.question", language, name=name.text(language), what=what)
        DeleteChoice(question, answers, language, self.window()).open()
