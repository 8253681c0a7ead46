"""Where sign-in departs from allauth's defaults."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.queries import language_at
from counterpoint.web.core.language import current_language


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Counts failed sign-ins per account and address, and keeps a person's zone."""

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Return whom failed attempts count against: this account, tried from this address.

        By account alone, somebody else could lock a person out; by address alone, a household
        would lock itself out.
        """
        account = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{account}:{self.get_client_ip(request)}"

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Keep the zone chosen at sign-up, and the language it was read in, with the new person."""
        user.zone = form.cleaned_data.get("zone") or "UTC"
        user.language = current_language()
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to somebody who has an account in their language, whoever asked for the letter."""
        with translation.override(language_at(email)):
            super().send_mail(template_prefix, email, context)

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in as on a shared device, unless the sign-in form said that it is not.

        Without a second step the form says so afterwards; with one it said so before.
        """
        said_before = request.session.get("_session_expiry")
        super().login(request, user)
        request.session.set_expiry(said_before or 0)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """Name the one page that asks again, for password and second step together."""
        if not user.is_authenticated:
            return []
        return [{"id": "again", "description": "", "url": reverse("account_reauthenticate")}]

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the page a person lands on shows what happened."""
