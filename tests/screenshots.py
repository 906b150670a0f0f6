"""Makes the pictures of the README: `make screenshots`.

They are taken from the program itself, offscreen, on a fresh file with the shipped data, and
written to `resources/screenshots/`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from db import dates
from db.store import Store
from viewer.app import Wired
from viewer.widgets.settings import Settings

if TYPE_CHECKING:
    from db.records import Language

ROOT = Path(__file__).parents[1]
OUT = ROOT / "resources" / "screenshots"
SIZE = (1600, 1000)


def settled(application: QApplication) -> None:
    """Lets the window lay itself out and paint until nothing is left to do."""
    for _ in range(20):
        application.processEvents()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def take(application: QApplication, widget: QWidget, name: str) -> None:
    settled(application)
    path = OUT / f"{name}.png"
    if not widget.grab().save(str(path)):
        sys.exit(f"{path} could not be written")
    print(path.relative_to(ROOT))


def opened(
    application: QApplication, file: Path, language: Language, theme: str, years: tuple[str, str]
) -> Wired:
    """The window on the file, with the event of the May 2022 summit selected."""
    wired = Wired(application, file, Settings(language=language, theme=theme), language)
    wired.window.resize(*SIZE)
    wired.window.show()
    wired.window.canvas.setFocus()
    settled(application)
    first, last = (dates.from_iso(f"{year}-01-01") for year in years)
    wired.state.set_range(float(first), float(last))
    with Store.open(file, read_only=True) as store:
        wired.selection.select(("event", store.find_event("summit-2022")))
    settled(application)
    return wired


def main() -> None:
    application = QApplication(["alliance-timeline"])
    application.setStyle("Fusion")
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "korea-us.alliance")
        Store.create(file).close()
        wired = opened(application, file, "en", "light", ("1947", "2031"))
        take(application, wired.window, "main-window")
        wired.window.close()
        wired.document.close()
        wired = opened(application, file, "ko", "dark", ("2005", "2027"))
        wired.window.open_source(wired.selection.ref)
        take(application, wired.window, "source-korean-dark")
        wired.window.close()
        wired.document.close()


if __name__ == "__main__":
    main()
