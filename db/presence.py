"""Who has a file open for writing: a small file beside it for each, gone when it is closed.

SQLite's locks say that somebody writes, not who. Each holder has a mark of its own, so that
several need not agree on anything; where a folder takes none, nobody is the worse for it.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from db import processes
from db.errors import AllianceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

_SUFFIX = ".open"
_MOST = 4096  # bytes of a mark; ours are far shorter
_LONGEST = 100  # code points of a name that a mark tells


class Holder(NamedTuple):
    """Who holds a file: `author` as the settings have it (may be empty), the account `user` on
    the machine `host`, its process, since when (UTC), the program's version, and the mark."""

    author: str
    user: str
    host: str
    pid: int
    since: datetime
    program: str
    mark: Path

    @property
    def who(self) -> str:
        account = "@".join(name for name in (self.user, self.host) if name)
        return f"{self.author} ({account})" if self.author else account

    @property
    def since_here(self) -> str:
        """Since when by this machine's clock: 2026-11-25 22:41."""
        return self.since.astimezone().strftime("%Y-%m-%d %H:%M")


class Presence:
    """Tells others that this process has a file open for writing, until it is closed.

    A context manager. It never fails: without a mark others are told less, that is all.
    """

    def __init__(self, path: Path, author: str = "", program: str = "") -> None:
        holders(path)  # takes away what killed processes left
        self._mark: Path | None = path.with_name(
            f"{_beginning(path)}{os.urandom(4).hex()}{_SUFFIX}"
        )
        told = {
            "author": author,
            "user": processes.user(),
            "host": processes.host(),
            "pid": os.getpid(),
            "started": processes.started(os.getpid()),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
            "program": program,
        }
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            with os.fdopen(os.open(self._mark, flags, 0o644), "w", encoding="utf-8") as file:
                # In plain ASCII: any name can be written so.
                file.write(json.dumps(told))
        except OSError:
            self.close()

    def close(self) -> None:
        if self._mark is not None:
            with contextlib.suppress(OSError):
                self._mark.unlink(missing_ok=True)
            self._mark = None

    def __enter__(self) -> Presence:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def holders(path: Path) -> tuple[Holder, ...]:
    """Who else has a file open for writing, the first one first; this process is not among them.

    A mark of this machine whose process has ended is taken away. Those of other machines cannot
    be judged and are believed.
    """
    found = []
    beginning = _beginning(path)
    try:
        with os.scandir(path.parent) as entries:
            names = [entry.name for entry in entries]
    except OSError:
        return ()
    for name in names:
        if name.startswith(beginning) and name.endswith(_SUFFIX):
            holder = _judged(path.with_name(name))
            if holder is not None:
                found.append(holder)
    return tuple(sorted(found, key=lambda holder: (holder.since, holder.who)))


def busy_error(path: Path, error: AllianceError) -> AllianceError:
    """`file.busy_by` (path, who, since) for a `file.busy` whose holders are known; any other
    error as it is."""
    found = holders(path) if error.code == "file.busy" else ()
    return held_error("file.busy_by", path, found) if found else error


def held_error(code: str, path: Path, found: tuple[Holder, ...]) -> AllianceError:
    """An error that names holders: `who` they are, since when the first one, and its `mark`."""
    who = ", ".join(dict.fromkeys(holder.who for holder in found))
    return AllianceError(code, path=path, who=who, since=found[0].since_here, mark=found[0].mark)


@contextlib.contextmanager
def naming_holders(path: Path) -> Iterator[None]:
    """Within it a file that is busy is told with who has it."""
    from db.faults import translated

    try:
        with translated(path):
            yield
    except AllianceError as error:
        nearer = busy_error(path, error)
        if nearer is error:
            raise
        raise nearer from error


def _beginning(path: Path) -> str:
    return f".{path.name}."


def _judged(mark: Path) -> Holder | None:
    """The holder that a mark tells of; None for this process, for one that has ended, and for
    what is no mark of ours."""
    try:
        # A pipe that somebody put there would be waited for.
        if not stat.S_ISREG(mark.lstat().st_mode):
            return None
        with mark.open("rb") as file:
            told = json.loads(file.read(_MOST))
        holder, started = _holder(told, mark)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    if holder.host != processes.host():
        return holder
    if not processes.is_alive(holder.pid, started):
        with contextlib.suppress(OSError):
            mark.unlink()
        return None
    return None if holder.pid == os.getpid() else holder


def _holder(told: dict[str, Any], mark: Path) -> tuple[Holder, str]:
    """What a mark says, trusted in nothing; raises TypeError or ValueError for nonsense."""
    since = datetime.fromisoformat(told["since"])
    if type(told["pid"]) is not int or since.tzinfo is None:
        raise ValueError("not a mark")
    holder = Holder(
        author=_plain(told["author"]),
        user=_plain(told["user"]),
        host=_plain(told["host"]),
        pid=told["pid"],
        since=since.astimezone(UTC),
        program=_plain(told["program"]),
        mark=mark,
    )
    return holder, str(told["started"])


def _plain(text: object) -> str:
    """A name without what would disturb a terminal or a line."""
    return "".join(letter for letter in str(text)[:_LONGEST] if letter.isprintable()).strip()
