"""A throw-away PostgreSQL cluster for one run of the web tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """Start a cluster on 127.0.0.1, yield its URL, stop and remove it.

    PostgreSQL refuses to run as root; as root the cluster belongs to the
    ``postgres`` user that Debian's package makes.
    """
    folder = Path(tempfile.mkdtemp(prefix="counterpoint-pg-"))
    data = folder / "data"
    as_user: list[str] = []
    if os.geteuid() == 0:
        as_user = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres", "postgres")
    port = _free_port()

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [*as_user, str(programs / program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
        )

    run("initdb", "--auth=trust", "--username=counterpoint", "--encoding=UTF8", "-D", str(data))
    settings = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c fsync=off"
    run("pg_ctl", "-w", "-D", str(data), "-o", settings, "-l", str(folder / "log"), "start")
    try:
        yield f"postgresql://counterpoint@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-w", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
