"""The form field for own words: trimmed, bounded, and nothing typed is lost when it is refused."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TOO_LONG = _("Up to %(limit_value)d characters fit here. It is all still in the box.")
NOT_TEXT = _("This holds a character we cannot keep. Please take it out.")


class OwnWordsField(forms.CharField):
    """Own words of a person, which browsers do not remember.

    Parameters
    ----------
    most_letters
        How many characters fit.
    rows
        Height of the box, in lines.
    """

    def __init__(
        self, *, most_letters: int, rows: int = 2, required: bool = False, **kwargs: Any
    ) -> None:
        kwargs.setdefault(
            "widget",
            forms.Textarea(attrs={"rows": rows, "autocomplete": "off", "spellcheck": "false"}),
        )
        kwargs.setdefault("label", _("Words"))
        super().__init__(
            max_length=most_letters,
            required=required,
            error_messages={"max_length": TOO_LONG},
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        """Return the words with each end of a line as one character, as the box counts it."""
        words = super().to_python(value) or ""
        return words.replace("\r\n", "\n").replace("\r", "\n")

    def run_validators(self, value: Any) -> None:
        """Refuse kindly what no screen shows as text, before anything else is said about it."""
        if any(
            unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\r\n\t" for sign in value
        ):
            raise forms.ValidationError(NOT_TEXT)
        super().run_validators(value)
