"""Evenings that a device kept until it was connected; each function is one transaction."""

from __future__ import annotations

import json
import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction

from counterpoint.domain.diary import SLOTS, zone_named
from counterpoint.errors import DataError
from counterpoint.web.accounts import keys
from counterpoint.web.accounts.models import User
from counterpoint.web.core import clock
from counterpoint.web.core.language import current_content
from counterpoint.web.diary import queries, rules
from counterpoint.web.diary.boxes import Box, KeyPair, make_pair, open_box
from counterpoint.web.diary.evening_models import EveningDevice
from counterpoint.web.diary.models import Checkin
from counterpoint.web.diary.services import (
    COIN_CONNECTION,
    COIN_SELF,
    KEYS_KEPT,
    ClosedDayError,
    ScreenOne,
    receive_once,
)
from counterpoint.web.reminders.kinds import Kind
from counterpoint.web.reminders.services import call_off

MOST_DEVICES = 12
CLOCK_SLACK = timedelta(minutes=10)
"""How far the clock of a device may be ahead."""
LATEST = KEYS_KEPT - CLOCK_SLACK
"""How late an evening may arrive. Not longer than the keys of what was sent are kept: an evening
whose key is forgotten is refused for its age, so that none is ever written twice."""


class FullDayError(DataError):
    """Both check-ins of this day are there already."""


@dataclass(frozen=True, slots=True)
class Evening:
    """One evening as a device kept it.

    Parameters
    ----------
    day
        The local day it is about.
    recorded_at
        When it was written, by the clock of the device (UTC).
    zone
        IANA name of the device's time zone; empty where it does not tell.
    answers
        The first screen.
    line
        One line of own words.
    """

    day: date
    recorded_at: datetime
    zone: str
    answers: ScreenOne
    line: str = ""


@transaction.atomic
def add_device(owner: User) -> tuple[uuid.UUID, KeyPair]:
    """Make a key for one more device; of more than `MOST_DEVICES` the oldest goes."""
    pair = make_pair()
    device = EveningDevice(owner=owner, made_at=clock.machine_now())
    device.private_sealed = keys.seal(owner, private_place(device), pair.private)
    device.save()
    of_owner = EveningDevice.objects.filter(owner=owner).order_by("-made_at")
    older = list(of_owner.values_list("pk", flat=True)[MOST_DEVICES:])
    EveningDevice.objects.filter(pk__in=older).delete()
    return device.pk, pair


def private_place(device: EveningDevice) -> keys.Place:
    """Return what the seal of a device's private key is bound to."""
    return keys.Place("diary.EveningDevice", device.pk, "private")


def read_box(owner: User, device: EveningDevice, box: Box) -> dict[str, Any]:
    """Return what a device put into a box, as its keys and values.

    Raises
    ------
    DataError
        If it cannot be opened or holds something else.
    """
    private = keys.open_sealed(owner, private_place(device), bytes(device.private_sealed))
    try:
        told = json.loads(open_box(private, box))
    except (ValueError, RecursionError) as error:
        raise DataError("this box holds no evening") from error
    if not isinstance(told, dict):
        raise DataError("this box holds no evening")
    return told


@transaction.atomic
def record_evening(owner: User, evening: Evening, *, key: uuid.UUID) -> Checkin | None:
    """Keep an evening that waited on a device, once however often it arrives.

    It never touches what was written about the day meanwhile: where the first check-in is there,
    it becomes the second. The wording it answers is that of the language in force.

    Parameters
    ----------
    owner
        Whose evening it is.
    evening
        What was kept.
    key
        Drawn by the device when the evening was put away.

    Returns
    -------
    Checkin or None
        The new row; ``None`` where it had arrived before.

    Raises
    ------
    ClosedDayError
        When the day was not open when it was written, or that is too long ago.
    FullDayError
        When both check-ins of the day are there; nothing is written.
    """
    moment = clock.now()
    recorded_at = min(evening.recorded_at, moment)
    if not receive_once(owner, key, ["evening"]):
        return None
    zone = _zone_in_which_open(owner, evening, recorded_at)
    late = moment - recorded_at
    if zone is None or late >= LATEST or evening.recorded_at - moment > CLOCK_SLACK:
        raise ClosedDayError("this day can no longer be written")
    for slot in SLOTS:
        checkin, is_new = Checkin.objects.get_or_create(
            owner=owner,
            about_on=evening.day,
            slot=slot,
            defaults={
                "recorded_at": recorded_at,
                "changed_at": moment,
                "zone": zone,
                "checkin_version": current_content().checkin.version,
                "coin_connection": secrets.choice(COIN_CONNECTION),
                "coin_self": secrets.choice(COIN_SELF),
            },
        )
        if is_new:
            return _fill(owner, checkin, evening)
    raise FullDayError("both check-ins of this day are there already")


def _fill(owner: User, checkin: Checkin, evening: Evening) -> Checkin:
    said = evening.answers
    checkin.g, checkin.c1, checkin.s1 = said.g, said.c1, said.s1
    checkin.n, checkin.e1 = said.n, said.e1
    if evening.line:
        checkin.line_sealed = keys.seal(owner, queries.line_place(checkin), evening.line)
    checkin.save()
    call_off(owner, Kind.EVENING, evening.day)
    return checkin


def _zone_in_which_open(owner: User, evening: Evening, recorded_at: datetime) -> str | None:
    """Return the zone the day was open in when it was written: the person's, or the device's."""
    for zone in (owner.zone, evening.zone):
        if zone and _is_zone(zone) and rules.is_open(evening.day, recorded_at, zone):
            return zone
    return None


def _is_zone(zone: str) -> bool:
    try:
        zone_named(zone)
    except DataError:
        return False
    return True


def read_moment(text: str) -> datetime:
    """Return a moment written by a device as ISO 8601 with its offset, in UTC.

    Raises
    ------
    DataError
        If it is none, or has no offset.
    """
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise DataError("a moment needs an offset")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise DataError("this is no moment") from error
