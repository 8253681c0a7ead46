"""Writing the diary; each function is one transaction."""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from counterpoint.errors import DataError
from counterpoint.web.accounts import keys
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.diary import queries, rules
from counterpoint.web.diary.models import Checkin, ItemOrder, Submission
from counterpoint.web.reminders.kinds import Kind
from counterpoint.web.reminders.services import call_off

COIN_CONNECTION = ("c2", "c3")
COIN_SELF = ("s2", "s3")
SHUFFLED_ITEMS = ("g", "c1", "s1", *COIN_CONNECTION, *COIN_SELF)
KEYS_KEPT = timedelta(days=7)


class ClosedDayError(DataError):
    """A check-in about this day can no longer, or not yet, be written."""


@dataclass(frozen=True, slots=True)
class ScreenOne:
    """Answers of the first screen; what was left empty stays empty.

    Parameters
    ----------
    g, c1, s1
        Taps 0-10.
    n, e1
        Option ids of time together and friction.
    """

    g: int | None = None
    c1: int | None = None
    s1: int | None = None
    n: str = ""
    e1: str = ""


@dataclass(frozen=True, slots=True)
class ScreenTwo:
    """Answers of the second screen; what was left empty stays empty.

    Parameters
    ----------
    connection, self_
        Taps 0-10 of the items the coin chose.
    s3_nothing_came_up
        "Nothing came up" was chosen for S3.
    w, w_some_of_both
        Tap 0-10 between more room and more closeness, and its tick.
    e2, e2_yesterday
        Taps 0-10: the way back today, and after the friction of the day before.
    e3
        Option ids, any number.
    line
        One line of own words; sealed when written.
    """

    connection: int | None = None
    self_: int | None = None
    s3_nothing_came_up: bool = False
    w: int | None = None
    w_some_of_both: bool = False
    e2: int | None = None
    e2_yesterday: int | None = None
    e3: tuple[str, ...] = ()
    line: str = ""


@dataclass(frozen=True, slots=True)
class PastCheckin:
    """A whole check-in of an earlier day, for seeding a simulated person.

    Parameters
    ----------
    about_on, recorded_at
        The day it is about and when it was recorded.
    coin_connection, coin_self
        Which items the coin chose.
    first, second
        The two screens; `second` is ``None`` where the person stopped after the first.
    """

    about_on: date
    recorded_at: datetime
    coin_connection: str
    coin_self: str
    first: ScreenOne
    second: ScreenTwo | None = None


@transaction.atomic
def draw_order(owner: User) -> tuple[str, ...]:
    """Return the owner's order of the tap items, drawing it on the first visit."""
    item_ids = list(SHUFFLED_ITEMS)
    secrets.SystemRandom().shuffle(item_ids)
    order, _ = ItemOrder.objects.get_or_create(
        owner=owner, defaults={"item_ids": item_ids, "drawn_at": clock.now()}
    )
    return tuple(order.item_ids)


@transaction.atomic
def record_screen_one(
    owner: User, day: date, slot: int, answers: ScreenOne, *, key: uuid.UUID
) -> Checkin | None:
    """Keep the first screen of a check-in.

    The row of the day and slot is made once and changed from then on; content that arrives
    again under its key is not written again. Where everything was left open and there is no
    row yet, none is made.

    Parameters
    ----------
    owner
        Whose day it is.
    day, slot
        The local day and the check-in of the day (1 or 2).
    answers
        What was said.
    key
        Idempotency key of the form.

    Returns
    -------
    Checkin or None
        The row as it is now; ``None`` where nothing was said.

    Raises
    ------
    ClosedDayError
        When `day` is neither today nor yesterday for the owner.
    """
    _require_open(owner, day)
    if answers == ScreenOne() and queries.checkin_on(owner, day, slot) is None:
        return None
    checkin = _open_checkin(owner, day, slot)
    if not receive_once(owner, key, [str(day), slot, "one", asdict(answers)]):
        return checkin
    checkin.g, checkin.c1, checkin.s1 = answers.g, answers.c1, answers.s1
    checkin.n, checkin.e1 = answers.n, answers.e1
    if not rules.is_friction(answers.e1):
        checkin.e2, checkin.e3 = None, []
    _save(checkin)
    call_off(owner, Kind.EVENING, day)
    return checkin


@transaction.atomic
def record_screen_two(
    owner: User, day: date, slot: int, answers: ScreenTwo, *, key: uuid.UUID
) -> Checkin:
    """Keep the second screen of a check-in; see `record_screen_one`.

    The answer about the way back after yesterday's friction goes to yesterday's row.
    """
    checkin = _open_checkin(owner, day, slot)
    if not receive_once(owner, key, [str(day), slot, "two", asdict(answers)]):
        return checkin
    _fill_second(owner, checkin, answers, clock.now())
    _save(checkin)
    call_off(owner, Kind.EVENING, day)
    before = queries.friction_before(owner, day)
    if before is not None and before.e2_next != answers.e2_yesterday:
        before.e2_next = answers.e2_yesterday
        before.e2_next_at = clock.now()
        before.save(update_fields=["e2_next", "e2_next_at"])
    return checkin


@transaction.atomic
def seed_past_checkins(owner: User, past: Iterable[PastCheckin]) -> int:
    """Write check-ins of earlier days for a simulated person.

    Parameters
    ----------
    owner
        A person marked as simulated.
    past
        Check-ins, one a day.

    Returns
    -------
    int
        How many rows were written.

    Raises
    ------
    DataError
        When the owner is a real person: real diaries are never filled in afterwards.
    """
    if not owner.simulated:
        raise DataError("only a simulated person's past can be seeded")
    rows = []
    for entry in past:
        checkin = Checkin(
            owner=owner,
            about_on=entry.about_on,
            slot=1,
            recorded_at=entry.recorded_at,
            changed_at=entry.recorded_at,
            zone=owner.zone,
            checkin_version=current_content().checkin.version,
            coin_connection=entry.coin_connection,
            coin_self=entry.coin_self,
            **asdict(entry.first),
        )
        if entry.second is not None:
            _fill_second(owner, checkin, entry.second, entry.recorded_at)
        rows.append(checkin)
    return len(Checkin.objects.bulk_create(rows))


def _require_open(owner: User, day: date) -> None:
    if not rules.is_open(day, clock.now(), owner.zone):
        raise ClosedDayError("only today and yesterday can be written")


def _open_checkin(owner: User, day: date, slot: int) -> Checkin:
    """Return the locked row of an open day, made if it is not there; a coin is drawn for it."""
    _require_open(owner, day)
    moment = clock.now()
    checkin, _ = Checkin.objects.select_for_update().get_or_create(
        owner=owner,
        about_on=day,
        slot=slot,
        defaults={
            "recorded_at": moment,
            "changed_at": moment,
            "zone": owner.zone,
            "checkin_version": current_content().checkin.version,
            "coin_connection": secrets.choice(COIN_CONNECTION),
            "coin_self": secrets.choice(COIN_SELF),
        },
    )
    return checkin


def _save(checkin: Checkin) -> None:
    checkin.checkin_version = current_content().checkin.version
    checkin.language = current_language()
    checkin.changed_at = clock.now()
    checkin.save()


def _fill_second(owner: User, checkin: Checkin, answers: ScreenTwo, moment: datetime) -> None:
    checkin.second_at = checkin.second_at or moment
    setattr(checkin, checkin.coin_connection, answers.connection)
    nothing_came_up = answers.s3_nothing_came_up and checkin.coin_self == "s3"
    setattr(checkin, checkin.coin_self, None if nothing_came_up else answers.self_)
    checkin.s3_nothing_came_up = nothing_came_up
    checkin.w, checkin.w_some_of_both = answers.w, answers.w_some_of_both
    in_friction = rules.is_friction(checkin.e1)
    checkin.e2 = answers.e2 if in_friction else None
    checkin.e3 = list(answers.e3) if in_friction else []
    if answers.line:
        checkin.line_sealed = keys.seal(owner, queries.line_place(checkin), answers.line)
    elif (
        queries.own_words(owner, checkin) is not None
    ):  # words that cannot be read now are kept as they are
        checkin.line_sealed = None


def receive_once(owner: User, key: uuid.UUID, content: list[object]) -> bool:
    """Tell whether this content arrives under this key for the first time, and keep that it did.

    Call it inside the transaction that writes the content.
    """
    moment = clock.now()
    Submission.objects.filter(owner=owner, received_at__lt=moment - KEYS_KEPT).delete()
    digest = salted_hmac("diary.submission", json.dumps(content), algorithm="sha256").hexdigest()
    _, created = Submission.objects.get_or_create(
        owner=owner, key=key, digest=digest, defaults={"received_at": moment}
    )
    return created
