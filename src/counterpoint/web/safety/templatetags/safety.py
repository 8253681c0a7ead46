"""Words that have to stand on many pages, from one place each."""

from __future__ import annotations

from typing import Any

from django import template

from counterpoint.web.core.language import current_content

register = template.Library()


@register.inclusion_tag("safety/_silence.html", takes_context=True)
def silence_line(
    context: template.Context, leave_out: str = "", *, small: bool = False
) -> dict[str, Any]:
    """Say that silence kept for safety is no sign about a person.

    Stands wherever a sign of ``SAFETY_LINE_SIGNS`` or what one did in friction is asked or shown.

    Parameters
    ----------
    context
        Of the page; for the token of the form.
    leave_out
        Address that leaves the sign out, where one sign is asked.
    small
        Whether it stands inside another part of the page.
    """
    said = current_content().phrase
    return {
        "line": said("safety_line"),
        "leave_out": leave_out,
        "leave_out_words": said("safety_line.leave_out"),
        "small": small,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("safety/_quiet_offer.html")
def quiet_offer() -> dict[str, Any]:
    """Offer the quiet check in one line, the same for everybody."""
    return {"check": current_content().quiet}


@register.inclusion_tag("safety/_someone.html")
def someone_to_talk_to() -> dict[str, Any]:
    """Point to people from outside, in the same words for everybody."""
    said = current_content().phrase
    return {"title": said("help.card.title"), "text": said("help.card.text")}
