"""What a mark and an answer may hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from counterpoint.domain.plane import Place
from counterpoint.web.core.keyed import KeyedForm
from counterpoint.web.core.language import current_content

TAPS = tuple(range(11))
POINTS_A_TAP = 10


class MarkForm(KeyedForm):
    """Where a mark lies: one tap for each of the two needs."""

    connection = forms.TypedChoiceField(
        choices=[(str(tap), str(tap)) for tap in TAPS],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose how near: one tap in this row.")},
    )
    self_ = forms.TypedChoiceField(
        choices=[(str(tap), str(tap)) for tap in TAPS],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose how much yourself: one tap in this row.")},
    )

    def __init__(self, *args: Any, place: Place | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {}
        if place is not None:
            initial["connection"] = round(place.connection / POINTS_A_TAP)
            initial["self_"] = round(place.self / POINTS_A_TAP)
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)

    def tap(self, name: str) -> int | None:
        """Return where one row stands now, whatever was sent."""
        return read_tap(self[name].value())

    def points(self) -> tuple[int, int]:
        """Return connection and self in points 0-100, once the form is valid."""
        return (
            self.cleaned_data["connection"] * POINTS_A_TAP,
            self.cleaned_data["self_"] * POINTS_A_TAP,
        )


def read_tap(sent: object) -> int | None:
    """Return what was sent or kept as a whole number, or nothing."""
    text = str(sent)
    return int(text) if text.isascii() and text.isdigit() else None


class AnswerForm(forms.Form):
    """One answer to one item; the button "skip" sends none."""

    def __init__(self, *args: Any, value: int | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"value": value}
        super().__init__(*args, **kwargs)
        options = current_content().questionnaire.response_options
        self.fields["value"] = forms.TypedChoiceField(
            choices=[(str(option.value), option.label) for option in options],
            coerce=int,
            widget=forms.RadioSelect,
            error_messages={"required": _("Please choose one, or skip this one.")},
        )
