"""Forms at the entrance: making an account, signing in, asking for a new password."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.forms import default_token_generator
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from counterpoint.web.accounts.forms.own import ZoneField
from counterpoint.web.accounts.letters import keep_letter_to_nobody
from counterpoint.web.accounts.models import User


class SignupForm(allauth_forms.SignupForm):  # type: ignore[misc]  # allauth ships no types
    """Address, password, and the zone days are counted in."""

    zone = ZoneField(initial="UTC")
    field_order = ("email", "password1", "zone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].help_text = _("Only to sign in, and if you forget your password.")
        self.fields["email"].widget.attrs.pop("placeholder", None)
        self.fields["password1"].label = _("Password")
        self.fields["password1"].help_text = _("At least ten characters. Longer beats stranger.")
        self.fields["password1"].widget.attrs.pop("placeholder", None)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account; where there is one, take as long as making one would."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved


class ResetForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The address a link for a new password is sent to."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the link; to an address without an account, do as much and send nothing."""
        if not self.users:
            default_token_generator.make_token(User())
            keep_letter_to_nobody()
        address: str = super().save(request, **kwargs)
        return address


class LoginForm(allauth_forms.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Address, password, and whether this device is nobody else's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""
        self.fields["remember"].label = _("Only I use this device")
        self.fields["remember"].help_text = _(
            "Left empty, you are signed out after ten quiet minutes. Otherwise after thirty."
        )
