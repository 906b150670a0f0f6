"""Qt's own words, in its file and message boxes, in the window's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

if TYPE_CHECKING:
    from db.records import Language

_LOCALES = {"en": QLocale(QLocale.Language.English), "ko": QLocale(QLocale.Language.Korean)}
# The application does not own its translators; the one in use lives here.
_used: list[QTranslator] = []


def set_qt_language(language: Language) -> None:
    """English stands in Qt's code; Korean comes from Qt's own catalogue."""
    for translator in _used:
        QCoreApplication.removeTranslator(translator)
    _used.clear()
    QLocale.setDefault(_LOCALES[language])
    if language == "en":
        return
    translator = QTranslator()
    if translator.load(
        f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        QCoreApplication.installTranslator(translator)
        _used.append(translator)
