"""What the offer of a lighter mode and its one tap say."""

from __future__ import annotations

from typing import Any

from counterpoint.web.core.language import current_content
from counterpoint.web.diary.pace_forms import TonightForm


def lighter_words() -> dict[str, str]:
    """Return what the offer of a lighter mode says."""
    return _said("offer", "what", "people", "accept", "decline")


def tonight_words(tap: int | None) -> dict[str, Any]:
    """Return what the card of the lighter mode says, and the tap it stands at."""
    item = current_content().checkin.items["g"]
    return {**_said("on", "people"), "item": item, "tap": tap, "form": TonightForm()}


def _said(*names: str) -> dict[str, str]:
    return {name: current_content().phrase(f"lighter.{name}") for name in names}
