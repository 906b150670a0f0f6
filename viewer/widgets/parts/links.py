"""Links to pages of the web: the program itself goes nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from viewer.words import t

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from db.records import Language

_ADDRESSES = ("http", "https", "mailto")


def ask_and_follow(window: QWidget, address: str, language: Language) -> None:
    """Shows the whole address and opens it in the browser if that is agreed to."""
    from viewer.widgets.parts.messages import ask, tell_text

    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme().lower() not in _ADDRESSES:
        text = t("link.refused", language, url=address)
        tell_text(window, t("window.program", language), text, language)
        return
    ask(
        window,
        t("link.ask", language, url=url.toString(QUrl.ComponentFormattingOption.FullyEncoded)),
        t("link.open", language),
        language,
        lambda: QDesktopServices.openUrl(url),
    )
