"""Answers of the site that are no page as usual."""

from __future__ import annotations

UNREADABLE = 422
"""A form that cannot be taken as it is: it comes back whole, with what is not right yet."""
