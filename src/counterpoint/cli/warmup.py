"""``counterpoint warmup``: compile the sampler once, so that nobody has to wait for it."""

from __future__ import annotations

import json

import click

EXAMPLES = """
\b
Examples:
    counterpoint warmup
    COUNTERPOINT_DATA=/srv/counterpoint counterpoint warmup
"""


@click.command("warmup", epilog=EXAMPLES)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(as_json: bool) -> None:
    """Compile the sampler into the kernel folder.

    The folder is NUMBA_CACHE_DIR if that is set, else the folder kernels in COUNTERPOINT_DATA,
    else in the user's cache folder. Until it has run, small fits use a slower sampler that
    needs no compiler; a page of the site never compiles.
    """
    from counterpoint.cli._kernels import use_kernel_folder
    from counterpoint.cli._progress import spinner
    from counterpoint.engine import warm_up

    use_kernel_folder()
    with spinner("Compiling the sampler"):
        done = warm_up()
    if as_json:
        report = {
            "folder": str(done.folder),
            "seconds": round(done.seconds, 2),
            "was_ready": done.was_ready,
        }
        click.echo(json.dumps(report, indent=1))
    elif done.was_ready:
        click.echo(f"The sampler was compiled already, in {done.folder} ({done.seconds:.1f} s).")
    else:
        click.echo(f"Compiled the sampler into {done.folder} in {done.seconds:.0f} s.")
