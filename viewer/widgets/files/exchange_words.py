"""What is said of quotes and references on their way in, without widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.records import Bilingual
from viewer.words import t

if TYPE_CHECKING:
    from db.records import Language
    from viewer.edits.annotating import Remark

SIGNS: dict[str, str] = {"added": "+", "same": "=", "kept": "~", "refused": "!"}
"""What stands before the verdicts of `viewer.edits.annotating`."""


def remark(said: Remark, language: Language) -> str:
    """What was left out of a quote, or taken otherwise than its document says."""
    fields = {
        name: value.text(language) if isinstance(value, Bilingual) else value
        for name, value in said.fields.items()
    }
    return t(f"exchange.remark.{said.code}", language, **fields)
