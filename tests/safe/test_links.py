"""Links: opened by one place alone, after their whole address was shown; http, https and mailto."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox

from tests.helpers import dialog, open_window, settle, told
from tests.processes import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired

# What opens pages or programs, or reads what a text names.
OPENERS = {"QDesktopServices", "webbrowser", "startfile", "setOpenExternalLinks", "QProcess"}
LOADERS = {"QNetworkAccessManager", "QtNetwork", "QWebEngineView", "urlopen", "requests", "httpx",
           "socket", "setHtml", "insertHtml", "setSource", "setSearchPaths"}  # fmt: skip
LONG = "https://www.example.org/?" + "".join(f"part{number}" for number in range(200))


@pytest.fixture
def wired(qtbot: QtBot, shipped: Path) -> Wired:
    return open_window(qtbot, shipped)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(url.toString()))
    return found


def named(names: set[str]) -> dict[str, set[str]]:
    """The modules of the program that name one of these, by file."""
    found: dict[str, set[str]] = {}
    for path in (*(ROOT / "viewer").rglob("*.py"), *(ROOT / "db").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = ""
            if isinstance(node, ast.Attribute):
                name = node.attr
            elif isinstance(node, ast.Name):
                name = node.id
            elif isinstance(node, ast.alias):
                name = node.name.rpartition(".")[2]
            if name in names:
                found.setdefault(path.relative_to(ROOT).as_posix(), set()).add(name)
    return found


def test_one_place_alone_opens_links() -> None:
    assert named(OPENERS) == {"viewer/widgets/parts/links.py": {"QDesktopServices"}}


def test_nothing_in_the_program_can_load_from_elsewhere() -> None:
    # Rich text goes to the clipboard; nobody here shows any.
    assert named(LOADERS) == {"viewer/widgets/quotes/citing.py": {"setHtml"}}


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname", "FILE:///etc/hostname", "//server/share/x", "\\\\server\\share\\x",
        "javascript:alert(1)", "data:text/html,<script>x()</script>", "ftp://example.org/x",
        "smb://server/share", "vbscript:x", "ms-word:ofe|u|https://example.org/x.docx",
        "view-source:https://example.org", "about:blank", "/etc/passwd", "동맹", "",
        "https:///etc/passwd", "http://",
    ],
)  # fmt: skip
def test_every_other_address_is_refused_with_a_sentence(
    wired: Wired, opened: list[str], address: str
) -> None:
    wired.window.ask_and_follow(address)
    box = dialog(QMessageBox)
    assert len(box.buttons()) == 1, "there is nothing to agree to"
    assert address in told()
    assert opened == []


@pytest.mark.parametrize(
    ("address", "yes"),
    [
        ("https://www.mofa.go.kr/a?b=1&c=2", "Open in the browser"),
        ("http://example.org/x", "Open in the browser"),
        ("mailto:desk@example.org", "Write"),
    ],
)
def test_the_three_kinds_are_opened_once_they_were_agreed_to(
    wired: Wired, opened: list[str], address: str, yes: str
) -> None:
    wired.window.ask_and_follow(address)
    box = dialog(QMessageBox)
    assert address in box.text()
    assert opened == []
    next(each for each in box.buttons() if each.text() == yes).click()
    settle()
    assert opened == [address]


def test_a_long_address_is_shown_whole_on_the_screen(wired: Wired, opened: list[str]) -> None:
    wired.window.ask_and_follow(LONG)
    box = dialog(QMessageBox)
    assert LONG in "".join(box.text().split("\n"))
    screen = QApplication.primaryScreen().availableGeometry()
    assert box.width() <= screen.width()
    assert box.height() <= screen.height()
    box.reject()
    assert opened == []


def test_an_address_that_no_box_can_show_whole_is_not_opened(
    wired: Wired, opened: list[str]
) -> None:
    wired.window.ask_and_follow("https://www.example.org/?" + "x" * 3000 + "@evil.example")
    box = dialog(QMessageBox)
    assert len(box.buttons()) == 1
    assert "longer than" in told()
    assert opened == []


def test_a_look_alike_is_shown_as_it_is(wired: Wired) -> None:
    wired.window.ask_and_follow("https://www.mofa.go.kr@xn--e1afmkfd.example/")
    assert "@xn--e1afmkfd.example" in told()
    wired.window.ask_and_follow("https://www.mоfa.go.kr/")  # with a Cyrillic letter
    assert "xn--" in told()
