"""The forms of a map, of hunches and of a reflection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from counterpoint.content.telling import Guess
from counterpoint.domain.couplings import Cost
from counterpoint.web.core.language import current_content
from counterpoint.web.core.own_words import OwnWordsField
from counterpoint.web.dynamics.hunches import hunch_choices
from counterpoint.web.dynamics.maps import Map, map_sentences

CHOOSE = _("Choose one of the five. The middle one is an answer, too.")
CHOOSE_AN_END = _("Choose one of the ends that stand here.")
WORDS_LENGTH = 4000


class MapForm(forms.Form):
    """Four sentences, each with five ways to end it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for sentence in map_sentences():
            self.fields[sentence.cost.value] = forms.TypedChoiceField(
                label=sentence.stem,
                choices=list(enumerate(sentence.words)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
            )

    @property
    def steps(self) -> Map:
        """The steps of a valid form by cost."""
        return {cost: self.cleaned_data[cost.value] for cost in Cost}


class HunchForm(forms.Form):
    """The hunches that are not open: how each sentence ends, or that there is no hunch."""

    def __init__(self, standing: Mapping[Cost, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.costs = tuple(standing)
        for cost, guess in standing.items():
            self.fields[cost.value] = forms.ChoiceField(
                label=current_content().phrase(f"hunch.{cost.value}.stem"),
                choices=hunch_choices(cost),
                initial=guess,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": CHOOSE_AN_END},
            )

    @property
    def guesses(self) -> dict[Cost, Guess | None]:
        """The guesses of a valid form."""
        said = {cost: self.cleaned_data[cost.value] for cost in self.costs}
        return {cost: Guess(word) if word else None for cost, word in said.items()}

    def questions(self) -> list[dict[str, object]]:
        """Return each sentence with the end that is chosen now."""
        return [
            {
                "name": cost.value,
                "legend": self[cost.value].label,
                "errors": self[cost.value].errors,
                "choices": [
                    (value, words, value == (self[cost.value].value() or ""))
                    for value, words in hunch_choices(cost)
                ],
            }
            for cost in self.costs
        ]


class ReflectionForm(forms.Form):
    """Own words to a reflection; empty takes them away."""

    words = OwnWordsField(label=_("Words"), most_letters=WORDS_LENGTH, rows=9)
