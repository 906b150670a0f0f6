"""A head start: what is settled before anything is imported that is large.

Qt's libraries are linked while Python imports what knows nothing of Qt. Linking them is a tenth
of the way to the first picture, and it needs no Python: a thread does it beside the imports.
Whoever imports PySide6 later finds them linked already. It is no more than a head start: where
it cannot be had, on other systems too, nothing changes.
"""

from __future__ import annotations

import builtins
import os
import sys
from _thread import start_new_thread
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BINDING = "QtWidgets.abi3.so"  # brings QtGui, QtCore and Qt itself along
_PLATFORMS = "Qt/plugins/platforms"


def spare_threads() -> None:
    """Keeps numpy's library for linear algebra, of which we use nothing, from beginning a thread
    for each processor: they cost a tenth of the start. Whoever sets the variable has his way."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@contextmanager
def unhooked() -> Iterator[None]:
    """Within it PySide6 is imported for the first time, and its hook on imports goes at the end.

    The hook reads the source text of every module that is imported later, to see whether it asks
    for Qt's names in another spelling. None of ours does, and it is a fifth of all our imports.
    """
    before = builtins.__import__
    try:
        yield
    finally:
        builtins.__import__ = before


def link_qt() -> None:
    """Starts the thread, on Linux."""
    if not sys.platform.startswith("linux"):
        return
    found = find_spec("PySide6")
    if found is not None and found.origin is not None:
        start_new_thread(_link, (Path(found.origin).parent,))


def _link(folder: Path) -> None:
    from _ctypes import dlopen

    platform = os.environ.get("QT_QPA_PLATFORM") or "xcb"
    for library in (_BINDING, f"{_PLATFORMS}/libq{platform.partition(':')[0]}.so"):
        try:
            dlopen(str(folder / library), os.RTLD_NOW)
        except OSError:
            return  # whoever needs it says what is wrong with it
