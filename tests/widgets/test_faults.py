"""What nobody foresaw is logged and told once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from tests.helpers import dialog, is_open, settle, told
from viewer.widgets.parts.faults import Faults, install

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot


def fail(faults: Faults, message: str) -> None:
    try:
        raise ValueError(message)
    except ValueError as error:
        faults(type(error), error, error.__traceback__)
    settle()


def test_a_fault_is_logged_with_its_place_and_told_with_the_log(
    tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "기록" / "faults.log"
    faults = Faults(log, lambda: "ko")
    fail(faults, "뜻밖의 일")
    written = log.read_text(encoding="utf-8")
    assert "ValueError: 뜻밖의 일" in written
    assert "test_faults.py" in written
    sentence = told()
    assert "뜻밖의 일" in sentence
    assert str(log) in sentence


def test_a_fault_that_comes_back_opens_one_box_only(tmp_path: Path, qtbot: QtBot) -> None:
    faults = Faults(tmp_path / "faults.log", lambda: "en")
    for _ in range(5):
        fail(faults, "again")
    assert dialog(QMessageBox)
    told()
    assert not is_open(QMessageBox)
    fail(faults, "once more")
    assert "once more" in told()


def test_it_takes_the_place_of_pythons_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    install(tmp_path / "faults.log", lambda: "en")
    assert isinstance(sys.excepthook, Faults)
