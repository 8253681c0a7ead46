"""Forms that carry a key, so that sending one twice does no harm."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

SEND_AGAIN = _("Please send it once more.")


class KeyedForm(forms.Form):
    """A form with an idempotency key of its own, drawn when the page is made.

    Write ``{% include "core/key.html" %}`` inside the form. A form that comes without a usable
    key is refused and gets a new one, so that the next try works.
    """

    submission_key = forms.UUIDField(
        label=_("This page"),
        widget=forms.HiddenInput,
        error_messages={"required": SEND_AGAIN, "invalid": SEND_AGAIN},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._new_key = uuid.uuid4()

    @property
    def key(self) -> uuid.UUID:
        """The key that was sent, or a new one."""
        if not self.is_bound or self["submission_key"].errors:
            return self._new_key
        sent: uuid.UUID = self.cleaned_data["submission_key"]
        return sent
