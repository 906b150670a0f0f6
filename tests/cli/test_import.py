"""`import` and `add-event`: tables all or nothing, and one event from a script."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from db import schema
from db.store import Store
from tests.cli.conftest import refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

TABLE = """date,lane,title_ko,title_en,summary_ko,importance,tags
2027-03-01,군사,새 회담,New talks,"첫 줄
둘째 줄",4,국방|통상
2007-04-02,economic,한미 FTA 협상 타결,,,5,
1882-05-22,economic,조미수호통상조약,,,,
"""


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every logged table, and how long the log is."""
    with closing(sqlite3.connect(path)) as connection:
        names = [table.name for table in schema.tables().values() if table.logged]
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()
            for name in (*names, "change", "changeset")
        }


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "사건 표.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_table_is_imported_row_by_row_as_one_step(run: Run, copy: Path, table: Path) -> None:
    done = run("import", copy, table)
    assert done.code == 0, done
    lines = done.out.splitlines()
    assert "1 added, 1 changed, 1 the same, 0 refused" in lines[0]
    assert [line[0] for line in lines[2:]] == ["+", "~", "="]
    assert "국방, 통상" in lines[1]
    assert "importance: 4 → 5" in lines[3] or "importance: 3 → 5" in lines[3]
    with Store.open(copy, read_only=True) as store:
        last = store.changesets()[-1]
    assert last.label == "import: 사건 표.csv"
    assert last.author
    assert run("check", copy).code == 0
    rows = run("events", copy, "--json", "--from", "2027-03-01", "--to", "2027-03-01").data
    assert [row["title"] for row in rows] == [{"en": "New talks", "ko": "새 회담"}]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("cp949", ";"), ("utf-16", "\t"), ("utf-16-le", ";"), ("utf-8", ",")],
)
def test_tables_of_korean_spreadsheets_come_in_as_they_are(
    run: Run, copy: Path, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    rows = (("lane", "date", "title_ko"), ("기술|군사", "2027-05", "첨단기술 대화"))
    path = tmp_path / "표.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    told = run("import", copy, path, "--json").data["tables"][0]
    assert told["counts"]["added"] == 1
    assert told["rows"][0]["title"]["ko"] == "첨단기술 대화"


def test_a_refused_row_changes_nothing(run: Run, copy: Path, table: Path) -> None:
    before = dump(copy)
    table.write_text(
        TABLE + "2027-02-30,군사,없는 날,,,,\n2027,우주,없는 분야,,,,\n", encoding="utf-8"
    )
    done = run("import", copy, table)
    assert done.code == 2
    assert dump(copy) == before
    (line,) = done.err.splitlines()
    assert "사건 표.csv" in line
    assert "line 6" in line
    assert "2027-02-30" in line
    assert [each[0] for each in done.out.splitlines()[1:]] == ["!", "!"]


def test_of_several_tables_the_good_ones_are_in(
    run: Run, copy: Path, table: Path, tmp_path: Path
) -> None:
    bad, more = tmp_path / "나쁜 표.csv", tmp_path / "다른 표.tsv"
    bad.write_text("date,lane,title_ko,비고\n2027,군사,회담,\n", encoding="utf-8")
    more.write_text("date\tlane\ttitle_ko\n2028\t군사\t다음 회담\n", encoding="utf-8")
    done = run("import", copy, bad, table, tmp_path / "없음.csv", more, "--json")
    assert done.code == 2
    told = {each["path"].rpartition("/")[2]: each for each in done.data["tables"]}
    assert told["나쁜 표.csv"]["error"]["code"] == "import.header.unknown"
    assert told["없음.csv"]["error"]["code"] == "import.unreadable"
    assert told["사건 표.csv"]["changeset"]
    assert told["다른 표.tsv"]["changeset"]
    assert len(done.err.splitlines()) == 2
    assert run("info", copy, "--json").data["events"] == 111


def test_a_table_imported_again_writes_nothing(run: Run, copy: Path, table: Path) -> None:
    run("import", copy, table)
    before = dump(copy)
    done = run("import", copy, table, "--json")
    assert (done.code, dump(copy)) == (0, before)
    told = done.data["tables"][0]
    assert told["changeset"] is None
    assert {row["verdict"] for row in told["rows"]} == {"same"}


def test_a_dry_run_only_tells(run: Run, copy: Path, table: Path) -> None:
    before = copy.read_bytes()
    done = run("import", copy, table, "--dry-run", "--json")
    assert (done.code, copy.read_bytes()) == (0, before)
    added, changed, same = done.data["tables"][0]["rows"]
    assert (added["verdict"], added["id"]) == ("added", None)
    assert (changed["verdict"], changed["changes"][-1]["new"]) == ("changed", "5")
    assert (same["verdict"], same["line"]) == ("same", 5)


def test_what_is_no_table_is_refused_with_what_is_known(
    run: Run, copy: Path, tmp_path: Path
) -> None:
    path = tmp_path / "연설.mp3"
    path.write_bytes(b"ID3")
    refused(run("import", copy, path), "연설.mp3", ".csv", ".hwpx")


def test_a_format_overrides_the_suffix(run: Run, copy: Path, table: Path) -> None:
    other = table.rename(table.with_suffix(".표"))
    refused(run("import", copy, other), ".csv")
    assert run("import", copy, other, "--format", "csv").code == 0


def test_a_text_that_begins_with_the_names_of_columns_is_a_table(
    run: Run, copy: Path, table: Path
) -> None:
    told = run("import", copy, table.rename(table.with_suffix(".txt")), "--json").data
    assert told["sources"] == []
    assert told["tables"][0]["counts"]["added"] == 1


def test_an_encoding_can_be_named(run: Run, copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "talks.csv"
    path.write_bytes("date,lane,title_en\n2027,military,Café “talks”\n".encode("cp1252"))
    refused(run("import", copy, path), "utf-8, utf-16, cp949")
    assert "Café" in run("import", copy, path, "--encoding", "cp1252").out
    refused(run("import", copy, path, "--encoding", "이상한"), "이상한")


def test_a_table_supersedes_no_source(run: Run, copy: Path, table: Path) -> None:
    before = dump(copy)
    source = "asia-business-daily-2022-05-18"
    refused(run("import", copy, table, "--supersedes", source), table.name)
    assert dump(copy) == before


def test_a_table_needs_a_file_that_can_be_written(run: Run, copy: Path, table: Path) -> None:
    connection = sqlite3.connect(copy)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    refused(run("import", copy, table), copy.name)
    assert run("import", copy, table, "--dry-run").code == 0


def test_an_event_is_added_and_its_number_printed(run: Run, copy: Path) -> None:
    done = run(
        "add-event", copy, "--date", "2026-11-24~", "--lane", "군사", "--lane", "technology",
        "--title-ko", "제58차 한미안보협의회의", "--title-en", "58th SCM", "--kind", "dialogue",
        "--importance", "4", "--status", "planned", "--place", "서울", "--summary-ko", "요약",
        "--note", "**확인** 필요", "--tag", "안보협의", "--tag", "SCM",
    )  # fmt: skip
    assert done.code == 0, done
    with Store.open(copy, read_only=True) as store:
        event = store.event(int(done.out))
        last = store.changesets()[-1]
    assert event.event.title == ("58th SCM", "제58차 한미안보협의회의")
    assert event.event.place == (None, "서울")
    assert [lane.key for lane in event.lanes] == ["military", "technology"]
    assert event.dates[0].edtf == "2026-11-24~"
    assert [note.text for note in event.notes] == ["**확인** 필요"]
    assert {tag.name.text("ko") for tag in event.tags} == {"안보협의", "SCM"}
    assert (last.label, last.origin) == ("add-event: 58th SCM ¦ 제58차 한미안보협의회의", "edit")
    assert run("check", copy).code == 0


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--date", "오월", "--lane", "military", "--title-ko", "회담"], "오월"),
        (["--date", "2027", "--lane", "우주", "--title-ko", "회담"], "우주"),
        (["--date", "2027", "--lane", "military"], "title"),
        (["--date", "2027", "--title-ko", "회담"], "--lane"),
        (["--lane", "military", "--title-ko", "회담"], "--date"),
        (["--date", "2027", "--lane", "military", "--title-ko", "회담", "--kind", "소풍"], "소풍"),
        (["--date", "2027", "--lane", "military", "--title-ko", "회담", "--importance", "9"], "9"),
    ],
)
def test_an_event_that_cannot_be_is_refused(
    run: Run, copy: Path, arguments: list[str], word: str
) -> None:
    before = dump(copy)
    refused(run("add-event", copy, *arguments), word)
    assert dump(copy) == before


def test_before_a_large_import_a_backup_is_made(run: Run, copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "큰 표.csv"
    rows = "".join(f"{1900 + year}-03-01,군사,회담 {year}\n" for year in range(1001))
    path.write_text("date,lane,title_ko\n" + rows, encoding="utf-8")
    assert run("import", copy, path).code == 0
    (made,) = run("backup", copy, "--list", "--json").data
    with Store.open(made["path"], read_only=True) as store:
        assert store.info()["events"] == 109
