"""Asking for a file: the system's own dialog on Windows and macOS, else Qt's in our words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileInfo, Qt
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

from viewer.widgets.parts.messages import hand_back
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon

    from db.records import Language

# What Qt's Korean catalogue lacks, or says for other things.
_LABELS = {
    "look-in": QFileDialog.DialogLabel.LookIn,
    "name": QFileDialog.DialogLabel.FileName,
    "type": QFileDialog.DialogLabel.FileType,
    "cancel": QFileDialog.DialogLabel.Reject,
}


class _Icons(QFileIconProvider):
    """Says in the window's language what is a folder and what a file, and knows no other kinds.

    Qt would open each file to see what it is. When it closes ours again, the system lets go of
    the locks by which SQLite keeps others from taking the log away that we write to.
    """

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def icon(self, what: QFileInfo | QFileIconProvider.IconType) -> QIcon:
        kinds = QFileIconProvider.IconType
        if isinstance(what, QFileInfo):
            what = kinds.Folder if what.isDir() else kinds.File
        return super().icon(what)

    def type(self, info: QFileInfo) -> str:
        key = "folder" if info.isDir() else "file"
        return t(f"file-dialog.{key}", self._language)


def ask_for_file(
    parent: QWidget,
    title: str,
    start: Path,
    kinds: str,
    language: Language,
    then: Callable[[Path], object],
    *,
    saving: bool = False,
    replacing: bool = True,
) -> QFileDialog:
    """Opens the dialog and calls `then` with what is chosen; nothing is waited for.

    `start` is a folder, or for `saving` the file that is suggested. `kinds` is a filter as Qt
    writes it. Without `replacing` a file that exists is chosen without a question: whoever saves
    refuses it.
    """
    dialog = _dialog(parent, title, "file-dialog.save" if saving else "file-dialog.open", language)
    dialog.setNameFilter(kinds)
    modes = QFileDialog.FileMode
    dialog.setFileMode(modes.AnyFile if saving else modes.ExistingFile)
    accepts = QFileDialog.AcceptMode
    dialog.setAcceptMode(accepts.AcceptSave if saving else accepts.AcceptOpen)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, not replacing)
    dialog.setDirectory(str(start.parent if saving else start))
    if saving:
        dialog.selectFile(start.name)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()
    return dialog


def ask_for_files(
    parent: QWidget,
    title: str,
    start: Path,
    kinds: str,
    language: Language,
    then: Callable[[list[Path]], object],
) -> QFileDialog:
    """The same for several files that exist; `start` is a folder."""
    dialog = _dialog(parent, title, "file-dialog.open", language)
    dialog.setNameFilter(kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setDirectory(str(start))
    dialog.filesSelected.connect(lambda names: then([Path(each) for each in names]))
    dialog.open()
    return dialog


def ask_for_folder(
    parent: QWidget, title: str, start: Path, language: Language, then: Callable[[Path], object]
) -> QFileDialog:
    """The same for a folder; the nearest one that is there is shown first."""
    dialog = _dialog(parent, title, "file-dialog.open", language)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    there = next((each for each in (start, *start.parents) if each.is_dir()), Path.home())
    dialog.setDirectory(str(there))
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, accept: str, language: Language) -> QFileDialog:
    """A dialog in the words of the window; `accept` is the key of its button."""
    dialog = QFileDialog(parent, title)
    hand_back(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if sys.platform.startswith("linux"):
        # GTK's dialog opens the files that it shows, within this process (see `_Icons`).
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setViewMode(QFileDialog.ViewMode.List)
    for key, label in _LABELS.items():
        dialog.setLabelText(label, t(f"file-dialog.{key}", language))
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, t(accept, language))
    # Held by the dialog: Qt does not own it.
    dialog.icons = _Icons(language)  # type: ignore[attr-defined]
    dialog.setIconProvider(dialog.icons)  # type: ignore[attr-defined]
    return dialog
