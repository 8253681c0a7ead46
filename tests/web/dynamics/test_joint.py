"""The joint picture: made by the worker, seen by both in the same words, or the neutral state."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import escape

from counterpoint.content import load_content
from counterpoint.content.checks import banned_words_in
from counterpoint.domain.bearings import Bearing, InStep, Often, Room, SameDay
from counterpoint.domain.couplings import Cost
from counterpoint.domain.dyad import Member
from counterpoint.domain.plane import Axis
from counterpoint.web.accounts.models import User
from counterpoint.web.core.neutral import NEUTRAL_STATE
from counterpoint.web.couples import services
from counterpoint.web.couples.kinds import Kind
from counterpoint.web.couples.models import Couple, Release
from counterpoint.web.couples.services import ReleaseDraft, ReleaseTerms
from counterpoint.web.dynamics.dance_page import DancePage, dance_page
from counterpoint.web.dynamics.release_content import Bands, JointPicture, read_picture
from counterpoint.web.dynamics.services import joint
from factories import browser_of
from pairs import OCTOBER, SUNDAY, join, share, share_both
from web.dynamics.both_evenings import write_both

THURSDAY = date(2026, 10, 29)


@pytest.fixture(autouse=True)
def calendar(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(OCTOBER, tick=False) as traveller:
        yield traveller


@pytest.fixture
def couple(calendar: time_machine.Traveller, owner: User, partner: User) -> Couple:
    joined = join(owner, partner)
    share_both(owner, partner, Kind.PATTERNS)
    calendar.move_to(SUNDAY)
    return joined


def page_of(person: User) -> str:
    response = browser_of(person).get(reverse("dynamics:joint"))
    assert response.status_code == 200
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def run(couple: Couple) -> Release | None:
    assert joint.due_releases() == [(joint.KIND, str(couple.pk))]
    joint.run_joint_release(str(couple.pk))
    assert joint.due_releases() == []
    return Release.objects.first()


def test_the_worker_makes_it_in_words_alone(couple: Couple, owner: User, partner: User) -> None:
    write_both(owner, partner, 70, last=THURSDAY)
    release = run(couple)
    assert release is not None
    picture = read_picture(release.content)
    assert picture is not None
    assert picture.numbers is None
    assert picture.bands.fields is None
    assert picture.bands.days in (11, 21, 42, 63)
    words = json.dumps(release.content["bands"])
    assert re.findall(r"\d+", words) == [str(picture.bands.days)]
    assert picture.to_json() == release.content
    for person in (owner, partner):
        page = page_of(person)
        assert NEUTRAL_STATE not in page
        assert load_content().phrase("dance.opening") in page.replace("&#x27;", "'")
        assert "November 2026" in page


def test_days_of_the_last_half_week_do_not_enter(
    couple: Couple, owner: User, partner: User
) -> None:
    write_both(owner, partner, 70, last=THURSDAY + timedelta(days=3))
    release = run(couple)
    assert release is not None
    assert max(release.held["a"]) <= THURSDAY.isoformat()


def test_places_need_each_to_let_the_other_see(
    calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    couple = join(owner, partner)
    share_both(owner, partner, Kind.PATTERNS)
    share_both(owner, partner, Kind.PLACE)
    calendar.move_to(SUNDAY)
    write_both(owner, partner, 70, last=THURSDAY)
    release = run(couple)
    assert release is not None
    assert release.content["bands"]["fields"] is not None
    assert "Where each of you is" in page_of(owner)
    services.withdraw(partner, Kind.PLACE)
    for person in (owner, partner):
        assert "Where each of you is" not in page_of(person)
        assert NEUTRAL_STATE not in page_of(person)


def test_places_that_were_taken_back_are_cut_out_for_good(
    calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    couple = join(owner, partner)
    share_both(owner, partner, Kind.PATTERNS, Kind.DAYS, Kind.PLACE)
    calendar.move_to(SUNDAY)
    write_both(owner, partner, 70, last=THURSDAY)
    release = run(couple)
    assert release is not None
    assert "Two places" in page_of(owner)
    before = read_picture(release.content)
    services.withdraw(owner, Kind.PLACE)
    release.refresh_from_db()
    assert (release.content["bands"]["fields"], release.content["numbers"]["place"]) == (None, None)
    assert release.content["numbers"]["spread"] is None
    after = read_picture(release.content)
    assert before is not None
    assert after is not None
    assert after.numbers is not None
    assert after.seen_by(Member.B).seen_by(Member.B) == after
    assert replace(after.bands, fields=before.bands.fields) == before.bands
    services.grant(owner, Kind.PLACE, text_version="en-1-1-1")
    for person in (owner, partner):
        assert "Two places" not in page_of(person)
        assert "Your days, both voices" in page_of(person)


def test_places_that_expired_do_not_come_back_with_a_new_yes(
    calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    couple = join(owner, partner)
    share_both(owner, partner, Kind.PATTERNS, Kind.PLACE)
    calendar.move_to(SUNDAY)
    write_both(owner, partner, 70, last=THURSDAY)
    assert run(couple) is not None
    calendar.shift(timedelta(days=50))
    share_both(owner, partner, Kind.PATTERNS)
    share(owner, Kind.PLACE)
    calendar.shift(timedelta(days=9))
    share(partner, Kind.PLACE)
    for person in (owner, partner):
        assert NEUTRAL_STATE not in page_of(person)
        assert "Where each of you is" not in page_of(person)


def test_places_taken_back_while_it_is_made_are_not_in_it(
    calendar: time_machine.Traveller,
    owner: User,
    partner: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    couple = join(owner, partner)
    share_both(owner, partner, Kind.PATTERNS, Kind.PLACE)
    calendar.move_to(SUNDAY)
    write_both(owner, partner, 70, last=THURSDAY)
    whole = joint.build_release

    def slow(terms: ReleaseTerms) -> ReleaseDraft | None:
        draft = whole(terms)
        assert draft is not None
        assert draft.content["bands"]["fields"] is not None
        services.withdraw(partner, Kind.PLACE)
        return draft

    monkeypatch.setattr(joint, "build_release", slow)
    release = run(couple)
    assert release is not None
    assert release.content["bands"]["fields"] is None


def test_one_place_alone_is_not_drawn_in_it(
    calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    couple = join(owner, partner)
    share_both(owner, partner, Kind.PATTERNS)
    share(owner, Kind.PLACE)
    calendar.move_to(SUNDAY)
    write_both(owner, partner, 70, last=THURSDAY)
    release = run(couple)
    assert release is not None
    assert release.content["bands"]["fields"] is None


def test_an_open_diary_may_be_exact(
    calendar: time_machine.Traveller, owner: User, partner: User
) -> None:
    couple = join(owner, partner)
    share_both(owner, partner, Kind.PATTERNS, Kind.DAYS)
    calendar.move_to(SUNDAY)
    write_both(owner, partner, 70, last=THURSDAY)
    release = run(couple)
    assert release is not None
    assert release.is_exact
    picture = read_picture(release.content)
    assert picture is not None
    assert picture.numbers is not None
    assert json.loads(json.dumps(picture.to_json())) == release.content
    assert picture.seen_by(Member.B).seen_by(Member.B) == picture
    assert "Your days, both voices" in page_of(owner)
    services.withdraw(partner, Kind.DAYS)
    assert NEUTRAL_STATE in page_of(owner)


def test_thirteen_days_make_none(couple: Couple, owner: User, partner: User) -> None:
    write_both(owner, partner, 13, last=THURSDAY)
    assert run(couple) is None


def test_the_neutral_state_is_the_same_whatever_the_reason(
    calendar: time_machine.Traveller, owner: User, partner: User, stranger: User
) -> None:
    couple = join(owner, partner)
    nothing_shared = page_of(owner)
    assert NEUTRAL_STATE in nothing_shared
    share(owner, Kind.PATTERNS)
    pages = [page_of(owner)]
    share(partner, Kind.PATTERNS)
    pages.append(page_of(owner))
    calendar.move_to(SUNDAY)
    write_both(owner, partner, 70, last=THURSDAY)
    share(owner, Kind.PATTERNS)
    assert run(couple) is not None
    assert NEUTRAL_STATE not in page_of(owner)
    services.withdraw(partner, Kind.PATTERNS)
    pages.append(page_of(owner))
    services.leave(partner)
    pages.append(page_of(owner))
    partner.delete()
    pages.append(page_of(owner))
    assert set(pages) == {nothing_shared}


def test_a_form_nobody_knows_is_the_neutral_state(
    couple: Couple, owner: User, partner: User
) -> None:
    write_both(owner, partner, 70, last=THURSDAY)
    release = run(couple)
    assert release is not None
    release.content = {**release.content, "form": 99}
    release.save()
    assert NEUTRAL_STATE in page_of(owner)


def every_word() -> Iterator[Bands]:
    """Yield bands that use every word of every list at least once."""
    for at in range(4):
        bearing = list(Bearing)[at % 3]
        yield Bands(
            days=(11, 21, 42, 63)[at],
            costs={
                Member.A: dict.fromkeys(Cost, bearing),
                Member.B: dict.fromkeys(Cost, list(Bearing)[(at + 1) % 3]),
            },
            own_same_day={
                Member.A: list(SameDay)[at % 3],
                Member.B: list(SameDay)[(at + 1) % 3],
            },
            in_step={Axis.CONNECTION: list(InStep)[at], Axis.SELF: list(InStep)[3 - at]},
            room=list(Room)[at],
            alone=list(Often)[at],
            adapt_detach=list(Often)[(at + 1) % 4],
            repair=list(Often)[(at + 2) % 4],
            fields={Member.A: ((0, at), (1, 2)), Member.B: ((at, 4), (2, 2))},
        )


def spoken(page: DancePage) -> list[str]:
    said = [*page.said, *page.open, page.repair, page.days]
    for told in page.loops:
        said += [told.title, told.meaning, told.question, told.sentence]
    pictures = [page.picture, *([page.fields] if page.fields else [])]
    for picture in pictures:
        said += [picture.sentence, *(cell for row in picture.table.rows for cell in row)]
    return said


def exchanged(text: str) -> str:
    """Exchange you and your partner in a sentence of one of the two."""
    phrases = load_content().phrases.items()
    ids = {phrase.text: key for key, phrase in phrases if key.startswith("dance.")}
    key = ids.get(text, "")
    for mine, theirs in ((".mine", ".theirs"), (".theirs", ".mine")):
        if key.endswith(mine):
            return load_content().phrase(key.removesuffix(mine) + theirs)
    return text


@pytest.mark.parametrize("bands", list(every_word()))
def test_exchanging_the_two_exchanges_the_text(bands: Bands) -> None:
    mine = dance_page(JointPicture(bands), with_places=True)
    theirs = dance_page(JointPicture(bands).seen_by(Member.B), with_places=True)
    assert sorted(map(exchanged, mine.said)) == sorted(theirs.said)
    assert sorted(map(exchanged, mine.open)) == sorted(theirs.open)
    assert [exchanged(told.sentence) for told in mine.loops] == [
        told.sentence for told in theirs.loops
    ]
    assert (mine.repair, mine.days) == (theirs.repair, theirs.days)


@pytest.mark.parametrize("bands", list(every_word()))
def test_every_word_can_be_said_without_a_verdict(bands: Bands) -> None:
    page = dance_page(JointPicture(bands), with_places=True)
    assert banned_words_in(" ".join(spoken(page))) == []
    assert read_picture(json.loads(json.dumps(JointPicture(bands).to_json()))) == JointPicture(
        bands
    )


def test_nothing_in_the_source_tells_more_than_the_words(
    couple: Couple, owner: User, partner: User
) -> None:
    write_both(owner, partner, 70, last=THURSDAY)
    release = run(couple)
    assert release is not None
    before = page_of(owner)
    release.held = {"a": [], "b": []}
    release.days_until = date(2000, 1, 1)
    held = Release.objects.get(pk=release.pk).held
    assert not any(day in before for day in (*held["a"], *held["b"]))
    assert str(release.pk) not in before


def test_it_opens_with_what_it_is_not_and_the_way_out_stands_beside_it(
    couple: Couple, owner: User, partner: User
) -> None:
    """With a picture and without one: not a finding, not for courts, how often it is wrong."""
    said = load_content().phrase
    without = page_of(owner)
    write_both(owner, partner, 70, last=THURSDAY)
    assert run(couple) is not None
    for page in (without, page_of(owner)):
        head = page[page.index("<h1") : page.index("<section")]
        told = [said(f"dance.{name}") for name in ("opening", "not_for", "wrong")]
        assert [escape(sentence) in head for sentence in told] == [True] * 3
        assert f'action="{reverse("couples:freeze")}"' in page
        assert f'action="{reverse("couples:stop")}"' in page
