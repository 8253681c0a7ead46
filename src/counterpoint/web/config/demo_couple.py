"""The two simulated people of the demo: ten weeks of evenings, marks, answers, some practice.

They are the couple everybody may look at before signing up; their days come from the file the
engine's own simulation made. The two are joined, and each shares place and
patterns with the other, so that a stranger sees the page for two. Their fits, and their joint
picture of the newest first Sunday, are left to the worker.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from counterpoint.domain.diary import days_open
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Corner, Place, corner_of
from counterpoint.errors import SetupError
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.services import accept_privacy
from counterpoint.web.assessment import services as assessment_services
from counterpoint.web.assessment.kinds import MarkKind
from counterpoint.web.config.demo_answers import answer_questions
from counterpoint.web.config.demo_looks import look_back
from counterpoint.web.config.demo_practice import practise
from counterpoint.web.core import clock
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.queries import has_ever_joined
from counterpoint.web.couples.services import seed_simulated_couple
from counterpoint.web.diary import services as diary_services
from counterpoint.web.diary.services import PastCheckin, ScreenOne, ScreenTwo
from counterpoint.web.dynamics.simulated import SimulatedDay, SimulatedPartner, simulated_couple

ZONE = "UTC"
EVENING = time(21, 40)
POINTS_A_TAP = 10
LINE_EVERY_DAYS = 3
JOINED_DAYS_AGO = 66
FIRST_WISH_DAYS_AGO, WISH_MOVED_DAYS_AGO = 69, 45

LINES: dict[Corner, tuple[str, ...]] = {
    Corner.NEAR_AND_MYSELF: (
        "We cooked without a plan and laughed at the result.",
        "Said that I wanted a quiet evening. It was easy.",
        "A walk in the rain, hardly any words, all good.",
        "I told the whole story of the day and was listened to.",
        "Read side by side. Two books, one blanket.",
        "Disagreed about the trip and stayed friends over it.",
        "Sang in the car.",
    ),
    Corner.NEAR_AND_LESS_MYSELF: (
        "Lovely evening, and I never said that I was tired.",
        "We were close. I left my own plan lying once more.",
        "Said yes a little too fast.",
        "Nice to be together. I would have liked an hour alone first.",
    ),
    Corner.APART_AND_MYSELF: (
        "Each of us busy. I finished the shelf and felt steady.",
        "An evening with friends, good to come home after.",
        "Long day apart. Called late, short and warm.",
        "Went for a run alone and thought things through.",
    ),
    Corner.APART_AND_LESS_MYSELF: (
        "We passed each other all day.",
        "Could not find the words tonight. Tomorrow.",
        "Tired, and quiet for no good reason.",
        "Wanted to reach out and did the dishes.",
    ),
}


@dataclass(frozen=True)
class DemoLogin:
    """How one of the two signs in.

    Parameters
    ----------
    email, password
        What to type.
    """

    email: str
    password: str


def seed_demo_couple() -> tuple[DemoLogin, DemoLogin]:
    """Make the two simulated people where they are not there yet.

    Returns
    -------
    tuple of DemoLogin
        How each signs in; the same at every start of one demo.

    Raises
    ------
    SetupError
        Outside the demo: a site for real people has no simulated ones.
    """
    if not settings.COUNTERPOINT_DEMO:
        raise SetupError("simulated people are made in the demo only")
    couple = simulated_couple()
    one, two = (_seed_person(couple.partner(member), member) for member in Member)
    _join(one, two)
    return one, two


def _join(one: DemoLogin, two: DemoLogin) -> None:
    """Join the two as of their first week, each sharing place and patterns, once."""
    first, second = (User.objects.get(email=login.email) for login in (one, two))
    if has_ever_joined(first) or has_ever_joined(second):
        return  # what a visitor of the demo did with it since stays
    seed_simulated_couple(
        first,
        second,
        joined_at=clock.now() - timedelta(days=JOINED_DAYS_AGO),
        kinds=(Kind.PLACE, Kind.PATTERNS),
    )


def _seed_person(partner: SimulatedPartner, member: Member) -> DemoLogin:
    email = f"{partner.name.lower()}@example.org"
    login = DemoLogin(email=email, password=_password(email))
    with transaction.atomic():
        person = User.objects.filter(email=email).first()
        if person is None:
            person = User.objects.create_user(email, login.password, zone=ZONE, simulated=True)
            _fill(person, partner, member)
        elif not person.check_password(login.password):
            person.set_password(login.password)
            person.save(update_fields=["password"])
    return login


def _password(email: str) -> str:
    """Return a password that belongs to this demo alone and stays the same in it."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"demo {email}".encode(), hashlib.sha256)
    letters = base64.b32encode(digest.digest()).decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, 12, 4))


def _fill(person: User, partner: SimulatedPartner, member: Member) -> None:
    chance = random.Random(f"demo {member.value}")  # noqa: S311 - invented answers, no secret
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    accept_privacy(person)
    _, yesterday = days_open(clock.now(), person.zone)
    past = list(_past_checkins(partner, yesterday, chance))
    diary_services.seed_past_checkins(person, past)
    _set_marks(person, partner)
    answer_questions(person, chance, again=member is Member.A)
    practised = random.Random(f"practice {member.value}")  # noqa: S311 - invented, no secret
    practise(person, member, yesterday, practised)
    looked = random.Random(f"looks {member.value}")  # noqa: S311 - invented, no secret
    look_back(person, member, yesterday, looked)


def _past_checkins(
    partner: SimulatedPartner, yesterday: date, chance: random.Random
) -> Iterator[PastCheckin]:
    lines = {corner: list(texts) for corner, texts in LINES.items()}
    for texts in lines.values():
        chance.shuffle(texts)
    first = yesterday - timedelta(days=len(partner.days) - 1)
    for offset, day in enumerate(partner.days):
        if day is None:
            continue
        about_on = first + timedelta(days=offset)
        minutes = timedelta(minutes=chance.randrange(90))
        connection = next((day.taps[item] for item in ("c2", "c3") if item in day.taps), None)
        own = next((day.taps[item] for item in ("s2", "s3") if item in day.taps), None)
        second = None
        if connection is not None or own is not None:
            second = _second_screen(day, connection, own, chance)
            near, myself = day.taps["c1"] * POINTS_A_TAP, day.taps["s1"] * POINTS_A_TAP
            waiting = lines[corner_of(Place(near, myself))]
            if waiting and offset % LINE_EVERY_DAYS == 0:
                second = _with_line(second, waiting.pop())
        yield PastCheckin(
            about_on=about_on,
            recorded_at=datetime.combine(about_on, EVENING, tzinfo=UTC) + minutes,
            coin_connection=day.coin[0],
            coin_self=day.coin[1],
            first=ScreenOne(
                g=day.taps["g"],
                c1=day.taps["c1"],
                s1=day.taps["s1"],
                n=day.together,
                e1=day.friction,
            ),
            second=second,
        )


def _second_screen(
    day: SimulatedDay, connection: int | None, own: int | None, chance: random.Random
) -> ScreenTwo:
    wants = min(10, max(0, round(chance.gauss(5 + (6 - day.taps["c1"]) / 3, 1.2))))
    friction = day.friction != "no"
    answers = (("stayed",), ("stayed", "pushed"), ("gave_in",), ("shut_down",))
    return ScreenTwo(
        connection=connection,
        self_=own,
        w=wants,
        w_some_of_both=chance.random() < 0.1,
        e2=chance.randrange(4, 11) if friction else None,
        e3=chance.choice(answers) if friction else (),
    )


def _with_line(second: ScreenTwo, line: str) -> ScreenTwo:
    return ScreenTwo(
        connection=second.connection,
        self_=second.self_,
        w=second.w,
        w_some_of_both=second.w_some_of_both,
        e2=second.e2,
        e3=second.e3,
        line=line,
    )


def _set_marks(person: User, partner: SimulatedPartner) -> None:
    now = Place(
        round(partner.place.connection / POINTS_A_TAP) * POINTS_A_TAP,
        round(partner.place.self / POINTS_A_TAP) * POINTS_A_TAP,
    )
    guess = Place(max(0.0, now.connection - POINTS_A_TAP), min(100.0, now.self + POINTS_A_TAP))
    first_wish = Place(
        min(100.0, partner.wish.connection + 2 * POINTS_A_TAP),
        max(0.0, partner.wish.self - POINTS_A_TAP),
    )
    for name, kind, place, days_ago in (
        ("now", MarkKind.NOW, now, 0),
        ("first wish", MarkKind.WISH, first_wish, FIRST_WISH_DAYS_AGO),
        ("wish", MarkKind.WISH, partner.wish, WISH_MOVED_DAYS_AGO),
        ("partner_guess", MarkKind.PARTNER_GUESS, guess, 0),
    ):
        assessment_services.place_mark(
            person,
            kind,
            connection_points=int(place.connection),
            self_points=int(place.self),
            key=_key(person, name),
            made_at=clock.now() - timedelta(days=days_ago),
        )


def _key(person: User, name: str) -> uuid.UUID:
    return uuid.uuid5(person.pk, name)
