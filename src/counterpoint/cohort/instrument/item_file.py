"""Learned items as a file: written by ``score --calibrate``, read back by ``score --items``."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np

from counterpoint import __version__
from counterpoint.cohort.replacing import replaced_file
from counterpoint.cohort.table.cells import printable
from counterpoint.content import load_content
from counterpoint.content.sign_form import SIGNS, SignForm
from counterpoint.engine.instrument import Calibration, GradedItems
from counterpoint.engine.states import Array
from counterpoint.errors import DataError, Location

FORMAT = "counterpoint-items-1"
MAX_BYTES = 5_000_000


def write_items(path: Path, calibration: Calibration, form: SignForm, *, on: dt.date) -> None:
    """Write learned parameters with their date, people and content version.

    Parameters
    ----------
    path
        The file; it appears whole or not at all.
    calibration
        What answers taught.
    form
        The questionnaire it is about.
    on
        The day it is written.
    """
    items = calibration.items
    document = {
        "format": FORMAT,
        "written_on": on.isoformat(),
        "engine_version": __version__,
        "content_version": load_content().version,
        "people": calibration.people,
        "items": {
            item_id: {
                "sign": SIGNS[items.scale[place]].value,
                "discrimination": round(float(items.discrimination[place]), 4),
                "thresholds": [round(float(value), 4) for value in items.thresholds[place]],
            }
            for place, item_id in enumerate(form.item_ids)
        },
        "signs": [sign.value for sign in SIGNS],
        "correlation": np.round(calibration.correlation, 4).tolist(),
    }
    with replaced_file(path) as part:
        part.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def read_items(path: Path, form: SignForm) -> tuple[GradedItems, Array]:
    """Read learned parameters and the correlation of the signs.

    Parameters
    ----------
    path
        A file that ``score --calibrate`` wrote.
    form
        The questionnaire; the file must know every item of it.

    Raises
    ------
    DataError
        It is no such file, is damaged, or lacks an item; says which.
    """
    where = Location(printable(str(path), 200))
    document = _document(path, where)
    try:
        listed = document["items"]
        absent = [item for item in form.item_ids if item not in listed]
        if absent:
            raise DataError(
                f"the item {absent[0]} is not in this file: calibrate again with the present "
                "questionnaire",
                where,
            )
        items = GradedItems(
            discrimination=np.array([float(listed[i]["discrimination"]) for i in form.item_ids]),
            thresholds=np.array(
                [[float(value) for value in listed[i]["thresholds"]] for i in form.item_ids]
            ),
            scale=np.array(form.scale, dtype=np.int64),
        )
        correlation = np.array(document["correlation"], dtype=float)
    except DataError:
        raise
    except (KeyError, TypeError, ValueError):
        raise DataError("this file of items is damaged", where) from None
    numbers = (items.discrimination, items.thresholds, correlation)
    if not all(np.isfinite(array).all() for array in numbers):
        raise DataError("this file of items holds a number that is none", where)
    if items.options != form.options:
        raise DataError(
            f"this file knows {items.options} options, the questionnaire has {form.options}", where
        )
    return items, correlation


def _document(path: Path, where: Location) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError("this file is too large to be a file of items", where)
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError("there is no such file", where) from None
    except OSError as error:
        raise DataError(f"the file cannot be opened: {error.strerror}", where) from None
    except (ValueError, RecursionError):
        raise DataError("this is not a file of items that score --calibrate wrote", where) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise DataError("this is not a file of items that score --calibrate wrote", where)
    return document
