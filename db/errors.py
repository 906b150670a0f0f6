"""The one kind of known error: a code that the catalogue puts into words, and its fields.

A known error is told apart from a bug: whatever is wrong with a file, a date or an option
is raised as an `AllianceError`; anything else that escapes is a defect of ours.
"""

from __future__ import annotations


class AllianceError(Exception):
    """Something a user can act on.

    `code` is the catalogue's key without its `error.` prefix, `fields` fill the sentence:
    `AllianceError("file.missing", path="x.alliance")`.
    """

    def __init__(self, code: str, **fields: object) -> None:
        self.code = code
        self.fields = fields
        super().__init__(code, fields)

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.fields.items())
        return f"{self.code}: {told}" if told else self.code
