"""Documents become sources by the menu, by dropping and by pasting; each is described first."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, TypeVar

import pikepdf
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QListWidget, QMessageBox

from db.records import LANGUAGES, Language
from tests.helpers import click, dialog, fill, is_open, open_window, press, settle, texts, told
from tests.sources.documents import docx, paragraph, pdf
from viewer.widgets.files.import_dialog import ImportDialog
from viewer.widgets.parts.progress import ProgressBox
from viewer.widgets.sources.source_form import SourceForm
from viewer.widgets.sources.source_questions import Question

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QDialog
    from pytestqt.qtbot import QtBot

    from viewer.app import Wired
    from viewer.widgets.parts.fields import BothField

TITLE = "한미 정상회담 공동성명"
ARTICLE = f"{TITLE}\n\n양 정상은 지난 18일 만나 동맹의 폭을 넓히기로 하였다.\n"
PAGE = """<html><head><title>공동성명</title></head><body><h1>공동성명</h1>
<p>양국은 협력한다.</p><img src="file:///etc/hostname"><script>alert(1)</script></body></html>"""
Form = TypeVar("Form", SourceForm, Question)
PATIENCE = 60_000  # ms; the readers are processes


@pytest.fixture
def wired(qtbot: QtBot, copy: Path) -> Wired:
    return open_window(qtbot, copy)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "정상회담 기사.txt"
    path.write_bytes(ARTICLE.encode("cp949"))
    return path


def coming(qtbot: QtBot, kind: type[QDialog]) -> None:
    """Waits until the reading is over and a dialog of that kind is there."""
    qtbot.waitUntil(lambda: is_open(kind) and not is_open(ProgressBox), timeout=PATIENCE)
    settle()


def form(qtbot: QtBot) -> SourceForm:
    coming(qtbot, SourceForm)
    return dialog(SourceForm)


def question(qtbot: QtBot) -> Question:
    coming(qtbot, Question)
    return dialog(Question)


def another(qtbot: QtBot, before: Form) -> Form:
    """The next dialog of the kind of one that was answered."""
    kind = type(before)
    qtbot.waitUntil(lambda: is_open(kind) and dialog(kind) is not before, timeout=PATIENCE)
    coming(qtbot, kind)
    return dialog(kind)


def message(qtbot: QtBot) -> str:
    coming(qtbot, QMessageBox)
    return told()


def quiet(qtbot: QtBot) -> None:
    """Until nothing is open any more."""
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=PATIENCE)
    settle()


def titles(wired: Wired) -> set[str]:
    return {each.title.text("ko") for each in wired.document.sources()}


def dropped(wired: Wired, mime: QMimeData) -> bool:
    """Drags it onto the window and lets it fall; whether the window took it."""
    window, copying = wired.window, Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at = window.rect().center()
    enters = QDragEnterEvent(QPoint(at), copying, mime, left, none)
    QApplication.sendEvent(window, enters)
    if not enters.isAccepted():
        return False
    falls = QDropEvent(QPointF(at), copying, mime, left, none)
    QApplication.sendEvent(window, falls)
    settle()
    return falls.isAccepted()


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    return mime


def rich(html: str) -> QMimeData:
    mime = QMimeData()
    mime.setHtml(html)
    mime.setText("글자만")
    return mime


def _keys(*names: str) -> Qt.KeyboardModifier:
    found = Qt.KeyboardModifier.NoModifier
    for name, key in (
        ("ctrl", Qt.KeyboardModifier.ControlModifier),
        ("shift", Qt.KeyboardModifier.ShiftModifier),
    ):
        found |= key if name in names else Qt.KeyboardModifier.NoModifier
    return found


def _line(asked: Question) -> QLineEdit:
    return asked.findChildren(QLineEdit)[0]


def ko(found: BothField) -> QLineEdit:
    """The line for Korean."""
    line = found.edits["ko"]
    assert isinstance(line, QLineEdit)
    return line


def saved(qtbot: QtBot) -> None:
    click(form(qtbot).save_button)
    quiet(qtbot)


def test_a_file_chosen_in_the_menu_is_described_stored_and_opened(
    qtbot: QtBot, wired: Wired, article: Path
) -> None:
    press(wired.window, Qt.Key.Key_I, _keys("ctrl", "shift"))
    chooser = dialog(QFileDialog)
    chooser.filesSelected.emit([str(article)])
    chooser.done(0)
    found = form(qtbot)
    assert found.title.edits["ko"].text() == TITLE
    assert found.written_in.value == "ko"
    fill(found.date.line, "2022년 5월 21일")
    assert "2022-05-21" in found.date.told.text()
    fill(ko(found.publisher), "연합뉴스")
    fill(found.marking.line, "대외주의")
    press(found, Qt.Key.Key_Return, _keys("ctrl"))
    quiet(qtbot)
    row = next(each for each in wired.document.sources() if each.title.ko == TITLE)
    source = wired.document.source(row.id).source
    assert source.text.startswith("한미 정상회담 공동성명")
    assert (source.edtf, source.publisher.ko, source.marking) == (
        "2022-05-21",
        "연합뉴스",
        "대외주의",
    )
    reader = wired.window.reader
    assert reader.isVisible()
    assert "동맹의 폭을" in reader.text.toPlainText()
    assert reader.text.hasFocus()
    assert reader.text.textCursor().position() == 0
    assert TITLE in reader.text.accessibleName()
    wired.window.editing.revert("undo")
    assert TITLE not in titles(wired)
    assert not reader.isVisible()


def test_several_files_are_dropped_and_one_of_them_is_left_out(
    qtbot: QtBot, wired: Wired, article: Path, tmp_path: Path
) -> None:
    page, statement = tmp_path / "성명.html", tmp_path / "문서.docx"
    page.write_text(PAGE, encoding="utf-8")
    statement.write_bytes(docx(paragraph("한미 양국은 협력한다.")))
    before = len(wired.document.sources())
    assert dropped(wired, files(article, page, statement))
    first = form(qtbot)
    assert "1 of 3" in first.windowTitle()
    click(first.save_button)
    qtbot.waitUntil(
        lambda: is_open(SourceForm) and dialog(SourceForm) is not first, timeout=PATIENCE
    )
    second = form(qtbot)
    assert second.title.edits["ko"].text() == "공동성명"
    click(second.leave_button)
    third = another(qtbot, second)
    assert third.title.edits["ko"].text() == "한미 공동성명"
    assert third.author.edits["ko"].text() == "외교부"
    # When the file was made is told and is no date.
    assert third.date.text == ""
    assert "2022-05-21" in third.date.told.text()
    saved(qtbot)
    assert len(wired.document.sources()) == before + 2
    assert {TITLE, "한미 공동성명"} <= titles(wired)
    assert "2 sources added" in wired.window.status.currentMessage()
    assert "한미 양국은" in wired.window.reader.text.toPlainText()


def test_those_that_wait_can_be_left_out_at_once(
    qtbot: QtBot, wired: Wired, article: Path, tmp_path: Path
) -> None:
    page = tmp_path / "성명.html"
    page.write_text(PAGE, encoding="utf-8")
    before = titles(wired)
    dropped(wired, files(article, page))
    found = form(qtbot)
    fill(found.rights.line, "공공누리 제1유형")
    click(found.rest_button)
    told()  # what was typed is not thrown away without a word
    assert found.isVisible()
    click(found.rest_button)
    click(next(each for each in dialog(QMessageBox).buttons() if each.text() == "Throw away"))
    quiet(qtbot)
    assert titles(wired) == before


def test_rich_text_is_pasted_with_its_own_title_and_loads_nothing(
    qtbot: QtBot, wired: Wired
) -> None:
    QGuiApplication.clipboard().setMimeData(rich(PAGE))
    press(wired.window, Qt.Key.Key_V, _keys("ctrl", "shift"))
    assert form(qtbot).title.edits["ko"].text() == "공동성명"
    saved(qtbot)
    row = next(each for each in wired.document.sources() if each.title.ko == "공동성명")
    assert row.media_type == "text/html"
    text = wired.document.source(row.id).source.text
    assert "양국은 협력한다." in text
    assert "alert" not in text


def test_plain_text_is_pasted_and_called_after_its_first_line(qtbot: QtBot, wired: Wired) -> None:
    QGuiApplication.clipboard().setText(ARTICLE)
    wired.window.bringing.paste()
    assert form(qtbot).title.edits["ko"].text() == "한미 정상회담 공동성명"


def test_an_empty_clipboard_is_told(qtbot: QtBot, wired: Wired) -> None:
    QGuiApplication.clipboard().clear()
    wired.window.bringing.paste()
    assert "no text on the clipboard" in message(qtbot)


def test_dropped_rich_text_becomes_a_source_too(qtbot: QtBot, wired: Wired) -> None:
    assert dropped(wired, rich(PAGE))
    assert form(qtbot).title.edits["ko"].text() == "공동성명"


def test_a_pasted_fragment_is_called_after_its_first_line(qtbot: QtBot, wired: Wired) -> None:
    QGuiApplication.clipboard().setMimeData(rich("<p>양국은 <b>협력</b>한다.</p><p>끝.</p>"))
    wired.window.bringing.paste()
    assert form(qtbot).title.edits["ko"].text() == "양국은 협력한다."


def test_a_file_may_fall_on_any_part_of_the_window(wired: Wired, article: Path) -> None:
    row = wired.document.sources()[0]
    wired.window.reader_place.show_source(row.id)
    mime = files(article)  # the event does not hold it
    for part in (wired.window.canvas, wired.window.side.viewport(), wired.window.reader.text):
        enters = QDragEnterEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.ShiftModifier,  # asks for a move
        )
        QApplication.sendEvent(part, enters)
        assert enters.isAccepted()
        assert enters.dropAction() == Qt.DropAction.CopyAction  # a move would delete the file


def test_an_address_is_not_fetched(wired: Wired) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/성명.html")])
    assert not dropped(wired, mime)


def test_the_same_file_again_is_told_with_the_stored_title(
    qtbot: QtBot, wired: Wired, article: Path
) -> None:
    dropped(wired, files(article))
    fill(ko(form(qtbot).title), "정상회담 보도")
    saved(qtbot)
    wired.window.reader_place.close()
    count = len(wired.document.sources())
    dropped(wired, files(article))
    coming(qtbot, QMessageBox)
    box = dialog(QMessageBox)
    assert "정상회담 보도" in box.text()
    click(next(each for each in box.buttons() if each.text() == "Open that source"))
    quiet(qtbot)
    assert wired.window.reader.isVisible()
    assert len(wired.document.sources()) == count


def test_a_changed_edition_supersedes_the_older_one_which_stays(
    qtbot: QtBot, wired: Wired, article: Path
) -> None:
    dropped(wired, files(article))
    fill(ko(form(qtbot).publisher), "연합뉴스")
    saved(qtbot)
    older = next(each for each in wired.document.sources() if each.title.ko == TITLE)
    article.write_text(ARTICLE + "\n바로잡습니다.\n", encoding="utf-8")
    dropped(wired, files(article))
    found = form(qtbot)
    assert TITLE in found.edition.told.text()
    assert found.edition.older_id is None  # offered, not taken
    place = found.edition.box.findText(f"Newer edition of “{TITLE}”")
    found.edition.box.setCurrentIndex(place)
    found.edition.box.activated.emit(place)
    assert found.publisher.both.ko == "연합뉴스"
    saved(qtbot)
    newer = next(each for each in wired.document.sources() if each.supersedes_id == older.id)
    assert "바로잡습니다" in wired.document.source(newer.id).source.text
    assert "바로잡습니다" not in wired.document.source(older.id).source.text


def test_a_translation_says_from_what_and_by_whom(
    qtbot: QtBot, wired: Wired, article: Path
) -> None:
    dropped(wired, files(article))
    found = form(qtbot)
    assert found.translator.isHidden()
    place = found.original.box.findText("Is a translation from English")
    found.original.box.setCurrentIndex(place)
    found.original.box.activated.emit(place)
    assert found.translator.isVisible()
    line, area = ko(found.translator), found.area.viewport()
    qtbot.waitUntil(lambda: area.rect().contains(line.mapTo(area, line.rect().center())))
    fill(ko(found.translator), "홍길동")
    saved(qtbot)
    row = next(each for each in wired.document.sources() if each.title.ko == TITLE)
    source = wired.document.source(row.id).source
    assert (source.translation_from, source.translation_by.ko) == ("en", "홍길동")


def test_a_source_without_a_title_or_with_a_wrong_date_is_not_stored(
    qtbot: QtBot, wired: Wired, article: Path
) -> None:
    before = titles(wired)
    dropped(wired, files(article))
    found = form(qtbot)
    fill(ko(found.title), "")
    fill(found.date.line, "2022-02-30")
    click(found.save_button)
    assert found.title.told.text().startswith("✕")
    assert found.date.told.text().startswith("✕")
    assert is_open(SourceForm)
    assert titles(wired) == before


def test_an_unclear_encoding_is_chosen_by_its_preview(
    qtbot: QtBot, wired: Wired, tmp_path: Path
) -> None:
    path = tmp_path / "옛 글.txt"
    path.write_bytes("共同声明は大統領が発表した。\n".encode("shift_jis"))
    dropped(wired, files(path))
    asked = question(qtbot)
    rows = asked.findChildren(QListWidget)[0]
    place = next(row for row in range(rows.count()) if "共同声明" in rows.item(row).text())
    assert rows.item(place).text().startswith("SHIFT_JIS")
    rows.setCurrentRow(place)
    press(rows, Qt.Key.Key_Return, _keys("ctrl"))
    assert form(qtbot)
    saved(qtbot)
    assert "共同声明は" in wired.window.reader.text.toPlainText()


def test_a_locked_document_asks_for_its_password_until_it_opens(
    qtbot: QtBot, wired: Wired, tmp_path: Path
) -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf([[(60, 780, "잠긴 성명")]], "잠긴 성명"))) as document:
        document.save(made, encryption=pikepdf.Encryption(owner="주인", user="열쇠"))
    path = tmp_path / "잠긴 성명.pdf"
    path.write_bytes(made.getvalue())
    dropped(wired, files(path))
    first = question(qtbot)
    fill(_line(first), "틀린 것")
    click(first.save_button)
    second = another(qtbot, first)
    assert any("does not open" in text for _, text in texts(second))
    fill(_line(second), "열쇠")
    click(second.save_button)
    assert form(qtbot).title.edits["ko"].text() == "잠긴 성명"


def test_a_document_without_text_is_kept_only_if_that_is_agreed_to(
    qtbot: QtBot, wired: Wired, tmp_path: Path
) -> None:
    path = tmp_path / "스캔.pdf"
    path.write_bytes(pdf([[], []], "스캔한 조약문"))
    before = titles(wired)
    dropped(wired, files(path))
    assert "Keep it?" in message(qtbot)
    quiet(qtbot)
    assert titles(wired) == before
    dropped(wired, files(path))
    coming(qtbot, QMessageBox)
    click(next(each for each in dialog(QMessageBox).buttons() if each.text() == "Keep it"))
    saved(qtbot)
    assert "스캔한 조약문" in titles(wired)
    reader = wired.window.reader
    assert any("no text that could be read" in text for _, text in texts(reader))


def test_a_document_that_cannot_be_read_is_named_and_the_next_one_comes(
    qtbot: QtBot, wired: Wired, article: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "깨진 문서.docx"
    broken.write_bytes(b"PK\3\4" + bytes(200))
    dropped(wired, files(broken, article))
    text = message(qtbot)
    assert "깨진 문서.docx" in text
    assert "damaged" in text
    assert form(qtbot).title.edits["ko"].text() == TITLE


def test_a_table_of_events_goes_to_its_own_import(
    qtbot: QtBot, wired: Wired, tmp_path: Path
) -> None:
    table = tmp_path / "사건.csv"
    table.write_text("date,lane,title_ko\n2027-03-01,군사,새 회담\n", encoding="utf-8")
    dropped(wired, files(table))
    coming(qtbot, ImportDialog)
    found = dialog(ImportDialog)
    qtbot.waitUntil(lambda: not found.progress.isVisible(), timeout=PATIENCE)


def test_reading_is_stopped_and_nothing_stored(
    qtbot: QtBot, wired: Wired, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from viewer.sources import worker

    begun: list[bool] = []

    def read(
        _data: bytes, _asked: object, _progress: object, cancelled: Callable[[], bool]
    ) -> None:
        begun.append(True)
        while not cancelled():
            pass
        raise worker.ReadingCancelled

    monkeypatch.setattr(worker, "read", read)
    before = titles(wired)
    dropped(wired, files(article, article))
    qtbot.waitUntil(lambda: bool(begun), timeout=PATIENCE)
    click(dialog(ProgressBox).stop)
    quiet(qtbot)
    assert len(begun) == 1
    assert titles(wired) == before
    assert not is_open(SourceForm)


def test_any_stored_source_is_opened_from_the_menu(wired: Wired) -> None:
    window = wired.window
    window.commands.menus["view"].aboutToShow.emit()
    actions = window.commands.submenus["sources"].actions()
    rows = wired.document.sources()
    assert [each.text() for each in actions] == [
        each.title.text("en").replace("&", "&&") for each in rows
    ]
    actions[0].trigger()
    settle()
    reader = window.reader
    assert reader.isVisible()
    assert reader.text.toPlainText()[:20] == wired.document.source(rows[0].id).source.text[:20]
    assert reader.quote_id is None
    assert reader.targets is not None
    click(reader.targets.next)
    assert reader.quote_id is not None


def test_a_file_that_is_only_read_says_why_nothing_can_be_brought_in(
    qtbot: QtBot, copy: Path, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wired = open_window(qtbot, copy)
    monkeypatch.setattr(type(wired.document), "read_only_reason", "read-only.file")
    wired.state.set_language("ko")
    for key in ("import-documents", "paste-source"):
        action = wired.window.commands.actions[key]
        assert not action.isEnabled()
        assert action.toolTip() == action.statusTip() != ""
    assert not dropped(wired, files(article))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_is_named_in_the_language_of_the_window(
    qtbot: QtBot, copy: Path, article: Path, language: Language
) -> None:
    wired = open_window(qtbot, copy, language=language)
    dropped(wired, files(article))
    found = form(qtbot)
    for field in (found.title, found.date, found.written_in, found.original, found.edition):
        assert all(each.accessibleName() for each in field.inputs)
    assert ("발행처" in found.publisher.title) == (language == "ko")
    assert found.save_button.text() == {"ko": "출처 추가", "en": "Add source"}[language]
