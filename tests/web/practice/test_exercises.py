"""Choosing an exercise, going through it, stopping it."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client
from django.utils.html import escape

from counterpoint.content import load_content
from counterpoint.domain.skills import Skill
from counterpoint.web.accounts.models import User
from counterpoint.web.practice import services
from counterpoint.web.practice.endings import Ending
from counterpoint.web.practice.models import PracticeRun
from counterpoint.web.practice.portability import CODEBOOK, erase_practice, export_practice
from web.worlds import CHANCE

EXERCISES = sorted(load_content().exercises)


def main_of(client: Client, where: str) -> str:
    page = client.get(where).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def begin(client: Client, exercise_id: str, key: str | None = None) -> str:
    answer = client.post(f"/practice/{exercise_id}/", {"submission_key": key or str(uuid.uuid4())})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_every_skill_has_its_shelf(as_owner: Client) -> None:
    page = main_of(as_owner, "/practice/")
    for skill in Skill:
        assert escape(load_content().skills[skill].title) in page
    for exercise_id in EXERCISES:
        assert f'href="/practice/{exercise_id}/"' in page


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_an_exercise_is_gone_through_step_by_step_with_links_alone(
    owner: User, as_owner: Client, exercise_id: str
) -> None:
    exercise = load_content().exercises[exercise_id]
    assert escape(exercise.stop_rule) in main_of(as_owner, f"/practice/{exercise_id}/")
    where = begin(as_owner, exercise_id)
    for number, step in enumerate(exercise.steps, start=1):
        page = main_of(as_owner, where)
        assert escape(step.text) in page
        assert escape(exercise.stop_rule) in page
        assert "Stop here" in page
        assert exercise.rationale.strip()[:40] not in page
        following = re.search(r'href="([^"]+)">Next<', page)
        assert (following is not None) is (number < len(exercise.steps))
        if following is not None:
            where = following.group(1)
    run = PracticeRun.objects.get()
    answer = as_owner.post(f"/practice/run/{run.pk}/end/", {"ending": "finished"})
    assert escape(load_content().phrase("practice.done")) in main_of(as_owner, answer["Location"])
    run.refresh_from_db()
    assert (run.owner, run.exercise_id, run.exercise_version, run.skill, run.ending) == (
        owner, exercise_id, exercise.version, exercise.skill, "finished",
    )  # fmt: skip
    assert run.ended_at is not None


def test_stopping_is_as_good_an_ending(as_owner: Client) -> None:
    begin(as_owner, "wave_passes")
    run = PracticeRun.objects.get()
    answer = as_owner.post(f"/practice/run/{run.pk}/end/", {"ending": "stopped"})
    assert load_content().phrase("practice.stopped") in main_of(as_owner, answer["Location"])
    run.refresh_from_db()
    assert run.ending == Ending.STOPPED


def test_an_ended_run_stays_as_it_ended(as_owner: Client) -> None:
    where = begin(as_owner, "wave_passes")
    run = PracticeRun.objects.get()
    as_owner.post(f"/practice/run/{run.pk}/end/", {"ending": "stopped"})
    first = PracticeRun.objects.get().ended_at
    as_owner.post(f"/practice/run/{run.pk}/end/", {"ending": "finished"})
    run.refresh_from_db()
    assert (run.ending, run.ended_at) == (Ending.STOPPED, first)
    assert as_owner.get(where)["Location"] == f"/practice/run/{run.pk}/done/"


def test_a_double_tap_begins_one_run(as_owner: Client) -> None:
    same = str(uuid.uuid4())
    assert begin(as_owner, "wave_passes", same) == begin(as_owner, "wave_passes", same)
    assert PracticeRun.objects.count() == 1


def test_without_a_key_nothing_begins(as_owner: Client) -> None:
    answer = as_owner.post("/practice/wave_passes/", {})
    assert answer.status_code == 422
    assert PracticeRun.objects.count() == 0


def test_an_ending_that_is_none_leads_back(as_owner: Client) -> None:
    begin(as_owner, "wave_passes")
    run = PracticeRun.objects.get()
    answer = as_owner.post(f"/practice/run/{run.pk}/end/", {"ending": "failed"})
    assert answer["Location"] == f"/practice/run/{run.pk}/1/"
    assert as_owner.get(f"/practice/run/{run.pk}/done/")["Location"] == answer["Location"]


@pytest.mark.parametrize("number", ["0", "5", "99"])
def test_a_step_that_is_none_is_not_there(as_owner: Client, number: str) -> None:
    begin(as_owner, "wave_passes")
    run = PracticeRun.objects.get()
    assert as_owner.get(f"/practice/run/{run.pk}/{number}/").status_code == 404


def test_a_run_left_open_is_offered_and_asks_for_nothing(as_owner: Client) -> None:
    where = begin(as_owner, "wave_passes")
    assert where in main_of(as_owner, "/practice/")
    as_owner.post(f"/practice/run/{PracticeRun.objects.get().pk}/end/", {"ending": "finished"})
    page = main_of(as_owner, "/practice/")
    assert where not in page
    assert "one of these once" in page


def test_a_run_of_an_exercise_that_is_no_longer_here_keeps_nobody_from_practice(
    as_owner: Client,
) -> None:
    begin(as_owner, "let_it_land")
    assert "You began" in main_of(as_owner, "/practice/")
    PracticeRun.objects.update(exercise_id="no_longer_here")
    assert "You began" not in main_of(as_owner, "/practice/")


def test_another_persons_run_is_not_there_and_stays_as_it_is(
    as_owner: Client, as_partner: Client
) -> None:
    begin(as_owner, "wave_passes")
    run = PracticeRun.objects.get()
    nobodys = uuid.uuid4()
    for tail in ("1/", "done/"):
        theirs = as_partner.get(f"/practice/run/{run.pk}/{tail}")
        missing = as_partner.get(f"/practice/run/{nobodys}/{tail}")
        assert theirs.status_code == missing.status_code == 404
        there = CHANCE.sub(b"", theirs.content).replace(str(run.pk).encode(), b"")
        assert there == CHANCE.sub(b"", missing.content).replace(str(nobodys).encode(), b"")
    assert (
        as_partner.post(f"/practice/run/{run.pk}/end/", {"ending": "finished"}).status_code == 404
    )
    run.refresh_from_db()
    assert run.ending == Ending.OPEN


def test_practice_is_taken_along_and_erased(owner: User, partner: User) -> None:
    exercise = load_content().exercises["wave_passes"]
    for person in (owner, partner):
        services.end_run(services.start_run(person, exercise, key=uuid.uuid4()), Ending.FINISHED)
    rows = export_practice(owner)["practice"]
    assert not isinstance(rows, (str, bytes))
    assert [(row["exercise_id"], row["ending"]) for row in rows] == [("wave_passes", "finished")]
    assert set(rows[0]) <= set(CODEBOOK)
    erase_practice(owner)
    assert not any(export_practice(owner).values())
    assert PracticeRun.objects.get().owner == partner
