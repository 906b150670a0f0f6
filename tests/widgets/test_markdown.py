"""Notes in Markdown: they look as they are meant, and nothing in them loads or opens anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QInputMethodEvent, QTextDocument
from PySide6.QtWidgets import QApplication

from db.records import Note
from tests.helpers import click, press, settle, write
from tests.widgets.inspecting import MadeDocument, Selection, dressed, made_event, shown
from viewer.display import theme
from viewer.widgets.panels.inspector import Inspector
from viewer.widgets.parts.look import Look
from viewer.widgets.parts.markdown import MarkdownEditor, MarkdownView
from viewer.widgets.parts.safe_document import SafeDocument

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.records import Language

RED = "#ff0000"
IMAGE = QTextDocument.ResourceType.ImageResource
LINK = "[외교부](https://www.mofa.go.kr)"
NOTE = f"# 검토할 것\n\n조약 **본문**을 {LINK} 자료와 대조한다.\n\n- 서명일\n- 발효일"


def look(language: Language = "ko", name: str = "light") -> Look:
    return Look(language, theme(name), 13.0)


@pytest.fixture
def view(qtbot: QtBot) -> MarkdownView:
    made = MarkdownView(look())
    qtbot.addWidget(made)
    made.resize(320, 400)
    made.show()
    return made


def formats(view: MarkdownView) -> dict[str, object]:
    """The format of each stretch of text."""
    found = {}
    block = view.document().begin()
    while block.isValid():
        place = block.begin()
        while not place.atEnd():
            found[place.fragment().text()] = place.fragment().charFormat()
            place += 1
        block = block.next()
    return found


def colours(view: MarkdownView) -> set[str]:
    image = view.grab().toImage()
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }


def test_headings_lists_and_weight_are_shown_and_their_signs_are_not(view: MarkdownView) -> None:
    view.show_text(NOTE)
    assert view.toPlainText() == ("검토할 것\n조약 본문을 외교부 자료와 대조한다.\n서명일\n발효일")
    told = formats(view)
    assert told["본문"].fontWeight() > 600
    assert told["검토할 것"].font().pixelSize() > told["서명일"].font().pixelSize()
    assert view.document().lastBlock().textList() is not None


def test_a_line_that_its_writer_ended_stays_one(view: MarkdownView) -> None:
    view.show_text("첫 줄\n둘째 줄\n\n- 하나\n- 둘\n\n| 해 | 일 |\n|---|---|\n| 1953 | 조약 |")
    lines = view.toPlainText().splitlines()
    assert lines[:4] == ["첫 줄", "둘째 줄", "하나", "둘"]
    assert "조약" in view.toPlainText()
    assert "|" not in view.toPlainText()


def test_html_stays_the_text_that_it_is(view: MarkdownView) -> None:
    hostile = "<b>굵게</b> <img src='a.png'> <script>x()</script>"
    view.show_text(hostile)
    assert view.toPlainText() == hostile


def test_what_looks_like_front_matter_is_not_hidden(view: MarkdownView) -> None:
    view.show_text("---\n숨은 말\n---\n본문")
    assert "숨은 말" in view.toPlainText()


@pytest.mark.parametrize("how", ["beside", "path", "address", "html", "linked", "by-name"])
def test_no_picture_is_loaded(
    view: MarkdownView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    picture = QImage(120, 90, QImage.Format.Format_RGB32)
    picture.fill(QColor(RED))
    path = tmp_path / "red.png"
    assert picture.save(str(path))
    monkeypatch.chdir(tmp_path)
    view.show_text({
        "beside": "![지도](red.png)",
        "path": f"![지도]({path})",
        "address": f"![지도](file://{path}) ![그림](http://127.0.0.1:9/x.png)",
        "html": f"<img src='{path}' width=120 height=90>",
        "linked": f"[![지도]({path})](https://example.org)",
        "by-name": f"![지도][1]\n\n[1]: file://{path}",
    }[how])  # fmt: skip
    settle()
    assert RED not in colours(view)
    assert view.document().size().height() < 90
    assert not any(format_.isImageFormat() for format_ in formats(view).values())
    if how != "html":
        assert "[그림은 표시하지 않음: 지도]" in view.toPlainText()


def test_what_a_text_asks_for_is_answered_with_nothing(view: MarkdownView, tmp_path: Path) -> None:
    """Also where the document is asked itself: without an answer Qt would read the file."""
    secret = tmp_path / "비밀.css"
    secret.write_text("body { color: red }")
    for loads in (view, SafeDocument(view)):
        for kind in QTextDocument.ResourceType:
            found = loads.loadResource(int(kind.value), QUrl.fromLocalFile(str(secret)))
            if kind == IMAGE:
                assert (found.width(), found.height()) == (1, 1)
            else:
                assert bytes(found) == b""


def test_a_link_only_asks_to_be_followed(view: MarkdownView, qtbot: QtBot) -> None:
    view.show_text("[가나다라마바사](https://www.mofa.go.kr/a?b=1)")
    settle()
    with qtbot.waitSignal(view.link_asked) as asked:
        click(view.viewport(), QPoint(30, 14))
    assert asked.args == ["https://www.mofa.go.kr/a?b=1"]
    assert "가나다라" in view.toPlainText()  # it went nowhere


def test_a_link_is_reached_and_pressed_by_keyboard(view: MarkdownView, qtbot: QtBot) -> None:
    view.show_text(NOTE)
    assert view.focusPolicy() == Qt.FocusPolicy.StrongFocus
    view.setFocus()
    press(view, Qt.Key.Key_Tab)
    with qtbot.waitSignal(view.link_asked) as asked:
        press(view, Qt.Key.Key_Return)
    assert asked.args == ["https://www.mofa.go.kr"]


def test_a_note_is_as_high_as_its_text_at_every_width(view: MarkdownView) -> None:
    view.show_text("한미상호방위조약 본문을 다시 읽고 발효일을 대조할 것. " * 6)
    assert view.heightForWidth(200) > view.heightForWidth(400)
    view.resize(260, view.heightForWidth(260))
    settle()
    assert view.document().size().height() <= view.height()
    assert view.verticalScrollBar().maximum() == 0


def test_a_long_word_or_code_does_not_run_over(view: MarkdownView) -> None:
    view.show_text("가" * 300 + "\n\n```\n" + "x" * 300 + "\n```")
    view.resize(200, view.heightForWidth(200))
    settle()
    assert view.document().size().width() <= 200


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_colours_are_the_themes(qtbot: QtBot, name: str) -> None:
    made = MarkdownView(look(name=name), "warning-text")
    qtbot.addWidget(made)
    made.show_text(NOTE)
    told = formats(made)
    assert told["외교부"].foreground().color().name() == theme(name)["accent"]
    assert told["서명일"].foreground().color().name() == theme(name)["warning-text"]


def test_the_inspector_shows_notes_as_they_are_meant(qtbot: QtBot) -> None:
    note = Note(5, ("event", 7), NOTE, "홍길동", "2026-11-23T10:00:00Z", None, None)
    document = MadeDocument(made_event(notes=(note,)))
    state, selection = dressed(document, "ko"), Selection()
    inspector = Inspector(document, state, selection)
    qtbot.addWidget(inspector)
    inspector.resize(320, 600)
    inspector.show()
    selection.select(("event", 7))
    settle()
    told = shown(inspector)
    assert "조약 본문을 외교부 자료와 대조한다." in told
    assert "**" not in told
    assert "홍길동 · 2026-11-23 10:00" in told
    view = inspector.findChild(MarkdownView)
    assert view is not None
    assert "홍길동" in view.accessibleName()
    assert view.height() == view.heightForWidth(view.width())
    with qtbot.waitSignal(inspector.open_link) as asked:
        view.anchorClicked.emit(QUrl("https://www.mofa.go.kr"))
    assert asked.args == ["https://www.mofa.go.kr"]


# The editor


@pytest.fixture
def editor(qtbot: QtBot) -> MarkdownEditor:
    made = MarkdownEditor(look())
    qtbot.addWidget(made)
    made.resize(600, 240)
    made.show()
    made.setFocus()
    settle()
    return made


def test_the_preview_follows_what_is_written(editor: MarkdownEditor, qtbot: QtBot) -> None:
    write(editor.field, "**동맹**의 날")
    assert editor.text() == "**동맹**의 날"
    qtbot.waitUntil(lambda: editor.preview.toPlainText() == "동맹의 날")


def test_a_syllable_on_its_way_is_not_disturbed(editor: MarkdownEditor, qtbot: QtBot) -> None:
    write(editor.field, "동")
    QApplication.sendEvent(editor.field, QInputMethodEvent("매", []))
    qtbot.waitUntil(lambda: editor.preview.toPlainText() == "동")
    write(editor.field, "맹")
    assert editor.text() == "동맹"


def test_the_preview_can_be_put_away_and_comes_back_up_to_date(editor: MarkdownEditor) -> None:
    click(editor.switch)
    assert not editor.preview.isVisible()
    write(editor.field, "- 하나")
    click(editor.switch)
    assert editor.preview.isVisible()
    assert editor.preview.toPlainText() == "하나"


def test_the_preview_is_below_where_there_is_no_room_beside(editor: MarkdownEditor) -> None:
    assert editor.preview.x() > editor.field.x()
    editor.resize(280, 400)
    settle()
    assert editor.preview.y() > editor.field.y()


def test_the_keyboard_leads_through_the_editor(editor: MarkdownEditor) -> None:
    assert editor.field.hasFocus()
    press(editor.field, Qt.Key.Key_Tab)
    assert editor.preview.hasFocus()
    press(editor.preview, Qt.Key.Key_Tab)
    assert editor.switch.hasFocus()
    for widget in (editor.field, editor.preview, editor.switch):
        assert widget.accessibleName()


def test_its_words_follow_the_language(editor: MarkdownEditor) -> None:
    editor.set_text("# 제목")
    editor.dress(look("en", "dark"))
    assert editor.switch.text() == "Preview"
    assert editor.text() == "# 제목"
    assert editor.preview.toPlainText() == "제목"
