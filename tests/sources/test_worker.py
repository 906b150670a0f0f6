"""Readers run in a process of their own, within limits, and can be stopped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from db.errors import AllianceError
from tests.sources.documents import docx, paragraph, pdf
from viewer.sources import worker
from viewer.sources.records import Asked
from viewer.widgets.parts.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

EVIL = (sys.executable, "-P", str(Path(__file__).with_name("evil.py")))
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


def misbehave(how: str, **more: Any) -> None:
    limits = more.pop("limits", worker.Limits(seconds=60, memory=1 << 30))
    worker.read(b"x", Asked("text", how, more.pop("file", None)), limits=limits, start=EVIL, **more)


def refused(how: str, **more: Any) -> str:
    with pytest.raises(AllianceError) as told:
        misbehave(how, **more)
    return told.value.code


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_reader_that_sleeps_and_eats_is_killed_while_the_window_goes_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtCore import QTimer

    started: list[subprocess.Popen[bytes]] = []
    start = worker._started

    def noted(command: Sequence[str]) -> subprocess.Popen[bytes]:
        started.append(start(command))
        return started[0]

    monkeypatch.setattr(worker, "_started", noted)
    ticks: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start(5)
    work = Work(lambda: misbehave("sleeps and eats", limits=worker.Limits(2, 512 << 20)))
    with qtbot.waitSignal(work.failed, timeout=60_000) as failed:
        work.start()
    assert failed.args is not None
    assert failed.args[0].code == "source.time"
    assert len(ticks) > 20
    assert is_gone(started[0].pid)


@UNIX
def test_memory_ends_where_the_limit_is() -> None:
    assert refused("eats") == "source.memory"


def test_a_reader_that_dies_is_told() -> None:
    assert refused("dies") == "source.failed"


def test_reading_can_be_cancelled() -> None:
    begun = threading.Event()
    with pytest.raises(worker.ReadingCancelled):
        misbehave("sleeps and eats", progress=lambda *_: begun.set(), cancelled=begun.is_set)


@pytest.mark.parametrize("how", ["calls out", "starts a program", "writes"])
def test_a_reader_cannot_reach_beyond_its_document(how: str, tmp_path: Path) -> None:
    target = tmp_path / "새 파일"
    assert refused(how, file=str(target)) == "source.failed"
    assert not target.exists()


HOSTILE = """<link rel="stylesheet" href="file:{secret}"><style>@import "file:{secret}";
p {{ background: url(file:{secret}) }}</style><img src="http://192.0.2.1/a.png"><img src="{secret}">
<img src="//192.0.2.1/share/a.png"><iframe src="file:{secret}"></iframe>
<form action="http://192.0.2.1">
<script src="http://192.0.2.1/a.js"></script><object data="file:{secret}"></object>
<p>한미동맹</p>"""


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_a_hostile_page_opens_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("p {}")
    trace = tmp_path / "trace"
    start = ("strace", "-f", "-e", "trace=%network,%file", "-o", str(trace), *worker.command())
    page = HOSTILE.format(secret=secret).encode()
    assert worker.read(page, Asked("html"), start=start).text == "한미동맹"
    told = trace.read_text()
    assert "python" in told
    for word in ("secret", "192.0.2.1", "AF_INET"):
        assert word not in told


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("docx", docx(paragraph("한미동맹"))),
        ("pdf", pdf([[(50, 700, "한미동맹")]])),
    ],
)
def test_the_process_opens_no_socket(kind: str, data: bytes, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    start = ("strace", "-f", "-e", "trace=socket,connect", "-o", str(trace), *worker.command())
    document = worker.read(data, Asked(kind), start=start)
    assert document.text == "한미동맹"
    assert "AF_INET" not in trace.read_text()
    assert "connect(" not in trace.read_text()


def test_the_child_ends_with_the_program_that_began_it() -> None:
    process = worker._started(EVIL)
    assert process.stdin is not None
    request = '{"asked": {"kind": "text", "name": "sleeps and eats"}, "size": 0, "memory": %d,'
    request += ' "seconds": 60, "most": 9}\n'
    process.stdin.write(request.encode() % (512 << 20))
    process.stdin.close()
    assert process.wait(30) == 1
    assert process.stdout is not None
    process.stdout.close()


def test_the_reader_starts_without_qt_and_numpy() -> None:
    code = (
        "import sys, viewer.sources.child, viewer.sources.pdf, viewer.sources.docx, "
        "viewer.sources.html, viewer.sources.hwpx, viewer.sources.plain, viewer.sources.markdown\n"
        "print([each for each in ('PySide6', 'numpy', 'sqlite3', 'click') if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_program_in_one_file_reads_as_a_child_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker.command() == [sys.executable, "--read-a-source"]
    start = (sys.executable, "-m", "viewer", *worker.command()[1:])
    assert worker.read("한미동맹".encode(), Asked("text"), start=start).text == "한미동맹"


def test_what_is_empty_or_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(AllianceError, match=r"source\.empty"):
        worker.read(b"", Asked("text"))
    with pytest.raises(AllianceError, match=r"source\.large"):
        worker.read(b"12345", Asked("text"), limits=worker.Limits(bytes=4))
    with pytest.raises(AllianceError, match=r"source\.long"):
        worker.read("한미동맹".encode(), Asked("text"), limits=worker.Limits(characters=3))
