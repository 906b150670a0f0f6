"""Figures: read as people write them, found in the words of a quote, stored with their places."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.changes import ChangeSet
from db.errors import AllianceError
from db.records import Bilingual
from db.store import Store
from viewer.edits import quoting
from viewer.edits.figures import read_value, stated_in
from viewer.edits.quote_drafts import (
    EvidenceDraft,
    FigureDraft,
    QuoteDraft,
    SpeakerDraft,
    draft_of_quote,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.records import Source
    from viewer.edits.edit import Edit

SAID = "Among the 199 items, 60 to 70 are traded with China, and the rest with the U.S."
ITEMS = Bilingual(ko="민감 품목")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("So far, eight countries", [("eight", "8")]),
        ("Currently, about 199 supply chains", [("199", "199")]),
        (SAID, [("199", "199"), ("60 to 70", "60/70")]),
        ("one or two more may join", [("one or two", "1/2")]),
        ("약 199개 품목 가운데 60~70개", [("199", "199"), ("60~70", "60/70")]),
        ("주한미군 2만 8500명", [("2만 8500", "28500")]),
        ("3조 5천억 원", [("3조 5천억", "3500000000000")]),
        ("28,500 troops and $1.5 billion", [("28,500", "28500"), ("1.5 billion", "1500000000")]),
        ("쿼터 263만 톤(2.63)", [("263만", "2630000"), ("2.63", "2.63")]),
        ("the 18th, the 24th and 5G", []),
        ("2022년 5월 21일 제3조에 따라", []),
        ("on May 21, 2022 in FA-50", []),
    ],
)
def test_figures_are_found_and_dates_are_none(words: str, found: list[tuple[str, str]]) -> None:
    assert [(words[each.start : each.end], each.value) for each in stated_in(words)] == found


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("199", "199"),
        ("28,500", "28500"),
        ("-2.5", "-2.5"),
        ("60~70", "60/70"),
        ("60-70", "60/70"),
        ("60 to 70", "60/70"),
        ("2022-05-18", "2022-05-18"),
        ("2021-10", "2021-10"),
    ],
)
def test_values_are_read_as_people_write_them(typed: str, stored: str) -> None:
    assert read_value(typed) == stored


@pytest.mark.parametrize("typed", ["", "여럿", "70~60", "60~", "1,23"])
def test_what_is_no_value_is_refused(typed: str) -> None:
    with pytest.raises(AllianceError) as refused:
        read_value(typed)
    assert refused.value.code == "quote.value"


@pytest.fixture
def store(copy: Path) -> Iterator[Store]:
    with Store.open(copy) as opened:
        yield opened


def article(store: Store) -> Source:
    return store.source(store.sources()[0].id).source


def drafted(store: Store, *figures: FigureDraft) -> QuoteDraft:
    text = article(store).text
    start = text.index(SAID)
    event = store.find_event("ipef-launch-2022")
    assert event is not None
    return QuoteDraft(
        start,
        start + len(SAID),
        SpeakerDraft(Bilingual(ko="김태효")),
        "en",
        evidence=(EvidenceDraft(("event", event)),),
        figures=figures,
    )


def written(store: Store, edit: Edit) -> None:
    store.apply(ChangeSet(edit.changes, label=edit.label, author="홍길동"))


def test_a_figure_is_stored_where_its_words_stand(store: Store, copy: Path) -> None:
    figure = FigureDraft("60 to 70", "60~70", ITEMS, "2022-05-18")
    edit = quoting.added(article(store), drafted(store, figure))
    written(store, edit)
    assert edit.made is not None
    with closing(sqlite3.connect(copy)) as plain:
        row = plain.execute(
            "SELECT exact, substr(source.text, start + 1, end - start), value, unit_ko, figure.edtf"
            " FROM figure JOIN source ON source.id = source_id WHERE quote_id = ?",
            (edit.made[1],),
        ).fetchone()
    assert row == ("60 to 70", "60 to 70", "60/70", "민감 품목", "2022-05-18")
    assert store.check() == []
    store.revert("undo", "홍길동")
    assert store.figures_alike([ITEMS]) == ()


def test_equal_words_are_two_places(store: Store) -> None:
    two = (FigureDraft("the", "1", ITEMS), FigureDraft("the", "2", ITEMS))
    edit = quoting.added(article(store), drafted(store, *two))
    written(store, edit)
    starts = [each.figure.start for each in store.figures_alike([ITEMS])]
    assert len(set(starts)) == 2


@pytest.mark.parametrize(
    ("figure", "code"),
    [
        (FigureDraft("팔십", "80", ITEMS), "quote.figure"),
        (FigureDraft("199", "여럿", ITEMS), "quote.value"),
        (FigureDraft("199", "199"), "quote.unit"),
        (FigureDraft("199", "199", ITEMS, "2022-13"), "date."),
    ],
)
def test_a_figure_that_is_wrong_is_refused(store: Store, figure: FigureDraft, code: str) -> None:
    with pytest.raises(AllianceError) as refused:
        quoting.added(article(store), drafted(store, figure))
    assert refused.value.code.startswith(code)


def test_figures_are_edited_and_taken_away(store: Store) -> None:
    figures = (FigureDraft("199", "199", ITEMS), FigureDraft("60 to 70", "60/70", ITEMS))
    edit = quoting.added(article(store), drafted(store, *figures))
    written(store, edit)
    assert edit.made is not None
    ident = edit.made[1]
    rows = store.rows_about("quote", [ident])
    draft = draft_of_quote(rows, ident)
    first = replace(draft.figures[0], value="200")
    written(
        store, quoting.edited(rows, ident, replace(draft, figures=(first,)), article(store), {})
    )
    (left,) = store.figures_alike([ITEMS])
    assert (left.figure.exact, left.figure.value) == ("199", "200")
    assert left.quote.speaker.name.ko == "김태효"


def test_figures_about_one_thing_are_found_by_either_name(store: Store) -> None:
    thing = Bilingual("Countries Confirmed in IPEF", None)
    assert [each.figure.exact for each in store.figures_alike([thing])] == [
        "eight countries",
        "the eight countries",
    ]
    thing = Bilingual(None, "IPEF 참여 확정국")
    assert len(store.figures_alike([thing])) == 2
    assert thing.ko in [each.ko for each in store.units()]
