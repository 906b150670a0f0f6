"""Changes of the log in words: what was changed, of which event, from which value to which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from db import schema
from db.changes import DERIVED
from db.errors import AllianceError
from db.paraphrases import paraphrased
from db.records import LANGUAGES
from viewer.words.catalogue import t, term
from viewer.words.dates import day_words, edtf_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from db.changes import Value
    from db.records import Language, Ref
    from db.story import LastKnown, RowChange

    Find = Callable[[Ref], LastKnown | None]
    Row = Mapping[str, Value]

NOTHING = "—"
_UNIX = datetime(1970, 1, 1).toordinal()
# Fields and tables as the catalogue names them: `history.field.…`, `history.table.…`.
FIELDS = (
    "accepted", "after", "aspect", "attribution", "attribution_start", "author", "before",
    "blob_sha256", "body", "by", "callout_x", "callout_y", "callouts", "caption", "citation_id",
    "colour", "confidence", "confidence_note", "date_note", "disputed", "edtf", "end", "event_id",
    "exact", "form", "from_edtf", "from_event_id", "group_id", "importance", "in_force_event_id",
    "is_primary", "key", "kind", "kind_id", "label", "lane_id", "language", "locator", "marking",
    "media_type", "min_importance", "mode", "name", "named", "no_force_reason", "note",
    "parent_id", "place", "point", "position", "publisher", "quote_id", "reader", "reason",
    "remark", "rights", "role", "rule", "scheme_id", "score", "seen", "slug", "source_id",
    "speaker_id", "stage_id", "stale", "stance", "start", "start_event_id", "state", "status",
    "summary", "supersedes_id", "tag_id", "text", "theme", "time", "title", "to_edtf",
    "to_event_id", "translation_by", "translation_from", "translation_note", "type", "unit",
    "url", "value", "view_id", "whose", "with_quotes",
)  # fmt: skip
TABLES = (
    "lane", "kind_group", "kind", "tag", "event", "event_lane", "event_tag", "event_date",
    "citation", "confirmation", "claim", "link", "scheme", "stage", "stage_alternative", "source",
    "source_place", "oddity", "speaker", "quote", "quote_translation", "anchor", "evidence",
    "figure", "note", "view", "view_lane", "view_kind", "view_tag", "view_status",
)  # fmt: skip
_DATES = ("edtf", "from_edtf", "to_edtf")
_LANGUAGES = ("language", "translation_from")
_YES_OR_NO = (
    "accepted", "callouts", "disputed", "is_primary", "named", "stale", "with_quotes",
)  # fmt: skip
_TERMS = ("status", "confidence", "seen", "stance", "aspect", "mode", "form", "state", "rule")
# What a row hangs on, the nearest first: the thing that a change is told of.
_OWNERS = ("event_id", "stage_id", "from_event_id", "quote_id", "source_id", "view_id")
_NAMES = ("title", "name", "point", "label", "exact", "text", "edtf", "status")
_UNSAID = ("position", "key", "slug")  # in the summary of a row


@dataclass(frozen=True, slots=True)
class Line:
    """A changed field, or a whole row (without a `column`), in words. `subject` is the event,
    stage or other thing that it belongs to, `about` its name."""

    change: RowChange
    column: str
    subject: Ref
    about: str
    what: str
    before: str
    after: str


@lru_cache(maxsize=4096)
def moment_words(time: str, language: Language) -> str:
    """A time of the log (UTC) by this machine's clock: `25 Nov 2026 22:51`."""
    try:
        local = datetime.fromisoformat(time).astimezone()
    except (ValueError, OverflowError):
        return time
    day = day_words(local.toordinal() - _UNIX, language)
    return t("history.moment", language, day=day, time=f"{local:%H:%M}")


class Teller:
    """Puts changes into words; `find` looks up a row by table and id, gone ones included."""

    def __init__(self, language: Language, find: Find) -> None:
        self._language, self._find = language, find

    def lines(self, change: RowChange) -> list[Line]:
        """A line for each changed field, or one for a row that came or went."""
        row = self._row(change)
        subject = self.subject(change.table, change.id, row)
        owner = row if subject == (change.table, change.id) else self._of(subject)
        about = self.name(subject[0], owner)
        table = self.table(change.table)

        def line(column: str, what: str, before: str, after: str) -> Line:
            return Line(change, column, subject, about, what, before, after)

        if change.action == "insert":
            what = t("history.added", self._language, what=table)
            return [line("", what, NOTHING, self.summary(change.table, change.after))]
        if change.action == "delete":
            what = t("history.deleted", self._language, what=table)
            return [line("", what, self.summary(change.table, change.before), NOTHING)]
        derived = DERIVED.get(change.table, ())
        columns = [name for name in change.before if name not in derived] or [*change.before][:1]
        return [
            line(
                name,
                f"{table} · {self.field(change.table, name)}",
                self.value(change.table, name, change.before[name]),
                self.value(change.table, name, change.after.get(name)),
            )
            for name in columns
        ]

    def subject(self, table: str, row_id: int, row: Row) -> Ref:
        """What a row belongs to, else the row itself."""
        if table not in ("event", "stage", "source", "view"):
            for column in _OWNERS:
                to = schema.tables()[table].references.get(column)
                value = row.get(column)
                if to and isinstance(value, int):
                    return to, value
        return table, row_id

    def table(self, table: str) -> str:
        return t(f"history.table.{table}", self._language)

    def field(self, table: str, column: str) -> str:
        """`Title (Korean)` of `title_ko`."""
        if column in DERIVED.get(table, ()):
            return t("history.field.derived", self._language)
        stem, _, code = column.rpartition("_")
        if code in LANGUAGES and f"{stem}_en" in schema.tables()[table].columns:
            field = t(f"history.field.{stem}", self._language)
            tongue = t(f"inspector.language.{code}", self._language)
            return t("history.in-language", self._language, field=field, language=tongue)
        return t(f"history.field.{column}", self._language)

    def value(self, table: str, column: str, value: Value) -> str:
        """A value as a person says it."""
        language = self._language
        if value is None:
            return NOTHING
        to = schema.tables()[table].references.get(column)
        if to and isinstance(value, int):
            return self.name(to, self._of((to, value)))
        if column in _YES_OR_NO:
            return t("history.yes" if value else "history.no", language)
        if not isinstance(value, str):
            return str(value)
        try:
            if column in _DATES:
                return f"{edtf_words(value, language)} · {value}"
            if column in _LANGUAGES:
                said = paraphrased(value)
                name = t(f"inspector.language.{said or value}", language)
                return t("quoting.told.paraphrase", language, language=name) if said else name
            if column == "time":
                return moment_words(value, language)
            if column in _TERMS:
                return term(column, value, language)
            if (table, column) in (("link", "type"), ("event_date", "role")):
                return term("link" if table == "link" else "role", value, language)
        except (AllianceError, KeyError):  # no date, or a word that is not ours
            return value
        return value

    def name(self, table: str, row: Row) -> str:
        """What a row is called."""
        if not row:
            return t("history.unknown", self._language, what=self.table(table))
        for stem in _NAMES:
            if text := self._text(row, stem):
                return text
        others = schema.tables()[table].references
        for column in reversed(others):
            value = row.get(column)
            if isinstance(value, int):
                return self.name(others[column], self._of((others[column], value)))
        return self.table(table)

    def summary(self, table: str, row: Row) -> str:
        """All that a row says, for one that came or went."""
        derived, owner = DERIVED.get(table, ()), self.subject(table, 0, row)
        references = schema.tables()[table].references
        said = [
            (name, self.value(table, name, value))
            for name, value in row.items()
            if value is not None
            and name not in (*derived, *_UNSAID)
            and (references.get(name), value) != owner
        ]
        if len(said) == 1:
            return said[0][1]
        return "\n".join(f"{self.field(table, name)}: {value}" for name, value in said)

    def _text(self, row: Row, stem: str) -> str:
        """A text of a row, in the language of the window where it has it."""
        other = next(code for code in LANGUAGES if code != self._language)
        for column in (f"{stem}_{self._language}", f"{stem}_{other}", stem):
            if value := row.get(column):
                return str(value)
        return ""

    def _row(self, change: RowChange) -> Row:
        """The whole row of a change: as it is, else as it was last, else what the change tells."""
        return {**change.before, **change.after, **self._of((change.table, change.id))}

    def _of(self, ref: Ref) -> Row:
        known = self._find(ref)
        return known.row if known else {}
