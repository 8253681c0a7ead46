"""The name and the icon an installed app shows, chosen among plain ones. Pure.

The choice stands in the address of the manifest, which the browser keeps with the icon: no row
and no cookie of ours holds it (docs/decisions/2026-11-24-installed-as-an-app.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, Promise] = {
    "notes": _("Notes"),
    "evening": _("Evening"),
    "garden": _("Garden log"),
    "weather": _("Weather book"),
    "reading": _("Reading list"),
}
"""Names an icon may bear; none of them tells what this is."""

ICONS: dict[str, Promise] = {
    "page": _("a page"),
    "leaf": _("a leaf"),
    "moon": _("a moon"),
    "cup": _("a cup"),
}
"""Plain drawings, each a file of ``static/core/icons`` in three sizes."""

PAPER = "#f5efe3"
SIZES = ((192, "any"), (512, "any"), (512, "maskable"))


@dataclass(frozen=True, slots=True)
class Look:
    """How the installed app looks among the others.

    Parameters
    ----------
    name, icon
        Keys of `NAMES` and `ICONS`.
    """

    name: str = "notes"
    icon: str = "page"

    @property
    def label(self) -> str:
        """The name in words."""
        return str(NAMES[self.name])

    @property
    def manifest_address(self) -> str:
        """Where its manifest is; browsers ask for it as nobody, so the language is told."""
        language = get_language() or "en"
        query = urlencode({"name": self.name, "icon": self.icon, "language": language})
        return f"{reverse('core:manifest')}?{query}"

    @property
    def icon_address(self) -> str:
        """Where its icon for a Home Screen is."""
        return static(f"core/icons/{self.icon}-192.png")


def read_look(name: str, icon: str) -> Look:
    """Return the look of two keys; what is unknown is taken as the first of its kind."""
    first = Look()
    return Look(name if name in NAMES else first.name, icon if icon in ICONS else first.icon)


def manifest(look: Look, language: str) -> dict[str, Any]:
    """Return the web app manifest of a look, as its keys and values."""
    return {
        "id": "/",
        "name": look.label,
        "short_name": look.label,
        "lang": language,
        "start_url": "/today/",  # to the sign-in page where nobody is signed in; it tells nobody
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {
                "src": static(f"core/icons/{look.icon}-{_file(size, purpose)}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for size, purpose in SIZES
        ],
    }


def _file(size: int, purpose: str) -> str:
    return "maskable" if purpose == "maskable" else str(size)
