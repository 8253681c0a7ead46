"""Forms of the second step, at the entrance and where it is set up."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as codes
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.second_step import (
    UNREADABLE,
    count_try,
    factor_of_code,
    factor_of_credential,
    open_secret,
    seal_secret,
)

WRONG_CODE = _("This code does not fit, or it was used already.")
WRONG_KEY = _("This passkey is not known here, or it does not count yet.")


def current_request() -> HttpRequest:
    """Return the request allauth is answering."""
    request: HttpRequest = context.request
    return request


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """A code at the entrance."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Code")
        field.help_text = _("From your app, or one of your recovery codes.")
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["spellcheck"] = "false"

    def clean_code(self) -> str:
        """Accept a code of a factor that counts by now."""
        code: str = self.cleaned_data["code"].strip()
        factor = factor_of_code(current_request(), self.user, code)
        if factor is None:
            raise ValidationError(WRONG_CODE)
        factor.user = self.user
        self.authenticator = factor
        return code


class KeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A passkey at the entrance."""

    def clean_credential(self) -> Authenticator:
        """Accept a passkey that counts by now."""
        found = factor_of_credential(current_request(), self.user, self.cleaned_data["credential"])
        if found is None:
            raise ValidationError(WRONG_KEY)
        return found


class AddAppForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    """The first code of a new app. Its secret waits in the session, sealed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code your app shows")
        self.fields["code"].widget.attrs.pop("placeholder", None)
        session = current_request().session
        owner = User.objects.get(pk=self.user.pk)
        kept = str(session[codes.SECRET_SESSION_KEY])
        if kept.startswith("sealed:"):
            self.secret: str = open_secret(kept, owner.pk)
        else:  # drawn just now; it leaves this request sealed
            session[codes.SECRET_SESSION_KEY] = seal_secret(owner, kept)

    def clean_code(self) -> str:
        """Accept the code that belongs to the secret shown."""
        forget = count_try(current_request(), self.user, what="new-app")
        code: str = self.cleaned_data["code"].strip()
        if not codes.validate_totp_code(self.secret, code):
            raise ValidationError(_("This code does not fit. Is the clock of your device right?"))
        forget()
        return code


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A new passkey. It gets no name: the list tells keys apart by their day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["name"]

    def clean(self) -> dict[str, Any]:
        """Read what the browser made, and give it the name that says nothing."""
        try:
            given: dict[str, Any] = super().clean()
        except UNREADABLE as error:
            raise ValidationError(_("That could not be read. Please try once more.")) from error
        given["name"] = "key"
        return given
