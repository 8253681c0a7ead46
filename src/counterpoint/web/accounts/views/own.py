"""Pages of one's own account."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from counterpoint.web.accounts.forms.own import DeleteForm, ProofForm, ZoneForm
from counterpoint.web.accounts.middleware import READ
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.queries import has_read_privacy
from counterpoint.web.accounts.rules import PRIVACY
from counterpoint.web.accounts.services import accept_privacy, change_zone, delete_person
from counterpoint.web.accounts.stepup import second_step_first
from counterpoint.web.accounts.takeaway import stream_zip
from counterpoint.web.core.access import signed_in
from counterpoint.web.core.language import current_content
from counterpoint.web.core.neutral import NEUTRAL_FILE


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Show the account, and let its zone be changed."""
    owner = _person(request)
    form = ZoneForm(request.POST or None, initial={"zone": owner.zone})
    if request.method == "POST" and form.is_valid():
        change_zone(owner, form.cleaned_data["zone"])
        messages.success(request, _("Saved."))
        return redirect("accounts:home")
    return render(request, "accounts/home.html", {"form": form})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: HttpRequest) -> HttpResponse:
    """Show who can read what before the first question, and record that it was read."""
    owner = _person(request)
    if request.method == "POST":
        request.session[READ] = accept_privacy(owner)
        return redirect("/today/")
    page = current_content().pages[PRIVACY]
    context = {"text": page, "read": has_read_privacy(owner)}
    return render(request, "accounts/privacy.html", context)


@signed_in
@second_step_first
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Stream everything of the signed-in person, once they proved that it is them."""
    form = ProofForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        answer = StreamingHttpResponse(stream_zip(_person(request)), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{NEUTRAL_FILE}.zip"'
        return answer
    return render(request, "accounts/export.html", {"form": form})


@signed_in
@second_step_first
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Erase the signed-in person, after plain words and proof that it is them."""
    form = DeleteForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        owner = User.objects.get(pk=_person(request).pk)
        logout(request)
        delete_person(owner)
        return redirect("accounts:gone")
    return render(request, "accounts/delete.html", {"form": form})


@require_safe
def gone(request: HttpRequest) -> HttpResponse:
    """Say that everything is erased."""
    return render(request, "accounts/gone.html")
