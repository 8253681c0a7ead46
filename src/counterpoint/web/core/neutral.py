"""What says nothing: the title of private pages and the answer that never explains itself."""

from __future__ import annotations

from django.utils.translation import gettext_noop

NEUTRAL_TITLE = gettext_noop("Notes")
"""Title of every page in tabs, history and task switchers; shown in the reader's language."""

NEUTRAL_STATE = gettext_noop(
    "A joint picture may appear here at the turn of a month. We never say why it has or has not."
)
"""The one answer for a joint picture that is not there, whatever the reason."""

NEUTRAL_FILE = "notes"
"""Stem of every file a person takes away."""
