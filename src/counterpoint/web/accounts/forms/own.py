"""Forms of one's own account: its zone, and proof of who one is."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from counterpoint.web.accounts.doors import has_second_step
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.rules import zones
from counterpoint.web.accounts.second_step import factor_of_code, factor_of_credential
from counterpoint.web.accounts.stepup import is_fresh
from counterpoint.web.core.access import own_id

DELETE_WORDS = gettext_noop("delete everything")
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
            label=_("Time zone"),
            help_text=_("So that a day is your day. It ends at four in the morning."),
            **kwargs,
        )


class ZoneForm(forms.Form):
    """Another time zone."""

    zone = ZoneField()


class ProofForm(forms.Form):
    """The password again, for what must not happen in an open session left alone.

    Not asked when it was given just now.
    """

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        if self.may_skip and is_fresh(request):
            del self.fields["password"]

    may_skip = True
    """Whether proof from just now will do."""

    def clean_password(self) -> str:
        """Check the password; attempts are counted like those at sign-in."""
        user = self.request.user
        password: str = self.cleaned_data["password"]
        if not isinstance(user, User) or not self._is_password_of(user, password):
            raise forms.ValidationError(_("This is not your password."))
        return password

    def _is_password_of(self, user: User, password: str) -> bool:
        adapter = get_adapter(self.request)
        found = adapter.authenticate(self.request, email=user.email, password=password)
        return found is not None and bool(found.pk == user.pk)


class AgainForm(ProofForm):
    """Password and, where it counts by now, the second step: a code or a passkey."""

    may_skip = False
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=16,
        help_text=_("From your app, or one of your recovery codes."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )
    credential = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.person = User.objects.get(pk=own_id(request))
        self.factor: Authenticator | None = None
        if not has_second_step(self.person):
            del self.fields["code"], self.fields["credential"]

    def clean(self) -> dict[str, Any]:
        """Look at the second step only once the password is right."""
        given = super().clean() or self.cleaned_data
        if "code" not in self.fields or "password" not in given:
            return given
        self.factor = self._factor(given)
        if self.factor is None:
            self.add_error("code", _("This code does not fit, or it was used already."))
        return given

    def _factor(self, given: dict[str, Any]) -> Authenticator | None:
        answer = given.get("credential")
        if answer:
            try:
                credential = json.loads(answer)
            except ValueError:
                return None
            return factor_of_credential(self.request, self.person, credential)
        code = (given.get("code") or "").strip()
        return factor_of_code(self.request, self.person, code) if code else None

    def save(self) -> None:
        """Note in the session that both were given just now."""
        reauthenticate_by_password(self.request)
        if self.factor is not None:
            post_authentication(self.request, self.factor, reauthenticated=True)


class DeleteForm(ProofForm):
    """The password and a few plain words, before everything is erased."""

    words = forms.CharField(
        label="",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    field_order = ("words", "password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = gettext("Type: %(words)s") % {"words": gettext(DELETE_WORDS)}

    def clean_words(self) -> str:
        """Accept the words in any case and spacing, in the language of the page or in English."""
        words = " ".join(self.cleaned_data["words"].lower().split())
        asked = gettext(DELETE_WORDS)
        if words not in {asked, DELETE_WORDS}:
            raise forms.ValidationError(gettext("Please type the words “%s”.") % asked)
        return words
