"""Fits as text, exact to the last bit, so that a run can be left and taken up again."""

from __future__ import annotations

import base64
import json
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from counterpoint.cohort.extras import Agreement, Extras, KeptDraws, RoleDifference
from counterpoint.cohort.fit import CoupleResult, PlaceRange
from counterpoint.domain.plane import Place
from counterpoint.engine import Answer, Diagnostics

_KINDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        CoupleResult,
        PlaceRange,
        Place,
        Answer,
        Diagnostics,
        Extras,
        Agreement,
        KeptDraws,
        RoleDifference,
    )
}


def encode_results(results: list[CoupleResult]) -> str:
    """Return the fits of some couples as text."""
    return json.dumps(_plain(results))


def decode_results(text: str) -> list[CoupleResult]:
    """Return the fits that `encode_results` wrote down."""
    found: list[CoupleResult] = _whole(json.loads(text))
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        named = {entry.name: _plain(getattr(value, entry.name)) for entry in fields(value)}
        return {"kind": type(value).__name__, "fields": named}
    if isinstance(value, np.ndarray):
        coded = base64.b64encode(np.ascontiguousarray(value).tobytes()).decode("ascii")
        return {"kind": "array", "type": value.dtype.str, "shape": value.shape, "bytes": coded}
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, tuple):
        return {"kind": "tuple", "parts": [_plain(part) for part in value]}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, list):
        return [_whole(part) for part in value]
    if not isinstance(value, dict):
        return value
    if value["kind"] == "tuple":
        return tuple(_whole(part) for part in value["parts"])
    if value["kind"] == "array":
        flat = np.frombuffer(base64.b64decode(value["bytes"]), dtype=value["type"])
        return flat.reshape(value["shape"])
    named = {name: _whole(part) for name, part in value["fields"].items()}
    return _KINDS[value["kind"]](**named)
