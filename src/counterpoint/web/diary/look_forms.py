"""What the form of a look may hold. Every answer may be left empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from counterpoint.content import LookItem
from counterpoint.web.core.keyed import KeyedForm
from counterpoint.web.core.language import current_content
from counterpoint.web.core.own_words import OwnWordsField
from counterpoint.web.diary.forms import LINE_LENGTH, TapField
from counterpoint.web.diary.look_services import LookAnswers
from counterpoint.web.diary.looks import HALVES, Look, in_order
from counterpoint.web.diary.models import LOOK_LINES, LOOK_TAPS, LOOK_WORDS


@dataclass(frozen=True, slots=True)
class LookQuestion:
    """One question of the look with what it stands at.

    Parameters
    ----------
    item
        The question.
    name
        Name of its field.
    value
        Tap 0-10 or how often; ``None`` or empty where it is open.
    error
        What is wrong with what was sent, or the empty string.
    line
        The bound field for a line beside it, if there is one.
    """

    item: LookItem
    name: str
    value: Any
    error: str
    line: forms.BoundField | None


class LookForm(KeyedForm):
    """The look of a week: taps, how often, the two halves with a line each, a moment.

    It names the week it was opened for, so that a form that is sent late is never kept as the
    look of another week; one that names none is about the week that is open.
    """

    week = forms.DateField(label=_("Week"), required=False, widget=forms.HiddenInput)
    h1_line = OwnWordsField(most_letters=LINE_LENGTH)
    h2_line = OwnWordsField(most_letters=LINE_LENGTH)
    moment = OwnWordsField(most_letters=LINE_LENGTH, rows=3)

    def __init__(self, *args: Any, look: Look | None = None, **kwargs: Any) -> None:
        if look is not None:
            lines = {name: line or "" for name, line in look.lines.items()}
            kwargs["initial"] = {**look.taps, **look.words, **lines}
        super().__init__(*args, **kwargs)
        sunday = current_content().sunday
        often = [(one.value, one.label) for one in sunday.often]
        for name in LOOK_TAPS:
            self.fields[name] = TapField(sunday.items[name].prompt)
        for name in LOOK_WORDS:
            self.fields[name] = forms.ChoiceField(
                label=sunday.items[name].prompt,
                choices=[("", _("no answer")), *often],
                required=False,
                widget=forms.RadioSelect,
            )
        for name in HALVES:
            self.fields[f"{name}_line"].label = sunday.items[name].line
        self.fields["moment"].label = sunday.items["moment"].prompt

    def is_about(self, week_ends_on: date | None) -> bool:
        """Tell whether a valid form may be kept as the look of a week, given by its Sunday."""
        named: date | None = self.cleaned_data["week"]
        return week_ends_on is not None and named in (None, week_ends_on)

    def questions(self) -> list[LookQuestion]:
        """Return what is asked about the week itself, in its order."""
        return [
            self._question(name, item)
            for name, item in in_order()
            if name not in (*HALVES, "moment")
        ]

    def halves(self) -> list[LookQuestion]:
        """Return the two halves of the healthier question, each with its line."""
        return [self._question(name, item) for name, item in in_order() if name in HALVES]

    def moment_question(self) -> LookQuestion:
        """Return the moment to keep."""
        return self._question("moment", current_content().sunday.items["moment"])

    def answers(self) -> LookAnswers:
        """Return what was said, once the form is valid."""
        data = self.cleaned_data
        return LookAnswers(
            taps={name: data[name] for name in LOOK_TAPS if data[name] is not None},
            words={name: data[name] for name in LOOK_WORDS if data[name]},
            lines={name: data[name] for name in LOOK_LINES},
        )

    def _question(self, name: str, item: LookItem) -> LookQuestion:
        value = self[name].value()
        if name in LOOK_TAPS and isinstance(value, str):
            value = int(value) if value.isascii() and value.isdigit() else None
        error = " ".join(str(one) for one in self[name].errors)
        return LookQuestion(item, name, value, error, self[f"{name}_line"] if item.line else None)
