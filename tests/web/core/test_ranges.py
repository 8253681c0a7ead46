"""Bytes in ranges, as players ask for them."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from counterpoint.web.core.ranges import answer_in_ranges

BODY = b"0123456789"


@pytest.mark.parametrize(
    ("asked", "status", "body", "said"),
    [
        (None, 200, BODY, None),
        ("bytes=0-1", 206, b"01", "bytes 0-1/10"),
        ("bytes=3-", 206, b"3456789", "bytes 3-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-99", 206, BODY, "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=5-2", 200, BODY, None),
        ("bytes=0-1,4-5", 200, BODY, None),
        ("bytes=-", 200, BODY, None),
        ("bytes=" + "9" * 5000 + "-", 200, BODY, None),
        ("lines=0-1", 200, BODY, None),
    ],
)
def test_a_range_is_answered_as_the_standard_says(
    rf: RequestFactory, asked: str | None, status: int, body: bytes, said: str | None
) -> None:
    headers = {} if asked is None else {"Range": asked}
    answer = answer_in_ranges(rf.get("/", headers=headers), BODY, "audio/wav")
    assert (answer.status_code, answer.content) == (status, body)
    assert answer.get("Content-Range") == said
