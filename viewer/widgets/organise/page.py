"""A page of things to put in order: a list with what each holds, and buttons that act on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db.errors import AllianceError
from viewer.edits import organising
from viewer.widgets.forms.form_dialog import FormDialog
from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from db.changes import Rows
    from db.records import Bilingual, Language, Ref
    from viewer.document import Document
    from viewer.edits.edit import Edit
    from viewer.widgets.forms.event_fields import Wrong
    from viewer.widgets.forms.event_parts import PartsList
    from viewer.widgets.parts.fields import BothField, Field
    from viewer.widgets.state import ViewState

_NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_REF = Qt.ItemDataRole.UserRole


class Scene(NamedTuple):
    """What every page works with. `apply` writes an edit and tells whether that was done; `tell`
    shows a known error in the dialog."""

    document: Document
    state: ViewState
    apply: Callable[[Edit], bool]
    tell: Callable[[AllianceError], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a page. `above` is the line that it belongs under, `cells` stand behind its two
    names, `spoken` is read out in place of the line; a `strong` one has others below it; `told`
    explains the first of the cells."""

    ref: Ref
    name: Bilingual
    cells: tuple[str, ...] = ()
    above: Ref | None = None
    icon: QIcon | None = None
    spoken: str = ""
    strong: bool = False
    told: str = ""


class Choice(NamedTuple):
    """An entry of a button's menu."""

    text: str
    take: Callable[[], object]
    icon: QIcon | None = None


@dataclass(slots=True)
class Deed:
    """A button. `choices` make it open a menu. `possible` says whether it can be used with what
    is chosen just now; the file being writable goes without saying."""

    key: str
    act: Callable[[], object]
    keys: str = ""
    choices: Callable[[], Sequence[Choice]] | None = None
    possible: Callable[[], bool] = lambda: True
    reads_only: bool = False


class OrganisePage(QWidget):
    """Kinds of pages give `entries`, `columns` (keys of the headings behind the two names) and
    their `deeds`; the list keeps what is chosen when it is made anew."""

    columns: tuple[str, ...] = ()
    counts_events = True  # in the first of the columns

    def __init__(self, scene: Scene, name_key: str) -> None:
        super().__init__()
        self.scene, self._name_key = scene, name_key
        self._items: dict[Ref, QTreeWidgetItem] = {}
        self.tree = QTreeWidget()
        self.buttons: dict[str, QPushButton] = {}
        self._menus: dict[str, QMenu] = {}
        self._deeds = {deed.key: deed for deed in self.deeds()}
        self._arrange()
        self.tree.currentItemChanged.connect(lambda *_: self.refresh())
        self.tree.itemActivated.connect(lambda *_: self.activate())

    # What a kind of page says

    def deeds(self) -> Sequence[Deed]:
        raise NotImplementedError

    def entries(self) -> Sequence[Entry]:
        raise NotImplementedError

    def beside(self) -> Sequence[int]:
        """The ids that the chosen row stands among, in their order."""
        return ()

    def activate(self) -> None:
        """What Enter and a double click do."""
        self.press("rename")

    # How it is arranged

    def _arrange(self) -> None:
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.setIconSize(QSize(14, 14))
        self.tree.setColumnCount(2 + len(self.columns))
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        column = QVBoxLayout()
        column.setSpacing(4)
        for deed in self._deeds.values():
            column.addWidget(self._button(deed))
        column.addStretch(1)
        held = QWidget()
        column.setContentsMargins(2, 2, 2, 2)
        held.setLayout(column)
        # Large type makes the column higher than a small screen.
        side = QScrollArea()
        side.setWidget(held)
        side.setWidgetResizable(True)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side, self._held = side, held
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.tree, 1)
        row.addWidget(side)

    def _button(self, deed: Deed) -> QPushButton:
        button = self.buttons[deed.key] = QPushButton()
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.press(deed.key))
        if deed.keys:
            shortcut = QShortcut(QKeySequence(deed.keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda: self.press(deed.key))
        return button

    # What is chosen

    @property
    def chosen(self) -> Ref | None:
        item = self.tree.currentItem()
        return item.data(0, _REF) if item is not None else None

    def choose(self, ref: Ref | None) -> None:
        item = self._items.get(ref) if ref is not None else None
        if item is not None:
            self.tree.setCurrentItem(item)
            self.tree.scrollToItem(item)

    def chosen_id(self, table: str) -> int | None:
        """The id of what is chosen, where it is a row of that table."""
        ref = self.chosen
        return ref[1] if ref is not None and ref[0] == table else None

    # What is shown

    @property
    def language(self) -> Language:
        return self.scene.state.language

    def rebuild(self) -> None:
        """Makes the list anew from the file; what is chosen stays, or its neighbour is."""
        chosen, place = self.chosen, self._place()
        self.tree.blockSignals(True)
        self.tree.clear()
        self._items = {}
        for entry in self.entries():
            above = self._items.get(entry.above) if entry.above is not None else None
            item = self._items[entry.ref] = QTreeWidgetItem(self._texts(entry))
            item.setData(0, _REF, entry.ref)
            if entry.icon is not None:
                item.setIcon(0, entry.icon)
            if entry.strong:
                item.setFont(0, self._bold())
            spoken = entry.spoken or ", ".join(filter(None, self._texts(entry)))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setToolTip(0, entry.name.text(self.language))
            item.setToolTip(1, entry.name.other(self.language))
            item.setToolTip(2, entry.told)
            if self.counts_events:
                item.setTextAlignment(2, _NUMBER)
            if above is None:
                self.tree.addTopLevelItem(item)
            else:
                above.addChild(item)
        self.tree.expandAll()
        self.tree.setRootIsDecorated(any(item.parent() for item in self._items.values()))
        self.tree.blockSignals(False)
        every = list(self._items)
        if chosen in self._items:
            self.choose(chosen)
        elif every:
            self.choose(every[min(place, len(every) - 1)])
        self._fit_columns()
        self.refresh()

    def _bold(self) -> QFont:
        font = QFont(self.tree.font())
        font.setBold(True)
        return font

    def _place(self) -> int:
        return list(self._items).index(self.chosen) if self.chosen in self._items else 0

    def _texts(self, entry: Entry) -> list[str]:
        language = self.language
        return [entry.name.text(language), entry.name.other(language), *entry.cells]

    def _fit_columns(self) -> None:
        """The names share what the other columns leave."""
        header = self.tree.header()
        for column in range(self.tree.columnCount()):
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(
                column, mode.Stretch if column < 2 else mode.ResizeToContents
            )

    def retext(self) -> None:
        """Says headings and buttons in the window's language; the rows are made by `rebuild`."""
        language = self.language
        self.setAccessibleName(t(self._name_key, language))
        self.tree.setAccessibleName(t(self._name_key, language))
        other = t("organise.column.ko" if language == "en" else "organise.column.en", language)
        headings = [t(key, language) for key in self.columns]
        self.tree.setHeaderLabels([t("organise.column.name", language), other, *headings])
        if self.counts_events:
            self.tree.headerItem().setTextAlignment(2, _NUMBER)
        for key in self._deeds:
            text = t(f"organise.deed.{key}", language)
            self.buttons[key].setText(text)
            self.buttons[key].setAccessibleName(text.rstrip("…▾ "))
        self.fit_buttons()

    def fit_buttons(self) -> None:
        """The column of buttons is as wide as its widest text."""
        bar = self._side.verticalScrollBar().sizeHint().width()
        self._side.setFixedWidth(self._held.sizeHint().width() + bar)

    def refresh(self) -> None:
        """Greys what cannot be done just now, and says why where the file is the reason."""
        reason = self.scene.document.read_only_reason
        for key, deed in self._deeds.items():
            button = self.buttons[key]
            writable = reason is None or deed.reads_only
            button.setEnabled(writable and deed.possible())
            native = QKeySequence(deed.keys).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(native if writable or reason is None else t(reason, self.language))

    # What is done

    def press(self, key: str) -> None:
        """Does what a button does; errors that are known are told."""
        deed = self._deeds[key]
        if not self.buttons[key].isEnabled():
            return
        try:
            if deed.choices is not None:
                self._open_menu(key, deed.choices())
            else:
                deed.act()
        except AllianceError as error:
            self.scene.tell(error)

    def _open_menu(self, key: str, choices: Sequence[Choice]) -> None:
        menu = QMenu(self.buttons[key])
        for choice in choices:
            action = menu.addAction(choice.text.replace("&", "&&"))
            if choice.icon is not None:
                action.setIcon(choice.icon)
            action.triggered.connect(lambda _=False, take=choice.take: self._take(take))
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])
        self._menus[key] = menu
        button = self.buttons[key]
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def menu(self, key: str) -> QMenu:
        """The menu that a button opened last."""
        return self._menus[key]

    def _take(self, take: Callable[[], object]) -> None:
        try:
            take()
        except AllianceError as error:
            self.scene.tell(error)

    def rows(self, table: str, ids: Iterable[int]) -> Rows:
        """The rows about things of a table; raises `organise.gone` where one is no longer there:
        somebody else may have deleted it while a question was open."""
        wanted = list(ids)
        rows = self.scene.document.rows_about(table, wanted)
        if any(each not in rows[table] for each in wanted):
            raise AllianceError("organise.gone")
        return rows

    def apply(self, edit: Edit) -> bool:
        """Writes an edit, and chooses what was made by it."""
        done = self.scene.apply(edit)
        if done and edit.made is not None:
            self.choose(edit.made)
        return done

    def can_shift(self, way: int) -> bool:
        chosen, ids = self.chosen, self.beside()
        return chosen is not None and 0 <= ids.index(chosen[1]) + way < len(ids)

    def shift(self, way: int) -> None:
        """Up (-1) or down (1) among those that the chosen row stands beside."""
        chosen, ids = self.chosen, list(self.beside())
        assert chosen is not None
        place = ids.index(chosen[1])
        ids[place], ids[place + way] = ids[place + way], ids[place]
        self.apply(organising.reordered(chosen[0], self.rows(chosen[0], ids), ids))

    def open_form(
        self,
        heading_key: str,
        fields: Sequence[Field | PartsList[Any]],
        save: Callable[[], bool],
    ) -> FormDialog:
        form = FormDialog(t(heading_key, self.language), fields, self.language, self.window())
        form.save = save
        form.begin()
        return form


def needs_name(field: BothField) -> list[Wrong]:
    """What is wrong with a name: that there is none."""
    return [] if field.both else [(field, AllianceError("organise.name"))]
