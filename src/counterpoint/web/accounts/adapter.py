"""Where sign-in departs from allauth's defaults."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from counterpoint.web.accounts.models import User


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
        """Keep the zone chosen at sign-up with the new person."""
        user.zone = form.cleaned_data.get("zone") or "UTC"
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in as on a shared device; the sign-in form may say afterwards that it is not."""
        super().login(request, user)
        request.session.set_expiry(0)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the page a person lands on shows what happened."""
