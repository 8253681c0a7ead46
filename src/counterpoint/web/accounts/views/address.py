"""Pages for another e-mail address: name it, confirm it, take it back."""

from __future__ import annotations

import secrets
from typing import Any, cast

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from counterpoint.web.accounts.addresses import (
    ask_for,
    cancel,
    change_of_token,
    is_taken,
    tell_old_address,
    undo,
)
from counterpoint.web.accounts.forms.address import AddressCodeForm, AddressForm, UndoForm
from counterpoint.web.accounts.models import AddressChange, User
from counterpoint.web.accounts.second_step import count_try
from counterpoint.web.accounts.stepup import fresh_proof
from counterpoint.web.core import clock
from counterpoint.web.core.access import signed_in

WAITING = "new_address"
MOST_TRIES = 3
CODE_SECONDS = 15 * 60


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


@signed_in
@fresh_proof
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Take a new address; where addresses are confirmed, send it a code."""
    owner = _person(request)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = form.cleaned_data["address"]
        if app_settings.EMAIL_VERIFICATION_BY_CODE_ENABLED:
            _send_code(request, owner, new)
            return redirect("accounts:address_code")
        if is_taken(new):  # without codes the site cannot hide it; sign-up says the same
            form.add_error("address", _("There is an account with this address already."))
        else:
            _begin(request, owner, new, confirmed=False)
            return redirect("mfa_index")
    return render(request, "accounts/address.html", {"form": form})


@signed_in
@fresh_proof
@require_http_methods(["GET", "HEAD", "POST"])
def address_code(request: HttpRequest) -> HttpResponse:
    """Take the code that was sent to the new address."""
    waiting = _waiting(request)
    if waiting is None:
        return redirect("accounts:address")
    form = AddressCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"].strip().upper()
        if waiting["code"] and secrets.compare_digest(
            typed.encode(), waiting["code"].upper().encode()
        ):
            del request.session[WAITING]
            _begin(request, _person(request), waiting["address"], confirmed=True)
            return redirect("mfa_index")
        waiting["tries"] += 1
        request.session[WAITING] = waiting
        if waiting["tries"] >= MOST_TRIES:
            del request.session[WAITING]
            return redirect("accounts:address")
        form.add_error("code", _("This is not the code that was sent."))
    context = {"form": form, "address": waiting["address"]}
    return render(request, "accounts/address_code.html", context)


@signed_in
@fresh_proof
@require_POST
def address_keep(request: HttpRequest) -> HttpResponse:
    """Keep the present address: take a change back that is not in force yet."""
    cancel(_person(request))
    return redirect("mfa_index")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def address_undo(request: HttpRequest, token: str) -> HttpResponse:
    """Take a change of address back from the old mailbox, with a password of the account."""
    change = change_of_token(token)
    form = UndoForm(request.POST or None)
    if change is None:
        return render(request, "accounts/address_undo.html", {"form": None})
    if request.method == "POST" and form.is_valid() and _undo(request, change, form):
        return render(request, "accounts/address_undone.html")
    return render(request, "accounts/address_undo.html", {"form": form})


def _undo(request: HttpRequest, change: AddressChange, form: UndoForm) -> bool:
    try:
        forget = count_try(request, change.owner, what="undo")
    except ValidationError as error:
        form.refuse(error)
        return False
    if not undo(change, form.cleaned_data["password"]):
        form.refuse(_("This is not a password of the account."))
        return False
    forget()
    return True


def _begin(request: HttpRequest, owner: User, new: str, *, confirmed: bool) -> None:
    token = ask_for(owner, new, confirmed=confirmed)
    tell_old_address(owner, token, request.build_absolute_uri("/"))


def _send_code(request: HttpRequest, owner: User, new: str) -> None:
    """Send a code; to an address that has an account, the message that says so."""
    adapter = get_adapter(request)
    code = ""
    if is_taken(new):
        adapter.send_account_already_exists_mail(new)
    else:
        code = adapter.generate_email_verification_code()
        adapter.send_mail("account/email/email_confirmation", new, {"code": code, "user": owner})
    sent_at = clock.machine_now().timestamp()
    request.session[WAITING] = {"address": new, "code": code, "tries": 0, "sent_at": sent_at}


def _waiting(request: HttpRequest) -> dict[str, Any] | None:
    waiting: dict[str, Any] | None = request.session.get(WAITING)
    if waiting is None or clock.machine_now().timestamp() - waiting["sent_at"] > CODE_SECONDS:
        return None
    return waiting
