"""This machine and its account, and whether a process on it still runs and is still the same.

Asked of the system itself: the window's first picture waits for it, and the standard library's
`socket` and `getpass` take long to import.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

_MOST = 2**31  # process numbers are below it everywhere
_STATE, _START = 0, 19  # of /proc/PID/stat, counted after the name
_ACCOUNT = ("LOGNAME", "USER", "USERNAME")
_ENDED = ("Z", "X")  # zombie and dead: nothing runs there any more


def host() -> str:
    """The name of this machine."""
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


def user() -> str:
    """The name of the account; empty where it has none."""
    named = next((os.environ[name] for name in _ACCOUNT if os.environ.get(name)), None)
    if named is None:
        import getpass

        with contextlib.suppress(OSError, KeyError, ImportError):
            named = getpass.getuser()
    return named or ""


def is_alive(pid: int, start: str = "") -> bool:
    """Whether the process `pid` runs that began at `start` (`started`; empty: not known).

    Numbers are given out again: one that began at another time is another process.
    """
    if not 0 < pid < _MOST:
        return False
    if not _runs(pid):
        return False
    now = started(pid)
    return not start or not now or start == now


def started(pid: int) -> str:
    """When a process began, in the system's own count; empty where it does not tell."""
    if sys.platform == "win32":
        return _windows(pid)[1]
    fields = _stat(pid)
    return fields[_START] if len(fields) > _START else ""


def _runs(pid: int) -> bool:
    if sys.platform == "win32":
        return _windows(pid)[0]
    try:
        os.kill(pid, 0)  # asks only (on Windows it would end the process)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # another user's
    fields = _stat(pid)
    return not fields or fields[_STATE] not in _ENDED


def _stat(pid: int) -> list[str]:
    """What Linux tells of a process, after its name, which may hold blanks and brackets."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _windows(pid: int) -> tuple[bool, str]:
    """Whether a process runs, and its time of creation, as Windows tells it."""
    if sys.platform != "win32":
        return False, ""
    import ctypes
    from ctypes import wintypes

    query, still_active, denied = 0x1000, 259, 5
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = wintypes.HANDLE
    kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
    kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    kernel.GetExitCodeProcess.argtypes = (wintypes.HANDLE, wintypes.LPDWORD)
    times = [wintypes.FILETIME() for _ in range(4)]
    kernel.GetProcessTimes.argtypes = (wintypes.HANDLE, *[ctypes.POINTER(wintypes.FILETIME)] * 4)
    process = kernel.OpenProcess(query, False, pid)
    if not process:
        return ctypes.get_last_error() == denied, ""
    try:
        code = wintypes.DWORD()
        kernel.GetExitCodeProcess(process, ctypes.byref(code))
        if not kernel.GetProcessTimes(process, *(ctypes.byref(each) for each in times)):
            return code.value == still_active, ""
        start = (times[0].dwHighDateTime << 32) + times[0].dwLowDateTime
        return code.value == still_active, str(start)
    finally:
        kernel.CloseHandle(process)
