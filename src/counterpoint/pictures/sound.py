"""The sound twin of the score: days as soft tones, so that a picture can be heard.

How high a tone is says how much somebody was themselves: one tap is one step of a scale of five
notes, in which no two steps clash, so that no day sounds wrong. Two who felt near sound together
and in the middle; the further apart somebody felt, the further their tone moves away in time and
to their own side. Days not known are silent.
"""

from __future__ import annotations

import io
import math
import wave
from array import array
from collections.abc import Sequence
from functools import lru_cache
from operator import add

from counterpoint.domain.dyad import Member
from counterpoint.errors import DataError
from counterpoint.pictures.days import DayNotes

RATE = 8000
"""Samples a second; the highest partial lies well under half of it."""
DAY_SECONDS = 0.4
MOST_DAYS = 70

_SCALE = (0, 2, 4, 7, 9)
_LOWEST_HZ = 196.0
_TONE_SECONDS = 0.62
_ATTACK_SECONDS = 0.025
_STRAY_SECONDS = 0.13
_LEAD_SECONDS = 0.2
_LOUD = 13000.0
"""Largest sample of a first partial; two whole voices stay within 16 bits."""
_WISH_LOUDNESS = 0.25
_SIDE = 0.4
"""What one side gains and the other loses when a tone moves; in the middle each has half."""
_PARTIALS = {
    Member.A: ((1, 1.0), (2, 0.22), (3, 0.05)),
    Member.B: ((1, 0.8), (3, 0.3), (5, 0.1)),
}
"""Strength of the partials: the first voice is round, as a flute is, the second reedy."""


def score_sound(
    days: Sequence[DayNotes],
    *,
    partner: Sequence[DayNotes] | None = None,
    wish: float | None = None,
) -> bytes:
    """Return consecutive days as a WAV file: 16 bits, one channel for one voice, two for two.

    Parameters
    ----------
    days
        One entry per calendar day, in order; days not known have ``None``. 1 to 70 days; 70 last
        28 seconds and take under a megabyte.
    partner
        The same days of the second voice, as long as ``days``.
    wish
        How much oneself somebody wishes to be, points, for one voice alone: a soft tone on the
        beat of each known day, to hear the voice against.

    Raises
    ------
    DataError
        If there is no day or more than 70, or if ``partner`` has another number of days.
    """
    if not 1 <= len(days) <= MOST_DAYS:
        raise DataError(f"1 to {MOST_DAYS} days can be heard, not {len(days)}")
    if partner is not None and len(partner) != len(days):
        raise DataError(f"the second voice has {len(partner)} days, the first {len(days)}")
    length = _LEAD_SECONDS + DAY_SECONDS * len(days) + _TONE_SECONDS
    if partner is None:
        only = _silence(length)
        if wish is not None:
            held = [DayNotes("", 100.0, None if day.self is None else wish) for day in days]
            _sing(held, Member.B, ((only, 0.0),), loudness=_WISH_LOUDNESS)
        _sing(days, Member.A, ((only, 0.0),))
        return _file((only,))
    left, right = _silence(length), _silence(length)
    _sing(days, Member.A, ((left, _SIDE), (right, -_SIDE)))
    _sing(partner, Member.B, ((left, -_SIDE), (right, _SIDE)))
    return _file((left, right))


def pitch(points: float) -> float:
    """Return the frequency of a value in points, in hertz: a tap is a step, five to the octave."""
    step = round(min(max(points, 0.0), 100.0) / 10)
    octave, degree = divmod(step, len(_SCALE))
    return float(_LOWEST_HZ * 2 ** (octave + _SCALE[degree] / 12))


def _silence(seconds: float) -> array[int]:
    return array("i", bytes(4 * round(seconds * RATE)))


def _sing(
    days: Sequence[DayNotes],
    member: Member,
    channels: Sequence[tuple[array[int], float]],
    *,
    loudness: float = 1.0,
) -> None:
    """Add one voice to channels: to each half of it, and more or less as it moves to a side.

    The first voice strays to before the beat and the second to after it, each by their own
    distance.
    """
    stray = _STRAY_SECONDS * (-1 if member is Member.A else 1)
    for at, day in enumerate(days):
        if day.self is None:
            continue
        near = 50.0 if day.connection is None else min(max(day.connection, 0.0), 100.0)
        away = 1 - near / 100
        start = round((_LEAD_SECONDS + DAY_SECONDS * at + stray * away) * RATE)
        tone = _tone(member, round(pitch(day.self), 3))
        end = start + len(tone)
        for channel, side in channels:
            share = loudness * (0.5 + side * away)
            louder = array("i", (int(share * sample) for sample in tone))
            channel[start:end] = array("i", map(add, channel[start:end], louder))


@lru_cache(maxsize=64)
def _tone(member: Member, hertz: float) -> array[int]:
    """Return one tone that fades, as samples."""
    turn = 2 * math.pi * hertz / RATE
    count = round(_TONE_SECONDS * RATE)
    attack = _ATTACK_SECONDS * RATE
    partials = _PARTIALS[member]
    samples = array("i")
    for at in range(count):
        fade = min(at / attack, 1.0) * (1 - at / count) ** 2
        height = sum(strength * math.sin(turn * times * at) for times, strength in partials)
        samples.append(round(_LOUD * fade * height))
    return samples


def _file(channels: Sequence[array[int]]) -> bytes:
    """Write channels of samples as a WAV file."""
    frames = array("h", bytes(2 * len(channels) * len(channels[0])))
    for at, channel in enumerate(channels):
        frames[at :: len(channels)] = array("h", channel)
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(frames.tobytes())
    return written.getvalue()
