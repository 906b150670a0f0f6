"""The commands: one table of what the menus hold and which keys do the same.

The words stand in the catalogue: `command.<key>`, `menu.<key>`, `submenu.<key>`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from viewer.words import t

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QMenuBar

    from db.records import Language


class Command(NamedTuple):
    """An entry of a menu. Commands of one `choice` are alternatives, one of them ticked."""

    key: str
    shortcuts: tuple[str, ...] = ()
    choice: str = ""
    ticked: bool = False
    role: QAction.MenuRole = QAction.MenuRole.NoRole


class Submenu(NamedTuple):
    """A menu in a menu; without items of its own it is filled from what the file has."""

    key: str
    items: tuple[Command, ...] = ()


Item = Command | Submenu | None
"""None is a line between entries."""

IMPORTANCES = ("importance-5", "importance-4", "importance-3", "importance-2", "importance-1")

MENUS: tuple[tuple[str, tuple[Item, ...]], ...] = (
    (
        "file",
        (
            Command("open", ("Ctrl+O",)),
            Command("new", ("Ctrl+N",)),
            Command("save-copy", ("Ctrl+Shift+S",)),
            None,
            Command("import", ("Ctrl+I",)),
            Command("import-documents", ("Ctrl+Shift+I",)),
            Command("import-quotes"),
            None,
            Command("back-up"),
            Command("restore"),
            None,
            Command("export", ("Ctrl+E",)),
            Submenu("export-data", (Command("export-quotes"), Command("export-references"))),
            None,
            Command("edition"),
            None,
            Command("quit", ("Ctrl+Q",), role=QAction.MenuRole.QuitRole),
        ),
    ),
    (
        "edit",
        (
            Command("undo", ("Ctrl+Z",)),
            Command("redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
            Command("history", ("Ctrl+H",)),
            None,
            Command("new-event", ("N",)),
            Command("edit-event", ("F2", "E")),
            Command("continue-draft", ("Ctrl+Shift+N",)),
            Command("add-note", ("M",)),
            Submenu(
                "callout",
                (
                    Command("callout-left", ("Ctrl+Alt+Shift+Left",)),
                    Command("callout-right", ("Ctrl+Alt+Shift+Right",)),
                    Command("callout-up", ("Ctrl+Alt+Shift+Up",)),
                    Command("callout-down", ("Ctrl+Alt+Shift+Down",)),
                ),
            ),
            None,
            Command("paste-source", ("Ctrl+Shift+V",)),
            Command("quote-passage", ("Q",)),
            Command("dates-in-source", ("D",)),
            Submenu(
                "cite",
                (Command("cite", ("Ctrl+Shift+C",)), Command("cite-en"), Command("cite-ko")),
            ),
            Command("select-all", ("Ctrl+A",)),
            None,
            Submenu("set-lane"),
            Submenu("add-tag"),
            Submenu("remove-tag"),
            Submenu("importance", tuple(Command(key) for key in IMPORTANCES)),
            Command("delete-event", ("Del",)),
            None,
            Command("organise", ("Ctrl+Shift+L",)),
            None,
            Command("worklist", ("F8",)),
            Command("verify-quotes", ("F7",)),
            Command("proposals", ("Ctrl+Shift+P",)),
            None,
            Command("settings", ("Ctrl+,",), role=QAction.MenuRole.PreferencesRole),
        ),
    ),
    (
        "view",
        (
            Command("fit", ("0", "Ctrl+0")),
            Command("zoom-in", ("+", "=", "Ctrl++", "Ctrl+=")),
            Command("zoom-out", ("-", "Ctrl+-")),
            Command("go-to-date", ("G", "Ctrl+G")),
            None,
            Command("back", ("Alt+Left",)),
            Command("forward", ("Alt+Right",)),
            Command("previous-event", ("Ctrl+Left",)),
            Command("next-event", ("Ctrl+Right",)),
            None,
            Submenu("stages"),
            Submenu("views"),
            Submenu("sources"),
            Submenu("scheme"),
            Submenu(
                "rule",
                (
                    Command("rule-signature", choice="rule"),
                    Command("rule-entry-into-force", choice="rule"),
                ),
            ),
            None,
            Submenu(
                "language",
                (
                    Command("language-en", choice="language"),
                    Command("language-ko", choice="language"),
                ),
            ),
            Command("other-language", ("Ctrl+L",)),
            Submenu(
                "theme",
                (
                    Command("theme-system", choice="theme"),
                    Command("theme-light", choice="theme"),
                    Command("theme-dark", choice="theme"),
                ),
            ),
            Submenu(
                "type",
                (
                    Command("type-larger", ("Ctrl+Shift+.",)),
                    Command("type-smaller", ("Ctrl+Shift+,",)),
                    Command("type-usual"),
                ),
            ),
            None,
            Command("full-screen", ("F11",), ticked=True),
        ),
    ),
    (
        "help",
        (
            Command("shortcuts", ("F1",)),
            Command("about", role=QAction.MenuRole.AboutRole),
        ),
    ),
)

OTHER_KEYS = (
    "views", "tab", "heaps", "space", "enter", "escape", "arrows", "home-end", "move-date",
    "move-end", "drag", "several", "band", "wheel", "menu",
    "find", "wide", "turn",
)  # fmt: skip
"""The file's saved views, and what the canvas and the source reader do by themselves; the list of
keys tells them too (`keys.<key>`)."""


def every_command() -> list[Command]:
    """All commands of the table, in its order."""
    found: list[Command] = []
    for _, items in MENUS:
        for item in items:
            if isinstance(item, Command):
                found.append(item)
            elif isinstance(item, Submenu):
                found.extend(item.items)
    return found


def command_words(command: Command, language: Language) -> str:
    """What a command is called where it does not stand in its menu: behind its submenu's name."""
    text = plain_text(t(f"command.{command.key}", language))
    for _, items in MENUS:
        for item in items:
            if isinstance(item, Submenu) and command in item.items:
                return f"{plain_text(t(f'submenu.{item.key}', language))}: {text}"
    return text


class Commands(QObject):
    """The table as menus and actions. `handlers` has a function for each command's key."""

    def __init__(self, bar: QMenuBar, handlers: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(bar)
        self._handlers = handlers
        self._choices: dict[str, QActionGroup] = {}
        self.actions: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        self.submenus: dict[str, QMenu] = {}
        for key, items in MENUS:
            # Held here: PySide forgets menus that only Qt knows.
            menu = self.menus[key] = QMenu(bar)
            bar.addMenu(menu)
            for item in items:
                self._add(menu, item)

    def _add(self, menu: QMenu, item: Item) -> None:
        if item is None:
            menu.addSeparator()
        elif isinstance(item, Submenu):
            submenu = self.submenus[item.key] = QMenu(menu)
            menu.addMenu(submenu)
            for entry in item.items:
                self._add(submenu, entry)
        else:
            menu.addAction(self._made(item))

    def _made(self, command: Command) -> QAction:
        action = QAction(self)
        action.setShortcuts([QKeySequence(each) for each in command.shortcuts])
        action.setMenuRole(command.role)
        action.setCheckable(bool(command.choice) or command.ticked)
        if command.choice:
            group = self._choices.setdefault(command.choice, QActionGroup(self))
            group.addAction(action)
        handler = self._handlers[command.key]
        action.triggered.connect(lambda _=False: handler())
        self.actions[command.key] = action
        return action

    def retext(self, language: Language) -> None:
        for key, menu in self.menus.items():
            menu.setTitle(t(f"menu.{key}", language))
        for key, menu in self.submenus.items():
            menu.setTitle(t(f"submenu.{key}", language))
        for key, action in self.actions.items():
            action.setText(t(f"command.{key}", language))
            action.setToolTip(tool_tip(action))

    def fill(
        self,
        key: str,
        entries: list[tuple[str, str, Callable[[], object]]],
        ticked: int | None = None,
    ) -> None:
        """Puts (text, shortcut or empty, function) into a submenu in place of what it had. With
        `ticked` they are alternatives, and that one of them is the present one."""
        menu = self.submenus[key]
        menu.clear()
        group = QActionGroup(menu)
        for place, (text, shortcut, function) in enumerate(entries):
            # What the user named may hold an ampersand that is no mnemonic.
            action = QAction(text.replace("&", "&&"), menu)
            if shortcut:
                action.setShortcut(QKeySequence(shortcut))
            if ticked is not None:
                action.setCheckable(True)
                action.setChecked(place == ticked)
                group.addAction(action)
            action.triggered.connect(lambda _=False, function=function: function())
            menu.addAction(action)
        menu.setEnabled(bool(entries))


def plain_text(text: str) -> str:
    """A text without the mark of its mnemonic: "Open…" of "&Open…" or "열기(&O)…"."""
    start = text.find("(&")
    if start >= 0:
        text = text[:start] + text[text.find(")", start) + 1 :]
    return text.replace("&", "")


def tool_tip(action: QAction) -> str:
    """The text with its first key."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    text = plain_text(action.text())
    return f"{text} ({keys})" if keys else text
