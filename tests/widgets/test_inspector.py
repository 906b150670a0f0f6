"""The inspector on the shipped data: what a user reads there, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from db.records import LANGUAGES
from tests.helpers import click, press, settle, texts_of
from tests.widgets.inspecting import (
    Selection,
    button,
    dressed,
    event_ref,
    shown,
    stage_ref,
)
from viewer.document import Document
from viewer.widgets.panels.inspector import Inspector
from viewer.widgets.parts.wrapped import Wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.records import Language
    from viewer.widgets.state import ViewState


class Panel:
    """An inspector on the shipped data, in a window of the panel's usual size."""

    def __init__(self, qtbot: QtBot, document: Document, language: Language = "en") -> None:
        self.document = document
        self.state: ViewState = dressed(document, language)
        self.selection = Selection()
        self.inspector = Inspector(document, self.state, self.selection)
        self.inspector.select_ref.connect(self.selection.select)
        qtbot.addWidget(self.inspector)
        self.inspector.resize(360, 800)
        self.inspector.show()
        qtbot.waitExposed(self.inspector)

    def show(self, slug: str) -> str:
        """Selects an event and reads the panel."""
        return self._read(event_ref(self.document, slug))

    def show_stage(self, slug: str) -> str:
        return self._read(stage_ref(self.document, slug))

    def _read(self, ref: tuple[str, int]) -> str:
        self.selection.select(ref)
        settle()
        return shown(self.inspector)


@pytest.fixture
def document(shipped: Path) -> Iterator[Document]:
    made = Document()
    made.open(shipped)
    yield made
    made.close()


@pytest.fixture
def panel(qtbot: QtBot, document: Document) -> Panel:
    return Panel(qtbot, document)


@pytest.fixture
def korean(qtbot: QtBot, document: Document) -> Panel:
    return Panel(qtbot, document, "ko")


def test_an_event_shows_both_titles_the_current_language_first(panel: Panel, korean: Panel) -> None:
    english, other = panel.show("ipef-launch-2022"), korean.show("ipef-launch-2022")
    titles = ("IPEF launched in Tokyo by 13 countries", "인도태평양경제프레임워크(IPEF) 출범")
    assert english.index(titles[0]) < english.index(titles[1])
    assert other.index(titles[1]) < other.index(titles[0])


def test_a_date_stands_in_words_with_its_weekday_and_as_it_is_written(
    panel: Panel, korean: Panel
) -> None:
    english = panel.show("mutual-defense-treaty-signed")
    assert "Thursday, 1 Oct 1953" in english
    assert "signed · 1953-10-01 · Washington" in english
    assert "1953년 10월 1일 목요일" in korean.show("mutual-defense-treaty-signed")


def test_every_date_of_an_event_is_there_with_its_role_and_remark(
    panel: Panel, korean: Panel
) -> None:
    for row in panel.document.timeline.columns.id:
        detail = panel.document.event(int(row))
        if len(detail.dates) < 2 and not any(date.remark for date in detail.dates):
            continue
        panel.selection.select(("event", int(row)))
        text = shown(panel.inspector)
        for date in detail.dates:
            assert date.edtf in text
            assert date.remark.text("en") in text
    assert "편집 주: " in korean.show("thaad-decision-2016")


def test_kind_status_confidence_place_and_importance_are_told(korean: Panel) -> None:
    text = korean.show("ipef-launch-2022")
    assert "기구 · 상태: 실현 · 근거 확인" in text
    assert "도쿄" in text
    assert "★★★★★" in text
    stars = [each for each in korean.inspector.findChildren(QLabel) if "★" in each.text()]
    assert stars[0].accessibleName() == "중요도 5단계 중 5"


def test_the_lanes_stand_in_the_events_own_order(panel: Panel) -> None:
    text = panel.show("ipef-launch-2022").splitlines()
    assert text.index("Economic (FTA)") < text.index("Technology")


def test_the_ipef_launch_stands_on_the_23rd_with_the_claim_of_the_24th_beside_it(
    panel: Panel, korean: Panel
) -> None:
    text = panel.show("ipef-launch-2022")
    assert "DISPUTED" in text
    assert "● Monday, 23 May 2022 · 2022-05-23 (accepted here)" in text
    assert "○ Tuesday, 24 May 2022 · 2022-05-24 (also claimed)" in text
    assert "Says so: Ki-min Lee" in text
    assert "announced 24 May" in text
    text = korean.show("ipef-launch-2022")
    assert "● 2022년 5월 23일 월요일 · 2022-05-23 (이 연표의 기준)" in text
    assert "○ 2022년 5월 24일 화요일 · 2022-05-24 (다른 주장)" in text
    assert "주장: 이기민" in text


def test_who_claims_another_date_leads_to_the_words(panel: Panel, qtbot: QtBot) -> None:
    panel.show("ipef-launch-2022")
    with qtbot.waitSignal(panel.inspector.open_quote) as opened:
        click(button(panel.inspector, "Says so: Ki-min Lee"))
    detail = panel.document.event(panel.selection.ref[1])  # type: ignore[index]
    twelfth = next(each for each in detail.quotes if (each.quote.slug or "").startswith("q12"))
    assert opened.args == [twelfth.source.id, twelfth.quote.id]


def test_every_dispute_of_the_data_has_its_box(panel: Panel) -> None:
    boxes = 0
    for row in panel.document.timeline.columns.disputed.nonzero()[0]:
        ident = int(panel.document.timeline.columns.id[row])
        panel.selection.select(("event", ident))
        text = shown(panel.inspector)
        for dispute in panel.document.event(ident).disputes:
            boxes += 1
            assert f"≠ {dispute.point.text('en')}" in text
            for claim in dispute.claims:
                assert claim.value.text("en") in text
    assert boxes == 13


def test_the_forecast_is_told_from_its_outcome_on_both_sides(panel: Panel, korean: Panel) -> None:
    text = panel.show("summit-2022")
    assert "FORECAST AND OUTCOME" in text
    assert "“It is expected that a South Korea-U.S. technology alliance will be added" in text
    assert "← Kim Tae-hyo briefing" in text
    assert "global comprehensive strategic alliance (21 May 2022): this event" in text
    text = korean.show("kim-briefing-2022")
    assert "전망과 결과" in text
    assert "→ 윤석열·바이든 정상회담: 글로벌 포괄적 전략동맹 (2022년 5월 21일)" in text


def test_a_forecast_leads_to_where_it_was_made(panel: Panel) -> None:
    panel.show("summit-2022")
    click(button(panel.inspector, "← Kim Tae-hyo briefing"))
    assert panel.selection.ref == event_ref(panel.document, "kim-briefing-2022")


def test_a_quote_has_its_words_its_speaker_and_what_it_does_to_the_claim(
    panel: Panel, korean: Panel
) -> None:
    text = panel.show("ipef-launch-2022")
    assert (
        "“President Yoon will attend the IPEF launch summit in Japan on the 24th via video "
        "conference”" in text
    )
    assert "Ki-min Lee · reporter, Asia Economy (Asia Business Daily)" in text
    assert "− disputes · date · plan" in text
    assert "reporter's statement · ¶ 7 · ✓ intact" in text
    assert "disputes 3 · context 7" in text
    text = korean.show("ipef-launch-2022")
    assert "인용 10건" in text
    assert "− 반박 · 날짜 · 계획" in text
    assert "이기민 · 아시아경제 기자" in text
    assert "기자 서술 · ¶ 7 · ✓ 원문 일치" in text


def test_a_translation_is_labelled_as_ours_and_never_stands_in_quotation_marks(
    panel: Panel, korean: Panel
) -> None:
    translation = "윤 대통령은 24일 일본에서 열리는 IPEF 출범 정상회의에 화상으로 참석할 예정이다"
    text = panel.show("ipef-launch-2022")
    assert f"Translation into Korean · Alliance Timeline editors\n{translation}" in text
    assert f"“{translation}" not in text
    text = korean.show("ipef-launch-2022")
    assert f"한국어 번역 · 얼라이언스 타임라인 편집진\n{translation}" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quote_says_that_its_source_is_an_english_edition_of_korean_speech(
    qtbot: QtBot, document: Document, language: Language
) -> None:
    panel = Panel(qtbot, document, language)
    told = {
        "en": "English edition of Korean speech (translation: probably by machine)",
        "ko": "한국어 발언의 영문판(번역: 기계 번역으로 추정)",
    }[language]
    for slug in ("ipef-launch-2022", "summit-2022", "korus-signed"):
        text = panel.show(slug)
        detail = document.event(panel.selection.ref[1])  # type: ignore[index]
        assert text.count(told) == len(detail.quotes) > 0


def test_figures_oddities_and_notes_of_a_quote_are_told_apart_from_its_words(
    panel: Panel, korean: Panel
) -> None:
    text = panel.show("ipef-launch-2022")
    assert "Figure: “the 24th” = 24 May 2022, date given for the IPEF launch" in text
    assert "Read with care: “on the 24th”. Planned date on 18 May" in text
    assert "Editors’ note: the launch took place on Monday 23 May 2022" in text
    text = korean.show("ipef-launch-2022")
    assert "수치: “the 24th” = 2022년 5월 24일(기사가 적은 IPEF 출범일)" in text
    assert "유의할 대목: “on the 24th”. 5월 18일 당시의 예정일" in text
    assert "편집 주: 출범은 2022년 5월 23일(월)에 이루어짐" in text


def test_open_in_source_asks_for_that_very_quote(panel: Panel, qtbot: QtBot) -> None:
    panel.show("ipef-launch-2022")
    detail = panel.document.event(panel.selection.ref[1])  # type: ignore[index]
    with qtbot.waitSignal(panel.inspector.open_quote) as opened:
        press(button(panel.inspector, "Open quote 2 in its source"), Qt.Key.Key_Return)
    assert opened.args == [detail.quotes[1].source.id, detail.quotes[1].quote.id]


def test_citations_tell_document_body_date_place_and_how_far_they_were_seen(
    panel: Panel, korean: Panel
) -> None:
    text = panel.show("ipef-launch-2022")
    assert "CITATIONS 2" in text
    assert "Remarks on the Launch of the Indo-Pacific Economic Framework" in text
    assert "The White House · 23 May 2022 · remarks" in text
    assert "◐ excerpt seen" in text
    assert "○ not seen" in text
    text = korean.show("ipef-launch-2022")
    assert "근거 문헌 2건" in text
    assert "◐ 발췌 확인" in text


def test_a_page_where_facts_were_seen_asks_for_its_whole_address(
    panel: Panel, qtbot: QtBot
) -> None:
    panel.show("ipef-launch-2022")
    page = button(panel.inspector, "KBS (2022-05-24 report")
    assert "news.kbs.co.kr" in page.accessibleName()
    with qtbot.waitSignal(panel.inspector.open_link) as asked:
        click(page)
    assert asked.args == ["https://news.kbs.co.kr/news/view.do?ncd=5470019"]


def test_links_tell_their_direction_and_select_the_other_event(korean: Panel) -> None:
    text = korean.show("ipef-launch-2022")
    assert "이 사건으로 이어진 사건" in text
    assert "← 바이든 대통령, 인도태평양경제프레임워크(IPEF) 구상 발표 (2021년 10월 27일)" in text
    click(button(korean.inspector, "→ IPEF 공급망 협정 서명"))
    assert korean.selection.ref == event_ref(korean.document, "ipef-supply-chain-signed")


def test_an_event_names_the_stage_that_it_starts(panel: Panel, korean: Panel) -> None:
    assert "Starts the stage\n▸ Economic alliance (through the FTA)" in panel.show("korus-signed")
    assert "이 사건으로 발효하는 단계" in korean.show("korus-in-force")
    click(button(korean.inspector, "▸ 경제동맹"))
    assert korean.selection.ref == stage_ref(korean.document, "economic-alliance")


def test_a_stage_tells_its_rule_dates_its_reason_and_whose_scheme_it_is(
    panel: Panel, korean: Panel
) -> None:
    text = panel.show_stage("economic-alliance")
    assert "Signed 30 Jun 2007, in force 15 Mar 2012; hatched in between." in text
    assert "By signature, as shown now, the band begins on 30 Jun 2007." in text
    assert "Signature is used so that stages one and two follow one rule" in text
    assert "After Kim Tae-hyo, First Deputy Director" in text
    assert "OTHER POSSIBLE STARTS 2" in text
    assert "▸ KORUS FTA negotiations announced" in text
    assert "“based on a value alliance" in text
    text = korean.show_stage("economic-alliance")
    assert "2007년 6월 30일 서명, 2012년 3월 15일 발효. 그 사이는 빗금으로 표시." in text
    assert "제시: 김태효 국가안보실 제1차장" in text
    reason = button(korean.inspector, "▸ 한미 자유무역협정(FTA) 협상 출범").accessibleDescription()
    assert reason == "이러한 경제 관계를 추진하기로 한 정치적 결정이다"


def test_a_stage_follows_the_start_rule_that_the_picture_follows(panel: Panel) -> None:
    panel.show_stage("economic-alliance")
    panel.state.set_rule("entry-into-force")
    settle()
    assert "By entry into force, as shown now, the band begins on 15 Mar 2012." in shown(
        panel.inspector
    )


def test_a_stage_without_entry_into_force_says_why_it_stays(panel: Panel, korean: Panel) -> None:
    assert "No treaty exists, so there is no entry-into-force date." in panel.show_stage(
        "technology-alliance"
    )
    assert "조약이 없으므로 발효일이 없다." in korean.show_stage("technology-alliance")


def test_without_a_selection_the_panel_helps_and_names_the_scheme(
    panel: Panel, korean: Panel
) -> None:
    text = shown(panel.inspector)
    assert "Select an event or a stage" in text
    assert "After Kim Tae-hyo" in text
    assert "사건이나 단계를 선택하면" in shown(korean.inspector)


def test_another_language_retexts_the_page_that_is_open(panel: Panel) -> None:
    panel.show("ipef-launch-2022")
    panel.state.set_language("ko")
    settle()
    text = shown(panel.inspector)
    assert "엇갈리는 주장 1건" in text
    assert "DISPUTED" not in text
    assert panel.inspector.accessibleName() == "상세 정보"


def test_another_theme_colours_the_page_anew(panel: Panel) -> None:
    panel.show("ipef-launch-2022")
    before = panel.inspector.page
    panel.state.set_theme("dark", "dark")
    settle()
    assert panel.inspector.page is not before
    assert panel.inspector.page.look.theme.name == "dark"


def test_open_first_opens_the_first_quote(panel: Panel, qtbot: QtBot) -> None:
    panel.show("summit-2022")
    first = panel.document.event(panel.selection.ref[1]).quotes[0]  # type: ignore[index]
    with qtbot.waitSignal(panel.inspector.open_quote) as opened:
        panel.inspector.open_first()
    assert opened.args == [first.source.id, first.quote.id]


def test_without_quotes_open_first_goes_to_the_citations(panel: Panel, qtbot: QtBot) -> None:
    panel.show("treaty-of-amity-1882")
    with qtbot.assertNotEmitted(panel.inspector.open_quote):
        panel.inspector.open_first()
    settle()
    support = panel.inspector.page.support
    assert support is not None
    assert support.hasFocus()
    assert "CITATION" in support.accessibleName()
    assert not support.visibleRegion().isEmpty()
    seen, accent = support.grab().toImage(), support.look.colour("accent")
    for y in range(8, seen.height() - 8):  # the cards do not cover the ring
        assert seen.pixelColor(1, y) == accent, y


def test_escape_gives_the_focus_back_to_where_the_citations_were_asked_for(
    panel: Panel, qtbot: QtBot
) -> None:
    window, beside = QWidget(), QPushButton("여기에서")
    rows = QVBoxLayout(window)
    rows.addWidget(beside)
    rows.addWidget(panel.inspector)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    panel.show("treaty-of-amity-1882")
    beside.setFocus()
    panel.inspector.open_first()
    focused = QApplication.focusWidget()
    assert focused is panel.inspector.page.support
    press(focused, Qt.Key.Key_Escape)
    returned = beside.hasFocus()
    panel.inspector.setParent(None)  # each of the two windows closes itself
    assert returned


def test_tab_reaches_everything_that_can_be_pressed(panel: Panel) -> None:
    panel.show("ipef-launch-2022")
    panel.inspector.setFocus()
    reached: set[QWidget] = set()
    for _ in range(80):
        press(panel.inspector.window(), Qt.Key.Key_Tab)
        focused = panel.inspector.window().focusWidget()
        if focused is not None:
            reached.add(focused)
    names = {each.accessibleName() for each in reached}
    assert any(name.startswith("Open quote 10") for name in names)
    assert any("Says so" in name for name in names)
    assert any("news.kbs.co.kr" in name for name in names)
    assert all(names)


@pytest.mark.parametrize(("width", "type_size"), [(300, 13.0), (360, 13.0), (300, 24.0)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_panel_or_higher_than_its_place(
    qtbot: QtBot, document: Document, language: Language, width: int, type_size: float
) -> None:
    panel = Panel(qtbot, document, language)
    panel.state.set_type_size(type_size)
    panel.inspector.resize(width, 700)
    for slug in ("ipef-launch-2022", "summit-2022", "thaad-decision-2016"):
        panel.show(slug)
        settle()
        page = panel.inspector.page
        assert page.width() == panel.inspector.viewport().width()
        for each in page.findChildren(QWidget):
            right = each.mapTo(page, each.rect().topRight()).x()
            assert right <= page.width(), each
            if each.hasHeightForWidth():
                assert each.height() >= each.heightForWidth(each.width()), each


def test_a_long_word_breaks_instead_of_running_over(panel: Panel) -> None:
    font = panel.inspector.page.look.font("body")
    lines = Wrapped("가" * 200 + " " + "x" * 300, font)
    assert lines.height(200) > 10 * lines.pitch


def test_a_chain_of_korean_words_breaks_behind_a_middle_dot(panel: Panel) -> None:
    font = panel.inspector.page.look.font("body")
    first, chain = "미국이", "무역·공급망·청정경제·공정경제를"
    room = Wrapped(f"{first} 무역·공급망·", font).natural_width() + 2
    lines = Wrapped(f"{first} {chain}", font)
    assert room < Wrapped(chain, font).natural_width()
    assert lines.height(room) == 2 * lines.pitch
    # What a hand points at is the place in the text as it is stored.
    text = lines.text
    assert lines.position(10_000, 1.5 * lines.pitch, room) == len(text)
    assert lines.position(0, 1.5 * lines.pitch, room) == text.index("청정")
    assert lines.position(10_000, 0, room) == text.index("청정")
    assert lines.position(0, 0, room) == 0


def test_in_korean_every_part_of_every_page_says_in_korean_what_it_is(
    qtbot: QtBot, document: Document
) -> None:
    panel = Panel(qtbot, document, "ko")
    timeline = document.timeline
    refs = [("event", ident) for ident in timeline.columns.id.tolist()]
    refs += [("stage", stage.id) for stage in timeline.stages]
    for ref in refs:
        panel.selection.select(ref)
        for each in (panel.inspector.page, *panel.inspector.page.findChildren(QWidget)):
            for told in (" ".join(texts_of(each)), each.accessibleDescription()):
                assert not re.search("[A-Za-z]{2}", told) or re.search("[가-힣]", told)
