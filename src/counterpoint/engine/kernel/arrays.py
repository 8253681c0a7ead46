"""Arrays as compiled code is given them."""

from __future__ import annotations

from typing import Any

import numpy as np


def owned(array: Any, kind: Any = np.float64) -> Any:
    """Contiguous, writable, of one kind: any other would compile the kernel a second time."""
    return np.require(array, dtype=kind, requirements=["C", "W", "O", "A"])
