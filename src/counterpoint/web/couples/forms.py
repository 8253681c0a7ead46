"""What joining, sharing and the table may hold."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from counterpoint.web.core.keyed import KeyedForm
from counterpoint.web.core.language import current_content
from counterpoint.web.couples.kinds import CardKind

MOST_LETTERS = 400


def card_choices() -> list[tuple[str, str]]:
    """Return what a card can be about, with its words."""
    content = current_content()
    return [(kind.value, content.phrase(f"table.{kind.value}")) for kind in CardKind]


class InviteForm(KeyedForm):
    """Make a code; the key makes a double tap make one."""


class CodeForm(forms.Form):
    """A code somebody handed over, typed in any spacing."""

    code = forms.CharField(
        label=_("The code you were given"),
        max_length=64,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-entry",
            }
        ),
    )

    def refuse(self) -> None:
        """Say the one thing that is said of every code that cannot be used."""
        self.add_error("code", current_content().phrase("joining.code_unusable"))


class CardForm(forms.Form):
    """One card for the table."""

    kind = forms.ChoiceField(
        label=_("What it is about"), choices=card_choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("In your own words"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    @property
    def card(self) -> tuple[CardKind, str]:
        """Kind and words of a valid card."""
        return CardKind(self.cleaned_data["kind"]), self.cleaned_data["text"]
