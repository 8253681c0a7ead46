"""Every command and every option stands in the reference, with an example in its help."""

import re
from pathlib import Path

import click
import pytest

from counterpoint.cli import cli
from counterpoint.cohort.extras_store import CHAIN_COLUMNS, ROLE_COLUMNS
from counterpoint.cohort.store import COUPLE_COLUMNS, DAY_COLUMNS, FIT_COLUMNS

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "command-line.md").read_text("utf-8")


def walk(command: click.Command, name: str):
    context = click.Context(command, info_name=name)
    yield name, command
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found is not None
            yield from walk(found, f"{name} {child}")


COMMANDS = dict(list(walk(cli, "counterpoint"))[1:])


def section(name: str) -> str:
    parts = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    (found,) = [part for part in parts if part.partition("\n")[0] == name]
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_options_are_documented(name):
    text = section(name)
    for parameter in COMMANDS[name].params:
        if isinstance(parameter, click.Option):
            if parameter.hidden:
                continue
            longest = max(parameter.opts, key=len)
            assert f"`{longest}" in text, f"{name} {longest}"
        else:
            assert parameter.make_metavar(click.Context(COMMANDS[name])) in text


def test_the_page_documents_no_command_that_is_not_there():
    headings = re.findall(r"^## (.*)$", PAGE, flags=re.MULTILINE)
    assert sorted(headings) == sorted(COMMANDS)


def test_the_page_documents_no_option_that_is_not_there():
    for name, command in COMMANDS.items():
        known = {option for parameter in command.params for option in parameter.opts}
        if name == "counterpoint check":
            continue
        for option in re.findall(r"^\| `(--[a-z-]+)", section(name), flags=re.MULTILINE):
            assert option in known, f"{name} {option}"


@pytest.mark.parametrize(
    "name", [name for name, command in COMMANDS.items() if not isinstance(command, click.Group)]
)
def test_help_has_examples(name):
    command = COMMANDS[name]
    assert command.get_short_help_str()
    with click.Context(command, info_name=name) as context:
        text = command.get_help(context)
    assert "Example" in text
    assert name in text


def test_every_column_of_the_tables_is_documented():
    text = section("counterpoint fit")
    for column in (*COUPLE_COLUMNS, *DAY_COLUMNS, *FIT_COLUMNS, *CHAIN_COLUMNS, *ROLE_COLUMNS):
        assert f"`{column}`" in text, column
