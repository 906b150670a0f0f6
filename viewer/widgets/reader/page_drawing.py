"""The pictures of a PDF's pages: drawn one after the other in a process of their own, and kept as
far as there is room."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from db.errors import AllianceError
from viewer.widgets.parts.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from viewer.sources.records import PagePicture

_ROOM = 96 << 20  # bytes of pictures that are kept
_LOCKED = ("source.encrypted", "source.password")


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page's picture; `letters` knows where the letters of its text stand, without pixels."""

    image: QImage
    letters: PagePicture


class PageCache:
    """Pictures by document, page and width; the longest unused ones go when there are too many,
    but never the last."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._pages: OrderedDict[tuple[Hashable, int, int], DrawnPage] = OrderedDict()

    @property
    def size(self) -> int:
        """Bytes of all pictures."""
        return sum(each.image.sizeInBytes() for each in self._pages.values())

    def put(self, document: Hashable, page: int, width: int, drawn: DrawnPage) -> None:
        self._pages[document, page, width] = drawn
        self._pages.move_to_end((document, page, width))
        while len(self._pages) > 1 and self.size > self._room:
            self._pages.popitem(last=False)

    def get(self, document: Hashable, page: int, width: int) -> DrawnPage | None:
        key = (document, page, width)
        if key in self._pages:
            self._pages.move_to_end(key)
        return self._pages.get(key)

    def any_width(self, document: Hashable, page: int) -> DrawnPage | None:
        """A picture of the page in whatever width, the last used: better than none."""
        found = [key for key in self._pages if key[:2] == (document, page)]
        return self._pages[found[-1]] if found else None

    def clear(self) -> None:
        self._pages.clear()


class PageDrawing(QObject):
    """Draws the pages that are wanted, and the one after them before it is.

    `changed` tells that a page was begun, drawn, given up or refused. `busy` is the page that is
    being drawn and waited for, `fault` why one was not; `stopped` says that somebody gave up.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cache = PageCache()
        self.busy: int | None = None
        self.fault: AllianceError | None = None
        self.stopped = False
        self._document: Hashable = None
        self._bytes_of: Callable[[], bytes] = bytes
        self._data: bytes | None = None
        self._passwords: dict[Hashable, str] = {}
        self._pages: tuple[int, ...] = ()
        self._count = self._width = 0
        self._work: Work | None = None
        self._drawn: tuple[int, int] | None = None  # page and width at work
        self._refused: set[int] = set()  # not drawn ahead again

    def open(self, document: Hashable, count: int, bytes_of: Callable[[], bytes]) -> None:
        """Takes up a document of `count` pages; `document` says which, whatever is open."""
        self.leave()
        self._document, self._count, self._bytes_of = document, count, bytes_of

    def forget(self) -> None:
        """Lets go of everything: pictures and passwords too."""
        self.leave()
        self._document, self._count = None, 0
        self.cache.clear()
        self._passwords.clear()

    def leave(self) -> None:
        """Stops what is being drawn; what was drawn is kept."""
        self._drop()
        self._data, self._pages = None, ()
        self.fault, self.stopped = None, False
        self._refused.clear()

    def want(self, pages: tuple[int, ...], width: int) -> None:
        """The pages to be drawn (from 0), and how wide, in px."""
        if (pages, width) == (self._pages, self._width) and self.fault is None:
            self._next()
            return
        if pages != self._pages:
            self.fault, self.stopped = None, False
        self._pages, self._width = pages, width
        if self._drawn is not None and self._drawn not in ((page, width) for page in pages):
            self._drop()
        self._next()

    def page(self, number: int) -> DrawnPage | None:
        """The picture of a page: in the width that is wanted, else in another one."""
        cache = self.cache
        exact = cache.get(self._document, number, self._width)
        return exact or cache.any_width(self._document, number)

    def stop(self) -> None:
        """Gives up the page that is being drawn, until it is wanted again."""
        self._drop()
        self.stopped = True
        self.changed.emit()

    def again(self) -> None:
        """Tries once more what was given up or refused."""
        self.fault, self.stopped = None, False
        self._next()

    @property
    def locked(self) -> bool:
        """Whether a password is wanted."""
        return self.fault is not None and self.fault.code in _LOCKED

    def unlock(self, password: str) -> None:
        """Draws with this password, now and as long as the file is open."""
        self._passwords[self._document] = password
        self.again()

    # One after the other

    def _next(self) -> None:
        if self._drawn is not None or self.fault is not None or self.stopped:
            self._tell(self._drawn)
            return
        wanted = [page for page in self._pages if not self._has(page)]
        ahead = [
            page
            for page in (max(self._pages, default=-2) + 1,)
            if 0 < page < self._count and not self._has(page) and page not in self._refused
        ]
        for page in (*wanted, *ahead):
            self._begin(page)
            return
        self._tell(None)

    def _has(self, page: int) -> bool:
        return self.cache.get(self._document, page, self._width) is not None

    def _begin(self, page: int) -> None:
        from viewer.sources import worker

        if self._data is None:
            try:
                self._data = self._bytes_of()
            except AllianceError as error:
                self.fault = error
                self._tell(None)
                return
        data, width = self._data, self._width
        password = self._passwords.get(self._document)

        def job() -> DrawnPage:
            picture = worker.picture(data, page, width, password, lambda: work.dropped)
            return drawn_page(picture)

        work = Work(job)
        work.done.connect(lambda drawn: self._on_done(page, width, drawn))
        work.failed.connect(lambda error: self._on_failed(page, error))
        self._work, self._drawn = work, (page, width)
        work.start()
        self._tell(self._drawn)

    def _on_done(self, page: int, width: int, drawn: DrawnPage) -> None:
        self.cache.put(self._document, page, width, drawn)
        self._work = self._drawn = None
        self._next()

    def _on_failed(self, page: int, error: Exception) -> None:
        self._work = self._drawn = None
        if not isinstance(error, AllianceError):
            raise error
        if page in self._pages:
            self.fault = error
        else:
            self._refused.add(page)
        self._next()

    def _drop(self) -> None:
        if self._work is not None:
            self._work.drop()
        self._work = self._drawn = None
        self.busy = None

    def _tell(self, drawn: tuple[int, int] | None) -> None:
        # A page that is drawn ahead is not waited for.
        self.busy = drawn[0] if drawn is not None and drawn[0] in self._pages else None
        self.changed.emit()


def drawn_page(picture: PagePicture) -> DrawnPage:
    """The picture as Qt has it; may be made in any thread."""
    rows = picture.rows()
    shown = QImage(rows, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
    return DrawnPage(shown.copy(), replace(picture, pixels=""))
