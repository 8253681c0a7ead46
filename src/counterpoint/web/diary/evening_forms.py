"""What an evening that waited on a device may hold: the first screen and one line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from counterpoint.web.core.own_words import OwnWordsField
from counterpoint.web.diary.boxes import Box
from counterpoint.web.diary.evening_services import Evening, read_moment
from counterpoint.web.diary.forms import LINE_LENGTH, ScreenOneForm

MOST_BASE64 = 8_000
FIXED_ORDER = ("g", "c1", "s1")
"""The order of the taps on a page that is the same for everybody."""


class BoxForm(forms.Form):
    """A closed box and the device it comes from."""

    device = forms.UUIDField()
    id = forms.UUIDField()
    public = forms.CharField(max_length=120)
    iv = forms.CharField(max_length=24)
    sealed = forms.CharField(max_length=MOST_BASE64)

    def box(self) -> Box:
        """Return the box, once the form is valid."""
        data = self.cleaned_data
        return Box(str(data["id"]), data["public"], data["iv"], data["sealed"])


class EveningForm(ScreenOneForm):
    """An evening as a device wrote it."""

    day = forms.DateField(input_formats=["%Y-%m-%d"])
    recorded_at = forms.CharField(max_length=40)
    zone = forms.CharField(max_length=64, required=False)
    language = forms.CharField(max_length=12, required=False)
    line = OwnWordsField(most_letters=LINE_LENGTH, label=_("One line, if you like"))

    def clean(self) -> dict[str, Any]:
        """Refuse an evening in which nothing is said."""
        data = super().clean() or self.cleaned_data
        said = [data.get(name) for name in ("g", "c1", "s1", "n", "e1", "line")]
        if all(one in (None, "") for one in said):
            raise forms.ValidationError("nothing is said")
        return data

    def evening(self) -> Evening:
        """Return the evening, once the form is valid.

        Raises
        ------
        counterpoint.errors.DataError
            If the moment it was written at is none.
        """
        data = self.cleaned_data
        return Evening(
            day=data["day"],
            recorded_at=read_moment(data["recorded_at"]),
            zone=data["zone"],
            answers=self.answers(),
            line=data["line"],
        )
