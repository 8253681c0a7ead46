"""The command line: one file per command, heavy imports inside the command.

Commands are found by name in :data:`COMMANDS`; a command's module is imported
only when that command runs, so ``counterpoint --help`` stays instant.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from counterpoint import __version__
from counterpoint.errors import CounterpointError

COMMANDS: dict[str, str] = {
    "apim": "counterpoint.cli.apim",
    "check": "counterpoint.cli.check",
    "demo": "counterpoint.cli.demo",
    "fit": "counterpoint.cli.fit",
    "keys": "counterpoint.cli.keys",
    "population": "counterpoint.cli.population",
    "score": "counterpoint.cli.score",
    "serve": "counterpoint.cli.serve",
    "simulate": "counterpoint.cli.simulate",
    "warmup": "counterpoint.cli.warmup",
    "worker": "counterpoint.cli.worker",
}
"""Command name to the module that holds it, as a click command called ``command``."""


class LazyGroup(click.Group):
    """A click group that imports a command's module only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import and return one command, or ``None`` when there is none of that name."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = importlib.import_module(module).command
        return command


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="counterpoint")
def cli() -> None:
    """See how two people move each other, with honest uncertainty."""


def main(args: list[str] | None = None) -> Any:
    """Run the command line; errors made on purpose become one line and exit code 2."""
    try:
        return cli.main(args=args, prog_name="counterpoint")
    except CounterpointError as error:
        click.echo(f"counterpoint: {error}", err=True)
        sys.exit(2)
