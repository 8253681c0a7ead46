from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection

from counterpoint.content import load_content
from counterpoint.domain.movements import Movement
from counterpoint.domain.plane import Corner
from counterpoint.errors import SetupError
from counterpoint.web.accounts.models import User
from counterpoint.web.assessment import queries as assessment_queries
from counterpoint.web.config.demo_couple import LINES, seed_demo_couple
from counterpoint.web.core import clock
from counterpoint.web.diary import queries as diary_queries
from counterpoint.web.dynamics.services import change, solo
from counterpoint.web.practice.queries import letters_there, opened_letter
from counterpoint.web.practice.services import open_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path):
    settings.COUNTERPOINT_DEMO = True
    settings.COUNTERPOINT_DATA = tmp_path
    return seed_demo_couple()


def test_a_real_site_has_no_simulated_people() -> None:
    assert django_settings.COUNTERPOINT_DEMO is False
    with pytest.raises(SetupError):
        seed_demo_couple()
    assert User.objects.count() == 0


def test_two_people_who_can_sign_in(demo, client) -> None:
    assert [login.email for login in demo] == ["robin@example.org", "sam@example.org"]
    for login in demo:
        person = User.objects.get(email=login.email)
        assert person.simulated
        assert person.check_password(login.password)
        assert client.login(email=login.email, password=login.password)
    assert demo[0].password != demo[1].password


def test_ten_weeks_up_to_yesterday(demo) -> None:
    for login in demo:
        person = User.objects.get(email=login.email)
        days = diary_queries.rows_for_engine(person)
        yesterday = clock.today(person.zone) - timedelta(days=1)
        assert sum(day.is_answered for day in days) >= 46
        assert days[-1].day <= yesterday
        assert days[0].day > yesterday - timedelta(days=70)
        assert (yesterday - days[0].day).days >= 60


def test_marks_answers_and_words_are_there(demo) -> None:
    for login in demo:
        person = User.objects.get(email=login.email)
        assert len(assessment_queries.newest_marks(person)) == 3
        progress = assessment_queries.progress(person)
        assert progress.is_done
        assert progress.said == len(load_content().questionnaire.in_sitting(1)) - 1
        assert len(assessment_queries.answers_in(person, 1)) == 44
        entries, _ = diary_queries.days_on_page(person, 1)
        lines = [line for entry in entries for line in entry.lines.values() if line]
        assert lines
        assert set(lines) <= {line for texts in LINES.values() for line in texts}


def test_one_of_the_two_has_answered_again_and_the_other_may(demo) -> None:
    robin, other = (User.objects.get(email=login.email) for login in demo)
    assert len(assessment_queries.answers_in(robin, 2)) == 44
    assert assessment_queries.sittings(robin).open_place is None
    assert assessment_queries.sittings(other).open_place == (2, 1)


def test_own_words_lie_sealed(demo) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select line_sealed from diary_checkin where line_sealed is not null")
        sealed = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert sealed
    for texts in LINES.values():
        for line in texts:
            assert line.encode() not in sealed


def test_a_second_start_changes_nothing(demo) -> None:
    def counted() -> list[int]:
        return [len(diary_queries.rows_for_engine(person)) for person in User.objects.all()]

    before = counted()
    assert seed_demo_couple() == demo
    assert counted() == before
    assert User.objects.count() == 2


def test_a_changed_password_is_set_back_so_that_what_is_printed_works(demo) -> None:
    person = User.objects.get(email=demo[0].email)
    person.set_password("something else entirely")
    person.save()
    seed_demo_couple()
    person.refresh_from_db()
    assert person.check_password(demo[0].password)


def test_the_worker_finds_both_and_reads_them(demo) -> None:
    due = solo.due_fits()
    assert len(due) == 2
    for _, key in due:
        person = User.objects.get(pk=key)
        assert solo.fit_person(person, backend="portable") is True
    assert all(fit.is_usable for person in User.objects.all() for fit in person.solo_fits.all())


def test_every_corner_has_words_and_no_word_blames() -> None:
    assert set(LINES) == set(Corner)
    for texts in LINES.values():
        for line in texts:
            assert len(line) < 80
            for word in ("always", "never lets", "fault", "hate", "stupid", "you "):
                assert word not in line.lower()


def test_the_first_letters_are_made_of_words_of_weeks_and_of_a_wish_that_moved(demo) -> None:
    for login in demo:
        person = User.objects.get(email=login.email)
        change.compare_movements(person)
        assert {Movement.FIRST, Movement.SECOND} <= set(letters_there(person))
        letter = open_letter(person, Movement.SECOND)
        assert letter is not None
        text = opened_letter(person, letter)
        assert text is not None
        assert text.wish is not None
        assert text.wish[0] != text.wish[1]
        parts = {part.key: part for part in text.parts}
        assert {"h1", "h2", "worked", "practised"} <= parts.keys()
        assert any(line.is_own for line in parts["h1"].lines)
