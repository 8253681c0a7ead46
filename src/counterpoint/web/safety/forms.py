"""The form of the quiet check: read once, kept nowhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest

from counterpoint.web.core.access import own_id
from counterpoint.web.core.language import current_content

YES, NO, UNSAID = "yes", "no", ""
OPEN_SECONDS = 30 * 60
"""How long after the page was opened its answers are taken without another proof."""

_SALT = "counterpoint.quiet"


def opened_token(request: HttpRequest) -> str:
    """Return what shows that this person opened the page, with proof, in this session."""
    return signing.dumps([str(own_id(request)), request.session.session_key], salt=_SALT)


def was_opened(request: HttpRequest) -> bool:
    """Whether the page that was sent was opened by this person, in this session, just now."""
    try:
        opened = signing.loads(request.POST.get("opened", ""), salt=_SALT, max_age=OPEN_SECONDS)
    except signing.BadSignature:
        return False
    return bool(opened == [str(own_id(request)), request.session.session_key])


class QuietForm(forms.Form):
    """Yes, no or nothing to each question; what is not understood counts as left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in current_content().quiet.items:
            self.fields[item.item_id] = forms.CharField(required=False)

    def answers(self) -> dict[str, bool | None]:
        """Return the answers by item, once the form was found valid."""
        meaning = {YES: True, NO: False}
        return {name: meaning.get(self.cleaned_data.get(name, "")) for name in self.fields}
