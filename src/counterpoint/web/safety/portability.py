"""What the safety app exports of a person by default, which is nothing, and what it erases."""

from __future__ import annotations

from counterpoint.web.accounts import portability
from counterpoint.web.accounts.field_classes import classed
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.sealed import SealedColumn
from counterpoint.web.safety.models import QuietLine


def export_nothing(owner: User) -> portability.Exported:
    """Return no file: the quiet line is taken on its own page only, never with everything."""
    return {}


def erase_quiet(owner: User) -> None:
    """Delete the quiet line."""
    QuietLine.objects.filter(owner=owner).delete()


def register_all() -> None:
    """Enter the safety app in the registry, under a name that tells no topic."""
    portability.register(
        "quiet",
        export=export_nothing,
        erase=erase_quiet,
        holds={"safety.QuietLine": classed(owner="owner", safety="line_sealed")},
        sealed=(SealedColumn("safety.QuietLine", "line_sealed", "line"),),
    )
