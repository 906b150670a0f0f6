"""Changesets in words: what was done, from the label that the log keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.changes import BOTH
from db.records import LANGUAGES
from viewer.words.catalogue import t
from viewer.words.markdown import plain

if TYPE_CHECKING:
    from db.changes import LoggedChangeSet
    from db.records import Language


_OF_NOTES = (
    "add-note", "edit-note", "delete-note", "show-callout", "move-callout", "hide-callout",
)  # fmt: skip
"""Changes whose subject are the words of a note, which are Markdown."""


def change_words(label: str, language: Language) -> str:
    """What was done, for a menu or a list: `Add “한미정상회담”` of `add-event: 한미정상회담`.

    A label that no edit of ours wrote is told as it is, a change made by another program, which
    has none, as such.
    """
    what, colon, subject = label.partition(": ")
    names = subject.split(BOTH)
    if len(names) == 2:  # a name in both languages
        subject = names[LANGUAGES.index(language)]
    if what in _OF_NOTES:
        subject = plain(subject)
    if not label:
        return t("change.outside", language)
    try:
        return t(f"change.{what}", language, subject=subject) if colon else label
    except KeyError:
        return label


def changeset_words(changeset: LoggedChangeSet, language: Language) -> str:
    """The same of a changeset in the log, which may itself be an undo or a redo."""
    if changeset.origin == "base":
        return t("history.shipped", language, name=changeset.label)
    words = change_words(changeset.label, language)
    if changeset.origin == "undo":
        return t("change.undone", language, words=words)
    if changeset.origin == "redo":
        return t("change.redone", language, words=words)
    return words
