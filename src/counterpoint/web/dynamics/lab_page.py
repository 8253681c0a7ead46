"""The lab in words and pictures: everything its page shows for one setting of the dials."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis
from counterpoint.pictures import DayNotes, Picture, PushDay, days_strip, push_picture, trails
from counterpoint.web.core.language import current_content, current_language
from counterpoint.web.dynamics.lab_dials import NAMES, Choice, Dial, Dials, Push, Smaller
from counterpoint.web.dynamics.services.lab_dance import (
    Path,
    Played,
    play,
    play_smaller,
)

NOTICED = 0.12
"""A move smaller than this share of the push is told as none, as in `push_picture`."""
FRAMES_KEPT = 128
REACHED = {
    (Axis.CONNECTION, True): "nearer",
    (Axis.CONNECTION, False): "further",
    (Axis.SELF, True): "more_self",
    (Axis.SELF, False): "less_self",
}
BOTH = (NAMES[Member.A], NAMES[Member.B])


@dataclass(frozen=True)
class WhatIf:
    """One dial made smaller, beside the pair as it is.

    Parameters
    ----------
    sentence
        Then and now in words.
    now
        The push with the smaller dial; ``None`` where there is nothing to draw.
    """

    sentence: str
    now: Picture | None


@dataclass(frozen=True)
class Frame:
    """What one setting of the dials shows.

    Parameters
    ----------
    sentences
        What plays out.
    push, days, plane
        The three panels; ``None`` for dials that run away.
    what_if
        If one dial is to be smaller.
    """

    sentences: tuple[str, ...]
    push: Picture | None = None
    days: Picture | None = None
    plane: Picture | None = None
    what_if: WhatIf | None = None


def frame_of(choice: Choice) -> Frame:
    """Return what a setting shows; equal settings are drawn once while they are kept."""
    return _frame(choice.dials, choice.push, choice.smaller, current_language())


@lru_cache(maxsize=FRAMES_KEPT)
def _frame(dials: Dials, push: Push, smaller: Smaller | None, language: str) -> Frame:
    played = play(dials, push)
    if played is None:
        return Frame((_say("run_away"),))
    then = played.path
    now = None if smaller is None else play_smaller(dials, push, smaller)
    scale = max(_largest(then), 1.0 if now is None else _largest(now))
    return Frame(
        sentences=_tell(played, push),
        push=_draw_push(then, push, scale, key="then", title=_say("panel.push")),
        days=_draw_evenings(played),
        plane=trails(
            played.trails,
            played.usual,
            names=BOTH,
            title=_say("panel.plane"),
            key="trails",
            language=language,
        ),
        what_if=None if smaller is None else _what_if(dials, smaller, push, (then, now), scale),
    )


def _say(phrase_id: str, **values: str | int | float) -> str:
    return current_content().phrase(f"lab.{phrase_id}", **values)


def _largest(path: Path) -> float:
    return max(1.0, *(abs(move) for day in path.days for move in (*day.connection, *day.self)))


def _names(member: Member) -> dict[str, str]:
    return {"name": NAMES[member], "second": NAMES[member.other]}


def _tell(played: Played, push: Push) -> tuple[str, ...]:
    """Say the push, whom it reaches, how it plays out, and when it has settled."""
    names = _names(push.member)
    said = [_say(f"push.{'hard' if push.is_hard else 'near'}.said", **names)]
    own = _widest(played.path, push.member, (Axis.SELF,)) if not push.is_hard else (0.0, Axis.SELF)
    if abs(own[0]) >= NOTICED:
        said.append(_say(f"own.{'more' if own[0] > 0 else 'less'}_self", **names))
    reach, axis = _widest(played.path, push.member.other, tuple(Axis))
    if abs(reach) < NOTICED:
        said.append(_say("other.hardly", **names))
    else:
        said.append(_say(f"other.{REACHED[axis, reach > 0]}", **names))
    if played.period_days is None:
        said.append(_say(f"plays.{played.plays}"))
    else:
        said.append(_say(f"plays.{played.plays}", days=round(played.period_days)))
    said.append(_settled(played.path))
    return tuple(said)


def _widest(path: Path, member: Member, axes: tuple[Axis, ...]) -> tuple[float, Axis]:
    """Return the largest move of one of the two after the first day, and its axis."""
    who = list(Member).index(member)
    moves = [(day.along(axis)[who], axis) for day in path.days[1:] for axis in axes]
    return max(moves, key=lambda move: abs(move[0]))


def _settled(path: Path) -> str:
    if path.settles is None:
        return _say("settles.long")
    return _say("settles.at_once") if path.settles <= 1 else _say("settles.days", days=path.settles)


def _draw_push(path: Path, push: Push, scale: float, *, key: str, title: str) -> Picture:
    days = [
        PushDay(
            (day.connection[0] / scale, day.connection[1] / scale),
            (day.self[0] / scale, day.self[1] / scale),
        )
        for day in path.days
    ]
    names = _names(push.member)
    said = _say(f"push.{'hard' if push.is_hard else 'near'}.said", **names)
    return push_picture(
        days,
        names=BOTH,
        title=title,
        sentence=f"{said} {_settled(path)}",
        is_hard=push.is_hard,
        key=key,
        language=current_language(),
    )


def _draw_evenings(played: Played) -> Picture:
    first, second = (
        [
            DayNotes(
                current_content().phrase("picture.day_number", n=at),
                connection=evening[2 * who],
                self=evening[2 * who + 1],
            )
            for at, evening in enumerate(played.evenings, start=1)
        ]
        for who in (0, 1)
    )
    return days_strip(
        first,
        partner=second,
        names=BOTH,
        title=_say("panel.days"),
        sentence=_say("panel.days.said"),
        key="evenings",
        language=current_language(),
    )


def _what_if(
    dials: Dials, smaller: Smaller, push: Push, paths: tuple[Path, Path | None], scale: float
) -> WhatIf:
    then, now = paths
    if dials[list(Member).index(smaller.member)][list(Dial).index(smaller.dial)] == 0:
        return WhatIf(_say("what_if.is_none"), None)
    if now is None:
        return WhatIf(_say("what_if.brake"), None)
    picture = _draw_push(now, push, scale, key="now", title=_say("what_if.now"))
    if then.settles is None or now.settles is None:
        return WhatIf(_say("what_if.long"), picture)
    kind = "same" if then.settles == now.settles else "sooner"
    return WhatIf(_say(f"what_if.{kind}", then=then.settles, now=now.settles), picture)
