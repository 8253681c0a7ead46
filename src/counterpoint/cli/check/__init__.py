"""``counterpoint check``: does the engine keep its word? One file per check."""

from __future__ import annotations

import importlib

import click

CHECKS: dict[str, str] = {
    "calibration": "counterpoint.cli.check.calibration",
    "findings": "counterpoint.cli.check.findings",
    "instrument": "counterpoint.cli.check.instrument",
    "movement": "counterpoint.cli.check.movement",
    "null": "counterpoint.cli.check.null",
    "practice": "counterpoint.cli.check.practice",
    "prediction": "counterpoint.cli.check.prediction",
    "recovery": "counterpoint.cli.check.recovery",
    "robustness": "counterpoint.cli.check.robustness",
}
"""Name of a check to the module that holds it, as a click command called ``command``."""


class LazyChecks(click.Group):
    """A click group that imports a check only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all checks, sorted."""
        return sorted(CHECKS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import and return one check, or ``None`` when there is none of that name."""
        module = CHECKS.get(cmd_name)
        if module is None:
            return None
        found: click.Command = importlib.import_module(module).command
        return found


@click.command("check", cls=LazyChecks)
def command() -> None:
    """Check that the engine keeps its word; exit code 1 when it does not."""
