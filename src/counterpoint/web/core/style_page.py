"""What the style page shows: every token as it is, every component in its states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django import forms

from counterpoint.content.guide import PageGuide
from counterpoint.domain.plane import Place
from counterpoint.pictures import Mark, MarkKind, Picture, plane

TOKENS = Path(__file__).parent / "static" / "core" / "tokens.css"
_BY_DAY = re.compile(r":root \{(.*?)\n {2}\}", re.S)
_ROW = re.compile(r"--([\w-]+):\s*([^;]+);")


@dataclass(frozen=True)
class Tokens:
    """Names of the tokens by what they are."""

    colours: tuple[str, ...]
    sizes: tuple[str, ...]
    spaces: tuple[str, ...]
    lines: tuple[str, ...]


@cache
def read_tokens() -> Tokens:
    """Return the names of the tokens, in the order of the file, so that none is left out."""
    by_day = _BY_DAY.search(TOKENS.read_text(encoding="utf-8"))
    rows = _ROW.findall(by_day[1] if by_day else "")
    return Tokens(
        colours=tuple(name for name, value in rows if value.startswith("#")),
        sizes=tuple(name for name, _ in rows if name.startswith("size-")),
        spaces=tuple(name for name, _ in rows if re.fullmatch(r"s-?\d", name)),
        lines=tuple(name for name, _ in rows if name in {"hair", "firm", "bold"}),
    )


class Sample(forms.Form):
    """A form with one field of each kind; nothing is sent anywhere."""

    name = forms.CharField(label="A word", help_text="One word is enough.")
    often = forms.ChoiceField(label="A choice", choices=[("daily", "daily"), ("weekly", "weekly")])
    words = forms.CharField(
        label="Some sentences", required=False, widget=forms.Textarea({"rows": 3})
    )
    agreed = forms.BooleanField(label="Something to agree to", help_text="It can be taken back.")


def draw_sample() -> Picture:
    """Draw a plane with two marks of nobody."""
    return plane(
        [
            Mark(Place(38, 62), MarkKind.NOW, "where somebody was"),
            Mark(Place(74, 78), MarkKind.WISH, "where somebody would like to be"),
        ],
        key="sample",
        title="A plane",
    )


def gather_samples() -> dict[str, Any]:
    """Return what the template of the style page needs."""
    plain = Sample(prefix="plain", initial={"name": "quiet"})
    refused = Sample({"refused-often": "daily"}, prefix="refused")
    refused.is_valid()
    return {
        "tokens": read_tokens(),
        "plain": plain,
        "refused": refused,
        "picture": draw_sample(),
        "guide": PageGuide(
            guide_id="sample",
            version=1,
            source="",
            views=(),
            paragraphs=("What a page is for stands at its foot, closed until it is wanted.",),
        ),
    }
