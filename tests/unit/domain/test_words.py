"""Styles, signs, skills, loops and members."""

from __future__ import annotations

from counterpoint.domain.dyad import Member
from counterpoint.domain.loops import Loop
from counterpoint.domain.signs import Sign, signs_of
from counterpoint.domain.skills import Skill
from counterpoint.domain.styles import Style


def test_each_style_has_five_signs_of_its_own() -> None:
    assert [style.value for style in Style] == ["codependence", "independence", "interdependence"]
    assert [sign for style in Style for sign in signs_of(style)] == list(Sign)
    assert {style: len(signs_of(style)) for style in Style} == dict.fromkeys(Style, 5)
    for style in Style:
        assert {sign.style for sign in signs_of(style)} == {style}


def test_skills_and_loops_are_those_of_the_article() -> None:
    assert [skill.value for skill in Skill] == [
        "tolerate_discomfort",
        "stay_present",
        "express_needs",
        "receive_love",
    ]
    assert [loop.value for loop in Loop] == ["pursue_withdraw", "adapt_detach", "alone_together"]


def test_members_are_two_slots() -> None:
    assert [member.other for member in Member] == [Member.B, Member.A]
