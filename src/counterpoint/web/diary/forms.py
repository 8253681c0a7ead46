"""What a check-in form may hold. Every answer may be left empty."""

from __future__ import annotations

import unicodedata
import uuid
from typing import Any

from django import forms

from counterpoint.content import load_content
from counterpoint.content.schema import CheckinItem
from counterpoint.web.diary.models import TAPS, Checkin
from counterpoint.web.diary.services import ScreenOne, ScreenTwo

LINE_LENGTH = 500
TAP_CHOICES = [("", "no answer"), *((str(tap), str(tap)) for tap in TAPS)]
NOTHING_CAME_UP = "nothing_came_up"


class TapField(forms.TypedChoiceField):
    """Eleven taps 0-10 that can stay empty."""

    def __init__(self, *, extra: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(
            choices=[*TAP_CHOICES, *extra],
            coerce=lambda tap: int(tap) if tap.isdigit() else tap,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )


class ChoiceField(forms.ChoiceField):
    """One of a check-in item's options, or none."""

    def __init__(self, item: CheckinItem) -> None:
        options = [(option.value, option.label) for option in item.options]
        super().__init__(
            choices=[("", "no answer"), *options], required=False, widget=forms.RadioSelect
        )


class CheckinForm(forms.Form):
    """What both screens share: the key that makes sending twice harmless."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"].setdefault("submission_key", uuid.uuid4())
        super().__init__(*args, **kwargs)


class ScreenOneForm(CheckinForm):
    """The first screen: the day, nearness, being oneself, time together, friction."""

    def __init__(self, *args: Any, checkin: Checkin | None = None, **kwargs: Any) -> None:
        if checkin is not None:
            kwargs["initial"] = {
                name: getattr(checkin, name) for name in ("g", "c1", "s1", "n", "e1")
            }
        super().__init__(*args, **kwargs)
        items = load_content().checkin.items
        for name in ("g", "c1", "s1"):
            self.fields[name] = TapField()
        for name in ("n", "e1"):
            self.fields[name] = ChoiceField(items[name])

    def answers(self) -> ScreenOne:
        """Return what was said, once the form is valid."""
        return ScreenOne(**{name: self.cleaned_data[name] for name in ("g", "c1", "s1", "n", "e1")})


class ScreenTwoForm(CheckinForm):
    """The second screen: the items the coin chose, room or closeness, friction, one line."""

    line = forms.CharField(
        required=False,
        max_length=LINE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages={
            "max_length": "Up to %(limit_value)d characters fit here. It is all still in the box."
        },
    )

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
        nothing = checkin.s3_nothing_came_up
        kwargs["initial"] = {
            connection: getattr(checkin, connection),
            self_: NOTHING_CAME_UP if nothing else getattr(checkin, self_),
            "w": checkin.w,
            "w_some_of_both": checkin.w_some_of_both,
            "e2": checkin.e2,
            "e3": checkin.e3,
            "line": line or "",
            "e2_yesterday": before.e2_next if before else None,
        }
        super().__init__(*args, **kwargs)
        self.coins = (connection, self_)
        items = load_content().checkin.items
        self.fields[connection] = TapField()
        words = items[self_].not_applicable
        extra = ((NOTHING_CAME_UP, words),) if words else ()
        self.fields[self_] = TapField(extra=extra)
        self.fields["w"] = TapField()
        self.fields["w_some_of_both"] = forms.BooleanField(required=False)
        if before is not None:
            self.fields["e2_yesterday"] = TapField()
        if asks_friction:
            self.fields["e2"] = TapField()
            self.fields["e3"] = forms.MultipleChoiceField(
                choices=[(option.value, option.label) for option in items["e3"].options],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean_line(self) -> str:
        """Trim the line; characters that no screen shows as text are refused kindly."""
        line: str = self.cleaned_data["line"].strip()
        if any(
            unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\r\n\t" for sign in line
        ):
            raise forms.ValidationError(
                "This holds a character we cannot keep. Please take it out."
            )
        return line

    def answers(self) -> ScreenTwo:
        """Return what was said, once the form is valid."""
        data = self.cleaned_data
        connection, self_ = self.coins
        nothing = data[self_] == NOTHING_CAME_UP
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
