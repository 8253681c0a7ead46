"""Template tags of the accounts app."""

from __future__ import annotations

from django import template

from counterpoint.web.accounts import second_step

register = template.Library()


@register.filter
def as_json(value: object) -> str:
    """Write a value as JSON, for an attribute."""
    return second_step.as_json(value)
