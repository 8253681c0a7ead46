"""The form of a map."""

from __future__ import annotations

from typing import Any

from django import forms

from counterpoint.domain.couplings import Cost
from counterpoint.web.dynamics.maps import Map, map_sentences

CHOOSE = "Choose one of the five. The middle one is an answer, too."


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
