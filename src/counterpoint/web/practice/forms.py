"""What beginning and ending a practice may hold."""

from __future__ import annotations

from django import forms

from counterpoint.web.core.keyed import KeyedForm
from counterpoint.web.practice.endings import Ending


class StartForm(KeyedForm):
    """Begin an exercise; the key makes a double tap begin one run."""


class EndForm(forms.Form):
    """End a run: went through, or stopped."""

    ending = forms.ChoiceField(
        choices=[(ending.value, ending.label) for ending in (Ending.FINISHED, Ending.STOPPED)]
    )
