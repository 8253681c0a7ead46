"""Forms of the accounts app."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.rules import zones

DELETE_WORDS = "delete everything"
"""What a person types so that nothing is deleted by a slip."""


def zone_choices() -> list[tuple[str, str]]:
    """Return the zones as choices of a select."""
    return [(name, name.replace("_", " ")) for name in zones()]


class ZoneField(forms.ChoiceField):
    """A select of time zones; a small module sets it to the browser's own."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=zone_choices,
            widget=forms.Select(attrs={"data-zone": ""}),
            label="Time zone",
            help_text="So that a day is your day. It ends at four in the morning.",
            **kwargs,
        )


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


class ZoneForm(forms.Form):
    """Another time zone."""

    zone = ZoneField()


class ProofForm(forms.Form):
    """The password again, for what must not happen in an open session left alone."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        """Check the password; attempts are counted like those at sign-in."""
        user = self.request.user
        password: str = self.cleaned_data["password"]
        if not isinstance(user, User) or not self._is_password_of(user, password):
            raise forms.ValidationError("This is not your password.")
        return password

    def _is_password_of(self, user: User, password: str) -> bool:
        adapter = get_adapter(self.request)
        found = adapter.authenticate(self.request, email=user.email, password=password)
        return found is not None and bool(found.pk == user.pk)


class DeleteForm(ProofForm):
    """The password and a few plain words, before everything is erased."""

    words = forms.CharField(
        label=f"Type: {DELETE_WORDS}",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    field_order = ("words", "password")

    def clean_words(self) -> str:
        """Accept the words in any case and spacing."""
        words = " ".join(self.cleaned_data["words"].lower().split())
        if words != DELETE_WORDS:
            raise forms.ValidationError(f"Please type the words “{DELETE_WORDS}”.")
        return words
