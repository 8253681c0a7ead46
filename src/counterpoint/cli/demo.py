"""``counterpoint demo``: the web app with a simulated couple, on this machine only."""

from __future__ import annotations

import os
from pathlib import Path

import click

EPILOG = """\b
Examples:
  counterpoint demo
  counterpoint demo --port 9000
  COUNTERPOINT_DATA=/tmp/look counterpoint demo
      keeps its data in a folder of your choice
"""


@click.command(epilog=EPILOG)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(port: int) -> None:
    """Show the web app with a simulated couple.

    It listens on 127.0.0.1 only. Its data lie under COUNTERPOINT_DATA, by default in
    counterpoint-data/demo; a second start finds them again. The clock of the demo can be moved
    forward, day by day, from any page.
    """
    from counterpoint.cli import _site

    host = "127.0.0.1"
    _site.find_port(host, port)
    folder = Path(os.environ.get("COUNTERPOINT_DATA", "").strip() or _site.DEMO_FOLDER)
    _site.set_demo_environment(folder)
    _site.open_site(_site.DEMO)
    click.echo("Preparing the demo ...")
    _site.prepare_site()
    logins = _site.seed_demo()

    def say() -> None:
        click.echo(f"\nOpen  http://{host}:{port}/account/sign-in/\n")
        click.echo("and sign in as either of two people who never lived:")
        for login in logins:
            click.echo(f"  {login.email}  password  {login.password}")
        click.echo("\nCtrl-C ends it.")

    with _site.worker_beside():
        _site.serve(host, port, ready=say)
    click.echo("\nEnded.")
