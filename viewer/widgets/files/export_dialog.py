"""The export dialog: choices at the right, the very page at the left, written in a thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import AllianceError
from viewer.render.export import is_laid_out, picture, render
from viewer.render.files import check_target, write_atomically
from viewer.widgets.canvas.placing import FEW
from viewer.widgets.files.export_form import ExportForm, Request
from viewer.widgets.files.preview import Preview
from viewer.widgets.parts.file_dialogs import ask_for_file
from viewer.widgets.parts.messages import hand_back
from viewer.widgets.parts.work import Work
from viewer.words import explain, t

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from db.timeline import Timeline
    from viewer.display import DisplayList
    from viewer.document import Document
    from viewer.widgets.settings import Settings
    from viewer.widgets.state import ViewState

_PAUSE = 120  # ms without a further change before the preview is laid out
_LONG = 400  # ms after which a bar tells that work goes on


class ExportDialog(QDialog):
    """`written` tells the path of the picture that was written."""

    written = Signal(object)

    def __init__(
        self,
        document: Document,
        state: ViewState,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        hand_back(self)
        self._document, self._state, self._settings = document, state, settings
        self._work: Work | None = None
        self._laying: Work | None = None  # lays out the page where that takes long
        self._another = False  # page was asked for meanwhile
        self._target = Path()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = ExportForm(document, state)
        self.preview = Preview()
        self.told = QLabel()  # the page in numbers, or what is wrong
        self.progress = QProgressBar()
        self.save, self.leave = QPushButton(), QPushButton()
        self._pause, self._patience = QTimer(self), QTimer(self)
        self._arrange()
        self._connect()
        self._retext()
        self.show_page()

    def _arrange(self) -> None:
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(3 * self.fontMetrics().height())
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.save.setProperty("primary", "true")
        self.save.setDefault(True)
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(self.form)
        side.addWidget(self.told)
        side.addStretch(1)
        side.addWidget(self.progress)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.save)
        side.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        row.addWidget(self.preview, 1)
        holder = QWidget()
        holder.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        holder.setFixedWidth(max(340, holder.sizeHint().width()))
        row.addWidget(holder)
        self.resize(1060, 600)

    def _connect(self) -> None:
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.show_page)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_LONG)
        self._patience.timeout.connect(self.progress.show)
        self.form.changed.connect(self._pause.start)
        self.save.clicked.connect(self.ask_and_write)
        self.leave.clicked.connect(self.cancel)

    def _retext(self) -> None:
        language = self._state.language
        self.setWindowTitle(t("export-dialog.title", language))
        self.preview.setAccessibleName(t("export-dialog.preview", language))
        self.progress.setAccessibleName(t("export-dialog.writing", language))
        self.save.setText(t("export-dialog.save", language))
        self.leave.setText(t("button.cancel", language))

    # The page

    @property
    def busy(self) -> bool:
        """Whether a page is being laid out or written."""
        return self._work is not None or self._laying is not None

    def show_page(self) -> None:
        """Lays out the page that is asked for, or tells why there is none. Many labels are placed
        beside the window: the page before stays until then."""
        if self._laying is not None:
            self._another = True
            return
        try:
            asked = self.form.request()
        except AllianceError as error:
            self._show_none(error)
            return
        timeline = self._document.timeline
        if len(timeline.columns) > FEW and not is_laid_out(timeline, asked.view, asked.page):
            self._lay_out(timeline, asked)
            return
        try:
            self._show(asked, picture(timeline, asked.view, asked.page))
        except AllianceError as error:
            self._show_none(error)

    def _lay_out(self, timeline: Timeline, asked: Request) -> None:
        laying = self._laying = Work(lambda: picture(timeline, asked.view, asked.page))
        laying.done.connect(lambda found: self._on_laid_out(asked, found))
        laying.failed.connect(self._on_not_laid_out)
        self._tell(t("engine.placing", self._state.language), "muted")
        self._patience.start()
        laying.start()

    def _on_laid_out(self, asked: Request, found: DisplayList) -> None:
        self._end_laying()
        if self._another:
            self._another = False
            self.show_page()
        elif self._work is None:
            self._show(asked, found)

    def _on_not_laid_out(self, error: Exception) -> None:
        self._end_laying()
        self._another = False
        if not isinstance(error, AllianceError):
            raise error
        self._show_none(error)

    def _end_laying(self) -> None:
        self._laying = None
        if self._work is None:
            self._patience.stop()
            self.progress.hide()

    def _show(self, asked: Request, found: DisplayList) -> None:
        self.preview.show_picture(found)
        self._tell(self._page_words(asked), "muted")
        self.save.setEnabled(True)

    def _show_none(self, error: AllianceError) -> None:
        self.preview.show_picture(None)
        self._tell_error(error)
        self.save.setEnabled(False)

    def _page_words(self, asked: Request) -> str:
        language = self._state.language
        width, height = asked.page.dots
        across, down = asked.page.inches
        if asked.format == "png":
            told = t("export-dialog.dots", language, width=width, height=height)
        else:
            mm = 25.4
            told = t(
                "export-dialog.paper", language, width=round(across * mm), height=round(down * mm)
            )
        counts = self.preview.picture.counts if self.preview.picture else {}
        labelled = t(
            "export-dialog.labels",
            language,
            shown=counts.get("shown", 0),
            labelled=counts.get("labelled", 0),
        )
        return f"{told}\n{labelled}"

    def _tell(self, text: str, rank: str) -> None:
        self.told.setText(text)
        if self.told.property("rank") != rank:
            self.told.setProperty("rank", rank)
            self.told.style().unpolish(self.told)
            self.told.style().polish(self.told)

    def _tell_error(self, error: AllianceError) -> None:
        self._tell(explain(error, self._state.language), "error")

    # Writing

    def ask_and_write(self) -> None:
        """Asks where, then writes; the folder is remembered."""
        try:
            asked = self.form.request()
        except AllianceError as error:
            self._tell_error(error)
            return
        language = self._state.language
        source = self._document.path
        stem = source.stem if source else t("files.new-name", language)
        folder = Path(self._settings.export_folder) if self._settings.export_folder else Path.home()
        ask_for_file(
            self,
            t("export-dialog.title", language),
            folder / f"{stem}.{asked.format}",
            f"{asked.format.upper()} (*.{asked.format})",
            language,
            lambda path: self.write(asked, _with_suffix(path, asked.format)),
            saving=True,
        )

    def write(self, asked: Request, path: Path) -> None:
        """Writes in a thread, whole or not at all; an error is told here and the dialog stays."""
        source = self._document.path
        try:
            if source is not None and path.exists() and path.samefile(source):
                raise AllianceError("export.itself", path=path)
            check_target(path)
        except AllianceError as error:
            self._tell_error(error)
            return
        timeline, laying = self._document.timeline, self._laying

        def job() -> bool:
            if laying is not None:  # it places the very labels, most often
                laying.wait()
            data = render(timeline, asked.view, asked.page, asked.format, title=asked.title)
            if work.dropped:
                return False
            write_atomically(path, data)
            return True

        work = self._work = Work(job)
        self._target = path
        work.done.connect(self._on_written)
        work.failed.connect(self._on_failed)
        self._set_busy(True)
        work.start()

    def _set_busy(self, busy: bool) -> None:
        self.form.setEnabled(not busy)
        self.save.setEnabled(not busy)
        if busy:
            self._patience.start()
            self._tell(t("export-dialog.writing", self._state.language), "muted")
        else:
            self._patience.stop()
            self.progress.hide()

    def _on_written(self) -> None:
        self._work, path = None, self._target
        self._settings.export_folder = str(path.resolve().parent)
        self._set_busy(False)
        self.written.emit(path)
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self._work = None
        self._set_busy(False)
        if not isinstance(error, AllianceError):
            raise error
        self._tell_error(error)

    def cancel(self) -> None:
        """Stops writing where it goes on (nothing is written then), else closes."""
        if self._work is None:
            self.reject()
            return
        self._work.drop()
        self._work = None
        self._set_busy(False)
        self.show_page()

    def reject(self) -> None:
        self._drop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._drop()
        super().closeEvent(event)

    def _drop(self) -> None:
        for work in (self._work, self._laying):
            if work is not None:
                work.drop()
        self._work = self._laying = None


def _with_suffix(path: Path, suffix: str) -> Path:
    """The path with the format's suffix behind whatever name was given."""
    return path if path.suffix.lower() == f".{suffix}" else path.with_name(f"{path.name}.{suffix}")
