"""What a check-in form may hold. Every answer may be left empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from counterpoint.content.schema import CheckinItem
from counterpoint.web.core.keyed import KeyedForm
from counterpoint.web.core.language import current_content
from counterpoint.web.core.own_words import OwnWordsField
from counterpoint.web.diary.models import TAPS, Checkin
from counterpoint.web.diary.services import ScreenOne, ScreenTwo

LINE_LENGTH = 500
TAP_CHOICES = [("", _("no answer")), *((str(tap), str(tap)) for tap in TAPS)]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a screen with the answer it stands at.

    Parameters
    ----------
    item
        The question.
    name
        Name of its field.
    value
        Tap 0-10, option id or list of option ids; ``None`` or empty where it is open.
    error
        What is wrong with what was sent, or the empty string.
    """

    item: CheckinItem
    name: str
    value: Any
    error: str


class TapField(forms.TypedChoiceField):
    """Eleven taps 0-10 that can stay empty, called by their question where something is wrong."""

    def __init__(self, prompt: str) -> None:
        super().__init__(
            label=prompt,
            choices=TAP_CHOICES,
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )


class ChoiceField(forms.ChoiceField):
    """One of a check-in item's options, or none."""

    def __init__(self, item: CheckinItem) -> None:
        options = [(option.value, option.label) for option in item.options]
        super().__init__(
            label=item.prompt,
            choices=[("", _("no answer")), *options],
            required=False,
            widget=forms.RadioSelect,
        )


class CheckinForm(KeyedForm):
    """What both screens share: questions with the answers they stand at."""

    def question(self, name: str, item: CheckinItem) -> Question:
        """Return a question of this screen with the answer it stands at."""
        value = self[name].value()
        if item.kind == "scale" and isinstance(value, str):
            value = int(value) if value.isascii() and value.isdigit() else None
        return Question(item, name, value, " ".join(str(error) for error in self[name].errors))


class ScreenOneForm(CheckinForm):
    """The first screen: the day, nearness, being oneself, time together, friction."""

    def __init__(self, *args: Any, checkin: Checkin | None = None, **kwargs: Any) -> None:
        if checkin is not None:
            kwargs["initial"] = {
                name: getattr(checkin, name) for name in ("g", "c1", "s1", "n", "e1")
            }
        super().__init__(*args, **kwargs)
        items = current_content().checkin.items
        for name in ("g", "c1", "s1"):
            self.fields[name] = TapField(items[name].prompt)
        for name in ("n", "e1"):
            self.fields[name] = ChoiceField(items[name])

    def questions(self, order: Sequence[str]) -> list[Question]:
        """Return the questions, the taps in the person's own order."""
        items = current_content().checkin.items
        taps = [name for name in order if name in ("g", "c1", "s1")]
        return [self.question(name, items[name]) for name in (*taps, "n", "e1")]

    def answers(self) -> ScreenOne:
        """Return what was said, once the form is valid."""
        return ScreenOne(**{name: self.cleaned_data[name] for name in ("g", "c1", "s1", "n", "e1")})


class ScreenTwoForm(CheckinForm):
    """The second screen: the items the coin chose, room or closeness, friction, one line."""

    line = OwnWordsField(most_letters=LINE_LENGTH, label=_("Line"))

    def __init__(
        self,
        *args: Any,
        checkin: Checkin,
        line: str | None,
        asks_friction: bool,
        before: Checkin | None,
        **kwargs: Any,
    ) -> None:
        connection, self_ = checkin.coin_connection, checkin.coin_self
        kwargs["initial"] = {
            connection: getattr(checkin, connection),
            self_: getattr(checkin, self_),
            "s3_nothing_came_up": checkin.s3_nothing_came_up,
            "w": checkin.w,
            "w_some_of_both": checkin.w_some_of_both,
            "e2": checkin.e2,
            "e3": checkin.e3,
            "line": line or "",
            "e2_yesterday": before.e2_next if before else None,
        }
        super().__init__(*args, **kwargs)
        self.coins = (connection, self_)
        items = current_content().checkin.items
        self.fields[connection] = TapField(items[connection].prompt)
        self.fields[self_] = TapField(items[self_].prompt)
        if items[self_].not_applicable:
            self.fields["s3_nothing_came_up"] = forms.BooleanField(required=False)
        self.fields["w"] = TapField(items["w"].prompt)
        self.fields["w_some_of_both"] = forms.BooleanField(required=False)
        if before is not None:
            self.fields["e2_yesterday"] = TapField(items["e2"].prompt)
        if asks_friction:
            self.fields["e2"] = TapField(items["e2"].prompt)
            self.fields["e3"] = forms.MultipleChoiceField(
                label=items["e3"].prompt,
                choices=[(option.value, option.label) for option in items["e3"].options],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def questions(self, order: Sequence[str]) -> list[Question]:
        """Return what is asked every day: what the coin chose, in the person's own order, and W."""
        items = current_content().checkin.items
        names = [name for name in order if name in self.coins]
        return [self.question(name, items[name]) for name in (*names, "w")]

    def friction_questions(self) -> list[Question]:
        """Return what is asked after friction today."""
        items = current_content().checkin.items
        return [self.question(name, items[name]) for name in ("e2", "e3") if name in self.fields]

    def question_of_yesterday(self) -> Question | None:
        """Return the question about the way back after yesterday's friction, if there was any."""
        if "e2_yesterday" not in self.fields:
            return None
        return self.question("e2_yesterday", current_content().checkin.items["e2"])

    def answers(self) -> ScreenTwo:
        """Return what was said, once the form is valid."""
        data = self.cleaned_data
        connection, self_ = self.coins
        nothing = data.get("s3_nothing_came_up", False)
        return ScreenTwo(
            connection=data[connection],
            self_=None if nothing else data[self_],
            s3_nothing_came_up=nothing,
            w=data["w"],
            w_some_of_both=data["w_some_of_both"],
            e2=data.get("e2"),
            e2_yesterday=data.get("e2_yesterday"),
            e3=tuple(data.get("e3", ())),
            line=data["line"],
        )
