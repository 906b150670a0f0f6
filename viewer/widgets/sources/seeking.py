"""A newer edition on its way into the file is searched for the quotes of those before it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from db.records import Language
    from viewer.document import Document
    from viewer.edits.edit import Edit
    from viewer.widgets.parts.steps import Steps


def seek(
    document: Document,
    edit: Edit,
    text: str,
    title: str,
    older_id: int,
    window: QWidget,
    language: Language,
    done: Callable[[Edit], object],
) -> None:
    """Searches `text`, which `edit` adds as a newer edition (`title`), in a thread under a box that
    can stop it. `done` gets the edit with the proposals in it: one step of undo. Once it was
    stopped nothing happens; a fault is told in a box."""
    from viewer.widgets.parts.messages import tell_error
    from viewer.widgets.parts.progress import working

    path, made = document.path, edit.made
    assert path is not None
    assert made is not None

    def job(steps: Steps) -> Edit:
        from db.store import Store
        from viewer.edits.anchors import proposed

        with Store.open(path, read_only=True) as store:
            editions = store.sought_after(older_id)
        found = proposed(made[1], text, editions, steps)
        return replace(edit, changes=(*edit.changes, *found))

    working(
        window,
        t("proof.seeking", language, title=title),
        t("button.cancel", language),
        job,
        done=done,
        failed=lambda error: tell_error(window, error, language),
    )
