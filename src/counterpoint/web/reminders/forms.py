"""What choosing reminders may hold."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.reminders.channels import choices_for
from counterpoint.web.reminders.ics import TITLES
from counterpoint.web.reminders.models import ReminderChoice
from counterpoint.web.reminders.rules import is_time
from counterpoint.web.reminders.services import Chosen

DAYS = (
    ("0", gettext_lazy("Monday")),
    ("1", gettext_lazy("Tuesday")),
    ("2", gettext_lazy("Wednesday")),
    ("3", gettext_lazy("Thursday")),
    ("4", gettext_lazy("Friday")),
    ("5", gettext_lazy("Saturday")),
)
LONGEST_PAUSE_DAYS = 366
ONE_OF_THESE = {
    "required": gettext_lazy("Choose one of these."),
    "invalid_choice": gettext_lazy("Choose one of these."),
}
A_TIME = {
    "required": gettext_lazy("Give a time, such as 20:30."),
    "invalid": gettext_lazy("Give a time, such as 20:30."),
}
A_DAY = {"invalid": gettext_lazy("Give a day, such as 2026-12-24, or leave it empty.")}


class TimeField(forms.TimeField):
    """A wall-clock time from 04:00 to midnight."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "min": "04:00"})
        super().__init__(widget=widget, error_messages=A_TIME, **kwargs)

    def clean(self, value: Any) -> time:
        """Refuse a time before a day begins."""
        at: time = super().clean(value)
        if not is_time(at):
            raise forms.ValidationError(
                gettext_lazy("Give a time from 04:00 to 23:59. A day here begins at four.")
            )
        return at.replace(second=0, microsecond=0)


class ReminderForm(forms.Form):
    """When to be reminded, how, and until when not."""

    evenings = forms.BooleanField(label=gettext_lazy("On evenings"), required=False)
    evening_at = TimeField(label=gettext_lazy("At"))
    evening_days = forms.MultipleChoiceField(
        label=gettext_lazy("On these days"),
        choices=DAYS,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose among these days.")},
    )
    sundays = forms.BooleanField(label=gettext_lazy("On Sundays"), required=False)
    sunday_at = TimeField(label=gettext_lazy("On Sundays at"))
    channel = forms.ChoiceField(
        label=gettext_lazy("How it reaches you"), error_messages=ONE_OF_THESE
    )
    paused_until = forms.DateField(
        label=gettext_lazy("Rest until"),
        required=False,
        error_messages=A_DAY,
        help_text=gettext_lazy("No reminder before this day. Empty: no rest."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    title = forms.ChoiceField(
        label=gettext_lazy("What the entry is called"),
        choices=list(TITLES.items()),
        error_messages=ONE_OF_THESE,
    )
    alarm = forms.BooleanField(label=gettext_lazy("Let the entry ring"), required=False)

    def __init__(self, data: Any = None, *, owner: User, choice: ReminderChoice) -> None:
        initial = {name: getattr(choice, name) for name in Chosen.__slots__}
        initial["evening_days"] = list(choice.evening_days)
        super().__init__(data, initial=initial)
        self.today = clock.today(owner.zone)
        channel = self.fields["channel"]
        assert isinstance(channel, forms.ChoiceField)  # noqa: S101 - for the type checker
        channel.choices = choices_for(owner)
        if choice.channel not in dict(channel.choices):
            self.initial["channel"] = "mail"

    def clean_paused_until(self) -> date | None:
        """Let a day that has come be no rest, and refuse one that lies years ahead."""
        until: date | None = self.cleaned_data["paused_until"]
        if until is None or until <= self.today:
            return None
        if (until - self.today).days > LONGEST_PAUSE_DAYS:
            raise forms.ValidationError(
                gettext_lazy("Give a day within a year, or switch the reminders off.")
            )
        return until

    def clean(self) -> dict[str, Any]:
        """Ask for a day where evenings are wanted on none."""
        given = super().clean() or self.cleaned_data
        if given.get("evenings") and not given.get("evening_days", True):
            self.add_error("evening_days", gettext_lazy("Choose a day, or switch evenings off."))
        return given

    @property
    def chosen(self) -> Chosen:
        """What was chosen, once it is valid."""
        given = dict(self.cleaned_data)
        return Chosen(**{**given, "evening_days": "".join(sorted(given["evening_days"]))})
