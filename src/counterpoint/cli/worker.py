"""``counterpoint worker``: does what the web leaves for later."""

from __future__ import annotations

import click

EPILOG = """\b
Examples:
  counterpoint worker
      beside a site that runs elsewhere, with the same environment
"""


@click.command(epilog=EPILOG)
@click.option("--beside", is_flag=True, hidden=True, help="Stop when standard input ends.")
def command(beside: bool) -> None:
    """Fit people's answers as they come in, until stopped.

    `demo` and `serve` start one of these themselves. It reads the same settings as `serve`.
    """
    from counterpoint.cli import _site

    _site.open_site()
    if not beside:
        click.echo("Working. Ctrl-C stops after the job at hand.", err=True)
    ran = _site.work(beside=beside)
    if not beside:
        click.echo(f"Stopped after {ran} job{'' if ran == 1 else 's'}.", err=True)
