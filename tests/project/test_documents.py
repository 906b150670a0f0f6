"""What the documents say about the program is what the program has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from viewer import __version__
from viewer.cli import COMMANDS
from viewer.cli.program import program

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    """A heading of the README and the text under it."""
    found = re.search(rf"^#+ {re.escape(heading)}.*?(?=^#{{1,3}} |\Z)", README, re.M | re.S)
    assert found, f"README.md has no section {heading}"
    return found[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented_with_its_options(command: str) -> None:
    told = section(f"`{command}`")
    shared = told + section("FILTER") + section("VIEW")
    for parameter in program("en").commands[command].params:
        name = parameter.opts[-1]
        if parameter.param_type_name == "argument":
            assert parameter.human_readable_name in told
        elif name != "--help":
            assert f"`{name}" in shared, f"{command} {name} is not in README.md"


def test_the_readme_names_no_option_that_is_not_there() -> None:
    known = {
        name
        for command in (program("en"), *program("en").commands.values())
        for parameter in command.params
        for name in (*parameter.opts, *parameter.secondary_opts)
    }
    headings = ("The command line", "FILTER", "VIEW", *(f"`{command}`" for command in COMMANDS))
    text = "".join(section(heading) for heading in headings)
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) <= known


def test_every_key_of_the_menus_is_in_the_table() -> None:
    from viewer.widgets.commands import every_command

    told = section("The window").translate(str.maketrans("←→−", "<>-"))
    for command in every_command():
        if command.shortcuts:
            key = command.shortcuts[0].replace("Left", "<").replace("Right", ">")
            assert re.search(rf"\| [^|]*(?<!\w){re.escape(key)}", told), command.key


def test_the_pictures_of_the_readme_are_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures
    for picture in pictures:
        assert (ROOT / picture).read_bytes().startswith(b"\x89PNG")


def test_the_changelog_tells_of_this_version() -> None:
    assert f": {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
