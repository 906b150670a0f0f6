"""What is asked of an open file about its sources and quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.selects import Selects, told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from db.copying import Progress
    from db.details import (
        Misplaced,
        Proposal,
        QuoteRow,
        SoughtEdition,
        SourceDetail,
        SourceRow,
        StatedFigure,
        Task,
        Verification,
    )
    from db.portable import KnownQuotes, PortableQuote, PortableSource
    from db.records import Bilingual, Ref, Speaker


class EvidenceSelects(Selects):
    """The questions about sources and quotes, and which sources are held against their texts."""

    def distrust(self, source_ids: Iterable[int]) -> None:
        """From now on the quotes of these sources are held against their texts each time: they
        were changed by something that left no trace in the log."""
        self._distrusted |= set(source_ids)

    @told
    def distrust_changed(self) -> None:
        """The same for every source whose text is not the one that was stored: for whoever reads
        a file once, and has the time to look."""
        from db.queries.flaws import changed_sources
        from db.queries.sources import source_ids

        with self._one_state():
            self.distrust(changed_sources(self._connection, source_ids(self._connection)))

    @property
    def distrusted(self) -> frozenset[int]:
        """The sources that were named so."""
        return frozenset(self._distrusted)

    @told
    def source(self, source_id: int) -> SourceDetail:
        """A source, its text and its quotes; `row.missing` where there is none."""
        from db.queries.sources import source_detail

        with self._one_state():
            return source_detail(self._connection, source_id)

    @told
    def source_bytes(self, source_id: int) -> bytes:
        """The document that a source was read from; `row.missing` where there is none."""
        from db.queries.sources import source_bytes

        with self._one_state():
            return source_bytes(self._connection, source_id)

    @told
    def quotes(self) -> tuple[QuoteRow, ...]:
        """A line for every quote, with its anchors and what it is evidence for."""
        from db.queries.proof import quote_rows

        with self._one_state():
            return quote_rows(self._connection)

    @told
    def verify(self, progress: Progress | None = None) -> Verification:
        """Every quote against its source, every source against its digest; `progress` is told how
        many anchors of how many are done, and what it raises comes out of here."""
        from db.queries.proof import verify_all

        with self._one_state():
            return verify_all(self._connection, progress)

    @told
    def misplaced(self, anchor_ids: Collection[int]) -> tuple[Misplaced, ...]:
        """What stands at the place of some anchors instead of their words."""
        from db.queries.proposals import misplaced

        with self._one_state():
            return misplaced(self._connection, anchor_ids)

    @told
    def proposals(self) -> tuple[Proposal, ...]:
        """What is proposed about quotes in other editions and waits for somebody."""
        from db.queries.proposals import proposals

        with self._one_state():
            return proposals(self._connection)

    @told
    def proposals_waiting(self) -> int:
        """How many they are."""
        from db.queries.state import proposals_waiting

        return proposals_waiting(self._connection)

    @told
    def speakers(self, source_id: int | None = None) -> tuple[Speaker, ...]:
        """All speakers, those of a source first."""
        from db.queries.proof import speakers

        return speakers(self._connection, source_id)

    @told
    def figures_alike(self, units: Iterable[Bilingual]) -> tuple[StatedFigure, ...]:
        """The figures that count the same things, in order of when they are as of."""
        from db.queries.figures import figures_alike

        with self._one_state():
            return figures_alike(self._connection, units)

    @told
    def units(self) -> tuple[Bilingual, ...]:
        """What the figures of all quotes count, the most frequent first."""
        from db.queries.figures import units

        return units(self._connection)

    @told
    def sought_after(self, older_id: int) -> tuple[SoughtEdition, ...]:
        """The quotes that are to be sought in an edition which supersedes this one."""
        from db.queries.proof import sought_after

        with self._one_state():
            return sought_after(self._connection, older_id)

    @told
    def worklist(self) -> tuple[Task, ...]:
        """The events that wait for somebody, by what they wait for."""
        from db.queries.worklist import worklist

        with self._one_state():
            return worklist(self._connection)

    @told
    def portable_quotes(self, source_id: int | None = None) -> tuple[PortableQuote, ...]:
        """Every quote, or those taken from a source, as they travel to other files."""
        from db.queries import portable

        with self._one_state():
            return portable.quotes(self._connection, source_id)

    @told
    def portable_sources(self) -> tuple[PortableSource, ...]:
        """The same of the sources, without their documents."""
        from db.queries import portable

        return portable.sources(self._connection)

    @told
    def known_quotes(self, asked: Iterable[Ref]) -> KnownQuotes:
        """What quotes from elsewhere are held against (`db.queries.portable`)."""
        from db.queries.portable import known_quotes

        with self._one_state():
            return known_quotes(self._connection, asked)

    @told
    def sources(self) -> tuple[SourceRow, ...]:
        """A line for every source, by title."""
        from db.queries.sources import source_rows

        with self._one_state():
            return source_rows(self._connection)
