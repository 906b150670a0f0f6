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
_LINE = 72  # characters of an address in a line of the box
_MOST = 25 * _LINE
"""Characters of an address that the box has room for on a small screen."""


def ask_and_follow(window: QWidget, address: str, language: Language) -> None:
    """Shows the whole address and opens it in the browser if that is agreed to."""
    from viewer.widgets.parts.messages import ask, tell_text

    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    whole = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    if not _may_be_opened(url):
        text = t("link.refused", language, url=_in_lines(address[:_MOST]))
    elif len(whole) > _MOST:
        text = t("link.long", language, most=_MOST, url=_in_lines(whole[:_MOST]))
    else:
        mail = url.scheme().lower() == "mailto"
        question, yes = ("link.ask-mail", "link.write") if mail else ("link.ask", "link.open")
        ask(
            window,
            t(question, language, url=_in_lines(whole)),
            t(yes, language),
            language,
            lambda: QDesktopServices.openUrl(url),
        )
        return
    tell_text(window, t("window.program", language), text, language)


def _may_be_opened(url: QUrl) -> bool:
    """Pages of the web on a host that is named, and addresses of mail."""
    scheme = url.scheme().lower()
    if not url.isValid() or scheme not in _ADDRESSES:
        return False
    return bool(url.path()) if scheme == "mailto" else bool(url.host())


def _in_lines(address: str) -> str:
    """An address in lines: without a place to break at, its end would lie beyond the screen."""
    starts = range(0, len(address), _LINE)
    return "\n".join(address[start : start + _LINE] for start in starts)
