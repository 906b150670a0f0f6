"""Quotes in the window: from a passage to a saved event, edited, linked, deleted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.errors import AllianceError
from db.records import Bilingual
from tests.helpers import choose, click, fill, open_window, press, settle, told, write
from tests.widgets.forming import CTRL, focused, key, save
from tests.widgets.inspecting import button, event_ref, shown
from tests.widgets.quoting import (
    COUNTED,
    PLAIN,
    article,
    begin,
    edit,
    evidence,
    figure,
    form_of,
    quote_id,
    read,
    translation,
)
from viewer.edits import quoting
from viewer.edits.quote_drafts import draft_of_quote
from viewer.widgets.forms.draft_keeper import LATEST
from viewer.widgets.parts.menu_button import MenuButton
from viewer.words import t

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired

SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT_SHIFT = Qt.KeyboardModifier.AltModifier | SHIFT
CTRL_SHIFT = CTRL | SHIFT


@pytest.fixture
def wired(qtbot: QtBot, copy: Path) -> Wired:
    return open_window(qtbot, copy, language="ko")


def changesets(wired: Wired) -> int:
    return len(wired.document.history.steps())


# From a passage to an event


def test_twelve_keys_from_a_passage_to_a_new_event_with_its_quote(wired: Wired) -> None:
    read(wired)
    pressed = 0

    def tap(which: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        nonlocal pressed
        pressed += 1
        key(which, modifiers)

    tap(Qt.Key.Key_Down)
    tap(Qt.Key.Key_Right, ALT_SHIFT)
    exact = wired.window.reader.text.chosen_text
    assert exact.endswith(".")
    before = wired.document.last_change
    tap(Qt.Key.Key_Q)
    form_of(wired)
    write(focused(), "용산 브리핑")
    tap(Qt.Key.Key_Return)
    write(focused(), "Yongsan briefing")
    tap(Qt.Key.Key_Return, CTRL)
    assert wired.window.quoting.form is None
    assert pressed <= 12
    ref = wired.selection.ref
    assert ref is not None
    assert ref[0] == "event"
    detail = wired.document.event(ref[1])
    assert detail.event.title == Bilingual("Yongsan briefing", "용산 브리핑")
    assert [each.edtf for each in detail.dates] == ["2022-05-18"]
    assert [each.quote.exact for each in detail.quotes] == [exact]
    assert wired.window.reader.text.chosen_text == exact
    wired.document.revert("undo")
    assert not wired.document.has(ref)
    quotes = wired.document.source(article(wired)).quotes
    assert exact not in [each.quote.exact for each in quotes]
    assert wired.document.last_change > before


def test_an_event_that_is_there_is_found_as_one_types(wired: Wired) -> None:
    form = begin(wired)
    write(focused(), "인도태평양 출범")
    assert "IPEF" in evidence(form).target.line.list.item(0).text()
    key(Qt.Key.Key_Return)
    assert form.fields.new_event.isHidden()
    save()
    ref = event_ref(wired.document, "ipef-launch-2022")
    assert wired.selection.ref == ref
    assert PLAIN in [each.quote.exact for each in wired.document.event(ref[1]).quotes]


def test_a_stage_is_found_too(wired: Wired) -> None:
    form = begin(wired)
    write(focused(), "기술동맹")
    line = evidence(form).target.line
    texts = [line.list.item(row).text() for row in range(line.list.count())]
    row = next(place for place, text in enumerate(texts) if text.startswith("단계 · "))
    for _ in range(row):
        key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    save()
    ref = wired.selection.ref
    assert ref is not None
    assert ref[0] == "stage"
    assert PLAIN in [each.quote.exact for each in wired.document.stage(ref[1]).quotes]


def test_the_date_that_is_given_is_that_of_the_new_event(wired: Wired) -> None:
    source = article(wired)
    wired.window.quoting.begin(source, 0, 20, edtf="2021-10")
    settle()
    form = form_of(wired)
    assert form.fields.new_event.date.text == "2021-10"
    assert evidence(form).target.target is None
    fill(form.fields.new_event.title.edits["ko"], "동아시아정상회의")  # type: ignore[arg-type]
    save()
    ref = wired.selection.ref
    assert ref is not None
    assert [each.edtf for each in wired.document.event(ref[1]).dates] == ["2021-10"]


def test_the_event_that_is_given_is_what_the_quote_belongs_to(wired: Wired) -> None:
    ref = event_ref(wired.document, "ipef-launch-2022")
    wired.window.quoting.begin(article(wired), 0, 20, event_id=ref[1])
    settle()
    save()
    assert wired.window.quoting.form is None
    assert wired.selection.ref == ref


def test_what_is_announced_has_not_happened_yet(wired: Wired) -> None:
    form = begin(wired)
    write(focused(), "차기 정상회담")
    key(Qt.Key.Key_Return)
    choose(evidence(form).mode.box, "plan")
    assert form.fields.new_event.status.value == "planned"


# The words


def test_a_passage_is_selected_by_words_sentences_and_paragraphs(wired: Wired) -> None:
    read(wired)
    text = wired.window.reader.text
    press(text, Qt.Key.Key_Right, CTRL_SHIFT)
    assert text.chosen_text == "Additional"
    press(text, Qt.Key.Key_Right, CTRL_SHIFT)
    assert text.chosen_text == "Additional US-Korea"
    press(text, Qt.Key.Key_Down, CTRL_SHIFT)
    assert (
        text.chosen_text
        == "Additional US-Korea Tech Alliance Expected... Leading Participation in IPEF"
    )
    press(text, Qt.Key.Key_Right, ALT_SHIFT)
    assert text.chosen_text.endswith("into a comprehensive strategic alliance.")
    press(text, Qt.Key.Key_Left, ALT_SHIFT)
    assert text.chosen_text.startswith("Additional US-Korea")
    assert "comprehensive" not in text.chosen_text


def test_the_extent_is_grown_and_cut_by_buttons(wired: Wired) -> None:
    form = begin(wired)
    extent = form.fields.extent
    click(extent.buttons["end-later"])
    assert extent.exact == f"{PLAIN} are"
    click(extent.buttons["start-later"])
    assert extent.exact == "Director Kim's remarks are"
    click(extent.buttons["sentence"])
    assert extent.exact.startswith(PLAIN)
    assert extent.exact.endswith("economic security capabilities.")
    assert "¶ 5" in extent.told.text()


@pytest.mark.parametrize(
    ("media_type", "told"), [("text/plain", "¶ 1–2"), ("application/pdf", "1~2쪽")]
)
def test_a_quote_over_a_page_break_is_one_quote_with_both_pages(
    qtbot: QtBot, copy: Path, media_type: str, told: str
) -> None:
    with closing(sqlite3.connect(copy)) as plain, plain:
        plain.execute("UPDATE source SET media_type = ?", (media_type,))
    wired = open_window(qtbot, copy, language="ko")
    ref = event_ref(wired.document, "ipef-launch-2022")
    wired.window.quoting.begin(article(wired), 50, 200, event_id=ref[1])
    settle()
    assert told in form_of(wired).fields.extent.told.text()
    save()
    assert told in shown(wired.window.inspector)
    assert len([each for each in wired.document.event(ref[1]).quotes if each.place == "1–2"]) == 1


def test_the_extent_is_selected_in_the_form_by_keys(wired: Wired) -> None:
    form = begin(wired)
    view = form.fields.extent.view
    view.setFocus()
    for _ in range(len("Deputy")):
        press(view, Qt.Key.Key_Right, SHIFT)
    assert form.fields.extent.exact == "Deputy"


def test_a_new_passage_is_taken_over_by_the_form_that_is_open(wired: Wired) -> None:
    read(wired)
    text = wired.window.reader.text
    press(text, Qt.Key.Key_Right, CTRL_SHIFT)
    press(text, Qt.Key.Key_Q)
    form = form_of(wired)
    text.setFocus()
    press(text, Qt.Key.Key_Right, CTRL_SHIFT)
    press(text, Qt.Key.Key_Q)
    assert form_of(wired) is form
    assert form.fields.extent.exact == "Additional US-Korea"


def test_q_on_the_words_of_a_quote_edits_it(wired: Wired) -> None:
    ident = quote_id(wired, "q11-eight-countries")
    wired.window.reader_place.show_quote(article(wired), ident)
    settle()
    press(wired.window.reader.text, Qt.Key.Key_Q)
    assert form_of(wired).heading.text() == t("quoting.edit", "ko")


def test_without_a_passage_it_is_said_what_to_do(wired: Wired) -> None:
    read(wired)
    press(wired.window.reader.text, Qt.Key.Key_Q)
    assert wired.window.quoting.form is None
    assert wired.window.status.currentMessage() == t("quoting.select-first", "ko")


# What is said of them


def test_speakers_of_the_document_are_offered_first_and_new_ones_made(wired: Wired) -> None:
    form = begin(wired)
    speaker = form.fields.speaker
    speaker.line.setFocus()
    speaker.line.clear()
    press(speaker.line, Qt.Key.Key_Down)
    first = [speaker.line.list.item(row).text() for row in range(3)]
    assert any("김태효" in each for each in first)
    write(speaker.line, "박진")
    key(Qt.Key.Key_Return)
    assert not speaker.new.isHidden()
    fill(speaker.new.role.edits["ko"], "외교부 장관")  # type: ignore[arg-type]
    evidence(form).target.line.setFocus()
    write(focused(), "장관 발언")
    key(Qt.Key.Key_Return)
    save()
    ref = wired.selection.ref
    assert ref is not None
    (found,) = wired.document.event(ref[1]).quotes
    assert found.quote.speaker.name.ko == "박진"
    assert found.quote.speaker.role.ko == "외교부 장관"


def test_direct_speech_is_that_of_who_spoke_before(wired: Wired) -> None:
    form = begin(wired, "Cooperation will continue to expand")
    assert form.fields.form.value == "direct"
    assert form.fields.speaker.line.text() == "김태효"
    wired.window.quoting.discard()
    assert begin(wired, "President Yoon will attend").fields.form.value == "reporter"
    wired.window.quoting.discard()
    # The second sentence of what somebody says has no mark of its own.
    assert begin(wired, "follow-up agreements are").fields.form.value == "direct"


def test_words_of_all_kinds_are_kept_apart(wired: Wired) -> None:
    form = begin(wired)
    write(focused(), "발언 풀이")
    key(Qt.Key.Key_Return)
    card = translation(form)
    write(card.text.edit, "김 차장의 발언")
    write(form.fields.paraphrase.edits["ko"], "김 차장이 한 말")  # type: ignore[arg-type]
    write(form.fields.note.edits["ko"], "국문 원문 확인 필요")  # type: ignore[arg-type]
    save()
    page = shown(wired.window.inspector)
    author = wired.document.author
    assert f"“{PLAIN}”" in page
    assert f"한국어 번역 · {author}\n김 차장의 발언" in page
    assert f"≈ 한국어 풀어쓰기(원문이 아님) · {author}\n김 차장이 한 말" in page
    assert "편집 주: 국문 원문 확인 필요" in page
    assert "“김 차장" not in page
    source = shown(wired.window.reader)
    assert "김 차장의 발언" in source
    assert "≈ 한국어 풀어쓰기(원문이 아님)" in source


def test_a_translation_stands_ready_where_the_source_is_in_another_language(wired: Wired) -> None:
    form = begin(wired)
    assert translation(form).into.value == "ko"
    assert translation(form).by.both.text("ko") == wired.document.author
    write(focused(), "번역 없는 인용")
    key(Qt.Key.Key_Return)
    save()
    ref = wired.selection.ref
    assert ref is not None
    assert wired.document.event(ref[1]).quotes[0].translations == ()


# Figures


def test_figures_of_the_quote_are_found_and_stored(wired: Wired) -> None:
    form = begin(wired, f'explained, "{COUNTED}')
    write(focused(), "품목 점검")
    key(Qt.Key.Key_Return)
    form.fields.folds["figures"].open(True)
    click(form.fields.figures.add)
    click(form.fields.figures.add)
    first, second = figure(form, 0), figure(form, 1)
    assert (first.words.text, first.value.text) == ("199", "199")
    assert (second.words.text, second.value.text) == ("60 to 70", "60/70")
    assert second.date.text == "2022-05-18"
    fill(first.unit.edits["ko"], "점검 품목")  # type: ignore[arg-type]
    fill(second.unit.edits["ko"], "중국 교역 품목")  # type: ignore[arg-type]
    fill(second.value.line, "60~70")
    save()
    ref = wired.selection.ref
    assert ref is not None
    (found,) = wired.document.event(ref[1]).quotes
    assert [(each.exact, each.value) for each in found.figures] == [
        ("199", "199"),
        ("60 to 70", "60/70"),
    ]
    assert "점검 품목" in shown(wired.window.inspector)
    assert wired.document.revert("undo") is not None


def test_figures_about_one_thing_stand_together_with_who_said_which(wired: Wired) -> None:
    form = edit(wired, "q11-eight-countries")
    form.fields.folds["figures"].open(True)
    fill(figure(form).value.line, "9")
    save()
    wired.selection.select(event_ref(wired.document, "ipef-launch-2022"))
    settle()
    page = shown(wired.window.inspector)
    section = page[page.index("\n수치\n") :]
    assert (
        "≠ IPEF 참여 확정국\n출처마다 다릅니다.\n9  “eight countries”\n8  “the eight countries”"
        in section
    )
    said = button(wired.window.inspector, "9  “eight countries”")
    assert said.accessibleDescription().startswith(
        "이기민 · 아시아경제 기자 · 2022년 5월 18일 기준"
    )


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [("words", "아홉 나라", "quote.figure"), ("value", "여럿", "quote.value")],
)
def test_a_figure_that_is_wrong_is_told_at_its_field(
    wired: Wired, field: str, typed: str, code: str
) -> None:
    form = edit(wired, "q11-eight-countries")
    line = getattr(figure(form), field)
    form.fields.folds["figures"].open(True)
    fill(line.line, typed)
    save()
    assert form_of(wired) is form
    assert line.error is not None
    assert line.error.code == code
    assert typed in line.told.text()


# Editing, linking, deleting


def test_a_quote_is_edited_from_its_card(wired: Wired) -> None:
    wired.selection.select(event_ref(wired.document, "korus-signed"))
    settle()
    menu = wired.window.inspector.findChildren(MenuButton)[0].menu()
    next(each for each in menu.actions() if each.text() == t("quoting.do.edit", "ko")).trigger()
    settle()
    form = form_of(wired)
    before = changesets(wired)
    choose(form.fields.form.box, "attributed")
    save()
    assert changesets(wired) == before + 1
    found = wired.document.source(article(wired)).quotes
    assert any(each.quote.form == "attributed" for each in found)
    wired.document.revert("undo")


def test_a_quote_is_linked_to_one_more_event_and_unlinked(wired: Wired) -> None:
    ident = quote_id(wired, "q11-eight-countries")
    wired.window.quoting.do("link", ident)
    settle()
    write(focused(), "한미 FTA 발효")
    key(Qt.Key.Key_Return)
    save()
    ref = event_ref(wired.document, "korus-in-force")
    (found,) = [each for each in wired.document.event(ref[1]).quotes if each.quote.id == ident]
    wired.window.quoting.do("unlink", ident, found.evidence.id)
    assert ident not in [each.quote.id for each in wired.document.event(ref[1]).quotes]
    assert wired.document.revert("undo") is not None
    assert ident in [each.quote.id for each in wired.document.event(ref[1]).quotes]


def test_a_quote_for_several_events_is_deleted_after_a_question(wired: Wired) -> None:
    ident = quote_id(wired, "q11-eight-countries")
    wired.window.quoting.do("delete", ident)
    assert "2건" in told()
    assert ident in [each.quote.id for each in wired.document.source(article(wired)).quotes]


def test_a_quote_is_deleted_from_the_reader(wired: Wired) -> None:
    form = begin(wired)
    write(focused(), "지울 사건")
    key(Qt.Key.Key_Return)
    save()
    assert wired.window.quoting.form is None
    assert form is not None
    click(button(wired.window.reader, t("quoting.do.delete", "ko")))
    quotes = wired.document.source(article(wired)).quotes
    assert PLAIN not in [each.quote.exact for each in quotes]


# What is missing or broken


def test_what_a_quote_belongs_to_has_to_be_decided(wired: Wired) -> None:
    form = begin(wired)
    save()
    assert form_of(wired) is form
    error = evidence(form).target.error
    assert error is not None
    assert error.code == "quote.target"


def test_a_date_that_is_none_is_told_at_its_field(wired: Wired) -> None:
    form = begin(wired)
    write(focused(), "날짜 오류")
    key(Qt.Key.Key_Return)
    fill(form.fields.new_event.date.line, "2022-13-40")
    save()
    assert form_of(wired) is form
    assert form.fields.new_event.date.error is not None


def test_a_phrase_that_the_source_has_not_is_told(wired: Wired) -> None:
    form = edit(wired, "q11-eight-countries")
    form.fields.folds["said"].open(True)
    fill(form.fields.attribution.line, "대통령실 관계자는")
    save()
    assert form.fields.attribution.error is not None


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_lost(
    wired: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = begin(wired)
    write(focused(), "다시 저장")
    key(Qt.Key.Key_Return)

    def busy(*_: object) -> None:
        raise AllianceError("file.busy", path="한미동맹.alliance")

    with monkeypatch.context() as patched:
        patched.setattr(type(wired.document), "apply", busy)
        save()
    assert form_of(wired) is form
    assert form.fault.text()
    click(form.again)
    assert wired.window.quoting.form is None


def test_what_others_do_to_the_quote_is_told_and_kept(wired: Wired) -> None:
    ident = quote_id(wired, "q11-eight-countries")
    form = edit(wired, "q11-eight-countries")
    write(form.fields.note.edits["ko"], "확인함. ")  # type: ignore[arg-type]
    rows = wired.document.rows_about("quote", [ident])
    stored = draft_of_quote(rows, ident)
    source = wired.document.source(article(wired)).source
    theirs = replace(stored, form="attributed")
    wired.document.apply(quoting.edited(rows, ident, theirs, source, {}))
    assert form.notice.text() == t("quoting.changed", "ko")
    save()
    found = draft_of_quote(wired.document.rows_about("quote", [ident]), ident)
    assert found.form == "attributed"
    assert "확인함" in found.note.text("ko")


def test_words_that_the_source_lost_are_told_and_stay(qtbot: QtBot, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as plain, plain:
        plain.execute("UPDATE source SET text = replace(text, 'So far, eight', 'So far, seven')")
    wired = open_window(qtbot, copy, language="ko")
    form = edit(wired, "q11-eight-countries")
    assert "So far, eight countries" in form.notice.text()
    write(form.fields.note.edits["ko"], "원문 변경 확인. ")  # type: ignore[arg-type]
    save()
    ident = quote_id(wired, "q11-eight-countries")
    rows = wired.document.rows_about("quote", [ident])
    assert str(rows["quote"][ident]["exact"]).startswith("So far, eight")


def test_one_undo_takes_back_quote_event_and_speaker(wired: Wired) -> None:
    before = changesets(wired)
    begin(wired)
    write(focused(), "새 사건")
    key(Qt.Key.Key_Return)
    save()
    assert changesets(wired) == before + 1


def test_in_a_file_that_is_only_read_it_is_greyed_with_the_reason(
    qtbot: QtBot, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.media.obstacle", lambda path: "read-only.folder")
    wired = open_window(qtbot, shipped, language="ko")
    read(wired)
    reason = t("read-only.folder", "ko")
    action = wired.window.commands.actions["quote-passage"]
    assert not action.isEnabled()
    assert action.toolTip() == reason
    header = wired.window.reader.header
    assert header is not None
    assert not header.quote_button.isEnabled()
    assert header.quote_button.toolTip() == reason
    wired.window.quoting.begin(article(wired), 0, 10)
    assert wired.window.quoting.form is None
    wired.window.reader_place.show_quote(article(wired), quote_id(wired, "q11-eight-countries"))
    settle()
    assert t("quoting.do.delete", "ko") not in shown(wired.window.reader)


# Drafts


def test_what_is_typed_is_kept_within_a_second_and_gone_on_with(
    qtbot: QtBot, copy: Path, wired: Wired
) -> None:
    form = begin(wired)
    write(focused(), "쓰다 만 사건")
    key(Qt.Key.Key_Return)
    write(form.fields.note.edits["ko"], "확인 필요")  # type: ignore[arg-type]
    key_of_draft = wired.window.quoting.key
    store = wired.window.quoting._store
    qtbot.waitUntil(lambda: store.read_bytes(key_of_draft) is not None, timeout=20 * LATEST)
    wired.document.close()
    # The program is gone without a word; another one opens the file.
    again = open_window(qtbot, copy, language="ko")
    qtbot.waitUntil(lambda: bool(again.window.resuming.waiting), timeout=20000)
    assert PLAIN[:20] in again.window.resuming.bar.told.text()
    click(again.window.resuming.bar.resume)
    found = form_of(again).fields
    assert found.extent.exact == PLAIN
    assert found.note.both.ko == "확인 필요"
    assert found.new_event.title.both.ko == "쓰다 만 사건"
    save()
    assert again.window.quoting.form is None
    assert again.window.resuming.waiting == []


def test_what_is_being_composed_is_searched_for(wired: Wired) -> None:
    form = begin(wired)
    QApplication.sendEvent(focused(), QInputMethodEvent("브리핑", []))
    settle()
    line = evidence(form).target.line
    assert line.is_offering
    assert "브리핑" in line.list.item(0).text()


def test_the_mouse_selects_and_the_button_quotes(wired: Wired) -> None:
    read(wired)
    text = wired.window.reader.text
    QTest.mouseDClick(
        text.viewport(), Qt.MouseButton.LeftButton, pos=text.viewport().rect().center()
    )
    settle()
    words = text.chosen_text.strip()
    assert words
    assert wired.window.reader.header is not None
    click(wired.window.reader.header.quote_button)
    assert form_of(wired).fields.extent.exact == words
