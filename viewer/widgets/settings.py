"""What the window remembers between two runs, and the folders of the user's own things.

`ALLIANCE_TIMELINE_HOME` names one folder for all of them, for tests and for a stick that is
carried about; else they are where the system keeps such things.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from db.errors import AllianceError
from db.records import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.keeping import Keeping

HOME_VARIABLE = "ALLIANCE_TIMELINE_HOME"
LANGUAGE_VARIABLE = "ALLIANCE_TIMELINE_LANGUAGE"
OWN_FILE = "korea-us.alliance"
THEME_CHOICES = ("system", "light", "dark")
_PROGRAM = "alliance-timeline"
_XDG = {
    "data": ("XDG_DATA_HOME", ".local/share"),
    "config": ("XDG_CONFIG_HOME", ".config"),
    "cache": ("XDG_CACHE_HOME", ".cache"),
}
_LOGINS = ("LOGNAME", "USER", "USERNAME")
_BACKUPS = "backups"
_MOST_KEPT = 10_000  # backups of a kind; more is a slip of the pen


@dataclass
class Settings:
    """`geometry` and `columns` are Qt's own words for a window's and a splitter's place (hex);
    `folder`, `export_folder` and `import_folder` are where files were last opened from, pictures
    put and tables taken from, `last_file` is the file that was open last; `form_open` names the
    parts of the events' form that are folded open.

    `author` is the name that edits bear (empty: that of the account). `backup_folder` is where
    backups go (empty: among the user's own things), `former_folders` where they went before, one
    a line; how many are kept is told as `db.keeping.Keeping` has it.
    """

    language: Language | None = None
    theme: str = "system"
    type_size: float = 13.0
    geometry: str = ""
    columns: str = ""
    folder: str = ""
    export_folder: str = ""
    import_folder: str = ""
    form_open: str = ""
    author: str = ""
    backup_folder: str = ""
    former_folders: str = ""
    backup_whole_days: int = 1
    backup_days: int = 14
    backup_weeks: int = 8
    backup_months: int = 24
    last_file: str = ""

    @property
    def keeping(self) -> Keeping:
        from db.keeping import Keeping

        return Keeping(
            self.backup_whole_days, self.backup_days, self.backup_weeks, self.backup_months
        )

    @property
    def backups(self) -> Path:
        """The folder that backups are put below."""
        return data_folder() / (self.backup_folder or _BACKUPS)

    @property
    def backups_anywhere(self) -> list[Path]:
        """The folders that have backups, the present one first: those made before another was
        chosen stay where they are."""
        names = [self.backup_folder, *self.former_folders.splitlines(), ""]
        return list(dict.fromkeys(data_folder() / (name or _BACKUPS) for name in names))

    def put_backups(self, folder: str) -> None:
        """Backups go to another folder from now on."""
        if folder != self.backup_folder:
            names = [*self.former_folders.splitlines(), self.backup_folder]
            self.former_folders = "\n".join(dict.fromkeys(filter(None, names)))
            self.backup_folder = folder


def data_folder() -> Path:
    """Where the user's own timeline is."""
    return _folder("data", "")


def settings_path() -> Path:
    return _folder("config", "") / "settings.json"


def cache_folder() -> Path:
    """Where things are kept that can be made again."""
    return _folder("cache", "cache")


def _folder(kind: Literal["data", "config", "cache"], in_home: str) -> Path:
    """The user's folder of a kind; `in_home` is its name in the one folder for all of them."""
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(home) / in_home
    if sys.platform.startswith("linux"):
        # As platformdirs has it, without the twentieth of the start that importing it takes.
        variable, usual = _XDG[kind]
        told = os.environ.get(variable, "")
        # Where nobody knows a home it stays as it is written, and is refused as any such folder.
        home = os.path.expanduser("~")  # noqa: PTH111
        return (Path(told) if told.strip() else Path(home, usual)) / _PROGRAM
    import platformdirs

    found: Path = getattr(platformdirs, f"user_{kind}_path")(_PROGRAM, appauthor=False)
    return found


def load_settings(path: Path) -> Settings:
    """The settings of a file; what is missing, damaged or of another kind stays as usual."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    return _settings(told if isinstance(told, dict) else {})


def _settings(told: Mapping[str, Any]) -> Settings:
    found = Settings()
    if told.get("language") in LANGUAGES:
        found.language = told["language"]
    if told.get("theme") in THEME_CHOICES:
        found.theme = told["theme"]
    size = told.get("type_size")
    if isinstance(size, (int, float)) and not isinstance(size, bool) and 8 <= size <= 32:
        found.type_size = float(size)
    for field in fields(Settings):
        if field.type == "str" and field.name != "theme" and isinstance(told.get(field.name), str):
            setattr(found, field.name, told[field.name])
        if field.type == "int" and _is_number(told.get(field.name)):
            setattr(found, field.name, told[field.name])
    return found


def _is_number(value: object) -> bool:
    """Whether a setting can say how many backups are kept."""
    return type(value) is int and 0 <= value <= _MOST_KEPT


def save_settings(path: Path, settings: Settings) -> None:
    """Writes them whole, or leaves what is there: nobody is disturbed for a setting."""
    from viewer.render.files import write_atomically

    text = json.dumps(asdict(settings), ensure_ascii=False, indent=1)
    with contextlib.suppress(AllianceError, OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text.encode("utf-8"))


def system_name() -> str:
    """The name of whoever is at this computer: the full one where the system knows it, else that
    of the account; empty where there is neither."""
    login = next((os.environ[name] for name in _LOGINS if os.environ.get(name)), "")
    with contextlib.suppress(ImportError, KeyError, OSError):
        import pwd

        account = pwd.getpwuid(os.getuid())
        return account.pw_gecos.split(",")[0].strip() or account.pw_name or login
    return login


def system_language() -> Language:
    """Korean where `ALLIANCE_TIMELINE_LANGUAGE` or the system's interface asks for it."""
    from PySide6.QtCore import QLocale

    asked = os.environ.get(LANGUAGE_VARIABLE)
    names = [asked] if asked else QLocale.system().uiLanguages()[:1]
    return "ko" if names and names[0].lower().startswith("ko") else "en"


def system_theme() -> str:
    """ "dark" where the system asks for it, else "light". Needs the application."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication

    scheme = QGuiApplication.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"
