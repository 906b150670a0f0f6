"""The form of a stage: what it is called, its lane, the events that begin it and bring it into
force, and which other starts were considered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.errors import AllianceError
from db.records import Bilingual
from viewer.edits import kept_stages, stages
from viewer.edits.drafts import EMPTY
from viewer.edits.kept_stages import KeptStage
from viewer.edits.stages import StageDraft
from viewer.widgets.forms.draft_keeper import DraftKeeper
from viewer.widgets.forms.drafts import DraftStore
from viewer.widgets.forms.event_links import EventField
from viewer.widgets.forms.event_parts import PartCard, PartsList
from viewer.widgets.forms.form_dialog import FormDialog
from viewer.widgets.parts.choices import ChoiceField
from viewer.widgets.parts.fields import BothField, GrowingText
from viewer.words import explain, t
from viewer.words.dates import edtf_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from db.changes import Rows
    from db.details import FoundEvent
    from db.records import Language
    from viewer.document import Document
    from viewer.edits.edit import Edit
    from viewer.widgets.forms.event_fields import Wrong
    from viewer.widgets.parts.choices import Entry
    from viewer.widgets.parts.fields import Field

Alternative = tuple[int, Bilingual]
_NONE = 0  # stands for no lane


class DatedEventField(EventField):
    """An event that has a date, which is told below it."""

    def __init__(self, key: str, document: Document) -> None:
        self._document = document
        super().__init__(key, self._dated)

    def _dated(self, text: str) -> Sequence[FoundEvent]:
        return [each for each in self._document.find_titles(text) if each.edtf]

    def take(self, ident: int | None) -> None:
        """Shows a stored event; 0 and None are none."""
        try:
            title = self._document.event(ident).event.title if ident else EMPTY
        except AllianceError:  # a draft may name one that was deleted meanwhile
            title = EMPTY
        self.fill(ident if title else None, title)

    def hint(self) -> str:
        if self.ident is None:
            return ""
        main = next((each for each in self._document.event(self.ident).dates if each.primary), None)
        return edtf_words(main.edtf, self.language) if main is not None else ""

    @property
    def is_empty(self) -> bool:
        return not self.line.text().strip()


class LaneField(ChoiceField):
    """The lane of a stage; without one it is the band before the first stage."""

    @property
    def lane_id(self) -> int | None:
        return self.value if isinstance(self.value, int) and self.value != _NONE else None

    def hint(self) -> str:
        return "" if self.lane_id else t("stage-form.lane.none-told", self.language)


class AlternativeCard(PartCard[Alternative]):
    """Another start that was considered, and why it is not the one."""

    def __init__(self, document: Document) -> None:
        super().__init__("stage-form.alternative.number")
        self.start = DatedEventField("stage-form.alternative.event", document)
        self.reason = BothField("stage-form.alternative.reason", GrowingText)
        self.build(self.start, self.reason)

    def fill(self, draft: Alternative) -> None:
        self.start.take(draft[0])
        self.reason.fill(draft[1])

    def typed(self) -> Alternative:
        return self.start.ident or 0, self.reason.both

    def wrong(self) -> list[tuple[Field, AllianceError]]:
        return [(self.start, AllianceError("form.link"))] if self.start.ident is None else []


class StageForm(FormDialog):
    """Of a stage that there is (`stage_id`), or of a new one in a scheme. `apply` writes the edit
    and tells whether that was done."""

    def __init__(
        self,
        document: Document,
        language: Language,
        apply: Callable[[Edit], bool],
        parent: QWidget,
        *,
        stage_id: int | None = None,
        scheme_id: int = 0,
        lane_id: int | None = None,
    ) -> None:
        self._document, self._apply, self._stage_id = document, apply, stage_id
        self.language = language
        self._make_fields()
        super().__init__(
            t("stage-form.new" if stage_id is None else "stage-form.edit", language),
            (self.title, self.lane, self.start, self.force, self.no_force, self.summary,
             self.reason, self.alternatives),
            language,
            parent,
        )  # fmt: skip
        if stage_id is None:
            self._scheme_id = scheme_id
            self.lane.fill(lane_id or _NONE)
        else:
            self._fill(stages.draft_of_stage(self._rows(stage_id), stage_id))
        self.force.changed.connect(self._show_no_force)
        self._show_no_force()
        self._touched = False
        self._base = self.draft()
        self.wrong = self._wrong
        self.save = self._write
        self._keep()

    # What was typed is kept on the disk until it is saved

    def _keep(self) -> None:
        store = DraftStore(self._document.file_id)
        place = f"new-{self._scheme_id}" if self._stage_id is None else str(self._stage_id)
        self._keeper = DraftKeeper(
            store, f"stage-{place}", lambda _: KeptStage(self.draft(), self._base), self,
            kept_stages.written,
        )  # fmt: skip
        self._keeper.failed.connect(self._on_not_kept)
        data = store.read_bytes(self._keeper.key)
        waiting = kept_stages.read(data) if data is not None else None
        if waiting is not None and waiting != self._base:
            self._fill(replace(waiting, scheme_id=self._scheme_id))
            self._show_no_force()
            self._touched = True
            self.show_told(t("stage-form.went-on", self.language), "muted")

    def _on_not_kept(self, error: AllianceError | None) -> None:
        if error is not None:
            reason = explain(error, self.language)
            self.show_told(t("form.not-kept", self.language, reason=reason), "wrong")

    def _on_change(self) -> None:
        super()._on_change()
        self._keeper.touched()

    def forget(self) -> None:
        self._keeper.forget()

    def _make_fields(self) -> None:
        document = self._document
        self.title = BothField("stage-form.title")
        self.lane = LaneField("stage-form.lane", self._lanes)
        self.start = DatedEventField("stage-form.start", document)
        self.force = DatedEventField("stage-form.force", document)
        self.no_force = BothField("stage-form.no-force", GrowingText)
        self.summary = BothField("stage-form.summary", GrowingText)
        self.reason = BothField("stage-form.reason", GrowingText)
        self.alternatives: PartsList[Alternative] = PartsList(
            lambda: AlternativeCard(document), "stage-form.alternative.add"
        )

    def _lanes(self, language: Language) -> list[Entry]:
        timeline = self._document.timeline
        return [
            *(
                (" › ".join(each.name.text(language) for each in timeline.lane_path(lane)), lane.id)
                for lane in timeline.lanes
            ),
            (t("stage-form.lane.none", language), _NONE),
        ]

    # What it holds

    def _fill(self, draft: StageDraft) -> None:
        self._scheme_id = draft.scheme_id
        self.title.fill(draft.title)
        self.lane.fill(draft.lane_id or _NONE)
        self.start.take(draft.start_event_id)
        self.force.take(draft.in_force_event_id)
        self.no_force.fill(draft.no_force_reason)
        self.summary.fill(draft.summary)
        self.reason.fill(draft.reason)
        self.alternatives.fill(draft.alternatives)

    def _show_no_force(self) -> None:
        """Where an event brings the stage into force, nobody asks why there is none."""
        self.no_force.setVisible(self.force.ident is None or bool(self.no_force.both))

    def draft(self) -> StageDraft:
        """The stage as it is to be stored; 0 for a start that is not yet chosen."""
        return StageDraft(
            title=self.title.both,
            scheme_id=self._scheme_id,
            lane_id=self.lane.lane_id,
            start_event_id=self.start.ident or 0,
            in_force_event_id=self.force.ident,
            summary=self.summary.both,
            reason=self.reason.both,
            no_force_reason=self.no_force.both,
            alternatives=self.alternatives.typed(),
        )

    def _wrong(self) -> list[Wrong]:
        found: list[Wrong] = []
        if not self.title.both:
            found.append((self.title, AllianceError("stage.title")))
        if self.start.ident is None:
            found.append((self.start, AllianceError("stage.start")))
        if self.force.ident is None and not self.force.is_empty:
            found.append((self.force, AllianceError("stage.unpicked")))
        found += self.alternatives.wrong()
        return found

    # Writing it

    def _rows(self, stage_id: int) -> Rows:
        rows = self._document.rows_about("stage", [stage_id])
        if stage_id not in rows["stage"]:
            raise AllianceError("organise.gone")
        return rows

    def _write(self) -> bool:
        draft = self.draft()
        dated = {int(each) for each in self._document.timeline.columns.id}
        if self._stage_id is not None:
            rows = self._rows(self._stage_id)
            edit = stages.stage_edited(rows, self._stage_id, draft, dated, self._base)
        else:
            own = self._document.rows_about("scheme", [self._scheme_id])["stage"]
            last = max((int(row["position"] or 0) for row in own.values()), default=0)
            edit = stages.stage_added(draft, dated, last + 1)
        return self._apply(edit)
