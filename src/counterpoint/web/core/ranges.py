"""Bytes in ranges, as players ask for them: some play nothing from a server that has none."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

_ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def answer_in_ranges(request: HttpRequest, body: bytes, content_type: str) -> HttpResponse:
    """Return bytes, or the one range of them that was asked for (RFC 9110, section 14).

    What is not one valid range is answered with everything, as the standard says.

    Parameters
    ----------
    request
        The request, with or without a ``Range``.
    body
        Everything.
    content_type
        What it is.
    """
    size = len(body)
    asked = _asked(request.headers.get("Range", ""), size)
    if asked is None:
        answer = HttpResponse(body, content_type=content_type)
    elif asked[0] >= size:
        answer = HttpResponse(status=416, content_type=content_type)
        answer["Content-Range"] = f"bytes */{size}"
    else:
        first, last = asked
        answer = HttpResponse(body[first : last + 1], status=206, content_type=content_type)
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer["Accept-Ranges"] = "bytes"
    return answer


def _asked(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and last byte asked for, ``None`` for everything."""
    found = _ONE_RANGE.fullmatch(header.strip())
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        return max(size - int(last), 0), size - 1
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last), size - 1) if last else size - 1
