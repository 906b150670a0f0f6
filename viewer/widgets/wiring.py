"""What the controllers of the window ask of each other: who tells, and who does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viewer.widgets.main_window import MainWindow
    from viewer.widgets.reader.reader import SourceReader
    from viewer.widgets.state import Selection


def connect(window: MainWindow, selection: Selection) -> None:
    """Connects the controllers of a window that has all of them."""
    for teller in (
        window.editing, window.adding, window.noting, window.safekeeping, window.histories,
        window.editions, window.bringing, window.proving, window.quoting, window.dating,
        window.citing, window.exchanging,
    ):  # fmt: skip
        teller.news.connect(window.status.tell)
    for bars in (window.safekeeping.noticed, window.resuming.made, window.proving.noticed):
        bars.connect(window.put_bar)
    _connect_forms(window)
    _connect_drafts(window)
    _connect_sources(window)
    commands = window.commands
    selection.changed.connect(lambda _: window.noting.refresh(commands))
    selection.changed.connect(lambda _: window.adding.refresh(commands))
    selection.changed.connect(lambda: window.bulk.refresh_selection(commands))
    window.noting.link_asked.connect(window.ask_and_follow)
    window.adding.stage_asked.connect(window.organising.edit_stage)
    window.canvas.callout_moved.connect(window.noting.drag)
    commands.menus["edit"].aboutToShow.connect(lambda: window.proving.fill(commands))
    # Not before it is asked for: the first picture does not wait for the list of sources.
    commands.menus["view"].aboutToShow.connect(lambda: window.bringing.fill(commands))


def _connect_forms(window: MainWindow) -> None:
    """There is room for one form at a time: what the others hold is kept as their drafts."""
    place = window.reader_place
    window.quoting.opened.connect(place.remember)
    every = (window.adding, window.noting, window.quoting, window.dating)
    for forms in every:
        for other in every:
            if other is not forms:
                forms.opened.connect(other.leave)
        forms.opened.connect(window.show_form)
        forms.closed.connect(window.hide_form)
        forms.opened.connect(window.resuming.look)
        forms.closed.connect(window.resuming.look)
    for forms in (window.quoting, window.dating):
        forms.opened.connect(place.make_room)
        forms.closed.connect(place.read_on)


def _connect_drafts(window: MainWindow) -> None:
    resuming = window.resuming
    resuming.event_asked.connect(window.adding.resume)
    resuming.note_asked.connect(window.noting.resume)
    resuming.stage_asked.connect(window.organising.edit_stage)
    resuming.new_stage_asked.connect(window.organising.new_stage)
    resuming.quote_asked.connect(window.quoting.resume)
    resuming.changed.connect(lambda: resuming.refresh(window.commands))


def _connect_sources(window: MainWindow) -> None:
    place, proving = window.reader_place, window.proving
    place.made.connect(lambda reader: _connect_reader(window, reader))
    place.closed.connect(window.canvas.setFocus)
    window.dating.read.connect(place.show_stretch)
    window.quoting.shown.connect(place.show_quote)
    window.bringing.shown.connect(place.show_source)
    window.files.verified.connect(proving.take)
    proving.quote_asked.connect(place.show_quote)
    proving.source_asked.connect(place.show_source)
    proving.stretch_asked.connect(place.go_to_stretch)
    proving.event_asked.connect(window.edit_part)
    proving.quote_form_asked.connect(window.quoting.edit)


def _connect_reader(window: MainWindow, reader: SourceReader) -> None:
    reader.quote_passage_asked.connect(window.quoting.quote_passage)
    reader.quote_asked.connect(window.quoting.do)
    reader.cite_asked.connect(window.citing.copy_here)
