"""Template tags every app may use."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

SYMBOLS = {
    "today": '<path d="M4 17.5h16M7 17.5a5 5 0 0 1 10 0M12 5v3M4.9 9.4l2 1.6M19.1 9.4l-2 1.6"/>',
    "days": '<path d="M3 7h18M3 12h18M3 17h18"/><circle cx="7.5" cy="14.5" r="1.9"/>'
    '<circle cx="13" cy="9.5" r="1.9"/><circle cx="18" cy="12" r="1.9"/>',
    "plane": '<path d="M4 4v16h16"/><ellipse cx="13.4" cy="10.6" rx="5" ry="3.1" '
    'transform="rotate(-28 13.4 10.6)"/><circle cx="13.4" cy="10.6" r=".8"/>',
    "practice": '<path d="M4 15c2.6 0 2.6-6 5.3-6s2.7 9 5.4 9 2.7-6 5.3-6"/>',
    "account": '<circle cx="12" cy="8.5" r="3.5"/>'
    '<path d="M5 19.5c.8-3.6 3.6-5.5 7-5.5s6.2 1.9 7 5.5"/>',
}
"""Line drawings of the navigation, 24 by 24."""


@register.simple_tag
def symbol(name: str) -> SafeString:
    """Draw one symbol; it says nothing a word beside it does not say."""
    return mark_safe(  # noqa: S308 - our own constant
        '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f"{SYMBOLS[name]}</svg>"
    )


@register.simple_tag
def drawn(picture: Any) -> SafeString:
    """Put the drawing of a picture into the page; pictures escape every text they hold."""
    svg: SafeString = mark_safe(picture.svg)  # noqa: S308 - drawn by counterpoint.pictures
    return svg


@register.inclusion_tag("core/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Show one field with its label, hint and errors, tied together for screen readers."""
    widget = bound.field.widget
    described = []
    if bound.help_text:
        described.append(f"{bound.id_for_label}-hint")
    if bound.errors:
        described.append(f"{bound.id_for_label}-error")
    attrs: dict[str, str | bool] = {}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "is_check": getattr(widget, "input_type", "") == "checkbox",
    }


@register.inclusion_tag("core/errors.html")
def errors(form: Any) -> dict[str, Any]:
    """Show the summary of a form's errors, or nothing."""
    fields = [bound for bound in form if bound.errors]
    return {"fields": fields, "general": form.non_field_errors(), "shown": bool(form.errors)}


@register.simple_tag
def taps() -> range:
    """Return the values of eleven taps."""
    return range(11)
