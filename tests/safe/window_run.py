"""A run of the whole window with hostile documents: brought in, pasted, read, quoted, noted,
exported. Started as a process of its own, so that everything it opens can be watched:

    python -m tests.safe.window_run FILE DOCUMENTS OUT BAIT

What it came to is told on standard output as one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.app import Wired

_PATIENCE = 120  # seconds for one step


def main(file: Path, documents: Path, out: Path, bait: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from viewer.app import Wired
    from viewer.widgets.settings import Settings

    application = QApplication([])
    application.setStyle("Fusion")
    wired = Wired(application, file, Settings(export_folder=str(out)), "ko")
    wired.window.resize(1280, 720)
    wired.show()
    settle()
    done = {
        "sources": bring_in(wired, documents, bait),
        "read": read_all(wired),
        "quotes": quote(wired),
        "notes": note(wired, bait),
        "written": export(wired, out),
        "sockets": internet_sockets(),
    }
    wired.close()
    print(json.dumps(done), flush=True)
    # Widgets are left to the system: in which order Python would let go of them is not told here.
    os._exit(0)


def settle() -> None:
    from PySide6.QtWidgets import QApplication

    for _ in range(5):
        QApplication.processEvents()


def until(condition: Callable[[], bool], what: str) -> None:
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    end = time.monotonic() + _PATIENCE
    while not condition():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        if time.monotonic() > end:
            raise SystemExit(f"waited in vain: {what}")
    settle()


def bring_in(wired: Wired, documents: Path, bait: Path) -> int:
    """Every document by the menu's way, and one by the clipboard; each form is saved as it is."""
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QGuiApplication

    from tests.safe.hostile import html

    before = len(wired.document.sources())
    paths = [each for each in sorted(documents.iterdir()) if not each.name.startswith("bait")]
    wired.window.bringing.open(paths)
    save_forms(wired, before + len(paths))
    mime = QMimeData()
    mime.setHtml(html(bait).replace("공동성명", "붙인 글"))
    QGuiApplication.clipboard().setMimeData(mime)
    wired.window.bringing.paste()
    save_forms(wired, before + len(paths) + 1)
    return len(wired.document.sources()) - before


def save_forms(wired: Wired, wanted: int) -> None:
    from PySide6.QtWidgets import QApplication

    from viewer.widgets.parts.progress import ProgressBox
    from viewer.widgets.sources.source_form import SourceForm

    def step() -> bool:
        box = QApplication.activeModalWidget()
        if isinstance(box, SourceForm):
            box.save_button.click()
        elif box is not None and not isinstance(box, ProgressBox):
            raise SystemExit(f"a box is in the way: {getattr(box, 'text', str)()}")
        return box is None and len(wired.document.sources()) >= wanted

    until(step, "sources are stored")


def read_all(wired: Wired) -> int:
    """Opens each source in the reader, and paints it."""
    rows = wired.document.sources()
    for each in rows:
        wired.window.reader_place.show_source(each.id)
        settle()
        wired.window.reader.grab()
        wired.window.dating.open()
        panel = wired.window.dating.panel
        if panel is not None:
            until(lambda panel=panel: panel.counted.text() != "", "dates were looked for")  # type: ignore[misc]
        wired.window.dating.leave()
        settle()
    return len(rows)


def quote(wired: Wired) -> int:
    """A quote from each of the new sources, by the keys' way."""
    from tests.safe.hostile import WORDS
    from viewer.edits.quote_drafts import EvidenceDraft, QuoteDraft, voice_of
    from viewer.edits.quoting import added

    event_id = int(wired.document.timeline.columns.id[0])
    count = 0
    for row in wired.document.sources():
        source = wired.document.source(row.id).source
        start = source.text.find(WORDS)
        if start < 0:
            continue
        wired.window.quoting.begin(row.id, start, start + len(WORDS), event_id=event_id)
        settle()
        wired.window.grab()
        wired.window.quoting.discard()
        speaker = voice_of(source, wired.document.speakers(row.id))
        evidence = (EvidenceDraft(("event", event_id)),)
        draft = QuoteDraft(start, start + len(WORDS), speaker, "ko", "reporter", evidence=evidence)
        wired.document.apply(added(source, draft))
        count += 1
    wired.selection.select(("event", event_id))
    settle()
    wired.window.citing.copy("ko")
    wired.window.grab()
    return count


def note(wired: Wired, bait: Path) -> int:
    """A note full of pictures, with its preview, saved and shown in the inspector."""
    from tests.safe.hostile import html, markdown

    wired.window.noting.add()
    settle()
    form = wired.window.noting.form
    assert form is not None
    form.editor.field.setPlainText(f"{markdown(bait)}\n\n{html(bait)}")
    settle()
    form.editor.preview.grab()
    form.save.click()
    settle()
    wired.window.inspector.grab()
    assert wired.selection.ref is not None
    return len(wired.document.event(wired.selection.ref[1]).notes)


def export(wired: Wired, out: Path) -> list[str]:
    """Pictures and quotes, as files."""
    from dataclasses import replace

    from viewer.layout.view import Caption
    from viewer.render import export as writer
    from viewer.render import pages

    page = pages.page("16:9", 96)
    view = replace(wired.state.view(page.width, page.height), caption=Caption(title="보고"))
    for suffix in ("png", "svg", "pdf"):
        path = out / f"picture.{suffix}"
        writer.export(wired.document.timeline, view, page, path, title="보고")
    for kind, name in (("annotations", "quotes.jsonld"), ("csl", "sources.json")):
        wired.window.exchanging.export(kind, out / name)
        until((out / name).exists, f"{name} is written")
    shown = wired.window.exchanging.open(out / "quotes.jsonld")
    until(shown.progress.isHidden, "the preview is there")
    shown.reject()
    settle()
    return sorted(each.name for each in out.iterdir())


def internet_sockets() -> list[str]:
    """The sockets of the internet that this process holds just now, as Linux tells."""
    own = set()
    for each in Path("/proc/self/fd").iterdir() if Path("/proc/self/fd").is_dir() else ():
        try:
            own.add(each.readlink().name)
        except OSError:  # closed meanwhile: the folder's own
            continue
    inodes = {name.removeprefix("socket:[").rstrip("]") for name in own if "socket:[" in name}
    found = []
    for table in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        path = Path("/proc/self/net") / table
        lines = path.read_text().splitlines()[1:] if path.exists() else []
        found += [f"{table} {line}" for line in lines if line.split()[9] in inodes]
    return found


if __name__ == "__main__":
    main(*(Path(each) for each in sys.argv[1:5]))
