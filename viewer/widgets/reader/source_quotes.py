"""The quotes of a source as the reader shows them: seen from what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.widgets.reader.events_margin import Beside, Name
from viewer.widgets.reader.marking import Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.details import SourceDetail, SourceQuote
    from db.records import Language, Ref, SourcePlace
    from viewer.widgets.parts.look import Look

_STANCES = ("supports", "disputes", "context")


class SourceQuotes:
    """Those of one source; `ref` is what is selected in the window."""

    def __init__(self, detail: SourceDetail | None, ref: Ref | None) -> None:
        self._every = detail.quotes if detail else ()
        self._standing = [each for each in self._every if each.anchor.state != "broken"]
        self._ref = ref

    def find(self, quote_id: int | None) -> SourceQuote | None:
        return next((each for each in self._every if each.quote.id == quote_id), None)

    def passage(self, quote_id: int | None) -> Passage | None:
        """Where a quote stands; None for one that does not."""
        found = next((each for each in self._standing if each.quote.id == quote_id), None)
        return self._passage(found) if found is not None else None

    def passages(self) -> list[Passage]:
        """All that stand in the text."""
        return [self._passage(each) for each in self._standing]

    def _passage(self, found: SourceQuote) -> Passage:
        """A quote in the stance that it has towards the selection, else the first of its own."""
        stances = [each.stance for each, _ in found.evidence if each.target == self._ref]
        stances += [each.stance for each, _ in found.evidence]
        stance = stances[0] if stances else "context"
        return Passage(found.quote.id, found.anchor.start, found.anchor.end, stance)

    def in_source(self) -> list[int]:
        """Ids of the quotes that stand in the source, in the order of its text."""
        return [each.quote.id for each in self._standing]

    def own(self) -> list[int]:
        """Ids of the selection's quotes in this source, as the inspector lists them."""
        found = []
        for place, each in enumerate(self._standing):
            stances = [evid.stance for evid, _ in each.evidence if evid.target == self._ref]
            if stances:
                found.append((min(map(_STANCES.index, stances)), place, each.quote.id))
        return [ident for _, _, ident in sorted(found)]

    def among(self, quote_id: int | None) -> tuple[list[int], bool]:
        """The quotes that Tab goes through from this one: the selection's (True), or those of the
        source if it is none of them."""
        own = self.own()
        return (own, True) if quote_id in own else (self.in_source(), False)

    def next_of(self, quote_id: int | None, way: int, *, in_source: bool = False) -> int | None:
        """The quote before (-1) or behind (1) it; None at the end."""
        among = self.in_source() if in_source else self.among(quote_id)[0]
        if quote_id not in among:
            return None
        place = among.index(quote_id) + way
        return among[place] if 0 <= place < len(among) else None

    def told_place(self, quote_id: int | None, look: Look) -> str:
        """Which of how many quotes it is: of the selection's, else of the source's."""
        among, own = self.among(quote_id)
        if quote_id not in among:
            return ""
        key = "reader.place-of-target" if own else "reader.place-in-source"
        return look.t(key, number=among.index(quote_id) + 1, count=len(among))

    def beside(
        self, language: Language, signs: Callable[[Ref], str] = lambda _: ""
    ) -> list[Beside]:
        """What stands beside the text, in its order: of each quote what is selected first. Before
        the titles stand the `signs` of what is doubtful about them: long titles are cut."""
        return [
            Beside(
                each.quote.id,
                each.anchor.start,
                tuple(
                    Name(
                        evid.target,
                        f"{signs(evid.target)} {title.text(language)}".strip(),
                        evid.stance,
                    )
                    for evid, title in sorted(
                        each.evidence, key=lambda pair: pair[0].target != self._ref
                    )
                ),
            )
            for each in self._standing
        ]


def stands_on(
    passage: Passage | None, places: Sequence[SourcePlace], look: Look, *, paged: bool
) -> str:
    """The page or paragraph that a quote stands on, or the first and the last one."""
    labels = [
        each.label
        for each in places
        if passage is not None and each.start < passage.end and each.end > passage.start
    ]
    if not labels:
        return ""
    first, last = labels[0], labels[-1]
    if len(labels) == 1:
        key = "pages.page.label" if paged else "pages.paragraph.label"
        return look.t(key, page=first)
    key = "pages.page.labels" if paged else "pages.paragraph.labels"
    return look.t(key, first=first, last=last)
