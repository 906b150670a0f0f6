"""A newer edition of the shipped data: the user's edits stay, deletions are respected, the rest
follows, and nothing is left broken."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import seeds
from db.changes import ChangeSet, Delete, Insert, Update, new_id
from db.errors import AllianceError
from db.records import Bilingual
from db.store import Store
from tests.db.test_log import rows
from tests.db.test_undo import File
from viewer.edits import events
from viewer.edits.drafts import DateDraft, EventDraft

if TYPE_CHECKING:
    from pathlib import Path

    from db.edition import Item, Merge
    from tests.db.conftest import Edit

NEW_EVENT = """
[[event]]
slug = "new-in-this-edition"
lanes = ["military", "economic"]
kind = "agreement"
importance = 4
status = "planned"
confidence = "seen"
title_ko = "새 판에 실린 사건"

[[event.date]]
role = "occurred"
edtf = "2027-03"
primary = true

[[event.link]]
type = "leads to"
to = "first-sma-1991"
"""
SMA = r'(?s)(slug = "first-sma-1991".*?)'


@pytest.fixture
def second(folder: Path) -> Path:
    """Seed files of a second edition, so far with the same data."""
    replace(folder, "edition.toml", r'name = ".*"', 'name = "둘째 판"')
    replace(folder, "edition.toml", r'date = ".*"', 'date = "2027-01-15"')
    return folder


def replace(folder: Path, name: str, pattern: str, instead: str) -> None:
    path = folder / name
    text, count = re.subn(pattern, instead, path.read_text("utf-8"), count=1)
    assert count == 1, pattern
    path.write_text(text, "utf-8")


def append(folder: Path, text: str) -> None:
    path = folder / "events.toml"
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def drop_event(folder: Path, slug: str) -> None:
    replace(folder, "events.toml", rf'(?s)\[\[event\]\]\nslug = "{slug}".*?(?=\[\[event\]\]\n)', "")


def plan(store: Store, folder: Path) -> Merge:
    found = store.newer_edition(folder)
    assert found is not None
    return found


def told(merge: Merge) -> list[tuple[str, str]]:
    return [(item.fate, item.table) for item in merge.items]


def of(merge: Merge, table: str, fate: str) -> list[Item]:
    return [item for item in merge.items if (item.table, item.fate) == (table, fate)]


def write(store: Store, *changes: Insert | Update | Delete) -> None:
    store.apply(ChangeSet(changes, author="홍길동"))


def find(store: Store, slug: str) -> int:
    found = store.find_event(slug)
    assert found is not None
    return found


def test_the_same_edition_and_an_older_one_are_not_offered(store: Store, folder: Path) -> None:
    assert store.newer_edition() is None
    replace(folder, "events.toml", "조미수호통상조약", "다른 제목")
    assert store.newer_edition(folder) is None
    replace(folder, "edition.toml", r'date = ".*"', 'date = "2025-01-01"')
    assert store.newer_edition(folder) is None


def test_an_edition_without_changes_leaves_nothing_but_its_date(
    store: Store, second: Path, copy: Path
) -> None:
    before = rows(copy)
    merge = plan(store, second)
    assert (merge.items, merge.changes) == ((), ())
    assert store.take_edition(merge) is None
    assert store.edition() == ("둘째 판", "2027-01-15")
    assert rows(copy) == before
    assert len(store.changesets()) == 1


def test_what_the_user_left_alone_follows_the_edition(store: Store, second: Path) -> None:
    event_id = find(store, "first-sma-1991")
    replace(second, "events.toml", SMA + r"importance = 3", r"\1importance = 5")
    replace(second, "events.toml", SMA + r'edtf = "1991-01"', r'\1edtf = "1991-01-25"')
    append(second, NEW_EVENT)
    store.take_edition(plan(store, second), "홍길동")
    detail = store.event(event_id)
    assert detail.event.importance == 5
    assert detail.dates[0].edtf == "1991-01-25"
    made = store.event(find(store, "new-in-this-edition"))
    assert made.event.title.ko == "새 판에 실린 사건"
    assert [lane.key for lane in made.lanes] == ["military", "economic"]
    assert store.check() == []
    last = store.changesets()[-1]
    assert (last.origin, last.author, last.label) == ("edit", "홍길동", "edition: 둘째 판")


def test_fields_are_merged_one_by_one_and_the_users_stay(store: Store, second: Path) -> None:
    event_id = find(store, "first-sma-1991")
    write(store, Update("event", event_id, {"title_ko": "내 제목", "importance": 1}))
    replace(second, "events.toml", SMA + r"importance = 3", r"\1importance = 5")
    replace(second, "events.toml", SMA + r'label_ko = ".*?"', r'\1label_ko = "새 이름표"')
    merge = plan(store, second)
    (updated,), (kept,) = of(merge, "event", "updated"), of(merge, "event", "kept")
    assert dict(updated.after) == {"label_ko": "새 이름표"}
    assert (dict(kept.before), dict(kept.after)) == ({"importance": 1}, {"importance": 5})
    store.take_edition(merge)
    event = store.event(event_id).event
    assert (event.title.ko, event.importance, event.label.ko) == ("내 제목", 1, "새 이름표")


def test_what_the_user_deleted_does_not_come_back(store: Store, second: Path) -> None:
    event_id = find(store, "first-sma-1991")
    edit = events.deleted(store.rows_about("event", [event_id]))
    store.apply(ChangeSet(edit.changes))
    replace(second, "events.toml", SMA + r"importance = 3", r"\1importance = 5")
    append(second, NEW_EVENT)  # with a link to it
    merge = plan(store, second)
    assert [item.id for item in of(merge, "event", "left")] == [event_id]
    assert len(of(merge, "link", "left")) == 1
    store.take_edition(merge)
    assert store.find_event("first-sma-1991") is None
    assert store.event(find(store, "new-in-this-edition")).links == ()
    assert store.check() == []


def test_what_the_edition_dropped_goes_unless_it_was_edited_or_is_needed(
    store: Store, second: Path
) -> None:
    untouched, noted = "task-force-smith-osan", "us-withdrawal-kmag-1949"
    noted_id = find(store, noted)
    note = {"event_id": noted_id, "text": "메모", "author": "나", "time": "2026-11-25"}
    write(store, Insert("note", new_id(), note))
    dates, lanes = store.event(noted_id).dates, store.event(noted_id).lanes
    for slug in (untouched, noted):
        drop_event(second, slug)
    merge = plan(store, second)
    assert [item.id for item in of(merge, "event", "kept")] == [noted_id]
    assert len(of(merge, "event", "removed")) == 1
    store.take_edition(merge)
    assert store.find_event(untouched) is None
    kept = store.event(noted_id)
    assert (kept.dates, kept.lanes, len(kept.notes)) == (dates, lanes, 1)
    assert store.check() == []


def test_a_date_of_ones_own_stays_the_main_one(store: Store, second: Path) -> None:
    event_id = find(store, "first-sma-1991")
    main = store.event(event_id).dates[0]
    own = {"event_id": event_id, "role": "occurred", "edtf": "1991-02", "is_primary": 1}
    write(store, Delete("event_date", main.id), Insert("event_date", new_id(), own))
    replace(
        second,
        "events.toml",
        SMA + r'(\[\[event.date\]\]\nrole = "signed"\n)edtf = "1991-01"\nprimary = true\n',
        r'\1\2edtf = "1991-01"\n\n'
        r'[[event.date]]\nrole = "in force"\nedtf = "1991-03"\nprimary = true\n',
    )
    store.take_edition(plan(store, second))
    dates = store.event(event_id).dates
    assert [(date.edtf, date.primary) for date in dates] == [("1991-02", True), ("1991-03", False)]


def test_a_key_that_the_user_took_meanwhile_is_left_to_the_user(store: Store, second: Path) -> None:
    mine = new_id()
    group = store.timeline().groups[0].id
    write(
        store,
        Insert("kind", mine, {"key": "k", "group_id": group, "position": 99, "name_ko": "내"}),
    )
    kinds = second / "kinds.toml"
    key = re.search(r'(?s)\[\[group\]\]\nkey = "([\w-]+)"', kinds.read_text("utf-8"))
    assert key is not None
    kinds.write_text(
        kinds.read_text("utf-8")
        + f'\n[[kind]]\nkey = "k"\ngroup = "{key[1]}"\nname_en = "New"\nname_ko = "새 종류"\n',
        "utf-8",
    )
    append(second, NEW_EVENT.replace('kind = "agreement"', 'kind = "k"'))
    merge = plan(store, second)
    assert ("left", "kind") in told(merge)
    assert ("left", "event") in told(merge)  # it would have been of that kind
    store.take_edition(merge)
    assert next(each.name.ko for each in store.timeline().kinds if each.id == mine) == "내"
    assert store.check() == []


def test_an_edition_can_be_undone_and_done_again_and_is_not_offered_twice(
    store: Store, second: Path, copy: Path
) -> None:
    write(store, Update("event", find(store, "first-sma-1991"), {"title_ko": "내 제목"}))
    before = rows(copy)
    replace(second, "events.toml", SMA + r"importance = 3", r"\1importance = 5")
    drop_event(second, "task-force-smith-osan")
    append(second, NEW_EVENT)
    store.take_edition(plan(store, second))
    after = rows(copy)
    assert after != before
    assert store.newer_edition(second) is None
    replace(second, "edition.toml", r'date = ".*"', 'date = "2028-01-15"')
    again = plan(store, second)
    assert (again.items, again.changes) == ((), ())
    store.revert("undo")
    assert rows(copy) == before
    # Who undid it does not want it: what it added counts as deleted.
    undone = plan(store, second)
    assert undone.changes == ()
    store.revert("redo")
    assert rows(copy) == after


def test_a_file_without_shipped_events_gets_none_by_an_edition(
    tmp_path: Path, second: Path
) -> None:
    replace(second, "lanes.toml", r'name_ko = "군사"', 'name_ko = "안보"')
    append(second, NEW_EVENT)
    with Store.create(tmp_path / "빈.alliance", empty=True) as store:
        merge = plan(store, second)
        assert told(merge) == [("updated", "lane")]
        store.take_edition(merge)
        assert store.events() == ()
        assert "안보" in [lane.name.ko for lane in store.timeline().lanes]


def test_a_file_that_was_changed_meanwhile_is_compared_again(
    store: Store, second: Path, elsewhere: Edit
) -> None:
    replace(second, "events.toml", SMA + r"importance = 3", r"\1importance = 5")
    merge = plan(store, second)
    elsewhere("UPDATE event SET importance = 2 WHERE slug = 'first-sma-1991'")
    with pytest.raises(AllianceError, match=r"edition\.stale"):
        store.take_edition(merge)
    assert store.edition()[0] == "First edition"


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(("edit", "move", "delete", "bulk", "lane", "tag", "add", "importance")),
            st.integers(0, 10**6),
        ),
        max_size=6,
    )
)
def test_whatever_the_user_did_the_file_is_sound_and_the_users_work_untouched(
    shipped: Path, tmp_path: Path, steps: list[tuple[str, int]], request: pytest.FixtureRequest
) -> None:
    folder = tmp_path / "판"
    if not folder.exists():
        shutil.copytree(seeds.seeds_folder(), folder)
        replace(folder, "edition.toml", r'name = ".*"', 'name = "셋째 판"')
        replace(folder, "edition.toml", r'date = ".*"', 'date = "2027-01-15"')
        text = (folder / "events.toml").read_text("utf-8")
        # Every event changes, and several go.
        text = text.replace("importance = 3", "importance = 2").replace('_ko = "', '_ko = "새 ')
        text = re.sub(r"(?s)\[\[event.citation\]\]\n.*?\n(?=\n)", "", text, count=20)
        (folder / "events.toml").write_text(text, "utf-8")
        append(folder, NEW_EVENT)
        drop_event(folder, "task-force-smith-osan")
    path = tmp_path / "판 사본.alliance"
    shutil.copyfile(shipped, path)
    file = File(path)
    try:
        for what, pick in steps:
            with suppress(AllianceError):  # a stage begins with it
                file.do(what, pick)
        draft = EventDraft(
            Bilingual(None, "내 사건"), file.ids("kind")[0], tuple(file.ids("lane")[:1]),
            dates=(DateDraft("2026", primary=True),),
        )  # fmt: skip
        mine = events.added(draft)
        file.store.apply(ChangeSet(mine.changes))
        assert mine.made is not None
        own = file.store.rows_about("event", [mine.made[1]])
        before = rows(path)
        file.store.take_edition(plan(file.store, folder))
        assert file.store.check() == []
        assert file.store.rows_about("event", [mine.made[1]]) == own
        deleted = {row[0] for row in rows(request.getfixturevalue("shipped"))["event"]} - {
            row[0] for row in before["event"]
        }
        assert not deleted & {row[0] for row in rows(path)["event"]}
        file.store.revert("undo")
        assert rows(path) == before
    finally:
        file.close()
