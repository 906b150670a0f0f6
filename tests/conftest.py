"""What every test begins with: no display, English, a home of its own, one Qt application."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp: QtBot) -> None:
    """The application that widgets need: made first, because a process cannot change its own
    from one without widgets to one with them."""


@pytest.fixture(autouse=True)
def nothing_left_open() -> Iterator[None]:
    """Each test finds an empty screen: what the one before left open is closed and gone."""
    yield
    from PySide6.QtCore import QCoreApplication, QEvent, QLocale
    from PySide6.QtWidgets import QApplication

    for widget in QApplication.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    # A window sets the language of the whole process, and widths of text depend on it.
    QLocale.setDefault(QLocale.system())


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new folder for settings and for the user's own file; the language is English."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ALLIANCE_TIMELINE_HOME", str(folder))
    monkeypatch.setenv("ALLIANCE_TIMELINE_LANGUAGE", "en")
    return folder


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the shipped data, for reading only."""
    from db.store import Store

    path = tmp_path_factory.mktemp("shipped") / "한미동맹.alliance"
    Store.create(path).close()
    return path


@pytest.fixture
def copy(shipped: Path, tmp_path: Path) -> Path:
    """A file with the shipped data that a test may change."""
    path = tmp_path / "사본.alliance"
    shutil.copyfile(shipped, path)
    return path
