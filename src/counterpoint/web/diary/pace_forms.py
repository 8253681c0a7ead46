"""What choosing a pace, answering the offer and the one tap may hold."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from counterpoint.web.core.keyed import KeyedForm
from counterpoint.web.diary.models import TAPS
from counterpoint.web.diary.pace import Pace


class PaceForm(forms.Form):
    """How often to be asked."""

    pace = forms.ChoiceField(
        label=_("Pace"),
        choices=Pace.choices,
        error_messages={
            "required": _("Choose one of the four."),
            "invalid_choice": _("Choose one of the four."),
        },
    )


class LighterForm(forms.Form):
    """The answer to the offer of a lighter mode."""

    lighter = forms.TypedChoiceField(
        choices=[("yes", _("make it lighter")), ("no", _("not now"))],
        coerce=lambda answer: answer == "yes",
    )


class TonightForm(KeyedForm):
    """One tap about today."""

    g = forms.TypedChoiceField(choices=[(str(tap), str(tap)) for tap in TAPS], coerce=int)
