"""Notes in the window: written, rewritten, deleted, put on the picture and taken off it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from db.changes import timestamp
from db.errors import AllianceError
from viewer.edits import notes
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from db.changes import Rows
    from db.records import Ref
    from viewer.document import Document
    from viewer.edits.edit import Edit
    from viewer.layout import View
    from viewer.widgets.commands import Commands
    from viewer.widgets.forms.editing import Editing
    from viewer.widgets.forms.note_drafts import NoteKeeper
    from viewer.widgets.forms.note_form import NoteForm
    from viewer.widgets.state import Selection, ViewState

_STEP = 10  # px of a key press


class Noting(QObject):
    """The form of a note, one at a time. `opened` tells the form that is to be shown in place of
    the inspector, `closed` that it is gone, `news` a sentence about what was done."""

    opened = Signal(object)
    closed = Signal()
    news = Signal(str)
    link_asked = Signal(str)

    def __init__(
        self,
        document: Document,
        state: ViewState,
        selection: Selection,
        editing: Editing,
        view: Callable[[], View],
        nudge: Callable[[int, float, float], bool],
        window: QWidget,
    ) -> None:
        """`view` gives the settings of the picture as it is, `nudge` moves a callout (the id of
        its note, px across and down) within it and tells whether it stands there."""
        super().__init__(window)
        self._document, self._state, self._selection = document, state, selection
        self._editing, self._view, self._nudge = editing, view, nudge
        self._form: NoteForm | None = None
        self._keeper: NoteKeeper | None = None
        self._target: Ref = ("event", 0)
        self._note: int | None = None
        document.replaced.connect(self._on_replaced)
        state.changed.connect(self._on_state)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands mean."""
        return {
            "add-note": self.add,
            "callout-left": lambda: self.step(-_STEP, 0),
            "callout-right": lambda: self.step(_STEP, 0),
            "callout-up": lambda: self.step(0, -_STEP),
            "callout-down": lambda: self.step(0, _STEP),
        }

    def refresh(self, commands: Commands) -> None:
        """Greys what cannot be done just now."""
        chosen = self._selection.ref is not None and len(self._selection.refs) == 1
        commands.actions["add-note"].setEnabled(chosen and self._may_write())
        shown = bool(self._callouts_of_selection()) and self._may_write()
        for way in ("left", "right", "up", "down"):
            commands.actions[f"callout-{way}"].setEnabled(shown)

    def _may_write(self) -> bool:
        return self._document.path is not None and self._document.read_only_reason is None

    # The form

    @property
    def form(self) -> NoteForm | None:
        return self._form

    def add(self) -> None:
        """Begins a note on what is selected."""
        ref = self._selection.ref
        if ref is not None and self._may_write():
            self._open(ref, None, "", on_picture=False)

    def edit(self, note_id: int) -> None:
        """Opens a note that is there."""
        if not self._may_write():
            return
        row = self._document.rows_about("note", [note_id])["note"].get(note_id)
        if row is not None:
            target = notes.target_of({"note": {note_id: row}}, note_id)
            self._open(target, note_id, str(row["text"]), on_picture=row["callout_x"] is not None)

    def _open(self, target: Ref, note_id: int | None, words: str, *, on_picture: bool) -> None:
        from viewer.widgets.forms.drafts import DraftStore
        from viewer.widgets.forms.note_drafts import NoteDraft, NoteKeeper, key_of
        from viewer.widgets.forms.note_form import NoteForm

        if self._form is not None and (self._target, self._note) == (target, note_id):
            self._form.begin()
            return
        if not self.leave():
            return
        began = NoteDraft(words, on_picture)
        form = NoteForm(self._state, self._title(target), is_new=note_id is None)
        store = DraftStore(self._document.file_id)
        keeper = NoteKeeper(store, key_of(target, note_id), began, form)
        self._form, self._keeper, self._target, self._note = form, keeper, target, note_id
        waiting = keeper.waiting()
        form.fill(*(waiting or began)[:1], callout=(waiting or began).callout)
        if waiting is not None:
            keeper.touched(waiting)
            form.discard.show()
            self.news.emit(t("notes.went-on", self._state.language))
        keeper.failed.connect(form.show_draft_fault)
        form.changed.connect(self._on_typed)
        form.save_asked.connect(self.save)
        form.leave_asked.connect(self.leave)
        form.discard_asked.connect(self.discard)
        form.link_asked.connect(self.link_asked)
        self.opened.emit(form)
        form.begin()

    def _title(self, target: Ref) -> str:
        language = self._state.language
        if target[0] == "stage":
            return self._document.stage(target[1]).stage.title.text(language)
        return self._document.event(target[1]).event.title.text(language)

    def _on_typed(self) -> None:
        from viewer.widgets.forms.note_drafts import NoteDraft

        if self._form is not None and self._keeper is not None:
            self._keeper.touched(
                NoteDraft(self._form.editor.text(), self._form.callout.isChecked())
            )

    def save(self) -> None:
        """Writes the note as one changeset; what keeps it from being written is told in the form,
        which stays as it is."""
        form = self._form
        if form is None or self._keeper is None:
            return
        words, on_picture = form.editor.text(), form.callout.isChecked()
        try:
            self._document.apply(self._edit(words, on_picture=on_picture))
        except AllianceError as error:
            form.show_fault(error)
            form.begin()
            return
        self._keeper.forget()
        self._close()

    def _edit(self, words: str, *, on_picture: bool) -> Edit:
        """The note, and its place on the picture, in one go."""
        author = self._document.author
        place = self._first_place(self._target) if on_picture else None
        if self._note is not None:
            rows = self._rows(self._note)
            # One that was deleted elsewhere meanwhile is written anew.
            if self._note in rows["note"]:
                return notes.edited(rows, self._note, words, author, timestamp(), place)
        return notes.added(self._target, words, author, timestamp(), place)

    def leave(self) -> bool:
        """Closes the form; what was typed stays as a draft and is gone on with the next time."""
        if self._keeper is None:
            return True
        begun = self._keeper.is_begun
        if not self._keeper.flush():
            return False
        self._close()
        if begun:
            self.news.emit(t("notes.kept", self._state.language))
        return True

    def discard(self) -> None:
        """Closes the form and forgets what was typed."""
        if self._keeper is not None:
            self._keeper.forget()
            self._close()

    def flush(self) -> bool:
        """Puts what is typed on the disk: the window is about to go. False where that fails."""
        return self._keeper is None or self._keeper.flush()

    def _close(self) -> None:
        form, self._form, self._keeper = self._form, None, None
        if form is not None:
            form.hide()
            form.setParent(None)
            self.closed.emit()
            form.deleteLater()

    @property
    def key(self) -> str:
        """The name of the draft of the form that is open; empty where none is."""
        return self._keeper.key if self._keeper else ""

    def resume(self, target: Ref, note_id: int | None) -> None:
        """Goes on with what was being written in a note, or in a new one."""
        if note_id is not None:
            self.edit(note_id)
        else:
            self._selection.select(target)
            self.add()

    def _on_replaced(self) -> None:
        if not self.leave():
            self.discard()

    # Without the form

    def delete(self, note_id: int) -> None:
        self._editing.apply(notes.deleted(self._rows(note_id), note_id))

    def show_on_picture(self, note_id: int, on: bool) -> None:
        rows = self._rows(note_id)
        self._editing.apply(
            notes.shown(rows, note_id, self._first_place(notes.target_of(rows, note_id)))
            if on
            else notes.hidden(rows, note_id)
        )

    def _first_place(self, target: Ref) -> notes.Place:
        from viewer.layout.callouts import first_offset

        return first_offset(self._document.timeline, self._view(), target)

    def drag(self, note_id: int, corner: tuple[float, float]) -> None:
        """A callout was dragged: its box begins at `corner`, px of the picture."""
        from viewer.layout.callouts import offset_at

        timeline = self._document.timeline
        target = next((each.target for each in timeline.callouts if each.id == note_id), None)
        place = offset_at(timeline, self._view(), target, *corner) if target else None
        if place is not None:
            self.move(note_id, place)

    def move(self, note_id: int, place: tuple[int, int]) -> None:
        """The callout stands at another place from now on."""
        self._editing.apply(notes.shown(self._rows(note_id), note_id, place))

    def do(self, what: str, subject: object) -> None:
        """What the inspector asks for, see its `note_asked`."""
        if what == "add":
            self.add()
        elif isinstance(subject, int):
            if what == "edit":
                self.edit(subject)
            elif what == "delete":
                self.delete(subject)
            else:
                self.show_on_picture(subject, what == "show")

    def step(self, across: int, down: int) -> None:
        """Moves the callouts of what is selected by so many px."""
        for note_id, x, y in self._callouts_of_selection():
            if not self._nudge(note_id, across, down):
                self.move(note_id, (x + across, y + down))

    def _callouts_of_selection(self) -> list[tuple[int, int, int]]:
        ref = self._selection.ref
        return [
            (each.id, each.x, each.y)
            for each in self._document.timeline.callouts
            if each.target == ref
        ]

    def _rows(self, note_id: int) -> Rows:
        return self._document.rows_about("note", [note_id])

    def _on_state(self, kind: str) -> None:
        if self._form is not None and kind in ("language", "theme", "type"):
            self._form.retext()
