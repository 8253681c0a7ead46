"""What somebody sent that could not be taken: kept on the page that says so.

Browsers may forget, on the way back, what stood in a page that is not to be stored.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.http import HttpRequest

SECRETS = re.compile("password|code|credential")
"""Names of fields that no page may repeat."""
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
WORDS = re.compile(r"\S\s+\S")
"""Whether a value was written and not chosen: words have a space between them."""


def held_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Return every name and value of a form, in order; nothing where one of them is a secret."""
    fields = [
        (name, str(value))
        for name, values in request.POST.lists()
        if name != TOKEN
        for value in values
    ]
    return [] if any(SECRETS.search(name) for name, _ in fields) else fields


def held_words(request: HttpRequest) -> list[str]:
    """Return what somebody wrote into a form of this site; nothing of another site's form."""
    origin = urlsplit(request.headers.get("Origin", ""))
    if origin.netloc != request.get_host():
        return []
    return [value for _, value in held_fields(request) if WORDS.search(value)]
