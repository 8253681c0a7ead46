"""Options that the checks share."""

from __future__ import annotations

from pathlib import Path

import click

seed_option = click.option(
    "--seed", default=0, show_default=True, type=click.IntRange(0, 2**32 - 1)
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")

write_option = click.option(
    "--write",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the tables as a page too.",
)

keep_option = click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Keep finished cells there, and take those that lie there already.",
)
