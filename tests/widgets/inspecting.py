"""What the tests of the inspector and the reader share: how to read a page, made-up records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTextBrowser, QWidget

from db.details import EventDetail, QuoteDetail, SourceDetail, SourceQuote, SourceSummary
from db.quotes import select
from db.records import (
    Anchor,
    Bilingual,
    Event,
    EventDate,
    Evidence,
    Kind,
    KindGroup,
    Lane,
    Quote,
    Source,
    Speaker,
)
from viewer.document import Document
from viewer.widgets.palette import apply_look
from viewer.widgets.parts.text_buttons import TextButton
from viewer.widgets.state import Selection, ViewState

if TYPE_CHECKING:
    from db.records import Language, Ref

NONE = Bilingual()
LANE = Lane(1, "military", None, 1, "blue", Bilingual("Military", "군사"))
SPEAKER = Speaker(1, Bilingual("An official", "당국자"), Bilingual("ministry", "외교부"), False)


class MadeDocument(Document):
    """A document of made-up details instead of a file."""

    def __init__(self, *details: EventDetail, source: SourceDetail | None = None) -> None:
        super().__init__()
        self.details = {each.event.id: each for each in details}
        self.made_source = source

    def event(self, ident: int) -> EventDetail:
        return self.details[ident]

    def source(self, ident: int) -> SourceDetail:
        assert self.made_source is not None
        return self.made_source


def dressed(document: Document, language: Language, theme: str = "light") -> ViewState:
    """The view's state, with the application dressed as it asks for."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    state = ViewState(document, language=language, theme=theme)
    apply_look(application, theme, state.type_size)
    return state


def event_ref(document: Document, slug: str) -> Ref:
    """The event of the shipped data with that slug."""
    from db.store import Store

    assert document.path is not None
    with Store.open(document.path, read_only=True) as store:
        found = store.find_event(slug)
    assert found is not None
    return "event", found


def stage_ref(document: Document, slug: str) -> Ref:
    return "stage", next(each.id for each in document.timeline.stages if each.slug == slug)


def shown(widget: QWidget) -> str:
    """Every text that a widget shows, each paragraph in a line of its own."""
    found = []
    for each in (widget, *widget.findChildren(QWidget)):
        if not each.isVisibleTo(widget):
            continue
        if isinstance(each, TextButton):
            found.append(each.words)
        elif isinstance(each, QLabel):
            found.append(each.text())
        elif isinstance(each, QTextBrowser):
            found.append(each.toPlainText())
    return "\n".join(found)


def button(widget: QWidget, words: str) -> QAbstractButton:
    """The first button whose words hold these."""
    for each in widget.findChildren(QAbstractButton):
        text = each.words if isinstance(each, TextButton) else each.text()
        if words in text or words in each.accessibleName():
            return each
    raise AssertionError(f"no button says {words!r}")


def made_event(**parts: object) -> EventDetail:
    """An event with as little as there can be, and what is given."""
    usual: dict[str, object] = {
        "event": Event(
            7, None, 1, 3, "occurred", "unseen", NONE, Bilingual("Brown Memorandum", "브라운 각서"),
            NONE, NONE, NONE, None, (1,), (),
        ),
        "kind": Kind(1, "agreement", 1, 1, Bilingual("Agreement", "협정")),
        "group": KindGroup(1, "treaties", 1, Bilingual("Treaties", "조약")),
        "lanes": (LANE,),
        "tags": (),
        "dates": (EventDate(1, 7, "signed", "1966-03-04", None, None, True, NONE),),
    }  # fmt: skip
    for name in (
        "disputes", "claims", "citations", "confirmations", "quotes", "forecasts", "notes",
        "links", "stages",
    ):  # fmt: skip
        usual[name] = ()
    return EventDetail(**(usual | parts))  # type: ignore[arg-type]


def made_quote(
    text: str, exact: str, start: int, ident: int = 1, state: str = "intact"
) -> SourceQuote:
    """A quote of a made-up source, as evidence for event 7."""
    stands = select(text, start, start + len(exact))
    quote = Quote(ident, None, exact, "direct", "ko", SPEAKER, None, NONE, state)
    anchor = Anchor(
        ident, ident, 1, start, start + len(exact), stands.before, stands.after, state, 100, True
    )
    evidence = Evidence(ident, ident, ("event", 7), "supports", "existence", "report", NONE)
    return SourceQuote(quote, anchor, ((evidence, Bilingual("Brown Memorandum", "브라운 각서")),))


def made_source(text: str, *quotes: SourceQuote) -> SourceDetail:
    source = Source(
        1, None, Bilingual("A memoir", "회고록"), NONE, NONE, None, NONE, "ko", None, None, None,
        "text/plain", "text", "", text, "", None, NONE, NONE, None,
    )  # fmt: skip
    return SourceDetail(source, (), quotes, ())


def as_detail(found: SourceQuote) -> QuoteDetail:
    """The quote as the inspector gets it."""
    summary = SourceSummary(1, Bilingual("A memoir", "회고록"), NONE, "ko", None, None, NONE, NONE)
    return QuoteDetail(found.quote, found.anchor, summary, "", found.evidence[0][0], (), (), ())


__all__ = [
    "MadeDocument",
    "Selection",
    "as_detail",
    "button",
    "dressed",
    "event_ref",
    "made_event",
    "made_quote",
    "made_source",
    "shown",
    "stage_ref",
]
