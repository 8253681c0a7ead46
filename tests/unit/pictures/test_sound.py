from __future__ import annotations

import io
import math
import wave
from array import array

import pytest

from counterpoint.errors import DataError
from counterpoint.pictures import DayNotes, score_sound
from counterpoint.pictures.sound import DAY_SECONDS, RATE, pitch
from unit.pictures.drawings import notes


def channels(sound: bytes) -> list[array[int]]:
    with wave.open(io.BytesIO(sound)) as file:
        assert (file.getsampwidth(), file.getframerate()) == (2, RATE)
        samples = array("h", file.readframes(file.getnframes()))
        count = file.getnchannels()
    return [samples[at::count] for at in range(count)]


def loudness(channel: array[int]) -> float:
    return sum(abs(sample) for sample in channel)


def first_sound(channel: array[int]) -> int:
    return next(at for at, sample in enumerate(channel) if sample)


def test_a_file_of_the_right_length_and_the_same_each_time() -> None:
    days = notes(70)
    sound = score_sound(days, partner=notes(70, shift=2))
    assert sound == score_sound(days, partner=notes(70, shift=2))
    assert sound.startswith(b"RIFF")
    assert len(sound) < 1_000_000
    left, right = channels(sound)
    assert len(left) == len(right)
    assert len(left) / RATE == pytest.approx(70 * DAY_SECONDS + 0.82)


def test_one_voice_alone_has_one_channel() -> None:
    assert len(channels(score_sound(notes(5)))) == 1


def test_a_tap_more_is_a_step_higher_and_no_step_is_a_half_tone() -> None:
    heights = [pitch(10.0 * tap) for tap in range(11)]
    assert heights[0] == 196.0
    assert heights[10] == pytest.approx(784.0)
    for one in heights:
        for other in heights:
            half_tones = abs(math.log2(one / other)) * 12
            assert round(half_tones) % 12 not in {1, 6, 11}


def test_days_not_known_are_silent() -> None:
    days = [DayNotes("1", 100, 50), *[DayNotes("") for _ in range(6)], DayNotes("8", 100, 50)]
    (only,) = channels(score_sound(days, wish=60))
    silent = only[round(1.2 * RATE) : round(2.9 * RATE)]
    assert not any(silent)
    assert any(only[: round(0.5 * RATE)])
    assert any(only[round(3.0 * RATE) :])
    assert not any(channels(score_sound([DayNotes("")]))[0])


def test_near_sounds_together_in_the_middle_and_apart_to_each_side() -> None:
    silent = [DayNotes("")]

    def of(near: float, *, first: bool) -> list[array[int]]:
        day = [DayNotes("", near, 50)]
        return channels(score_sound(day if first else silent, partner=silent if first else day))

    near_one, near_two = of(100, first=True), of(100, first=False)
    assert near_one[0] == near_one[1]
    assert first_sound(near_one[0]) == pytest.approx(first_sound(near_two[0]), abs=2)
    far_one, far_two = of(0, first=True), of(0, first=False)
    assert loudness(far_one[0]) > 5 * loudness(far_one[1])
    assert loudness(far_two[1]) > 5 * loudness(far_two[0])
    assert first_sound(far_one[0]) < first_sound(near_one[0]) < first_sound(far_two[1])


def test_the_wish_is_heard_under_the_voice() -> None:
    days = [DayNotes("", 100, 50)]
    (plain,) = channels(score_sound(days))
    (held,) = channels(score_sound(days, wish=90))
    added = array("i", (b - a for a, b in zip(plain, held, strict=True)))
    assert 0 < max(added) < max(plain) / 2


def test_the_loudest_days_stay_within_sixteen_bits() -> None:
    one = [DayNotes("", 0, 10.0 * (at % 11)) for at in range(70)]
    two = [DayNotes("", 100, 10.0 * (at % 11)) for at in range(70)]
    for pair in ((one, two), (two, one), (two, two), (one, one)):
        for channel in channels(score_sound(pair[0], partner=pair[1])):
            assert max(map(abs, channel)) < 32000


def test_nothing_startles() -> None:
    """It opens and ends in silence, no tone begins at once, and all of it is well below full."""
    loudest = [DayNotes("", 100, 100.0) for _ in range(70)]
    for sound in (score_sound(loudest, partner=loudest), score_sound(notes(70), wish=100)):
        for channel in channels(sound):
            assert not any(channel[: round(0.05 * RATE)])
            assert max(map(abs, channel[-round(0.02 * RATE) :])) < 50
            first = first_sound(channel)
            eighth = max(map(abs, channel[first : first + round(0.003 * RATE)]))
            assert eighth < max(map(abs, channel)) / 4
            mean_square = sum(sample**2 for sample in channel) / len(channel)
            assert 20 * math.log10(math.sqrt(mean_square) / 32768) < -12


def test_each_known_day_is_one_tone_on_its_beat() -> None:
    """Alone and near, tones begin on the beats of the known days and on no other."""
    days = [DayNotes("", 100, 50) if at in {0, 3, 4, 9} else DayNotes("") for at in range(12)]
    (only,) = channels(score_sound(days))
    window = round(0.02 * RATE)
    beats = [round((0.2 + DAY_SECONDS * at) * RATE) for at in range(12)]
    heard = [
        at
        for at, start in enumerate(beats)
        if loudness(only[start : start + 2 * window])
        > 3 * loudness(only[start - window : start]) + 1
    ]
    assert heard == [0, 3, 4, 9]


def test_what_cannot_be_heard_is_refused() -> None:
    with pytest.raises(DataError, match="1 to 70 days"):
        score_sound([])
    with pytest.raises(DataError, match="1 to 70 days"):
        score_sound(notes(71))
    with pytest.raises(DataError, match="3 days, the first 4"):
        score_sound(notes(4), partner=notes(3))
