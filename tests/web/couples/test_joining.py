"""Two people join by a code that one hands to the other."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from counterpoint.web.accounts.models import User
from counterpoint.web.couples import queries, services
from counterpoint.web.couples.models import Couple, Invitation, Membership
from factories import browser_of, make_person
from pairs import OCTOBER, join

CODE = re.compile(r"(?:[0-9A-Z]{5}-){5}[0-9A-Z]")
NUMBER = re.compile(r'class="check-number">(\d{3} \d{3})<')


def make_code(browser: Client) -> str:
    """Make a code on the page, as a person would."""
    page = browser.get("/two/code/").content.decode()
    key = re.search(r'name="submission_key" value="([^"]+)"', page)
    assert key is not None
    made = browser.post("/two/code/", {"submission_key": key.group(1)}).content.decode()
    found = CODE.search(made)
    assert found is not None
    return found.group()


def test_two_people_join_and_nothing_is_sent(
    as_owner: Client, as_partner: Client, owner: User, partner: User
) -> None:
    code = make_code(as_owner)
    assert code not in as_owner.get("/two/").content.decode()
    assert as_partner.post("/two/enter/", {"code": code.lower()})["Location"] == "/two/"
    asked = as_partner.get("/two/").content.decode()
    number = NUMBER.search(asked)
    assert number is not None
    assert as_partner.post("/two/join/")["Location"] == "/two/"
    told = as_owner.get("/two/").content.decode()
    assert number.group(1) in told
    assert as_owner.post("/two/join/")["Location"] == "/two/"
    for browser in (as_owner, as_partner):
        assert b"The two of you" in browser.get("/two/").content
    assert mail.outbox == []
    assert queries.partner_of(owner) == partner
    assert queries.partner_of(partner) == owner


def test_entering_a_code_shows_nothing_to_its_maker_until_the_other_says_yes(
    as_owner: Client, as_partner: Client
) -> None:
    code = make_code(as_owner)
    before = as_owner.get("/two/").content
    as_partner.post("/two/enter/", {"code": code})
    as_partner.get("/two/")
    assert without_token(as_owner.get("/two/").content) == without_token(before)


def without_token(page: bytes) -> bytes:
    """Return a page without the values drawn anew each time it is made."""
    return re.sub(rb'(csrfmiddlewaretoken|submission_key)" value="[^"]*"', b"", page)


def test_decide_later_weighs_as_much_and_leaves_no_trace(
    as_owner: Client, as_partner: Client, owner: User
) -> None:
    page = as_owner.get("/two/code/").content.decode()
    buttons = re.findall(r'class="(button[^"]*)"[^>]*>(Make a code|Decide later)<', page)
    assert buttons == [("button", "Make a code"), ("button", "Decide later")]
    code = make_code(as_owner)
    as_partner.post("/two/enter/", {"code": code})
    asked = as_partner.get("/two/").content.decode()
    buttons = re.findall(r'class="(button[^"]*)"[^>]*>(Join|Decide later)<', asked)
    assert buttons == [("button", "Join"), ("button", "Decide later")]
    assert as_partner.post("/two/step-back/").status_code == 302
    assert Couple.objects.count() == 0
    assert b"Decide later" in as_owner.get("/two/").content


@pytest.mark.django_db
class TestCodesThatDoNotWork:
    def refused(self, person: User, code: str) -> tuple[int, bytes]:
        browser = browser_of(person)
        answer = browser.post("/two/enter/", {"code": code})
        page = without_token(answer.content)
        return answer.status_code, page.replace(code.encode(), b"")

    def test_every_reason_gets_the_same_answer(
        self, owner: User, partner: User, stranger: User
    ) -> None:
        with time_machine.travel(OCTOBER, tick=False) as clock:
            unknown = "00000-00000-00000-00000-00000-0"
            expired = services.invite(owner, key=uuid.uuid4()) or ""
            clock.shift(timedelta(hours=72))
            answers = {"unknown": self.refused(partner, unknown)}
            answers["expired"] = self.refused(partner, expired)
            taken_back = services.invite(owner, key=uuid.uuid4()) or ""
            services.forget_code(owner)
            answers["taken back"] = self.refused(partner, taken_back)
            entered = services.invite(owner, key=uuid.uuid4()) or ""
            assert services.accept(stranger, entered)
            answers["entered"] = self.refused(partner, entered)
            own = services.invite(partner, key=uuid.uuid4()) or ""
            answers["own"] = self.refused(partner, own)
            replaced = services.invite(owner, key=uuid.uuid4()) or ""
            assert services.invite(owner, key=uuid.uuid4())
            answers["replaced"] = self.refused(partner, replaced)
            waiting = services.invite(owner, key=uuid.uuid4()) or ""
            Invitation.objects.filter(cancelled_at__isnull=True).exclude(inviter=owner).delete()
            other = make_person("other")
            joined = services.invite(other, key=uuid.uuid4()) or ""
            assert services.accept(owner, joined)
            assert services.confirm(owner)
            assert services.confirm(other)
            answers["maker has joined somebody"] = self.refused(partner, waiting)
        assert {status for status, _ in answers.values()} == {422}
        assert len({page for _, page in answers.values()}) == 1, answers.keys()

    def test_a_code_just_before_its_end_works(self, owner: User, partner: User) -> None:
        with time_machine.travel(OCTOBER, tick=False) as clock:
            code = services.invite(owner, key=uuid.uuid4()) or ""
            clock.shift(timedelta(hours=72) - timedelta(seconds=1))
            assert services.accept(partner, code)

    def test_a_yes_after_its_end_does_not_count(self, owner: User, partner: User) -> None:
        with time_machine.travel(OCTOBER, tick=False) as clock:
            code = services.invite(owner, key=uuid.uuid4()) or ""
            assert services.accept(partner, code)
            assert services.confirm(partner)
            clock.shift(timedelta(hours=72))
            assert not services.confirm(owner)
        assert queries.current_membership(owner) is None
        assert queries.current_membership(partner) is None


def test_the_code_is_kept_as_a_hash_only(as_owner: Client, owner: User) -> None:
    code = make_code(as_owner)
    row = Invitation.objects.get(inviter=owner)
    assert code not in str(vars(row))
    assert len(row.code_hash) == 64


def test_a_double_tap_makes_one_code_and_shows_it(as_owner: Client) -> None:
    key = {"submission_key": str(uuid.uuid4())}
    first, second = (as_owner.post("/two/code/", key).content.decode() for _ in range(2))
    found = CODE.search(first)
    assert found is not None
    assert found.group() in second
    assert Invitation.objects.count() == 1


def test_a_page_sent_again_later_does_not_show_the_code_again(as_owner: Client) -> None:
    key = {"submission_key": str(uuid.uuid4())}
    with time_machine.travel(OCTOBER, tick=False) as clock:
        browser = browser_of(make_person("somebody"))
        first = browser.post("/two/code/", key).content.decode()
        clock.shift(timedelta(minutes=3))
        second = browser.post("/two/code/", key)
    assert CODE.search(first)
    assert second.status_code == 410
    assert not CODE.search(second.content.decode())


def test_a_page_without_its_key_is_refused(as_owner: Client) -> None:
    assert as_owner.post("/two/code/", {}).status_code == 422
    assert Invitation.objects.count() == 0


def test_nobody_has_two_pages_for_two(owner: User, partner: User, stranger: User) -> None:
    code = services.invite(stranger, key=uuid.uuid4()) or ""
    join(owner, partner)
    assert services.invite(owner, key=uuid.uuid4()) is None
    assert not services.accept(owner, code)
    assert Membership.objects.filter(person=owner).count() == 1


def test_a_new_code_drops_a_joining_that_waits(owner: User, partner: User) -> None:
    code = services.invite(owner, key=uuid.uuid4()) or ""
    assert services.accept(partner, code)
    assert services.invite(owner, key=uuid.uuid4())
    assert not services.confirm(partner)
    assert Couple.objects.count() == 0


def test_several_people_in_a_life(owner: User, partner: User, stranger: User) -> None:
    first = join(owner, partner)
    services.leave(owner)
    second = join(owner, stranger)
    assert queries.partner_of(owner) == stranger
    assert first.pk != second.pk
    assert Membership.objects.filter(person=owner).count() == 2
