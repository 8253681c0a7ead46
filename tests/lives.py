"""Somebody who has used all of the site, so that a row of every kind is there."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_django import Settings

    from counterpoint.web.accounts.models import User


def one_of_each(settings: Settings, folder: Path, language: str = "en") -> User:
    """Return one of the simulated couple, with everything a person can leave behind.

    What is written for them is written in a language; the other of the two stays with English.
    """
    from django.utils import translation

    from counterpoint.domain.signs import Sign
    from counterpoint.web.accounts.models import User
    from counterpoint.web.accounts.services import change_language
    from counterpoint.web.assessment.reflections import keep_reflection
    from counterpoint.web.config.demo_couple import seed_demo_couple
    from counterpoint.web.diary.evening_services import add_device
    from counterpoint.web.dynamics.services.change import compare_movements
    from counterpoint.web.dynamics.services.solo import fit_person
    from counterpoint.web.practice.services import keep_draft
    from counterpoint.web.safety.services import keep_route
    from factories import browser_of

    settings.COUNTERPOINT_DEMO, settings.COUNTERPOINT_DATA = True, folder
    login = seed_demo_couple()[0]
    person = User.objects.get(email=login.email)
    change_language(person, language)
    fit_person(person, backend="portable")
    browser = browser_of(person)
    page = browser.get("/checkin/", follow=True)
    key = re.search(r'name="submission_key" value="([^"]+)"', page.content.decode())
    assert key is not None
    browser.post(page.request["PATH_INFO"], {"submission_key": key[1], "c1": "7", "s1": "4"})
    browser.post("/questions/staying_quiet/leave-out/")
    with translation.override(language):  # no request is at hand
        keep_reflection(person, "learned", "A kitchen, and a clock.", Sign.HARD_TO_RELY)
        keep_route(person, {"afraid": True})
        compare_movements(person)
        set_up_practice(person)
        keep_draft(person, {"need": "quiet"}, key=uuid.uuid4())
        _ask_own_questions(person)
        add_device(person)
        set_up_reminders(person)
        set_up_door(person)
        set_up_page_for_two(person)
    return person


def _ask_own_questions(person: User) -> None:
    """Make it lighter and daily again; add two questions, answer both, and end the first."""
    from counterpoint.web.core import clock
    from counterpoint.web.diary import own
    from counterpoint.web.diary.own_services import add_question, end_question, keep_answers
    from counterpoint.web.diary.pace import Pace
    from counterpoint.web.diary.pace_services import set_pace

    set_pace(person, Pace.LIGHTER)
    set_pace(person, Pace.DAILY)
    day = own.Rhythm.DAY
    add_question(person, day, item_id="laughter", key=uuid.uuid4())
    add_question(person, day, words="Did I sing today?", key=uuid.uuid4())
    asked = own.current(person)
    keep_answers(person, clock.today(person.zone), day, {one.field: 6 for one in asked})
    end_question(person, asked[0].id)


def set_up_reminders(person: User) -> None:
    """Choose reminders, with one sent, an address for a calendar and a device."""
    from datetime import time, timedelta

    from counterpoint.web.core import clock
    from counterpoint.web.reminders.feeds import renew_feed
    from counterpoint.web.reminders.models import ReminderSend
    from counterpoint.web.reminders.services import Chosen, keep_choice
    from pushbox import add_browser

    today = clock.today(person.zone)
    keep_choice(
        person,
        Chosen(
            evenings=True,
            evening_at=time(21, 15),
            evening_days="024",
            sundays=True,
            sunday_at=time(18),
            channel="mail",
            paused_until=today + timedelta(days=3),
            title="tea",
            alarm=True,
        ),
    )
    renew_feed(person)
    add_browser(person)
    ReminderSend.objects.create(
        owner=person,
        kind="evening",
        day=today - timedelta(days=1),
        due_at=clock.now() - timedelta(days=1),
        state="sent",
        channel="mail",
        sent_at=clock.now() - timedelta(days=1),
        retry_at=None,
        attempts=1,
    )


def set_up_practice(person: User) -> None:
    """Open a letter, contest a reason of the plan, keep a look at the exercise tried out."""
    from counterpoint.domain.movements import Movement
    from counterpoint.web.core import clock
    from counterpoint.web.diary.offer_queries import current_series
    from counterpoint.web.dynamics.models import EffectLook
    from counterpoint.web.practice.services import contest, open_letter

    contest(person, "friction.pushed")
    assert open_letter(person, Movement.FIRST) is not None
    series = current_series(person)
    assert series is not None
    EffectLook.objects.create(
        owner=person,
        series_id=series.id,
        week=4,
        made_at=clock.now(),
        through_on=series.look_ends(4),
        answered_days=21,
        offers=12,
        without=13,
        engine_version="0",
    )


def set_up_door(person: User) -> None:
    """Leave a row of every kind the accounts app can hold."""
    from allauth.account.models import EmailAddress, EmailConfirmation
    from django.core.mail import EmailMessage

    from counterpoint.web.accounts.addresses import ask_for
    from counterpoint.web.accounts.letters import keep_letter
    from counterpoint.web.accounts.models import RetiredKey
    from counterpoint.web.accounts.seen import Viewer, record_access
    from doors import add_app

    add_app(person)
    ask_for(person, "another@example.org", confirmed=True)
    record_access(Viewer.PARTNER, person, "place", occasion="a consent")
    RetiredKey.objects.create(owner=person, generation=7, master_id="k0", wrapped=b"an old key")
    EmailConfirmation.create(EmailAddress.objects.get(user=person))
    keep_letter(EmailMessage("Hello", "words", None, [person.email]))


def set_up_page_for_two(person: User) -> None:
    """Leave a row of every kind that two people make, as far as one of them makes it alone."""
    from counterpoint.content.telling import Guess
    from counterpoint.domain.couplings import Cost
    from counterpoint.domain.dyad import Member
    from counterpoint.web.core import clock
    from counterpoint.web.couples import queries, services
    from counterpoint.web.couples.kinds import CardKind
    from counterpoint.web.couples.models import Invitation, Release
    from counterpoint.web.dynamics.services import hunches, maps

    half = queries.current_membership(person)
    assert half is not None
    services.lay_card(person, CardKind.WISH, "a quiet evening")
    maps.save_map(person, half.couple.pk, dict.fromkeys(Cost, 3))
    maps.lay_open(person, half.couple.pk)
    hunches.seal_hunches(person, dict.fromkeys(Cost, Guess.MIDDLE))
    hunches.open_hunch(person, Cost.PULL_AWAY)
    moment = clock.now()
    Invitation.objects.create(
        inviter=person, code_hash=uuid.uuid4().hex, made_at=moment, expires_at=moment
    )
    Release.objects.get_or_create(
        couple=half.couple,
        month="2020-01",
        defaults={
            "made_at": moment,
            "days_until": moment.date(),
            "content": {"bands": "said"},
            "held": {member.value: [] for member in Member},
        },
    )
