"""What beginning and ending a practice may hold, and a sheet on the writing desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counterpoint.content.telling import skills_spoken_for
from counterpoint.web.core.keyed import KeyedForm
from counterpoint.web.core.language import current_content
from counterpoint.web.core.own_words import OwnWordsField
from counterpoint.web.practice.endings import Ending
from counterpoint.web.practice.readings import FIELDS, MESSAGE, Words, is_blank

PART_LETTERS = 300
MESSAGE_LETTERS = 2000


class StartForm(KeyedForm):
    """Begin an exercise; the key makes a double tap begin one run."""


class EndForm(forms.Form):
    """End a run: went through, or stopped."""

    ending = forms.ChoiceField(
        choices=[(ending.value, ending.label) for ending in (Ending.FINISHED, Ending.STOPPED)]
    )


class FitsForm(forms.Form):
    """Whether one reason of the plan fits."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=lambda: [(key, key) for key in _reasons()]
    )
    fits = forms.TypedChoiceField(
        label=_("Whether it fits"),
        choices=[("no", "does not fit"), ("yes", "fits after all")],
        coerce=lambda answer: answer == "yes",
    )


def _reasons() -> list[str]:
    return list(skills_spoken_for(current_content()))


class DeskForm(KeyedForm):
    """A sheet on the writing desk: parts of a wish, and words in one piece; any may be empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = current_content().needs.parts
        for field in FIELDS:
            in_one_piece = field == MESSAGE
            self.fields[field] = OwnWordsField(
                label=gettext("In your own way") if in_one_piece else parts[field].title,
                most_letters=MESSAGE_LETTERS if in_one_piece else PART_LETTERS,
                rows=5 if in_one_piece else 2,
            )

    @property
    def words(self) -> Words:
        """What was written, once the form is valid."""
        return {field: self.cleaned_data[field] for field in FIELDS}

    def holds_something(self) -> bool:
        """Tell whether there is anything to keep, and say so on the form where there is not."""
        if is_blank(self.words):
            self.add_error(None, current_content().phrase("desk.nothing_to_keep"))
            return False
        return True


class FindOutForm(KeyedForm):
    """Begin to find out whether an exercise helps."""


class SwitchForm(forms.Form):
    """Whether offers are drawn."""

    drawing = forms.TypedChoiceField(
        label=_("Drawing"),
        choices=[("off", "switched off"), ("on", "switched on")],
        coerce=lambda answer: answer == "on",
    )
