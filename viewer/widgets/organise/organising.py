"""Organising the timeline from the window: the dialog, and the form of a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from db.errors import AllianceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from viewer.document import Document
    from viewer.widgets.commands import Commands
    from viewer.widgets.forms.editing import Editing
    from viewer.widgets.organise.dialog import OrganiseDialog
    from viewer.widgets.state import ViewState


class Organising(QObject):
    """Opens the dialog, one at a time, and the form of one stage. Dialogs are loaded when they
    are asked for."""

    def __init__(
        self, document: Document, state: ViewState, editing: Editing, window: QWidget
    ) -> None:
        super().__init__(window)
        self._document, self._state, self._editing = document, state, editing
        self._window = window
        self._dialog: OrganiseDialog | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the commands mean."""
        return {"organise": self.open}

    def refresh(self, commands: Commands) -> None:
        """Without a file there is nothing to put in order."""
        commands.actions["organise"].setEnabled(self._document.path is not None)

    def open(self, page: str = "lanes") -> OrganiseDialog:
        """Shows the dialog, at one of its pages; the window stays at work behind it."""
        from viewer.widgets.organise.dialog import OrganiseDialog

        if self._dialog is None:
            made = self._dialog = OrganiseDialog(
                self._document, self._state, self._editing, self._window
            )
            made.finished.connect(self._forget)
            made.show_page(page)
            made.place()
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        return self._dialog

    def _forget(self, _result: int) -> None:
        self._dialog = None

    def edit_stage(self, stage_id: int) -> None:
        """Opens the form of a stage, over the window; a file that cannot be written says why."""
        self._open_form(stage_id=stage_id)

    def new_stage(self, scheme_id: int) -> None:
        """The same of a stage that a scheme is to have."""
        lanes = self._document.timeline.lanes
        self._open_form(scheme_id=scheme_id, lane_id=lanes[0].id if lanes else None)

    def _open_form(
        self, *, stage_id: int | None = None, scheme_id: int = 0, lane_id: int | None = None
    ) -> None:
        from viewer.widgets.forms.stage_form import StageForm
        from viewer.widgets.parts.messages import tell_error

        reason, language = self._document.read_only_reason, self._state.language
        try:
            if reason is not None:
                raise AllianceError("file.readonly", path=self._document.path, reason=reason)
            form = StageForm(
                self._document, language, self._editing.apply, self._window,
                stage_id=stage_id, scheme_id=scheme_id, lane_id=lane_id,
            )  # fmt: skip
        except AllianceError as error:
            tell_error(self._window, error, language)
            return
        form.begin()
