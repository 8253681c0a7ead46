"""Logs say where it broke, never what somebody wrote."""

from __future__ import annotations

import logging
import sys

from counterpoint.web.core.logs import QuietFormatter


def test_messages_of_errors_stay_out() -> None:
    try:
        raise ValueError("I am afraid of him")
    except ValueError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, __file__, 1, "broke at %s", ("/x/",), sys.exc_info()
        )
    line = QuietFormatter().format(record)
    assert "afraid" not in line
    assert "builtins.ValueError" in line
    assert "test_messages_of_errors_stay_out" in line
    assert "broke at /x/" in line


def test_no_error_no_stack() -> None:
    assert QuietFormatter().formatException((None, None, None)) == ""
