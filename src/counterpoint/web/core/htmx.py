"""The request as django-htmx leaves it, with a type."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """A request; ``request.htmx`` is true where a part of the page is asked for."""

    htmx: HtmxDetails
