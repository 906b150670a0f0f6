"""The name that edits made on the command line bear."""

from __future__ import annotations


def author() -> str:
    """The one of the settings, else the user's login name; empty where the system has none."""
    from viewer.widgets.settings import load_settings, settings_path

    return load_settings(settings_path()).author or _login()


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no account has this number, or it has no name
        return ""
