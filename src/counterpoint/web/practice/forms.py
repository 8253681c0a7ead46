"""What beginning and ending a practice may hold."""

from __future__ import annotations

from django import forms

from counterpoint.content import load_content
from counterpoint.content.telling import skills_spoken_for
from counterpoint.web.core.keyed import KeyedForm
from counterpoint.web.practice.endings import Ending


class StartForm(KeyedForm):
    """Begin an exercise; the key makes a double tap begin one run."""


class EndForm(forms.Form):
    """End a run: went through, or stopped."""

    ending = forms.ChoiceField(
        choices=[(ending.value, ending.label) for ending in (Ending.FINISHED, Ending.STOPPED)]
    )


class FitsForm(forms.Form):
    """Whether one reason of the plan fits."""

    reason = forms.ChoiceField(choices=lambda: [(key, key) for key in _reasons()])
    fits = forms.TypedChoiceField(
        choices=[("no", "does not fit"), ("yes", "fits after all")],
        coerce=lambda answer: answer == "yes",
    )


def _reasons() -> list[str]:
    return list(skills_spoken_for(load_content()))
