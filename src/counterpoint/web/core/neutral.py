"""What says nothing: the title of private pages and the answer that never explains itself."""

from __future__ import annotations

NEUTRAL_TITLE = "Notes"
"""Title of every page in tabs, history and task switchers."""

NEUTRAL_STATE = (
    "A joint picture may appear here at the turn of a month. We never say why it has or has not."
)
"""The one answer for a joint picture that is not there, whatever the reason."""

NEUTRAL_FILE = "notes"
"""Stem of every file a person takes away."""
