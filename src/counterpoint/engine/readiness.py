"""Whether the compiled sampler can start at once, decided without importing the compiler.

The only module of the engine that touches files: a stamp beside the compiler's own cache, written
by `warm_up` after the kernel has been compiled and stored.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import platform
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from counterpoint.errors import SetupError

CACHE_SETTING = "NUMBA_CACHE_DIR"
KERNEL_SOURCES = Path(__file__).with_name("kernel")


@dataclass(frozen=True)
class WarmUp:
    """What `warm_up` did.

    Parameters
    ----------
    folder
        Where the compiled kernel is kept.
    seconds
        How long it took.
    was_ready
        Whether it had been compiled before.
    """

    folder: Path
    seconds: float
    was_ready: bool


def kernel_folder() -> Path:
    """Return where the compiler keeps the kernel: ``NUMBA_CACHE_DIR``, else beside the source."""
    named = os.environ.get(CACHE_SETTING, "")
    return Path(named) if named else KERNEL_SOURCES / "__pycache__"


def backend_ready() -> bool:
    """Whether the compiled sampler is there and its kernel need not be compiled.

    Never imports the compiler and never compiles.
    """
    if importlib.util.find_spec("numba") is None:
        return False
    try:
        return _stamp_file().read_text() == _stamp()
    except OSError:
        return False


def warm_up() -> WarmUp:
    """Compile the kernel into `kernel_folder`, or load it when it is there.

    Raises
    ------
    SetupError
        If there is no compiler, or the folder cannot be written.

    Notes
    -----
    The folder is read when the compiler is first imported: set ``NUMBA_CACHE_DIR`` before.
    """
    if importlib.util.find_spec("numba") is None:
        raise SetupError("numba is not installed: the portable sampler is used instead.")
    was_ready = backend_ready()
    started = time.perf_counter()
    folder = kernel_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        from counterpoint.engine.kernel.chain import compile_kernel  # noqa: PLC0415 - the compiler
        from counterpoint.engine.kernel.filtering import compile_filter  # noqa: PLC0415 - too
        from counterpoint.engine.kernel.summaries import compile_summaries  # noqa: PLC0415 - too

        compile_kernel()
        compile_filter()
        compile_summaries()
        unfinished = _stamp_file().with_suffix(f".{os.getpid()}")
        unfinished.write_text(_stamp())
        unfinished.replace(_stamp_file())
    except OSError as error:
        raise SetupError(
            f"the kernel cannot be kept in {folder}: {error.strerror}. "
            f"Set {CACHE_SETTING} to a folder that can be written."
        ) from error
    return WarmUp(folder=folder, seconds=time.perf_counter() - started, was_ready=was_ready)


def _stamp_file() -> Path:
    return kernel_folder() / "counterpoint-kernel.stamp"


def kernel_version() -> int:
    """Return a number, 0 or more, that changes with any source file of the kernel."""
    digest = hashlib.blake2b(digest_size=7)
    for file in sorted(KERNEL_SOURCES.glob("*.py")):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return int.from_bytes(digest.digest(), "little")


def _stamp() -> str:
    """Everything the compiler's cache depends on: sources, time, versions, processor."""
    parts = (
        str(kernel_version()),
        str(KERNEL_SOURCES),
        *(str(file.stat().st_mtime_ns) for file in sorted(KERNEL_SOURCES.glob("*.py"))),
        importlib.metadata.version("numba"),
        importlib.metadata.version("llvmlite"),
        sys.version,
        platform.machine(),
        _processor(),
    )
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def _processor() -> str:
    """Model and features of the processor, where the system tells."""
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor()
    wanted = ("model name", "flags", "Features", "CPU part")
    lines = {line for line in text.splitlines() if line.startswith(wanted)}
    return "\n".join(sorted(lines))
