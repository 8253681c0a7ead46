"""The lab: every pair plays out, numbers are the engine's, no address is an error, nothing kept."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

import counterpoint
from counterpoint.content import banned_words_in, load_content
from counterpoint.domain.dyad import Member
from counterpoint.engine import (
    DIALS,
    Plays,
    diary_days,
    path_after_push,
    settle_time,
    transition_from_dials,
    what_if,
)
from counterpoint.engine.prior import PARTNER_ORDER
from counterpoint.web.dynamics.lab_dials import (
    NAMES,
    SMALLER_DIALS,
    Choice,
    Dial,
    Dials,
    Left,
    Push,
    Smaller,
    Told,
    dial_name,
    read_choice,
)
from counterpoint.web.dynamics.lab_form import STEPS, controls_of, word_of
from counterpoint.web.dynamics.lab_page import frame_of
from counterpoint.web.dynamics.services.lab_dance import (
    DIARY_SEED,
    PUSHES,
    invented_pairs,
    play,
    play_smaller,
)

PAIRS = invented_pairs()
SAID = load_content().phrase
STATE = {"connection": 0, "self": 1}


def page_of(browser: Client, address: str = "", **headers: str) -> str:
    response = browser.get(f"{reverse('dynamics:lab')}{address}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def visible(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)


def test_dials_stand_in_the_order_of_the_model() -> None:
    for member, order in zip(Member, PARTNER_ORDER, strict=True):
        offset = {member: 2 * list(Member).index(member)}
        offset[member.other] = 2 - offset[member]
        for dial, (effect, cause) in zip(Dial, order, strict=True):
            assert effect == offset[member] + STATE[dial.effect]
            whose = member.other if dial.is_from_other else member
            assert cause == offset[whose] + STATE[dial.cause]
            assert dial.holds == (effect == cause)
    assert [dial for dial in Dial if dial.is_in_front] == [
        Dial.SELF_TO_NEAR,
        Dial.NEAR_TO_SELF,
        Dial.OTHER_NEAR_TO_NEAR,
        Dial.OTHER_SELF_TO_SELF,
    ]


def test_pairs_are_the_engines() -> None:
    assert set(PAIRS) == set(DIALS)
    for name, pair in PAIRS.items():
        np.testing.assert_allclose(np.array(pair.dials) / 100, DIALS[name])


@pytest.mark.parametrize(("name", "push"), list(product(DIALS, Push)))
def test_numbers_are_those_of_the_engine(name: str, push: Push) -> None:
    transition = transition_from_dials(*DIALS[name])
    pushed = np.array(PUSHES[push])
    played = play(PAIRS[name].dials, push)
    assert played is not None
    shown = [
        (day.connection[0], day.self[0], day.connection[1], day.self[1]) for day in played.path.days
    ]
    np.testing.assert_array_equal(shown, path_after_push(transition, pushed, 21))
    assert played.path.settles == settle_time(transition, pushed).days
    np.testing.assert_array_equal(played.evenings, diary_days(transition, 60, seed=DIARY_SEED))
    first = [(place.connection, place.self) for place in played.trails[0].places]
    np.testing.assert_allclose(first, 50 + 30 * np.array(shown)[:, :2])


@pytest.mark.parametrize(
    ("name", "member", "dial", "left"), list(product(DIALS, Member, SMALLER_DIALS, Left))
)
def test_what_if_is_the_engines_too(name: str, member: Member, dial: Dial, left: Left) -> None:
    from counterpoint.domain.couplings import STATES

    effect, cause = PARTNER_ORDER[list(Member).index(member)][list(Dial).index(dial)]
    changed = what_if(
        transition_from_dials(*DIALS[name]), STATES[effect], STATES[cause], times=left.times
    )
    path = play_smaller(PAIRS[name].dials, Push.A_HARD, Smaller(member, dial, left))
    assert path is not None
    last = path.days[-1]
    np.testing.assert_array_equal(
        (last.connection[0], last.self[0], last.connection[1], last.self[1]),
        path_after_push(changed, np.array(PUSHES[Push.A_HARD]), 21)[-1],
    )


@pytest.mark.parametrize("name", DIALS)
def test_every_pair_has_its_page(as_nobody: Client, name: str) -> None:
    page = page_of(as_nobody, f"?pair={name}")
    assert SAID(f"lab.pair.{name}.title") in visible(page)
    assert page.count("<svg") - page.count('class="mark"') >= 3
    assert page.count("<figcaption>") == page.count('class="twin"') == 3
    for sentence in frame_of(read_choice({"pair": name}, PAIRS)).sentences:
        assert sentence in page
    assert banned_words_in(visible(page)) == []


def test_the_dance_is_told_by_its_modes(as_nobody: Client) -> None:
    told = {
        "chase": SAID("lab.plays.chases", days=12),
        "steady_two": SAID("lab.plays.settles"),
        "protest_and_retreat": SAID("lab.plays.drifts_apart"),
        "parallel_lives": SAID("lab.plays.side_by_side"),
        "adapt_and_detach": SAID("lab.plays.spirals"),
    }
    for name, sentence in told.items():
        assert sentence in page_of(as_nobody, f"?pair={name}")
    assert {plays.value for plays in Plays} == {
        one.removeprefix("lab.plays.")
        for one in load_content().phrases
        if one.startswith("lab.plays.")
    }


def test_what_it_shows_about_real_days_is_said(as_nobody: Client) -> None:
    page = page_of(as_nobody)
    assert SAID("lab.lesson.plain") in page
    assert SAID("lab.lesson.so") in page
    assert SAID("lab.no_answer") in page


def test_swapping_the_two_swaps_the_words() -> None:
    swap = {Push.A_HARD: Push.B_HARD, Push.A_NEAR: Push.B_NEAR}
    exchange = {NAMES[Member.A]: NAMES[Member.B], NAMES[Member.B]: NAMES[Member.A]}
    for pair, (one, other) in product(PAIRS.values(), swap.items()):
        told = frame_of(Choice(pair.pair_id, pair.dials, one)).sentences
        swapped = frame_of(Choice(pair.pair_id, pair.dials[::-1], other)).sentences
        names = re.compile("|".join(exchange))
        assert swapped == tuple(
            names.sub(lambda found: exchange[found.group()], sentence) for sentence in told
        )


def test_a_changed_dial_swaps_the_pictures_only(as_nobody: Client) -> None:
    whole = page_of(as_nobody, "?pair=fused&b8=0")
    part = page_of(as_nobody, "?pair=fused&b8=0", HX_Request="true")
    assert "<html" not in part
    assert "<form" not in part
    assert part.lstrip().startswith('<div id="lab-said">')
    for name in ("lab-said", "lab-first", "lab-rest"):
        assert f'id="{name}"' in part
        assert whole.count(f'id="{name}"') == 1
    assert (
        re.findall(r"<svg.*?</svg>", part, re.S)
        == [one for one in re.findall(r"<svg.*?</svg>", whole, re.S) if 'class="mark"' not in one][
            -3:
        ]
    )
    assert set(re.findall(r'hx-[a-z-]+="([^"]*)"', whole)) >= {"change, submit", "#lab-first"}


def test_the_form_sends_back_exactly_what_stands_in_it(as_nobody: Client) -> None:
    for name, pair in PAIRS.items():
        controls = controls_of(read_choice({"pair": name}, PAIRS), PAIRS)
        sent = {"pair": name} | {
            row.name: next(option.value for option in row.options if option.is_chosen)
            for person in controls.people
            for row in (*person.front, *person.more)
        }
        assert len(sent) == 17
        again = read_choice(sent, PAIRS)
        assert (again.dials, again.told) == (pair.dials, ())


def test_steps_have_different_words_in_order() -> None:
    assert [word_of(step) for step in STEPS] == [
        "much_less", "less", "a_little_less", "none", "a_little_more", "more", "much_more",
    ]  # fmt: skip
    for name in PAIRS:
        for person in controls_of(read_choice({"pair": name}, PAIRS), PAIRS).people:
            for row in (*person.front, *person.more):
                words = [option.words for option in row.options]
                assert len(set(words)) == len(words)
                values = [int(option.value) for option in row.options]
                assert values == sorted(values)
                assert sum(option.is_chosen for option in row.options) == 1


def test_what_if_stands_beside_with_then_and_now(as_nobody: Client) -> None:
    page = page_of(as_nobody, "?pair=adapt_and_detach&what=a7&left=none")
    pair = PAIRS["adapt_and_detach"]
    then = play(pair.dials, pair.push)
    now = play_smaller(pair.dials, pair.push, Smaller(Member.A, Dial.OTHER_NEAR_TO_SELF, Left.NONE))
    assert then is not None
    assert now is not None
    assert then.path.settles is not None
    assert now.settles is not None
    assert now.settles < then.path.settles
    assert SAID("lab.what_if.sooner", then=then.path.settles, now=now.settles) in page
    assert page.count("<figcaption>") == 4
    assert SAID("lab.what_if.toy") in page


def test_what_if_of_a_dial_at_nothing_and_of_a_brake(as_nobody: Client) -> None:
    none = page_of(as_nobody, "?pair=chase&what=a2&left=half")
    assert SAID("lab.what_if.is_none") in none
    brake = "?pair=chase&a1=100&a4=80&a2=100&a3=-100&a5=80&b5=80"
    assert SAID("lab.run_away") not in page_of(as_nobody, brake)
    assert SAID("lab.what_if.brake") in page_of(as_nobody, f"{brake}&what=a3")


def test_dials_that_run_away_get_a_kind_sentence(as_nobody: Client) -> None:
    every = "&".join(f"{dial_name(member, dial)}=100" for member in Member for dial in Dial)
    page = page_of(as_nobody, f"?{every}&what=a2")
    assert SAID("lab.run_away") in page
    assert "<figcaption>" not in page
    assert "Let them dance" in page


def any_dials() -> st.SearchStrategy[tuple[int, ...]]:
    return st.tuples(*(st.integers(0 if dial.holds else -100, 100) for dial in Dial))


@given(
    dials=st.tuples(any_dials(), any_dials()),
    push=st.sampled_from(Push),
    what=st.tuples(st.sampled_from(Member), st.sampled_from(SMALLER_DIALS)),
    left=st.sampled_from(Left),
)
def test_any_dials_are_told_and_drawn_or_told_why_not(
    dials: Dials, push: Push, what: tuple[Member, Dial], left: Left
) -> None:
    frame = frame_of(Choice("chase", dials, push, what, left))
    if frame.push is None:
        assert frame.sentences == (SAID("lab.run_away"),)
        assert frame.what_if is None
    else:
        assert 4 <= len(frame.sentences) <= 5
        assert frame.what_if is not None
        assert frame.what_if.sentence


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"a1": "400"}, (Told.CLAMPED,)),
        ({"a1": "-5"}, (Told.CLAMPED,)),
        ({"b5": "-101"}, (Told.CLAMPED,)),
        ({"b5": "half"}, (Told.UNREAD,)),
        ({"b5": "٣"}, (Told.UNREAD,)),
        ({"b5": "1e3"}, (Told.UNREAD,)),
        ({"b5": "9" * 5000}, (Told.UNREAD,)),
        ({"b5": "-"}, (Told.UNREAD,)),
        ({"pair": "nobody"}, (Told.UNREAD,)),
        ({"push": "c_hard"}, (Told.UNREAD,)),
        ({"what": "a1"}, (Told.UNREAD,)),
        ({"left": "twice"}, (Told.UNREAD,)),
        ({"a1": "x", "b1": "999"}, (Told.UNREAD, Told.CLAMPED)),
        ({"a1": "", "what": "", "pair": "", "more": "1"}, ()),
    ],
)
def test_no_address_is_an_error(
    as_nobody: Client, sent: dict[str, str], told: tuple[Told, ...]
) -> None:
    choice = read_choice(sent, PAIRS)
    assert choice.told == told
    for own in choice.dials:
        assert all(-100 <= value <= 100 for value in own)
    response = as_nobody.get(reverse("dynamics:lab"), sent)
    assert response.status_code == 200
    for one in told:
        assert SAID(f"lab.told.{one}") in response.content.decode()


def test_nothing_is_kept_and_nothing_is_asked_of_the_database(
    as_nobody: Client, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        response = as_nobody.get(reverse("dynamics:lab"), {"pair": "fused", "a2": "-50"})
    assert not response.cookies
    assert as_nobody.post(reverse("dynamics:lab"), {"a2": "-50"}).status_code == 405


def test_reached_from_the_front_and_from_practice(as_nobody: Client, as_owner: Client) -> None:
    address = f'href="{reverse("dynamics:lab")}"'
    assert address in as_nobody.get(reverse("safety:landing")).content.decode()
    assert address in as_owner.get(reverse("practice:skills")).content.decode()


def test_a_frame_needs_no_compiler() -> None:
    script = (
        "import sys, django; django.setup();"
        "from django.test import Client; from django.conf import settings;"
        "settings.SECURE_SSL_REDIRECT = False; settings.ALLOWED_HOSTS = ['testserver'];"
        "answer = Client().get('/lab/?pair=chase&what=b5');"
        "loaded = [m for m in ('numba', 'llvmlite') if m in sys.modules];"
        "print(answer.status_code, loaded); sys.exit(bool(loaded) or answer.status_code != 200)"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "counterpoint.web.config.settings_test",
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(Path(counterpoint.__file__).parents[1]),
    }
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_words_of_the_modes_are_for_the_lab_only() -> None:
    web = Path(counterpoint.__file__).parent / "web"
    using = {
        path.relative_to(web).as_posix()
        for path in web.rglob("*.py")
        if re.search(r"\b(plays_out|modes_of|Plays|Regime)\b", path.read_text("utf-8"))
    }
    assert using == {"dynamics/services/lab_dance.py"}
