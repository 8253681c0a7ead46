"""Log lines that say where it broke and never what somebody wrote."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class QuietFormatter(logging.Formatter):
    """Formats an exception as its places and its class, without its message.

    Database errors quote rows and form errors quote input; neither belongs in a log.
    """

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def formatException(self, ei: Caught) -> str:  # noqa: N802 - logging's own name
        """Return the stack as ``file:line in function`` lines and the exception's class."""
        kind, _, trace = ei
        if kind is None:
            return ""
        places = [
            f"  {frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        return "\n".join([*places, f"  {kind.__module__}.{kind.__qualname__}"])
