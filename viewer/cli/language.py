"""The language that the command line speaks."""

from __future__ import annotations

import locale
import os
from typing import TYPE_CHECKING

from viewer.widgets.settings import LANGUAGE_VARIABLE

if TYPE_CHECKING:
    from db.records import Language


def message_language() -> Language:
    """The language of messages: `ALLIANCE_TIMELINE_LANGUAGE`, else that of the system's locale."""
    names = (LANGUAGE_VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")
    asked = next((os.environ[name] for name in names if os.environ.get(name)), None)
    # On Windows no variable is set; getlocale() then answers "Korean_Korea".
    asked = asked or locale.getlocale()[0] or ""
    return "ko" if asked.lower().startswith("ko") else "en"
