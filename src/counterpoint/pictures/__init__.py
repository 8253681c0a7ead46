"""Pictures: pure functions from places, days and ranges to SVG, a sentence and a table.

One picture system for pages, files and print. Nothing is fetched, nothing runs, colours are CSS
variables on a page and fixed in a file, and each partner has a shape as well as a colour.
"""

from __future__ import annotations

from counterpoint.pictures.cohort import cohort_plane
from counterpoint.pictures.corners import four_corners
from counterpoint.pictures.couplings import coupling_label, coupling_matrix
from counterpoint.pictures.dance import Arrow, Link, Way, dance
from counterpoint.pictures.days import DayNotes, days_strip, known_days
from counterpoint.pictures.fields import Field, field_plane
from counterpoint.pictures.intervals import Interval, interval_ladder, same_day
from counterpoint.pictures.motion import Motion, motions
from counterpoint.pictures.one_line import one_line
from counterpoint.pictures.palette import Palette, Theme, choose_palette
from counterpoint.pictures.picture import Picture, Table
from counterpoint.pictures.plane import Mark, MarkKind, ellipse_axes, plane
from counterpoint.pictures.push import PushDay, push_picture, settled_after
from counterpoint.pictures.score import score
from counterpoint.pictures.sound import score_sound
from counterpoint.pictures.trail import Trail, trails

__all__ = [
    "Arrow",
    "DayNotes",
    "Field",
    "Interval",
    "Link",
    "Mark",
    "MarkKind",
    "Motion",
    "Palette",
    "Picture",
    "PushDay",
    "Table",
    "Theme",
    "Trail",
    "Way",
    "choose_palette",
    "cohort_plane",
    "coupling_label",
    "coupling_matrix",
    "dance",
    "days_strip",
    "ellipse_axes",
    "field_plane",
    "four_corners",
    "interval_ladder",
    "known_days",
    "motions",
    "one_line",
    "plane",
    "push_picture",
    "same_day",
    "score",
    "score_sound",
    "settled_after",
    "trails",
]
