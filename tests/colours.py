"""Colours as people see them: contrast after WCAG, colour blindness after Machado, distance."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

# Machado, Oliveira and Fernandes (2009), A physiologically-based model for simulation of color
# vision deficiency, IEEE TVCG 15(6), severity 1.0; linear RGB.
SEEN_BY = {
    "protanopia": np.array([
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ]),
    "deuteranopia": np.array([
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]),
    "tritanopia": np.array([
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ]),
}  # fmt: skip
_TO_XYZ = np.array([
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
])  # fmt: skip
_WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour: str) -> Vector:
    """Return a colour ``#rgb`` or ``#rrggbb`` as linear RGB, shape (3,), in [0, 1]."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = np.array([int(digits[at:end], 16) / 255 for at, end in pairwise((0, 2, 4, 6))])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    low, high = sorted(float(linear(colour) @ _TO_XYZ[1]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(light: Vector) -> Vector:
    """Return linear RGB as CIE L*a*b* under D65, shape (3,)."""
    xyz = _TO_XYZ @ np.clip(light, 0, 1) / _WHITE
    bent = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


def distance(one: str, other: str, eyes: str = "") -> float:
    """Return how far apart two colours look (CIE 1976 colour difference) to somebody's eyes."""
    seen = SEEN_BY[eyes] if eyes else np.eye(3)
    return float(np.linalg.norm(lab(seen @ linear(one)) - lab(seen @ linear(other))))
