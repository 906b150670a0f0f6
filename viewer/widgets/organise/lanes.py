"""The page of lanes: their names, colours, order, and which of them sits under which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.details import Holdings
from db.errors import AllianceError
from viewer.edits import organising
from viewer.edits.edit import columns_of
from viewer.widgets.organise.choice import Answer, DeleteChoice
from viewer.widgets.organise.page import Choice, Deed, Entry, OrganisePage, needs_name
from viewer.widgets.parts.choices import ChoiceField
from viewer.widgets.parts.colours import COLOURS, ColourField, colour_words, swatch
from viewer.widgets.parts.fields import BothField
from viewer.words import n, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.records import Lane, Language
    from viewer.edits.edit import Edit
    from viewer.widgets.parts.choices import Entry as FieldEntry

_NONE = 0  # stands for no lane above


class LanesPage(OrganisePage):
    columns = ("organise.column.events", "organise.column.colour")

    def deeds(self) -> Sequence[Deed]:
        chosen = lambda: self.lane is not None  # noqa: E731 - one word for each line below
        return (
            Deed("add", self.add, "Ins"),
            Deed("rename", self.edit, "F2", possible=chosen),
            Deed("colour", self.edit, choices=self._colours, possible=chosen),
            Deed("up", lambda: self.shift(-1), "Alt+Up", possible=lambda: self.can_shift(-1)),
            Deed("down", lambda: self.shift(1), "Alt+Down", possible=lambda: self.can_shift(1)),
            Deed("under", self.edit, choices=self._parents, possible=lambda: bool(self._parents())),
            Deed("in", self.nest, "Alt+Right", possible=lambda: self._before() is not None),
            Deed("out", self.take_out, "Alt+Left", possible=self._is_nested),
            Deed("merge", self.edit, choices=self._targets, possible=lambda: bool(self._others())),
            Deed("delete", self.delete, "Del", possible=chosen),
        )

    def entries(self) -> Sequence[Entry]:
        document, language = self.scene.document, self.language
        held = document.holdings() if document.path is not None else Holdings({}, {}, {}, {})
        return [
            self._entry(lane, held.drawn.get(lane.id, 0), held.lanes.get(lane.id, 0), language)
            for lane in self.lanes
        ]

    def _entry(self, lane: Lane, drawn: int, held: int, language: Language) -> Entry:
        """The events that are drawn in it, as the side panel counts them, and those besides that
        stand in it too and are drawn in another one."""
        count, told = f"{drawn:,}", n("organise.events", drawn, language)
        if besides := held - drawn:
            count = f"{count} + {besides:,}"
            told = t("organise.besides", language, drawn=told, besides=f"{besides:,}")
        colour = colour_words(lane.colour, language)
        return Entry(
            ("lane", lane.id),
            lane.name,
            (count, colour),
            ("lane", lane.parent_id) if lane.parent_id else None,
            swatch(lane.colour, self.scene.state),
            ", ".join((self._path(lane), lane.name.other(language), told, colour)),
            told=told,
        )

    # What there is

    @property
    def lanes(self) -> tuple[Lane, ...]:
        return self.scene.document.timeline.lanes

    @property
    def lane(self) -> Lane | None:
        """The chosen one."""
        return next((each for each in self.lanes if each.id == self.chosen_id("lane")), None)

    def _the_lane(self) -> Lane:
        lane = self.lane
        assert lane is not None
        return lane

    def _path(self, lane: Lane) -> str:
        path = self.scene.document.timeline.lane_path(lane)
        return " › ".join(each.name.text(self.language) for each in path)

    def _siblings(self) -> list[Lane]:
        lane = self.lane
        return [each for each in self.lanes if lane and each.parent_id == lane.parent_id]

    def beside(self) -> Sequence[int]:
        return [each.id for each in self._siblings()]

    def _before(self) -> Lane | None:
        """The lane that the chosen one would sit under if it moved in."""
        lane = self.lane
        place = self._siblings().index(lane) if lane is not None else 0
        return self._siblings()[place - 1] if place else None

    def _is_nested(self) -> bool:
        return self.lane is not None and self.lane.parent_id is not None

    def _others(self) -> list[Lane]:
        return [each for each in self.lanes if self.lane and each.id != self.lane.id]

    def _possible_parents(self, lane: Lane | None) -> list[Lane]:
        """The lanes that it may sit under: not itself, and none that sits under it."""
        timeline = self.scene.document.timeline
        return [each for each in self.lanes if lane is None or lane not in timeline.lane_path(each)]

    # Menus

    def _colours(self) -> list[Choice]:
        state = self.scene.state
        return [
            Choice(colour_words(name, self.language), lambda name=name: self.recolour(name),  # type: ignore[misc]
                   swatch(name, state))
            for name in COLOURS
        ]  # fmt: skip

    def _parents(self) -> list[Choice]:
        lane = self.lane
        if lane is None:
            return []
        return [
            Choice(self._path(each), lambda each=each: self.put_under(each.id))  # type: ignore[misc]
            for each in self._possible_parents(lane)
            if each.id != lane.parent_id
        ]

    def _targets(self) -> list[Choice]:
        lane = self._the_lane()
        return [
            Choice(self._path(each), lambda each=each: self.merge(lane, each.id))  # type: ignore[misc]
            for each in self._others()
        ]

    # The deeds

    def add(self) -> None:
        """A new lane, beside the chosen one and after all others."""
        self._open_form(None)

    def edit(self) -> None:
        self._open_form(self._the_lane())

    def _open_form(self, lane: Lane | None) -> None:
        above = lane if lane is not None else self.lane
        used = {each.colour for each in self.lanes}
        free = next((name for name in COLOURS if name not in used), COLOURS[0])
        name = BothField("organise.name")
        colour = ColourField("organise.colour", self.scene.state, lane.colour if lane else "")
        parent = ChoiceField("organise.under", lambda language: self._under_entries(lane, language))

        def save() -> bool:
            values = {"colour": str(colour.value), "parent_id": _id(parent.value)}
            if lane is None:
                last = max((each.position for each in self.lanes), default=0)
                made = organising.added("lane", name.both, position=last + 1, **values)
                return self._added(made)
            rows = self.rows("lane", [lane.id])
            organising.check_ring(self.lanes, lane.id, _id(parent.value))
            before = columns_of("name", lane.name)
            before |= {"colour": lane.colour, "parent_id": lane.parent_id}
            edit = organising.edited(rows, "lane", lane.id, name.both, before, **values)
            return self.apply(edit)

        form = self.open_form(
            "organise.new.lane" if lane is None else "organise.edit.lane",
            (name, colour, parent),
            save,
        )
        form.wrong = lambda: needs_name(name)
        if lane is not None:
            name.fill(lane.name)
        colour.fill(lane.colour if lane else free)
        parent.fill((above.parent_id if above else None) or _NONE)

    def _under_entries(self, lane: Lane | None, language: Language) -> list[FieldEntry]:
        under = [(self._path(each), each.id) for each in self._possible_parents(lane)]
        return [(t("organise.under.none", language), _NONE), *under]

    def _added(self, edit: Edit) -> bool:
        """A new lane is to be seen, also where only some of the others are shown."""
        state = self.scene.state
        shown = state.filter.lanes
        done = self.apply(edit)
        if done and shown:
            new = {each.key for each in self.lanes if ("lane", each.id) == edit.made}
            state.show_lanes({*shown, *new})
        return done

    def recolour(self, colour: str) -> None:
        self._change(colour=colour)

    def _change(self, **values: str | int | None) -> None:
        lane = self._the_lane()
        rows = self.rows("lane", [lane.id])
        self.apply(organising.edited(rows, "lane", lane.id, lane.name, **values))

    def put_under(self, parent_id: int | None) -> None:
        lane = self._the_lane()
        rows = self.rows("lane", [lane.id])
        self.apply(organising.nested(self.lanes, rows, lane.id, parent_id))

    def nest(self) -> None:
        """Under the lane before it."""
        before = self._before()
        if before is not None:
            self.put_under(before.id)

    def take_out(self) -> None:
        """Beside the lane that it sits under."""
        path = self.scene.document.timeline.lane_path(self._the_lane())
        self.put_under(path[-2].parent_id)

    def merge(self, lane: Lane, into: int) -> bool:
        """All that a lane holds goes to another one."""
        rows = self.rows("lane", [lane.id, into])
        done = self.apply(organising.merged(rows, "lane", lane.id, into))
        if done:
            self.choose(("lane", into))
        return done

    def delete(self) -> None:
        """An empty lane goes at once; for one that holds something there is a choice."""
        lane, document = self._the_lane(), self.scene.document
        if len(self.lanes) == 1:
            raise AllianceError("organise.last")
        held = document.holdings().lanes.get(lane.id, 0)
        stages = [each for each in document.timeline.stages if each.lane_id == lane.id]
        if not held and not stages:
            self._delete_with_events(lane)
            return
        language = self.language
        names = ", ".join(t("organise.quoted", language, name=each.title.text(language))
                          for each in stages)  # fmt: skip
        what = n("organise.events", held, language)
        if stages:
            what = t("organise.and", language, one=what, other=n("organise.stages", len(stages),
                     language, names=names))  # fmt: skip
        answers = [
            Answer(t("organise.delete.move-to-lane", language, what=what),
                   lambda into: self.merge(lane, into),
                   [(self._path(each), each.id) for each in self._others()]),
            Answer(self._words_for_alone(lane, held), lambda _: self._delete_with_events(lane),
                   remark=n("organise.delete.stages", len(stages), language, names=names)
                   if stages else ""),
        ]  # fmt: skip
        question = t("organise.delete.question", language, name=self._path(lane), what=what)
        DeleteChoice(question, answers, language, self.window()).open()

    def _words_for_alone(self, lane: Lane, held: int) -> str:
        """What goes with the lane, and what stays since it stands in others too."""
        language = self.language
        alone = self.scene.document.alone_in_lane(lane.id)
        stay = held - alone
        if not alone:
            return n("organise.delete.none-alone", stay, language)
        words = n("organise.delete.alone", alone, language)
        if not stay:
            return words
        return t("organise.aside", language, words=words, aside=n("organise.delete.stay", stay,
                 language))  # fmt: skip

    def _delete_with_events(self, lane: Lane) -> bool:
        document = self.scene.document
        rows = self.rows("lane", [lane.id])
        inside = {int(row["event_id"] or 0) for row in rows["event_lane"].values()}
        event_rows = document.rows_about("event", inside)
        stage_rows = document.rows_about("stage", rows["stage"])
        return self.apply(organising.lane_deleted(rows, lane.id, event_rows, stage_rows))


def _id(value: object) -> int | None:
    return value if isinstance(value, int) and value != _NONE else None
