"""The history: what each change made of what, and all of one event, what is gone included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.changes import ChangeSet, Delete, Insert, Update, new_id

if TYPE_CHECKING:
    from db.store import Store
    from tests.db.conftest import Edit


def event_id(store: Store, slug: str = "first-sma-1991") -> int:
    found = store.find_event(slug)
    assert found is not None
    return found


def apply(store: Store, *changes: Insert | Update | Delete, label: str = "") -> int:
    return store.apply(ChangeSet(changes, label=label, author="홍길동"))


def test_steps_come_newest_first_a_page_at_a_time(store: Store) -> None:
    one = event_id(store)
    for importance in (1, 2, 4, 5):
        apply(store, Update("event", one, {"importance": importance}), label=f"{importance}")
    first = store.history.steps(count=2)
    assert [step.changeset.label for step in first] == ["5", "4"]
    rest = store.history.steps(first[-1].first, 100)
    assert [step.changeset.label for step in rest] == ["2", "1", "First edition"]
    assert [step.count for step in rest[:2]] == [1, 1]
    assert rest[-1].count == len(store.changes(rest[-1].changeset.id))
    assert store.history.steps(rest[-1].first) == ()


def test_new_is_what_the_next_change_found_else_what_is_stored(store: Store) -> None:
    one = event_id(store)
    title = store.event(one).event.title.ko
    apply(store, Update("event", one, {"title_ko": "둘째", "importance": 1}))
    apply(store, Update("event", one, {"title_ko": "셋째"}))
    told = [
        store.history.changes(step.first, step.last)[0] for step in store.history.steps(count=2)
    ]
    assert (told[0].before, told[0].after) == ({"title_ko": "둘째"}, {"title_ko": "셋째"})
    assert told[1].after == {"title_ko": "둘째", "importance": 1}
    assert told[1].before["title_ko"] == title


def test_an_insert_tells_the_row_as_it_was_made_even_when_it_is_gone(store: Store) -> None:
    tag = Insert("tag", new_id(), {"key": "pohang", "name_ko": "포항"})
    apply(store, tag)
    apply(store, Update("tag", tag.id, {"name_ko": "울산"}))
    apply(store, Delete("tag", tag.id))
    deleted, updated, inserted = (
        store.history.changes(step.first, step.last)[0] for step in store.history.steps(count=3)
    )
    assert (deleted.before["name_ko"], dict(deleted.after)) == ("울산", {})
    assert (updated.before, updated.after) == ({"name_ko": "포항"}, {"name_ko": "울산"})
    assert inserted.after == {"key": "pohang", "name_en": None, "name_ko": "포항"}


def test_a_step_of_many_changes_is_read_in_parts(store: Store) -> None:
    (base,) = store.history.steps()
    first = store.history.changes(base.first, base.last, 5)
    assert [change.seq for change in first] == [1, 2, 3, 4, 5]
    assert store.history.changes(6, base.last, 1)[0].seq == 6


def test_the_story_of_an_event_has_what_is_gone_and_nothing_of_others(
    store: Store, elsewhere: Edit
) -> None:
    one, other = event_id(store), event_id(store, "ipef-launch-2022")
    citation = store.event(one).citations[0]
    note = Insert(
        "note",
        new_id(),
        {"event_id": one, "text": f"event_id={other}", "author": "나", "time": "t"},
    )
    apply(store, note, label="note")
    apply(store, Delete("citation", citation.id), label="citation")
    apply(store, Delete("note", note.id), label="gone")
    apply(store, Update("event", other, {"importance": 1}), label="other")
    elsewhere(f"UPDATE event_date SET remark_ko = '비고' WHERE event_id = {one} AND is_primary")
    story = store.history.story(("event", one))
    labels = [chapter.step.changeset.label for chapter in story.chapters]
    assert labels == ["", "gone", "citation", "note", "First edition"]
    assert story.chapters[0].step.changeset.origin == "outside"
    assert story.chapters[2].changes[0].before["title"] == citation.title
    assert note.id not in story.now["note"]
    # What a note says of another event does not make it that one's.
    assert not any(
        change.table == "note"
        for chapter in store.history.story(("event", other)).chapters
        for change in chapter.changes
    )


def test_a_deleted_row_is_known_as_it_was_last(store: Store) -> None:
    one = event_id(store)
    tag = Insert("tag", new_id(), {"key": "pohang", "name_ko": "포항"})
    apply(store, tag)
    apply(store, Delete("tag", tag.id))
    known = store.history.known([("tag", tag.id), ("event", one), ("event", 5)])
    assert known["tag", tag.id].row["name_ko"] == "포항"
    assert [each.stored for each in known.values()] == [False, True]
    assert ("event", 5) not in known
