"""Forms for another e-mail address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """The new address."""

    address = forms.EmailField(
        label=_("New e-mail address"),
        max_length=254,
        help_text=_("Best one that only you can read."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean_address(self) -> str:
        """Write it in small letters, as all addresses here."""
        address: str = self.cleaned_data["address"]
        return address.strip().lower()


class AddressCodeForm(forms.Form):
    """The code that was sent to the new address."""

    code = forms.CharField(
        label=_("Code"),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


class UndoForm(forms.Form):
    """A password of the account, of now or of when the change was asked for."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        help_text=_("The one you use now, or the one you used before the change."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def refuse(self, reason: Any) -> None:
        """Say beside the field why it did not work."""
        self.add_error("password", reason)
