"""Secrets for a site that is thrown away after its tests."""

from __future__ import annotations

import atexit
import secrets
import shutil
import tempfile
from collections.abc import MutableMapping
from pathlib import Path

from counterpoint.web.config.keyfile import write_key_file, write_push_key


def set_throwaway_secrets(environ: MutableMapping[str, str]) -> None:
    """Fill ``environ`` with what the production settings demand, where it is not set.

    The data folder and the key file lie in a new temporary folder of this process,
    which is removed when it ends.
    """
    folder = Path(tempfile.mkdtemp(prefix="counterpoint-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environ.setdefault("COUNTERPOINT_SECRET_KEY", secrets.token_urlsafe(50))
    environ.setdefault("COUNTERPOINT_HOSTS", "testserver,localhost,127.0.0.1")
    data = folder / "data"
    data.mkdir()
    environ.setdefault("COUNTERPOINT_DATA", str(data))
    if "COUNTERPOINT_KEY_FILE" not in environ:
        environ["COUNTERPOINT_KEY_FILE"] = str(write_key_file(folder / "master.key"))
    if "COUNTERPOINT_PUSH_KEY" not in environ:
        environ.setdefault("COUNTERPOINT_PUSH_KEY_FILE", str(write_push_key(folder / "push.key")))
