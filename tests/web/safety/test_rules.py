"""What follows from answers, what is sealed, and when the check is offered."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoint.content import load_content
from counterpoint.domain.quiet import Lead
from counterpoint.web.safety.rules import (
    UNREADABLE,
    Quiet,
    Route,
    is_offered,
    read_line,
    route_after,
    write_line,
)

LEADS = {item.item_id: item.leads_to for item in load_content().quiet.items}
TODAY = date(2026, 11, 24)
NOTHING: Route = frozenset()
ROUTES = [frozenset(some) for some in chain.from_iterable(combinations(Lead, n) for n in range(4))]


def after(former: Route = NOTHING, **answers: bool | None) -> Route:
    return route_after(former, LEADS, answers)


def test_what_the_questions_cover() -> None:
    assert LEADS == {
        "afraid": Lead.INDIVIDUAL,
        "hurt": Lead.INDIVIDUAL,
        "threatened": Lead.INDIVIDUAL,
        "forced_sex": Lead.INDIVIDUAL,
        "watched": Lead.INDIVIDUAL,
        "weapon_or_neck": Lead.INDIVIDUAL,
        "child": Lead.INDIVIDUAL,
        "loud_words": Lead.INFORMATION,
        "hurting_oneself": Lead.CRISIS,
        "hurting_others": Lead.CRISIS,
    }


@pytest.mark.parametrize("item_id", LEADS)
def test_one_yes_is_enough(item_id: str) -> None:
    others = {one: False for one in LEADS if one != item_id}
    assert after(**others, **{item_id: True}) == {LEADS[item_id]}


def test_nothing_said_leads_nowhere() -> None:
    assert after() == NOTHING
    assert after(**dict.fromkeys(LEADS, None)) == NOTHING
    assert after(**dict.fromkeys(LEADS, False)) == NOTHING


def test_leaving_questions_out_takes_nothing_away() -> None:
    held = frozenset({Lead.INDIVIDUAL})
    assert after(held) == held
    assert after(held, afraid=False) == held
    assert after(held, **dict.fromkeys(LEADS, False)) == NOTHING
    denied = {one: False for one, lead in LEADS.items() if lead is Lead.INDIVIDUAL}
    assert after(held, **denied) == NOTHING
    assert after(held, hurting_oneself=True) == held | {Lead.CRISIS}


@given(
    st.sampled_from(ROUTES),
    st.dictionaries(st.sampled_from(sorted(LEADS)), st.sampled_from([True, False, None])),
)
def test_a_route_is_only_ever_lost_by_a_no_to_all_of_it(
    former: Route, answers: dict[str, bool | None]
) -> None:
    found = route_after(former, LEADS, answers)
    for lead in Lead:
        said = [answers.get(one) for one, where in LEADS.items() if where is lead]
        if True in said:
            assert lead in found
        elif all(one is False for one in said):
            assert lead not in found
        else:
            assert (lead in found) is (lead in former)


@pytest.mark.parametrize("route", ROUTES)
def test_every_line_has_the_same_length_and_reads_back(route: Route) -> None:
    line = write_line(TODAY, route)
    assert len(line.encode()) == 11
    assert read_line(line) == Quiet(TODAY, route)


@pytest.mark.parametrize("line", ["", "2026-11-24", "2026-13-241", "cannot be read", "2026-11-24x"])
def test_a_line_that_says_nothing_known_stands_for_the_careful_side(line: str) -> None:
    assert read_line(line) == UNREADABLE
    assert UNREADABLE.is_individual
    assert UNREADABLE.comes_help_first


def test_what_comes_first_is_shown_first() -> None:
    assert Quiet(TODAY, frozenset(Lead)).shown == (Lead.CRISIS, Lead.INDIVIDUAL)
    assert Quiet(TODAY, frozenset({Lead.INFORMATION})).shown == (Lead.INFORMATION,)
    loud_and_dark = frozenset({Lead.INFORMATION, Lead.CRISIS})
    assert Quiet(TODAY, loud_and_dark).shown == (Lead.CRISIS, Lead.INFORMATION)
    assert Quiet(TODAY, NOTHING).shown == ()
    crisis = Quiet(TODAY, frozenset({Lead.CRISIS}))
    assert (crisis.comes_help_first, crisis.is_individual) == (True, False)
    loud = Quiet(TODAY, frozenset({Lead.INFORMATION}))
    assert (loud.comes_help_first, loud.is_individual) == (False, False)


def test_it_is_offered_in_the_first_week_and_in_each_eighth_after() -> None:
    weeks = [
        week
        for week in range(40)
        if all(is_offered(TODAY, TODAY + timedelta(weeks=week, days=day)) for day in range(7))
    ]
    assert weeks == [0, 8, 16, 24, 32]
    some = [
        week
        for week in range(40)
        if any(is_offered(TODAY, TODAY + timedelta(weeks=week, days=day)) for day in range(7))
    ]
    assert some == weeks
    assert is_offered(TODAY, TODAY - timedelta(days=1))
