"""Pages of the door: second steps, what changed, other sessions, proof that it is still you."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from allauth.account.internal.flows.reauthentication import resume_request
from allauth.core.internal import ratelimit
from allauth.mfa.totp import views as code_app
from allauth.mfa.totp.internal import flows as code_app_flows
from allauth.mfa.webauthn.internal import flows as passkey_flows
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from counterpoint.web.accounts.addresses import waiting_change
from counterpoint.web.accounts.doors import app_of, has_second_step
from counterpoint.web.accounts.forms.own import AgainForm
from counterpoint.web.accounts.models import DoorChange, User, Visit
from counterpoint.web.accounts.queries import factor_rows
from counterpoint.web.accounts.second_step import passkey_challenge
from counterpoint.web.accounts.stepup import fresh_proof
from counterpoint.web.accounts.visits import end_other_sessions, end_visit, open_visits
from counterpoint.web.core.access import get_own, signed_in
from counterpoint.web.core.views import too_many

CHANGES_SHOWN = 20


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


@signed_in
@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """Show how one signs in: second steps, a waiting address, what changed, other sessions."""
    owner = _person(request)
    changes = DoorChange.objects.filter(owner=owner).order_by("-made_at")[:CHANGES_SHOWN]
    context = {
        "factors": factor_rows(owner),
        "has_app": app_of(owner) is not None,
        "guarded": has_second_step(owner),
        "waiting": waiting_change(owner),
        "changes": changes,
        "visits": open_visits(owner, request.session.session_key),
    }
    return render(request, "accounts/door.html", context)


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Ask for password and second step once more, then lead back to where it was needed."""
    if request.method == "POST" and not ratelimit.consume(
        request, app="allauth.account", action="reauthenticate", user=request.user
    ):
        return too_many(request)
    form = AgainForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        form.save()
        back: HttpResponse | None = resume_request(request)
        return back or redirect("accounts:home")
    challenge = passkey_challenge(form.person)
    back_to = request.POST.get("next") or request.GET.get("next") or ""
    context = {"form": form, "challenge": challenge, "back_to": back_to}
    return render(request, "account/reauthenticate.html", context)


@signed_in
@fresh_proof
@require_http_methods(["GET", "HEAD", "POST"])
def add_app(request: HttpRequest) -> HttpResponse:
    """Add a code app, unless there is one already, settled or not."""
    if app_of(_person(request)) is not None:
        return redirect("mfa_index")
    answer: HttpResponse = code_app.activate_totp(request)
    return answer


@signed_in
@fresh_proof
@require_http_methods(["GET", "HEAD", "POST"])
def remove_app(request: HttpRequest) -> HttpResponse:
    """Remove the code app of one's own, also while it does not count yet."""
    app = app_of(_person(request))
    if app is None:
        return redirect("mfa_index")
    if request.method == "POST":
        code_app_flows.deactivate_totp(request, app)
        return redirect("mfa_index")
    return render(request, "accounts/app_remove.html")


@signed_in
@fresh_proof
@require_http_methods(["GET", "HEAD", "POST"])
def remove_key(request: HttpRequest, mark: str) -> HttpResponse:
    """Remove one passkey of one's own."""
    found = [row for row in factor_rows(_person(request)) if row.mark == mark]
    if not found:
        raise Http404
    if request.method == "POST":
        passkey_flows.remove_authenticator(request, found[0].factor)
        return redirect("mfa_index")
    return render(request, "accounts/key_remove.html", {"row": found[0]})


@signed_in
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End every other session of one's own."""
    end_other_sessions(_person(request), request.session.session_key)
    return redirect("mfa_index")


@signed_in
@require_POST
def end_one(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """End one session of one's own; ending this one leads to the entrance."""
    visit = get_own(Visit, request, pk=visit_id)
    is_this = visit.session_key == request.session.session_key
    end_visit(visit)
    if is_this:
        request.session.flush()
        return redirect(settings.LOGIN_URL)
    return redirect("mfa_index")
