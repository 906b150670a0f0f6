"""What the tests of proof in the window share: a file in which something is wrong."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from tests.helpers import is_open, settle
from viewer.widgets.parts.progress import ProgressBox
from viewer.widgets.proof.worklist_dialog import WorklistDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from viewer.app import Wired
    from viewer.widgets.proof.proposals_dialog import ProposalsDialog
    from viewer.widgets.proof.verified_dialog import VerifiedDialog

PATIENCE = 60_000  # ms
WORD = 600  # a character of the quote that two stages and four events rest on


def change_letter(path: Path, at: int = WORD, *, past_the_log: bool = False) -> None:
    """Changes a character of the article as any SQLite program can."""
    with closing(sqlite3.connect(path)) as connection, connection:
        trigger, sql = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'source' AND type = 'trigger'"
            " AND sql LIKE '%AFTER UPDATE%'"
        ).fetchone()
        if past_the_log:
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute(
            "UPDATE source SET text = substr(text, 1, ?) || '★' || substr(text, ?)", (at, at + 2)
        )
        if past_the_log:
            connection.execute(sql)


def spoil(path: Path, sql: str, *values: object) -> None:
    """Runs a statement as another program would."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql, values)


def plain(path: Path, sql: str) -> list[int]:
    """What plain SQL gives, in order."""
    with closing(sqlite3.connect(path)) as connection:
        return sorted(row[0] for row in connection.execute(sql))


def over(path: Path, at: int = WORD) -> set[int]:
    """The events with a quote over a character, by plain SQL."""
    return set(
        plain(
            path,
            "SELECT DISTINCT event_id FROM evidence JOIN anchor USING (quote_id)"
            f" WHERE event_id IS NOT NULL AND start <= {at} AND {at} < end",
        )
    )


def does(wired: Wired, key: str) -> None:
    """Takes a command of the menu."""
    wired.window.commands.actions[key].trigger()
    settle()


def verified(qtbot: QtBot, wired: Wired) -> VerifiedDialog:
    """The findings of a verification that is asked for now."""
    does(wired, "verify-quotes")
    qtbot.waitUntil(lambda: wired.window.proving.verified is not None, timeout=PATIENCE)
    settle()
    assert wired.window.proving.verified is not None
    return wired.window.proving.verified


def said(qtbot: QtBot) -> None:
    """Waits for a message box."""
    qtbot.waitUntil(lambda: is_open(QMessageBox) and not is_open(ProgressBox), timeout=PATIENCE)
    settle()


def proposals(wired: Wired) -> ProposalsDialog:
    does(wired, "proposals")
    assert wired.window.proving.proposals is not None
    return wired.window.proving.proposals


def worklist(qtbot: QtBot, wired: Wired) -> WorklistDialog:
    """The worklist, counted."""
    does(wired, "worklist")
    found = wired.window.proving.worklist
    assert isinstance(found, WorklistDialog)
    counted(qtbot, found)
    return found


def counted(qtbot: QtBot, found: WorklistDialog) -> None:
    """Waits until the list is as the file is."""
    qtbot.waitUntil(lambda: not found.counting, timeout=PATIENCE)
    settle()
