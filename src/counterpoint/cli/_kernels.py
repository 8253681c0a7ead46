"""Where compiled kernels live, and which sampler a command uses."""

from __future__ import annotations

import os
from pathlib import Path

COMPILE_SECONDS = 20.0
"""About how long compiling the kernel takes; ``counterpoint warmup`` prints it."""

PORTABLE_SECONDS = 0.0125
"""About how long the sampler without a compiler takes for a thousand sweeps of one day."""


def kernel_folder() -> Path:
    """Return the folder of compiled kernels.

    ``NUMBA_CACHE_DIR`` if it is set; else ``kernels`` in the data folder
    ``COUNTERPOINT_DATA``; else in the cache folder of whoever is signed in.
    """
    told = os.environ.get("NUMBA_CACHE_DIR")
    if told:
        return Path(told)
    data = os.environ.get("COUNTERPOINT_DATA")
    if data:
        return Path(data).resolve() / "kernels"
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path("~/.cache").expanduser()) / "counterpoint" / "kernels"


def use_kernel_folder() -> Path:
    """Tell the compiler where its kernels live; call before anything is fitted."""
    folder = kernel_folder()
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    return folder


def choose_backend(days: int, sweeps: int) -> str:
    """Return the sampler a command uses, and compile first where that pays.

    A full chain either way: compiled kernels where they lie ready or where the cohort is so
    large that compiling is quicker than doing without; the portable sampler for small work on
    a fresh machine, and where there is no compiler.

    Parameters
    ----------
    days
        Calendar days of all couples together.
    sweeps
        Sweeps per couple.

    Returns
    -------
    str
        ``compiled`` or ``portable``.
    """
    from counterpoint.cli._progress import spinner
    from counterpoint.engine import backend_ready, warm_up
    from counterpoint.errors import SetupError

    use_kernel_folder()
    if backend_ready():
        return "compiled"
    if days * PORTABLE_SECONDS * sweeps / 1000.0 <= COMPILE_SECONDS:
        return "portable"
    try:
        with spinner("Compiling the sampler, once on this machine"):
            warm_up()
    except SetupError:
        return "portable"
    return "compiled"
