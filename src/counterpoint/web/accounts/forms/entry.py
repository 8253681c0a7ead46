"""Forms at the entrance: making an account and signing in."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms

from counterpoint.web.accounts.forms.own import ZoneField


class SignupForm(allauth_forms.SignupForm):  # type: ignore[misc]  # allauth ships no types
    """Address, password, and the zone days are counted in."""

    zone = ZoneField(initial="UTC")
    field_order = ("email", "password1", "zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"
        self.fields["email"].help_text = "Only to sign in, and if you forget your password."
        self.fields["email"].widget.attrs.pop("placeholder", None)
        self.fields["password1"].label = "Password"
        self.fields["password1"].help_text = "At least ten characters. Longer beats stranger."
        self.fields["password1"].widget.attrs.pop("placeholder", None)


class LoginForm(allauth_forms.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Address, password, and whether this device is nobody else's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail address"
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""
        self.fields["remember"].label = "Only I use this device"
        self.fields[
            "remember"
        ].help_text = (
            "Left empty, you are signed out after ten quiet minutes. Otherwise after thirty."
        )
