"""Adding a question of one's own, and its row of taps inside another form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from counterpoint.web.core.keyed import KeyedForm
from counterpoint.web.core.language import current_content
from counterpoint.web.core.own_words import OwnWordsField
from counterpoint.web.diary.forms import TapField
from counterpoint.web.diary.own import Own, Rhythm

QUESTION_LETTERS = 200
OWN_WORDS = "own_words"


@dataclass(frozen=True, slots=True)
class OwnAsked:
    """A question of one's own as a form asks it: the question, its tap, and what is wrong."""

    own: Own
    value: int | None
    error: str


class OwnTapsForm(forms.Form):
    """Rows of taps of the questions of one's own; it stands inside the form of a day or week."""

    def __init__(
        self, data: Any = None, *, questions: Sequence[Own], taps: Mapping[str, int]
    ) -> None:
        super().__init__(data, initial=dict(taps))
        self.asked = tuple(one for one in questions if one.prompt is not None)
        for one in self.asked:
            self.fields[one.field] = TapField(one.prompt or "")

    def rows(self) -> list[OwnAsked]:
        """Return the questions with the answers they stand at."""
        found = []
        for one in self.asked:
            value = self[one.field].value()
            if isinstance(value, str):
                value = int(value) if value.isascii() and value.isdigit() else None
            error = " ".join(str(wrong) for wrong in self[one.field].errors)
            found.append(OwnAsked(one, value, error))
        return found

    @property
    def taps(self) -> dict[str, int | None]:
        """What was said, once the form is valid."""
        return {one.field: self.cleaned_data[one.field] for one in self.asked}


class OwnQuestionForm(KeyedForm):
    """Add a question: one of the list or in own words, by evening or by week."""

    which = forms.ChoiceField(
        label=_("Which"),
        choices=lambda: [
            *((one.item_id, one.title) for one in current_content().sunday.own.values()),
            (OWN_WORDS, _("in my own words")),
        ],
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )
    words = OwnWordsField(most_letters=QUESTION_LETTERS, label=_("Words"))
    rhythm = forms.TypedChoiceField(
        label=_("Rhythm"),
        choices=[(Rhythm.DAY.value, _("in the evening")), (Rhythm.WEEK.value, _("once a week"))],
        coerce=Rhythm,
        error_messages={"required": _("Choose when."), "invalid_choice": _("Choose one of these.")},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where own words were chosen."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("which") == OWN_WORDS and not data.get("words") and "words" not in self.errors:
            self.add_error("words", current_content().phrase("own.needs_words"))
        return data
