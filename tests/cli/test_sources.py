"""`import` of documents, `sources` and `text`."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import refused
from tests.cli.test_import import dump
from tests.sources.documents import docx, paragraph, pdf

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

SHIPPED = "asia-business-daily-2022-05-18"
ARTICLE = "한미동맹은 군사동맹에서 경제동맹으로 발전했다.\r\n둘째 문단이다."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "기사.txt"
    path.write_bytes(ARTICLE.encode("cp949"))
    return path


def test_documents_of_several_kinds_come_in_at_once(
    run: Run, copy: Path, article: Path, tmp_path: Path
) -> None:
    word = tmp_path / "성명.docx"
    word.write_bytes(docx(paragraph("한미 정상은 기술동맹에 합의했다.")))
    page = tmp_path / "기사.html"
    dated = '<meta name="date" content="2022-05-18">'
    page.write_text(f"<title>새 제목</title>{dated}<p>기술동맹</p>", encoding="utf-8")
    done = run("import", copy, article, word, page)
    assert done.code == 0, done
    assert [line.split(": ")[1][0] for line in done.out.splitlines()] == ["+", "+", "+"]
    stored = {each["title"]["ko"]: each for each in run("sources", copy, "--json").data}
    assert stored["한미 공동성명"]["date"] is None
    assert "made on 2022-05-21" in done.err
    assert stored["새 제목"]["media_type"] == "text/html"
    assert stored["새 제목"]["date"] == "2022-05-18"
    told = stored["한미동맹은 군사동맹에서 경제동맹으로 발전했다."]
    assert told["sha256"] == sha256(article.read_bytes()).hexdigest()
    assert (told["language"], told["characters"], told["places"]) == ("ko", 34, 2)
    assert (told["quotes"], told["supersedes"], told["translation_of"]) == (0, None, None)
    assert run("check", copy).code == 0


def test_the_stored_text_is_printed_with_its_places(run: Run, copy: Path, article: Path) -> None:
    ident = run("import", copy, article, "--json").data["sources"][0]["id"]
    text = ARTICLE.replace("\r\n", "\n")
    assert run("text", copy, ident).out == text + "\n"
    first = text.index("\n")
    assert run("text", copy, ident, "--json").data == {
        "text": text,
        "places": [
            {"label": "1", "start": 0, "end": first},
            {"label": "2", "start": first + 1, "end": len(text)},
        ],
    }
    assert run("text", copy, SHIPPED).out.startswith("Additional US-Korea Tech Alliance")
    refused(run("text", copy, "없음"), "없음", SHIPPED)


def test_the_shipped_source_is_listed(run: Run, copy: Path) -> None:
    (row,) = run("sources", copy, "--json").data
    assert (row["slug"], row["quotes"], row["translation_of"]) == (SHIPPED, 20, "ko")
    assert run("sources", copy).out.startswith(str(row["id"]))


def test_the_same_file_again_is_left_alone(run: Run, copy: Path, article: Path) -> None:
    first = run("import", copy, article, "--json").data["sources"][0]
    before = dump(copy)
    again = article.rename(article.with_name("다른 이름.txt"))
    done = run("import", copy, again)
    assert done.code == 0
    assert f"= source {first['id']}" in done.out
    assert dump(copy) == before


def test_of_several_a_refused_one_changes_nothing_and_the_others_are_in(
    run: Run, copy: Path, article: Path, tmp_path: Path
) -> None:
    old = tmp_path / "옛 문서.hwp"
    old.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    broken = tmp_path / "깨짐.pdf"
    broken.write_bytes(b"%PDF-1.7")
    done = run("import", copy, old, broken, article, tmp_path / "없음.docx")
    assert done.code == 2
    assert len(done.out.splitlines()) == 1
    hwp, damaged, missing = done.err.splitlines()
    assert "HWPX" in hwp
    assert "깨짐.pdf" in damaged
    assert "없음.docx" in missing
    assert len(run("sources", copy, "--json").data) == 2


def test_an_encoding_that_is_not_certain_is_asked_for(run: Run, copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "중국.txt"
    path.write_bytes("中韩关系发展的新阶段，两国领导人举行会谈。".encode("gb18030"))
    before = dump(copy)
    refused(run("import", copy, path), "--encoding", "gb18030 (中韩关系")
    assert dump(copy) == before
    assert run("import", copy, path, "--encoding", "gb18030").code == 0


def test_a_scan_is_stored_with_a_warning(run: Run, copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "스캔.pdf"
    path.write_bytes(pdf([[], []], "스캔한 문서"))
    done = run("import", copy, path)
    assert done.code == 0
    assert "no text layer" in done.err
    ident = next(
        each["id"]
        for each in run("sources", copy, "--json").data
        if each["title"]["ko"] == "스캔한 문서" or each["title"]["en"] == "스캔한 문서"
    )
    assert run("text", copy, ident, "--json").data["text"] == ""
    assert run("check", copy).code == 0


def test_a_newer_edition_supersedes_the_older(run: Run, copy: Path, article: Path) -> None:
    old_text = run("text", copy, SHIPPED, "--json").data
    done = run("import", copy, article, "--supersedes", SHIPPED, "--json")
    told = done.data["sources"][0]
    assert (told["verdict"], told["supersedes"] is not None) == ("added", True)
    rows = {each["id"]: each for each in run("sources", copy, "--json").data}
    assert rows[rows[told["id"]]["supersedes"]]["slug"] == SHIPPED
    assert run("text", copy, SHIPPED, "--json").data == old_text
    refused(run("import", copy, article, article, "--supersedes", SHIPPED), "one document")
    refused(run("import", copy, article, "--supersedes", "없음"), "없음")


def test_a_dry_run_tells_and_stores_nothing(run: Run, copy: Path, article: Path) -> None:
    before = dump(copy)
    done = run("import", copy, article, "--dry-run")
    assert done.code == 0
    assert "would be added" in done.out
    assert dump(copy) == before


def test_the_password_opens_a_locked_document(run: Run, copy: Path, tmp_path: Path) -> None:
    import pikepdf

    path = tmp_path / "잠김.pdf"
    open_one = tmp_path / "열림.pdf"
    open_one.write_bytes(pdf([[(50, 800, "한미동맹")]]))
    with pikepdf.open(open_one) as document:
        document.save(path, encryption=pikepdf.Encryption(owner="가", user="나"))
    refused(run("import", copy, path), "password")
    refused(run("import", copy, path, "--password", "다"), "password")
    assert run("import", copy, path, "--password", "나").code == 0


def test_json_is_the_same_in_every_language(
    run: Run, copy: Path, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = run("import", copy, article, "--dry-run", "--json").data
    monkeypatch.setenv("ALLIANCE_TIMELINE_LANGUAGE", "ko")
    assert run("import", copy, article, "--dry-run", "--json").data == english
