"""Asking for a file, beside a file that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileIconProvider

from viewer.widgets.parts import file_dialogs

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_file_dialog_opens_none_of_the_files_that_it_shows(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt opens a file to find the picture for its kind, and closing it would end the locks that
    SQLite has on it in this process."""
    asked: list[object] = []

    def pictured(_self: object, what: object) -> QIcon:
        asked.append(what)
        return QIcon()

    monkeypatch.setattr(QFileIconProvider, "icon", pictured)
    icons = file_dialogs._Icons("ko")
    icons.icon(QFileInfo(str(copy)))
    icons.icon(QFileInfo(str(copy.parent)))
    kinds = QFileIconProvider.IconType
    assert asked == [kinds.File, kinds.Folder]
    assert icons.type(QFileInfo(str(copy))) == "파일"
