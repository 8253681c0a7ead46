"""The one door from the command line to the web product.

Nothing else in ``counterpoint.cli`` knows Django. Django is set up once per process, by
:func:`open_site`, with the settings module a command names.
"""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from types import FrameType
from typing import Any

from counterpoint.errors import SetupError

PRODUCTION = "counterpoint.web.config.settings"
DEMO = "counterpoint.web.config.settings_dev"
SETTINGS_VARIABLE = "DJANGO_SETTINGS_MODULE"
DEMO_FOLDER = Path("counterpoint-data") / "demo"
WORKER_PATIENCE_SECONDS = 10.0


@dataclass(frozen=True)
class Login:
    """How one simulated person of the demo signs in."""

    email: str
    password: str


def set_demo_environment(folder: Path) -> None:
    """Fill the environment with what the demo needs: its folder, and secrets made for it."""
    from counterpoint.web.config.keyfile import write_key_file, write_push_key, write_secret_key

    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ[SETTINGS_VARIABLE] = DEMO
    os.environ["COUNTERPOINT_DATA"] = str(folder)
    os.environ["COUNTERPOINT_HOSTS"] = "127.0.0.1,localhost"
    os.environ.pop("COUNTERPOINT_SECRET_KEY", None)
    os.environ["COUNTERPOINT_SECRET_KEY_FILE"] = str(write_secret_key(folder / "demo-secret.key"))
    os.environ["COUNTERPOINT_KEY_FILE"] = str(write_key_file(folder / "demo-master.key"))
    os.environ.pop("COUNTERPOINT_PUSH_KEY", None)
    os.environ["COUNTERPOINT_PUSH_KEY_FILE"] = str(write_push_key(folder / "demo-push.key"))
    for name in ("COUNTERPOINT_DATABASE_URL", "COUNTERPOINT_EMAIL_URL"):
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)


def make_secrets(folder: Path) -> dict[str, Path]:
    """Write the secrets of a site where there are none; return setting to path.

    They are the signing key, the master key file and the key that signs what goes to devices.
    """
    from counterpoint.web.config.keyfile import write_key_file, write_push_key, write_secret_key

    return {
        "COUNTERPOINT_SECRET_KEY_FILE": write_secret_key(folder / "secret.key"),
        "COUNTERPOINT_KEY_FILE": write_key_file(folder / "master.key"),
        "COUNTERPOINT_PUSH_KEY_FILE": write_push_key(folder / "push.key"),
    }


def open_site(settings_module: str = PRODUCTION) -> None:
    """Set Django up and check that the site may start.

    Raises
    ------
    SetupError
        If a setting is missing or wrong, the key file cannot be read, or a system check fails.
    """
    os.environ.setdefault(SETTINGS_VARIABLE, settings_module)
    import django
    from django.core.checks import ERROR, run_checks
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
        from counterpoint.web.accounts.keys import master_keys

        master_keys()
        found = [each for each in run_checks() if each.level >= ERROR]
    except ImproperlyConfigured as error:
        raise SetupError(str(error)) from error
    if found:
        first = found[0]
        raise SetupError(f"{first.msg} {first.hint or ''}".strip())


def prepare_site() -> None:
    """Bring the database and the static files up to this version.

    Raises
    ------
    SetupError
        If the data folder or the database cannot be written.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        Path(settings.COUNTERPOINT_DATA).mkdir(parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        replay_deletions()
    except OSError as error:
        raise SetupError(f"the data folder cannot be written: {error}") from error
    except DatabaseError as error:
        raise SetupError(f"the database cannot be opened: {type(error).__name__}") from error


def replay_deletions() -> int:
    """Delete again whoever was deleted and came back with an older copy of the database."""
    from counterpoint.web.accounts.services import replay_ledger

    return replay_ledger()


def key_standing() -> dict[str, Any]:
    """Return which master keys there are and need be, and how far a change of keys is."""
    from counterpoint.web.accounts.keys import master_keys
    from counterpoint.web.accounts.rotation import masters_in_use, standing

    masters, needed, found = master_keys(), masters_in_use(), standing()
    return {
        "masters": [
            {"id": key_id, "current": key_id == masters.current, "needed": key_id in needed}
            for key_id in masters.by_id
        ],
        "people": found.people,
        "older": found.older,
        "retired": found.retired,
    }


def rotate_keys(*, new_data_keys: bool) -> dict[str, Any]:
    """Change the keys of the site, or finish a change that was begun; return what was done."""
    from dataclasses import asdict

    from django.conf import settings

    from counterpoint.web.accounts.rotation import rotate, standing
    from counterpoint.web.config.keyfile import add_master_key

    made = ""
    if not standing().is_unfinished:
        made = add_master_key(Path(settings.COUNTERPOINT_KEY_FILE))
    tally = rotate(new_data_keys=new_data_keys)
    return {"made": made, **asdict(tally), "retired": standing().retired}


def seed_demo() -> list[Login]:
    """Make the simulated couple, where it is not there yet, and return how each signs in."""
    from counterpoint.web.config.demo_couple import seed_demo_couple

    return [Login(*_as_login(each)) for each in seed_demo_couple()]


def _as_login(each: Any) -> tuple[str, str]:
    if hasattr(each, "email"):
        return str(each.email), str(each.password)
    email, password = each
    return str(email), str(password)


def trusted_proxy() -> str:
    """Return the address of the TLS proxy in front of this site."""
    from counterpoint.web.config.environment import read_setting

    return read_setting("COUNTERPOINT_TRUSTED_PROXY")


def find_port(host: str, port: int) -> None:
    """Make sure that a port can be listened on.

    Raises
    ------
    SetupError
        If it is taken, not allowed, or the host is not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reasons = {
                errno.EADDRINUSE: f"port {port} is taken; choose another with --port",
                errno.EACCES: f"port {port} may not be used by you; choose one above 1023",
            }
            reason = reasons.get(error.errno or 0, f"cannot listen on {host}:{port}")
            raise SetupError(reason) from error


@contextmanager
def only_server() -> Iterator[None]:
    """Make sure that no other process answers for this data folder while this one does.

    Tries to sign in are counted in the memory of the one process; two would count apart.

    Raises
    ------
    SetupError
        If another one does already, or the data folder cannot be written.
    """
    import fcntl

    from django.conf import settings

    folder = Path(settings.COUNTERPOINT_DATA)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        mark = (folder / "serving").open("a")
    except OSError as error:
        raise SetupError(f"the data folder cannot be written: {folder}") from error
    with mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise SetupError(
                f"another `counterpoint serve` answers for {folder} already; end it first"
            ) from error
        yield


def serve(host: str, port: int, *, trusted_proxy: str = "", ready: Callable[[], None]) -> None:
    """Answer requests until the process is told to stop.

    Parameters
    ----------
    host, port
        Where to listen.
    trusted_proxy
        Address of a TLS proxy whose ``X-Forwarded-*`` headers are believed; empty believes none.
    ready
        Called once it listens.
    """
    from waitress.server import create_server

    from counterpoint.web.config.wsgi import application

    behind: dict[str, Any] = {}
    if trusted_proxy:
        behind = {
            "trusted_proxy": trusted_proxy,
            "trusted_proxy_count": 1,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
    server = create_server(
        application,
        host=host,
        port=port,
        threads=8,
        ident="",
        max_request_body_size=512 * 1024,
        max_request_header_size=32 * 1024,
        channel_timeout=60,
        clear_untrusted_proxy_headers=True,
        **behind,
    )
    for number in (signal.SIGTERM, signal.SIGINT):  # a shell's "&" would have it ignore the second
        signal.signal(number, _as_interrupt)
    ready()
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _as_interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a signal handler
    raise KeyboardInterrupt


def command_line(*arguments: str) -> list[str]:
    """Return how to run a command of this program in a process of its own."""
    start = "import sys; from counterpoint.cli import main; sys.exit(main())"
    return [sys.executable, "-c", start, *arguments]


@contextmanager
def worker_beside() -> Iterator[None]:
    """Run a worker in a process of its own, which ends with this one however that ends.

    The worker reads a pipe from here; when this process is gone the pipe closes and it stops.
    """
    worker = subprocess.Popen(  # noqa: S603 - our own program
        command_line("worker", "--beside"), stdin=subprocess.PIPE, start_new_session=True
    )
    try:
        yield
    finally:
        if worker.stdin is not None:
            worker.stdin.close()
        try:
            worker.wait(WORKER_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            worker.terminate()
            worker.wait(WORKER_PATIENCE_SECONDS)


def work(*, beside: bool) -> int:
    """Do the work of the queue until told to stop, and return how many jobs were run.

    Parameters
    ----------
    beside
        Stop as well when standard input ends: the process that started this one is gone.
    """
    from counterpoint.cli._kernels import use_kernel_folder
    from counterpoint.web.jobs.worker import run_worker

    use_kernel_folder()
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if beside:
        Thread(target=_stop_at_end_of_input, args=(stop,), daemon=True).start()
    warming = start_warmup()
    try:
        return run_worker(stop)
    finally:
        if warming is not None and warming.poll() is None:
            warming.terminate()
            warming.wait()


def _stop_at_end_of_input(stop: Event) -> None:
    sys.stdin.buffer.read()
    stop.set()


def start_warmup() -> subprocess.Popen[bytes] | None:
    """Compile the engine in a process of its own, unless that was done; fits need not wait."""
    from counterpoint.engine import backend_ready

    if backend_ready():
        return None
    return subprocess.Popen(  # noqa: S603 - our own program
        command_line("warmup"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
