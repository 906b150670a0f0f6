"""What a file lies on: whether it can be written, and whether it is a network share."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# File systems of other machines, and of a virtual one's host, where SQLite's locks and shared
# memory cannot be relied on.
_SHARES = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afpfs",
    "webdav",
    "9p",
    "fuse.sshfs",
    "fuse.davfs",
    "fuse.gvfsd-fuse",
    "fuse.rclone",
    "afs",
    "ceph",
    "ncpfs",
    "vboxsf",
    "fuse.vmhgfs-fuse",
    "virtiofs",
}
_MOUNTS = Path("/proc/self/mounts")
_REMOTE_DRIVE = 4  # of GetDriveTypeW


def obstacle(path: Path) -> str | None:
    """Why a file cannot be edited where it lies: `read-only.file`, `read-only.folder`,
    `read-only.share`, or None where it can."""
    if not os.access(path, os.W_OK):
        return "read-only.file"
    if not os.access(path.parent, os.W_OK):
        return "read-only.folder"
    return "read-only.share" if is_share(path) else None


def on_one(path: Path, folder: Path) -> bool:
    """Whether a file lies on the medium of a folder, which may still have to be made."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return path.stat().st_dev == there.stat().st_dev


def is_share(path: Path) -> bool:
    """Whether a file lies on a network share; where the system does not tell, it does not."""
    if sys.platform == "win32":
        import ctypes

        absolute = os.path.abspath(path)  # noqa: PTH100 - a share's own name is not to be resolved
        if absolute.startswith("\\\\"):
            return True
        drive = os.path.splitdrive(absolute)[0] + "\\"
        return bool(ctypes.windll.kernel32.GetDriveTypeW(drive) == _REMOTE_DRIVE)
    try:
        mounts = [line.split(" ") for line in _MOUNTS.read_text("utf-8", "replace").splitlines()]
    except OSError:
        return False
    return _kind(path.resolve(), [(fields[1], fields[2]) for fields in mounts]) in _SHARES


def _kind(path: Path, mounts: list[tuple[str, str]]) -> str:
    """The kind of the file system that a path lies on: that of its innermost mount."""
    found = ("", "")
    for point, kind in mounts:
        # Blanks in a mount point are written in octal.
        folder = point.replace("\\040", " ")
        if path.is_relative_to(folder) and len(folder) >= len(found[0]):
            found = (folder, kind)
    return found[1]
