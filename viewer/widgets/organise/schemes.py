"""The page of schemes and their stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.records import RULES
from viewer.edits import organising, stages
from viewer.edits.edit import columns_of
from viewer.widgets.organise.page import Deed, Entry, OrganisePage, needs_name
from viewer.widgets.parts.choices import ChoiceField
from viewer.widgets.parts.fields import BothField, GrowingText
from viewer.widgets.parts.messages import ask
from viewer.words import n, t
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.changes import Rows, Value
    from db.records import Bilingual, Language, Scheme, Stage
    from db.timeline import Timeline
    from viewer.edits.edit import Edit
    from viewer.widgets.parts.choices import Entry as FieldEntry

_SCHEME, _STAGE = "scheme", "stage"
_EMPTY = 0  # stands for a scheme that begins without stages


class SchemesPage(OrganisePage):
    """Schemes, each above its stages."""

    columns = ("organise.column.lane", "organise.column.begins")
    counts_events = False

    def deeds(self) -> Sequence[Deed]:
        chosen = lambda: self.chosen is not None  # noqa: E731 - one word for each line below
        return (
            Deed("add-stage", self.add_stage, "Ins", possible=chosen),
            Deed("add-scheme", self.add_scheme, "Shift+Ins"),
            Deed("edit", self.edit, "F2", possible=chosen),
            Deed("show", self.show_scheme, "Alt+Return", possible=self._can_show, reads_only=True),
            Deed("up", lambda: self.shift(-1), "Alt+Up", possible=lambda: self.can_shift(-1)),
            Deed("down", lambda: self.shift(1), "Alt+Down", possible=lambda: self.can_shift(1)),
            Deed("delete", self.delete, "Del", possible=chosen),
        )

    def activate(self) -> None:
        self.press("edit")

    def entries(self) -> Sequence[Entry]:
        language, shown = self.language, self.scene.state.current_scheme
        found = []
        for scheme in self._timeline.schemes:
            own = self._stages_of(scheme.id)
            count = n("organise.count.stages", len(own), language)
            mark = t("organise.shown", language) if scheme == shown else ""
            found.append(Entry((_SCHEME, scheme.id), scheme.name, (count, mark), strong=True))
            found += [
                Entry((_STAGE, each.id), each.title,
                      (self._lane_of(each), edtf_words(each.start_edtf, language)),
                      (_SCHEME, scheme.id))
                for each in own
            ]  # fmt: skip
        return found

    # What there is

    @property
    def _timeline(self) -> Timeline:
        return self.scene.document.timeline

    def _stages_of(self, scheme_id: int) -> list[Stage]:
        return [each for each in self._timeline.stages if each.scheme_id == scheme_id]

    def _lane_of(self, stage: Stage) -> str:
        lane = next((each for each in self._timeline.lanes if each.id == stage.lane_id), None)
        if lane is None:
            return t("organise.no-lane", self.language)
        path = self._timeline.lane_path(lane)
        return " › ".join(each.name.text(self.language) for each in path)

    @property
    def stage(self) -> Stage | None:
        ident = self.chosen_id(_STAGE)
        return next((each for each in self._timeline.stages if each.id == ident), None)

    @property
    def scheme(self) -> Scheme | None:
        """The chosen scheme, or that of the chosen stage."""
        stage = self.stage
        ident = stage.scheme_id if stage is not None else self.chosen_id(_SCHEME)
        return next((each for each in self._timeline.schemes if each.id == ident), None)

    def _the_scheme(self) -> Scheme:
        scheme = self.scheme
        assert scheme is not None
        return scheme

    def _can_show(self) -> bool:
        return self.scheme is not None and self.scheme != self.scene.state.current_scheme

    def beside(self) -> Sequence[int]:
        """The stages of the same scheme, or the schemes."""
        stage = self.stage
        if stage is not None:
            return [each.id for each in self._stages_of(stage.scheme_id)]
        return [each.id for each in self._timeline.schemes]

    # The deeds

    def show_scheme(self) -> None:
        """The picture follows the chosen scheme."""
        self.scene.state.set_scheme(self._the_scheme().key)

    def add_stage(self) -> None:
        """A new stage of the chosen scheme, in the lane of the chosen stage."""
        self._open_stage(None)

    def edit(self) -> None:
        stage = self.stage
        if stage is not None:
            self._open_stage(stage)
        else:
            self._open_scheme(self._the_scheme())

    def _open_stage(self, stage: Stage | None) -> None:
        from viewer.widgets.forms.stage_form import StageForm

        beside, lanes = self.stage, self._timeline.lanes
        lane_id = beside.lane_id if beside is not None else lanes[0].id if lanes else None
        form = StageForm(
            self.scene.document,
            self.language,
            self.apply,
            self.window(),
            stage_id=stage.id if stage is not None else None,
            scheme_id=self._the_scheme().id,
            lane_id=lane_id,
        )
        form.begin()

    def add_scheme(self) -> None:
        """A new scheme, empty or as a copy of another one."""
        self._open_scheme(None)

    def _open_scheme(self, scheme: Scheme | None) -> None:
        name, whose = BothField("organise.name"), BothField("organise.whose")
        rule = ChoiceField("organise.rule", _rules)
        note = BothField("organise.note", GrowingText)
        begin = ChoiceField("organise.begin", self._beginnings)

        def save() -> bool:
            values: dict[str, Value] = {
                "rule": str(rule.value),
                **columns_of("whose", whose.both),
                **columns_of("note", note.both),
            }
            if scheme is None:
                return self._add(name.both, int(str(begin.value)), values)
            rows = self.rows(_SCHEME, [scheme.id])
            before: dict[str, Value] = {
                **columns_of("name", scheme.name),
                **columns_of("whose", scheme.whose),
                **columns_of("note", scheme.note),
                "rule": scheme.rule,
            }
            edit = organising.edited(rows, _SCHEME, scheme.id, name.both, before, **values)
            return self.apply(edit)

        fields = (name, whose, rule, note) if scheme else (name, begin, whose, rule, note)
        heading = "organise.new.scheme" if scheme is None else "organise.edit.scheme"
        form = self.open_form(heading, fields, save)
        form.wrong = lambda: needs_name(name)
        if scheme is not None:
            name.fill(scheme.name)
            whose.fill(scheme.whose)
            rule.fill(scheme.rule)
            note.fill(scheme.note)

    def _beginnings(self, language: Language) -> list[FieldEntry]:
        copies = [
            (t("organise.begin.copy", language, name=each.name.text(language)), each.id)
            for each in self._timeline.schemes
        ]
        return [*copies, (t("organise.begin.empty", language), _EMPTY)]

    def _add(self, name: Bilingual, copied: int, values: dict[str, Value]) -> bool:
        """The picture follows a new scheme: what one does to its stages is to be seen."""
        place = max((each.position for each in self._timeline.schemes), default=0) + 1
        edit: Edit
        if copied == _EMPTY:
            edit = organising.added(_SCHEME, name, position=place, **values)
        else:
            rows = self.rows(_SCHEME, [copied])
            stage_rows = self._stage_rows(rows)
            edit = stages.scheme_copied(rows, copied, stage_rows, name, place, **values)
        done = self.apply(edit)
        if done:
            self.show_scheme()
        return done

    def _stage_rows(self, rows: Rows) -> Rows:
        return self.scene.document.rows_about(_STAGE, rows[_STAGE])

    def delete(self) -> None:
        """Asks first where more goes than the chosen row alone."""
        stage = self.stage
        if stage is not None:
            self._delete_stage(stage)
        else:
            self._delete_scheme(self._the_scheme())

    def _delete_stage(self, stage: Stage) -> None:
        language = self.language
        rows = self.rows(_STAGE, [stage.id])
        notes, evidence = len(rows["note"]), len(rows["evidence"])
        if not notes and not evidence:
            self.apply(stages.stage_deleted(rows, stage.id))
            return
        parts = [
            *([n("organise.count.notes", notes, language)] if notes else []),
            *([n("organise.count.evidence", evidence, language)] if evidence else []),
        ]
        what = parts[0] if len(parts) == 1 else t("organise.and", language, one=parts[0],
                                                  other=parts[1])  # fmt: skip
        name = stage.title.text(language)
        question = t("organise.delete.stage-question", language, name=name, what=what)
        self._confirm(
            question, lambda: stages.stage_deleted(self.rows(_STAGE, [stage.id]), stage.id)
        )

    def _delete_scheme(self, scheme: Scheme) -> None:
        language = self.language

        def edit() -> Edit:
            rows = self.rows(_SCHEME, [scheme.id])
            return stages.scheme_deleted(rows, scheme.id, self._stage_rows(rows))

        held = len(self._stages_of(scheme.id))
        if not held:
            self.apply(edit())
            return
        what = n("organise.count.stages", held, language)
        name = scheme.name.text(language)
        self._confirm(t("organise.delete.scheme-question", language, name=name, what=what), edit)

    def _confirm(self, question: str, edit: Callable[[], Edit]) -> None:
        language = self.language
        ask(self.window(), question, t("organise.deed.delete", language), language,
            lambda: self._take(lambda: self.apply(edit())))  # fmt: skip


def _rules(language: Language) -> list[FieldEntry]:
    return [(t(f"rule.{rule}", language), rule) for rule in RULES]
