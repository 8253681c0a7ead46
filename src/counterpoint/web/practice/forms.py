"""What beginning and ending a practice may hold."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from counterpoint.web.practice.models import Ending


class StartForm(forms.Form):
    """Begin an exercise; the key makes a double tap begin one run."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission_key": uuid.uuid4()}
        super().__init__(*args, **kwargs)


class EndForm(forms.Form):
    """End a run: went through, or stopped."""

    ending = forms.ChoiceField(
        choices=[(ending.value, ending.label) for ending in (Ending.FINISHED, Ending.STOPPED)]
    )
