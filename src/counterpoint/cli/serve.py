"""``counterpoint serve``: the web app for real use."""

from __future__ import annotations

from pathlib import Path

import click

EPILOG = """\b
Examples:
  counterpoint serve --make-secrets /etc/counterpoint
      writes the three secrets, once, and prints the lines to set
  COUNTERPOINT_HOSTS=notes.example.org \\
  COUNTERPOINT_SECRET_KEY_FILE=/etc/counterpoint/secret.key \\
  COUNTERPOINT_KEY_FILE=/etc/counterpoint/master.key \\
  COUNTERPOINT_PUSH_KEY_FILE=/etc/counterpoint/push.key \\
  COUNTERPOINT_DATA=/var/lib/counterpoint \\
  counterpoint serve --port 8000
      behind a TLS proxy on the same machine that sets X-Forwarded-Proto
"""


@click.command(epilog=EPILOG)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--no-worker", is_flag=True, help="Start no worker; run `counterpoint worker`.")
@click.option(
    "--make-secrets",
    "secrets_folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write new secrets into a folder, print how to set them, and stop.",
)
def command(port: int, host: str, no_worker: bool, secrets_folder: Path | None) -> None:
    """Serve the web app over a TLS proxy, for real people.

    Secrets and the rest come from the environment (docs/reference/settings.md); without them it
    refuses to start and says which one is missing. It brings the database up to date and starts
    a worker.
    """
    from contextlib import nullcontext

    from counterpoint.cli import _site

    if secrets_folder is not None:
        for name, path in _site.make_secrets(secrets_folder.resolve()).items():
            click.echo(f"{name}={path}")
        click.echo("Keep the second apart from the database and its backups.", err=True)
        return
    _site.open_site()
    _site.find_port(host, port)

    def say() -> None:
        click.echo(f"Serving on http://{host}:{port} for your TLS proxy. Ctrl-C ends it.")

    with _site.only_server():
        _site.prepare_site()
        with nullcontext() if no_worker else _site.worker_beside():
            _site.serve(host, port, trusted_proxy=_site.trusted_proxy(), ready=say)
