"""``counterpoint keys``: which keys seal people's own words, and changing them."""

from __future__ import annotations

import json

import click

STATUS_EPILOG = """\b
Examples:
  counterpoint keys status
      with the same environment as `counterpoint serve`
  counterpoint keys status --json
"""
ROTATE_EPILOG = """\b
Examples:
  counterpoint keys rotate
      while the site runs; ended in the middle, begin it again
  counterpoint keys rotate --keep-data-keys
      seals the data keys anew and leaves the words as they are: seconds, not minutes
"""


@click.group()
def command() -> None:
    """Look at the keys that seal people's own words, and change them."""


@command.command(epilog=STATUS_EPILOG)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def status(as_json: bool) -> None:
    """Say which master keys are needed and whether a change is unfinished."""
    from counterpoint.cli import _site

    _site.open_site()
    found = _site.key_standing()
    if as_json:
        click.echo(json.dumps(found))
        return
    for row in found["masters"]:
        use = "seals" if row["current"] else "needed" if row["needed"] else "not needed by any row"
        click.echo(f"master key {row['id']}: {use}")
    click.echo(f"people with a data key: {found['people']}")
    click.echo(f"keys under an older master key: {found['older']}")
    click.echo(f"retired data keys still kept: {found['retired']}")


@command.command(epilog=ROTATE_EPILOG)
@click.option(
    "--keep-data-keys",
    is_flag=True,
    help="Seal the data keys under the new master key, but make no new ones.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def rotate(keep_data_keys: bool, as_json: bool) -> None:
    """Make a new master key, new data keys, and seal every text anew.

    An unfinished change is finished first. Texts stay readable throughout.
    """
    from counterpoint.cli import _site
    from counterpoint.cli._progress import spinner

    _site.open_site()
    with spinner("sealing anew"):
        done = _site.rotate_keys(new_data_keys=not keep_data_keys)
    if as_json:
        click.echo(json.dumps(done))
        return
    made = done["made"]
    click.echo(
        f"made master key {made}" if made else "finished an earlier change; no new master key"
    )
    click.echo(f"people with a new data key: {done['renewed']}")
    click.echo(f"data keys sealed anew: {done['rewrapped']}")
    click.echo(f"texts sealed anew: {done['resealed']}")
    if done["unreadable"]:
        click.echo(f"left as they were, they cannot be read: {done['unreadable']}", err=True)
    if done["retired"]:
        click.echo(
            f"{done['retired']} retired data keys are kept for an hour; run this again later.",
            err=True,
        )
