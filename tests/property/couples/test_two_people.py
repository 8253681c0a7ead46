"""Two people, their consents and their joint pictures as one machine.

Hypothesis plays both, a third person, and the calendar, in any order. The machine keeps its own
plain account of who said what and when, and after each step everything anybody sees must be what
that account says, and nothing else:

- what I see of a joint picture follows from my own choices and from the picture I may see;
- what was withdrawn is seen by nobody and kept nowhere, as a whole or as a part;
- every picture holds fourteen days of each that no earlier one held;
- without a picture the page is the same bytes, whatever the reason;
- nothing is addressed to anybody;
- who leaves in silence changes nothing on the other's page;
- after a deletion nothing that was sealed can be opened.
"""

from __future__ import annotations

import json
import os
import re
import uuid
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from counterpoint.domain.dyad import Member
from counterpoint.web.accounts.keys import CANNOT_BE_READ, read_sealed
from counterpoint.web.accounts.models import DataKey, RetiredKey, User
from counterpoint.web.accounts.services import delete_person
from counterpoint.web.core import clock
from counterpoint.web.core import context as core_context
from counterpoint.web.core.neutral import NEUTRAL_STATE
from counterpoint.web.couples import endings, queries, rules, services
from counterpoint.web.couples.kinds import CardKind, Kind
from counterpoint.web.couples.models import Card, Consent, Release
from counterpoint.web.couples.services import ReleaseDraft, ReleaseTerms
from counterpoint.web.dynamics import queries as dynamics_queries
from counterpoint.web.dynamics.release_content import JointPicture
from factories import browser_of
from pairs import OCTOBER, days_until
from people import make_person
from web.dynamics.test_joint import every_word

NAMES = ("one", "two", "three")
WORDS = "words of {}"
BANDS = list(every_word())
TOKEN = re.compile(r'csrfmiddlewaretoken" value="[^"]*"')
people = st.sampled_from(NAMES)
kinds = st.sampled_from(tuple(Kind))


class TwoPeople(RuleBasedStateMachine):
    """Joining, sharing, publishing, withdrawing, leaving and deleting, in any order."""

    @initialize()
    def begin(self) -> None:
        """Make three people on a Thursday in October."""
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.travel = time_machine.travel(OCTOBER, tick=False)
        self.calendar = self.travel.start()
        self.who = {name: make_person(f"{name}{uuid.uuid4().hex[:6]}") for name in NAMES}
        self.pair: dict[str, str] = {}  # who has a page for two, and with whom
        self.live: set[frozenset[str]] = set()
        self.given: dict[tuple[str, Kind], tuple[datetime, datetime]] = {}
        self.frozen: dict[tuple[str, Kind], datetime] = {}
        self.thawed: dict[tuple[str, Kind], datetime] = {}
        self.pictures: list[tuple[frozenset[str], datetime, bool, dict[str, frozenset[date]]]] = []
        self.shown: dict[frozenset[str], uuid.UUID] = {}
        self.with_places: set[uuid.UUID] = set()
        self.sealed: dict[str, list[tuple[uuid.UUID, bytes]]] = {name: [] for name in NAMES}
        self.pages: dict[tuple[object, ...], str] = {}
        self.mails = len(mail.outbox)

    def teardown(self) -> None:
        """Forget everything."""
        if hasattr(self, "atomic"):
            self.travel.stop()
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def person(self, name: str) -> User:
        """Return somebody as the database has them now."""
        return User.objects.get(pk=self.who[name].pk)

    # what people do --------------------------------------------------------------------------

    @rule(one=people, two=people)
    def join(self, one: str, two: str) -> None:
        """Hand over a code, enter it, both say yes."""
        if one not in self.who or two not in self.who:
            return
        code = services.invite(self.person(one), key=uuid.uuid4())
        assert (code is None) == (one in self.pair)
        accepted = code is not None and services.accept(self.person(two), code)
        free = one != two and one not in self.pair and two not in self.pair
        assert accepted == free
        if accepted:
            assert services.confirm(self.person(one))
            assert queries.current_membership(self.person(one)) is None
            assert services.confirm(self.person(two))
            self.pair |= {one: two, two: one}
            self.live.add(frozenset((one, two)))
            if code is not None:
                assert not services.accept(self.person(next(iter(self.who))), code)

    @rule(name=people, chosen=st.sets(kinds, min_size=1))
    def grant(self, name: str, chosen: set[Kind]) -> None:
        """Say yes to some kinds."""
        if name not in self.pair:
            return
        now = clock.now()
        for kind in chosen:
            services.grant(self.person(name), kind, text_version="en-1-1-1")
            since, until = self.given.get((name, kind), (now, now))
            if until <= now:
                since = now
                self.frozen.pop((name, kind), None)
                self.thawed.pop((name, kind), None)
            self.given[name, kind] = (since, now + timedelta(days=90))

    @rule()
    def both_share_patterns(self) -> None:
        """Let everybody who can share patterns."""
        for name in list(self.pair):
            self.grant(name, {Kind.PATTERNS})

    @rule()
    def both_share_their_days(self) -> None:
        """Let everybody who can share patterns and days."""
        for name in list(self.pair):
            self.grant(name, {Kind.PATTERNS, Kind.DAYS})

    @rule()
    def both_share_their_place(self) -> None:
        """Let everybody who can share patterns and place."""
        for name in list(self.pair):
            self.grant(name, {Kind.PATTERNS, Kind.PLACE})

    @rule(name=people, kind=kinds)
    def withdraw(self, name: str, kind: Kind) -> None:
        """Take one kind back."""
        if name in self.pair:
            services.withdraw(self.person(name), kind)
            self.given.pop((name, kind), None)
            self.check_nothing_is_left_of(name, kind)

    @rule(name=people)
    def stop(self, name: str) -> None:
        """Take everything back."""
        if name in self.pair:
            services.stop_everything(self.person(name))
            for kind in Kind:
                self.given.pop((name, kind), None)
                self.check_nothing_is_left_of(name, kind)

    def check_nothing_is_left_of(self, name: str, kind: Kind) -> None:
        """Check that no picture resting on what was taken back is kept anywhere."""
        half = queries.current_membership(self.person(name))
        assert half is not None
        kept = Release.objects.filter(couple_id=half.couple_id, content__isnull=False)
        if kind is Kind.PATTERNS:
            assert not kept.exists()
        if kind is Kind.DAYS:
            assert not kept.filter(is_exact=True).exists()
        if kind is Kind.PLACE:
            for row in kept:
                assert row.content is not None
                assert row.content["bands"]["fields"] is None
                self.with_places.discard(row.pk)

    @rule(name=people)
    def freeze(self, name: str) -> None:
        """Let nothing new be made."""
        if name in self.pair:
            services.freeze(self.person(name))
            for kind in Kind:
                if (name, kind) in self.given:
                    self.frozen.setdefault((name, kind), clock.now())

    @rule(name=people)
    def thaw(self, name: str) -> None:
        """Lift the freeze."""
        if name in self.pair:
            services.thaw(self.person(name))
            for kind in Kind:
                if self.frozen.pop((name, kind), None) is not None:
                    self.thawed[name, kind] = clock.now()

    @rule(name=people)
    def lay_card(self, name: str) -> None:
        """Lay a card."""
        if name in self.pair:
            card = services.lay_card(self.person(name), CardKind.WISH, WORDS.format(name))
            self.sealed[name].append((card.pk, bytes(card.text_sealed)))

    @rule(name=people, in_silence=st.booleans())
    def leave(self, name: str, in_silence: bool) -> None:
        """Leave, alone and at once; in silence after taking everything back."""
        if name not in self.pair:
            return
        if in_silence:
            self.stop(name)
        before = self.pages_of_the_other(name)
        services.leave(self.person(name))
        if in_silence:
            assert self.pages_of_the_other(name) == before
        self.gone(name)

    @precondition(lambda self: len(self.who) == len(NAMES))
    @rule(name=people, in_silence=st.booleans())
    def delete(self, name: str, in_silence: bool) -> None:
        """Delete the account; nothing that could be opened is left."""
        person = self.person(name)
        if in_silence:
            self.stop(name)
        before = self.pages_of_the_other(name)
        delete_person(person)
        if in_silence:
            assert self.pages_of_the_other(name) == before
        del self.who[name]
        self.gone(name)
        assert not Card.objects.filter(owner_id=person.pk).exists()
        assert not Consent.objects.filter(grantor_id=person.pk).exists()
        for keys in (DataKey, RetiredKey):
            assert not keys.objects.filter(owner_id=person.pk).exists()
        for row, sealed in self.sealed[name]:
            ghost = User(pk=person.pk)
            assert read_sealed(ghost, (queries.CARD, row, "text_sealed"), sealed) == CANNOT_BE_READ

    def pages_of_the_other(self, name: str) -> list[str]:
        """Return the pages for two of somebody's partner, as they are now."""
        other = self.pair.get(name)
        if other is None or other not in self.who or frozenset((name, other)) not in self.live:
            return []
        return [self.page(other, path) for path in ("/two/", "/two/picture/", "/two/sharing/")]

    def page(self, name: str, path: str) -> str:
        """Return a page as somebody gets it, without what differs by chance."""
        answer = browser_of(self.person(name)).get(path)
        assert answer.status_code == 200
        return TOKEN.sub("", answer.content.decode())

    def gone(self, name: str) -> None:
        """Note that somebody has no page for two any more."""
        other = self.pair.pop(name, None)
        for kind in Kind:
            self.given.pop((name, kind), None)
        if other is not None:
            self.live.discard(frozenset((name, other)))

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        """Let days pass."""
        self.calendar.shift(timedelta(days=days))

    @rule()
    def wait_for_the_first_sunday(self) -> None:
        """Go on to the next first Sunday of a month."""
        moment = rules.next_turn(clock.now()) + timedelta(hours=8)
        while not rules.is_release_day(moment):
            moment += timedelta(days=7)
        self.calendar.move_to(moment)

    @rule(one=st.integers(0, 40), two=st.integers(0, 40), late=st.booleans())
    def publish(self, one: int, two: int, late: bool) -> None:
        """Let the worker make what is due, with so many days of each."""
        counts = {Member.A: one, Member.B: two}
        for couple_id in queries.due_for_release(clock.now()):
            terms: list[ReleaseTerms] = []

            def build(given: ReleaseTerms, seen: list[ReleaseTerms] = terms) -> ReleaseDraft | None:
                seen.append(given)
                held = {
                    member: days_until(given.days_until + timedelta(days=late), count)
                    for member, count in counts.items()
                }
                bands = BANDS[len(self.pictures) % len(BANDS)]  # with places, asked for or not
                return ReleaseDraft(content=JointPicture(bands).to_json(), held=held)

            release = services.publish_release(couple_id, build, clock.now())
            if release is not None:
                self.note(release, terms[0])

    def note(self, release: Release, terms: ReleaseTerms) -> None:
        """Check a new picture against the account, then enter it there."""
        names = {
            member: next(name for name, one in self.who.items() if one.pk == person.pk)
            for member, person in terms.people.items()
        }
        pair = frozenset(names.values())
        now, turn = clock.now(), rules.last_turn(clock.now())
        assert now.weekday() == 6
        assert now.day <= 7
        needed = (Kind.PATTERNS, Kind.DAYS) if release.is_exact else (Kind.PATTERNS,)
        for name in pair:
            for kind in needed:
                since, until = self.given[name, kind]
                assert since < turn
                assert now < until
                assert (name, kind) not in self.frozen
                assert self.thawed.get((name, kind), since) < turn
        held = {names[member]: days for member, days in queries.held_days(release).items()}
        for name, days in held.items():
            earlier = [
                seen.get(name, frozenset()) for who, _, _, seen in self.pictures if who == pair
            ]
            assert len(days.difference(*earlier)) >= 14
            assert max(days) < turn.date() - timedelta(days=2)
        for who, made_at, _, _ in self.pictures:
            assert who != pair or (made_at.year, made_at.month) != (now.year, now.month)
        self.pictures.append((pair, now, release.is_exact, held))
        self.shown[pair] = release.pk
        settled = all(self.is_settled(name, Kind.PLACE, turn) for name in pair)
        assert release.content is not None
        assert (release.content["bands"]["fields"] is not None) == settled
        if settled:
            self.with_places.add(release.pk)

    # what must hold after each step ------------------------------------------------------------

    def is_given(self, name: str, kind: Kind, since: datetime | None = None) -> bool:
        """Whether somebody's yes holds, and held at a moment without a gap since."""
        begun, until = self.given.get((name, kind), (clock.now(), clock.now()))
        return clock.now() < until and (since is None or begun <= since)

    def is_settled(self, name: str, kind: Kind, turn: datetime) -> bool:
        """Whether somebody's yes held, and was not frozen, since before the turn of the week."""
        since, until = self.given.get((name, kind), (clock.now(), clock.now()))
        thawed = self.thawed.get((name, kind), since)
        return (
            since < turn
            and clock.now() < until
            and thawed < turn
            and (name, kind) not in self.frozen
        )

    @invariant()
    def each_sees_what_the_account_says(self) -> None:
        """Compare all that queries tell each person with the account."""
        if not hasattr(self, "who"):
            return
        for name in self.who:
            viewer = self.person(name)
            other = self.pair.get(name)
            pair = frozenset((name, other)) if other else frozenset()
            is_live = pair in self.live
            partner = queries.partner_of(viewer)
            expected = self.who[other].pk if is_live and other is not None else None
            assert (None if partner is None else partner.pk) == expected
            assert (queries.current_membership(viewer) is not None) == (name in self.pair)
            assert set(queries.consents_given_by(viewer)) == {
                kind for kind in Kind if self.is_given(name, kind)
            }
            for kind in Kind:
                may = is_live and other is not None and self.is_given(other, kind)
                shared = queries.shared_with(viewer, kind)
                assert (shared is not None) == may
                if shared is not None and other is not None:
                    frozen = self.frozen.get((other, kind), clock.now())
                    assert shared.until == min(rules.last_turn(clock.now()), frozen)
            release = queries.visible_release(viewer)
            assert (None if release is None else release.pk) == self.expected_picture(pair)
            if release is not None:
                assert release.content is not None
            for card in queries.turned_cards(viewer, rules.last_turn(clock.now()).date()):
                assert is_live
                assert card.text == WORDS.format(name if card.is_mine else other)

    def expected_picture(self, pair: frozenset[str]) -> uuid.UUID | None:
        """Return the picture two people see by the account."""
        mine = [row for row in self.pictures if row[0] == pair]
        if pair not in self.live or not mine:
            return None
        _, made_at, is_exact, _ = mine[-1]
        needed = (Kind.PATTERNS, Kind.DAYS) if is_exact else (Kind.PATTERNS,)
        holds = all(self.is_given(name, kind, made_at) for name in pair for kind in needed)
        return self.shown[pair] if holds else None

    @invariant()
    def what_i_see_follows_from_my_choices_and_the_picture(self) -> None:
        """Compare every page of the joint picture with one seen under the same circumstances.

        These are: what I froze, which picture I may see, on which side of it I am, and whether its
        places may be seen. Nothing else of the other is among them; without a picture, nothing is.
        """
        if not hasattr(self, "who"):
            return
        for name in set(self.pair) & set(self.who):
            viewer = self.person(name)
            given = queries.consents_given_by(viewer)
            frozen = bool(given) and all((name, kind) in self.frozen for kind in given)
            pair = frozenset((name, self.pair[name]))
            shown = self.expected_picture(pair)
            circumstances: tuple[object, ...] = (frozen,)
            if shown is not None:
                half = queries.current_membership(viewer)
                made_at = next(at for who, at, _, _ in reversed(self.pictures) if who == pair)
                places = shown in self.with_places and all(
                    self.is_given(one, Kind.PLACE, made_at) for one in pair
                )
                circumstances = (frozen, shown, None if half is None else half.member, places)
            page = self.page(name, "/two/picture/")
            assert page == self.pages.setdefault(circumstances, page)
            assert (NEUTRAL_STATE in page) == (shown is None)
            if shown is not None:
                assert ("Where each of you is" in page) == circumstances[3]

    @invariant()
    def nothing_is_ever_sent(self) -> None:
        """Nothing is addressed to anybody."""
        if hasattr(self, "who"):
            assert len(mail.outbox) == self.mails

    @invariant()
    def the_neutral_state_is_one_sentence(self) -> None:
        """The one answer for a picture that is not there stays as it is, byte by byte."""
        assert NEUTRAL_STATE == (
            "A joint picture may appear here at the turn of a month. "
            "We never say why it has or has not."
        )

    @invariant()
    def a_withdrawn_picture_is_empty(self) -> None:
        """No content of a withdrawn picture is in the database."""
        if hasattr(self, "who"):
            withdrawn = Release.objects.filter(withdrawn_at__isnull=False)
            assert {json.dumps(row.content) for row in withdrawn} <= {"null"}


MACHINE = settings(
    max_examples=int(os.environ.get("COUNTERPOINT_TEST_EXAMPLES", "6")),  # 60 take six minutes
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_two_people_see_what_was_agreed_and_nothing_else() -> None:
    run_state_machine_as_test(TwoPeople, settings=MACHINE)


@pytest.mark.django_db
def test_the_machine_notices_a_withdrawal_that_hides_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Plant the worst mistake there could be: a withdrawn consent still counts."""

    def forgetful(consent: rules.ConsentFact, now: datetime) -> bool:
        return consent.granted_at <= now < consent.expires_at and consent.ended_at is None

    monkeypatch.setattr(rules.consents, "is_in_force", forgetful)
    machine = TwoPeople()
    machine.begin()
    try:
        machine.join("one", "two")
        machine.grant("one", {Kind.PLACE})
        machine.each_sees_what_the_account_says()
        machine.withdraw("one", Kind.PLACE)
        with pytest.raises(AssertionError):
            machine.each_sees_what_the_account_says()
    finally:
        machine.teardown()


@pytest.mark.django_db
def test_the_machine_makes_pictures() -> None:
    """The machine is no idle one: in a fixed walk it publishes, hides and publishes again."""
    machine = TwoPeople()
    machine.begin()
    try:
        machine.join("one", "two")
        machine.both_share_patterns()
        for _ in range(2):
            machine.wait_for_the_first_sunday()
            machine.publish(40, 40, late=False)
            machine.each_sees_what_the_account_says()
        assert len(machine.pictures) == 2
        machine.what_i_see_follows_from_my_choices_and_the_picture()
        machine.withdraw("two", Kind.PATTERNS)
        machine.each_sees_what_the_account_says()
        machine.what_i_see_follows_from_my_choices_and_the_picture()
        assert queries.visible_release(machine.person("one")) is None
        assert len(machine.pages) == 3, "two sides of a picture, and the neutral state"
        machine.lay_card("one")
        machine.leave("two", in_silence=True)
        machine.delete("one", in_silence=False)
        assert machine.sealed["one"] != []
    finally:
        machine.teardown()


@pytest.mark.django_db
def test_the_machine_makes_pictures_with_places_and_notices_one_that_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine = TwoPeople()
    machine.begin()
    try:
        machine.join("one", "two")
        for name in ("one", "two"):
            machine.grant(name, {Kind.PATTERNS, Kind.PLACE})
        machine.wait_for_the_first_sunday()
        machine.publish(40, 40, late=False)
        machine.what_i_see_follows_from_my_choices_and_the_picture()
        assert machine.with_places != set()
        monkeypatch.setattr(endings, "cut_out", lambda _, content: dict(content))
        with pytest.raises(AssertionError):
            machine.withdraw("two", Kind.PLACE)
    finally:
        machine.teardown()


@pytest.mark.django_db
def test_the_machine_notices_a_page_that_says_why_there_is_no_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    machine = TwoPeople()
    machine.begin()
    try:
        machine.join("one", "two")
        machine.what_i_see_follows_from_my_choices_and_the_picture()
        machine.grant("two", {Kind.PATTERNS})
        whole = dynamics_queries.seen_picture

        def telling(viewer: User) -> object:
            rows = Consent.objects.exclude(grantor=viewer).filter(withdrawn_at__isnull=True)
            messages = "" if not rows.exists() else " Your partner has said yes."
            monkeypatch.setattr(core_context, "NEUTRAL_STATE", NEUTRAL_STATE + messages)
            return whole(viewer)

        monkeypatch.setattr(dynamics_queries, "seen_picture", telling)
        with pytest.raises(AssertionError):
            machine.what_i_see_follows_from_my_choices_and_the_picture()
    finally:
        machine.teardown()
