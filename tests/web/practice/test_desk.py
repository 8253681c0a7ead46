"""The writing desk: reading, keeping, changing, throwing away; for its owner alone."""

from __future__ import annotations

import html
import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from checkins import today_of, write
from counterpoint.content import load_content
from counterpoint.web.accounts.models import User
from counterpoint.web.practice import queries, services
from counterpoint.web.practice.models import Draft
from counterpoint.web.practice.portability import (
    CODEBOOK_OF_DRAFTS,
    erase_practice,
    export_practice,
)
from counterpoint.web.practice.readings import FIELDS
from counterpoint.web.safety.services import keep_route
from web.worlds import CHANCE

WISH = {
    "observation": "you came home late",
    "feeling": "alone",
    "need": "a bit of closeness",
    "request": "sit with me",
}
SENTENCE = (
    "When you came home late, I felt alone because I need a bit of closeness. "
    "Would you sit with me?"
)
HARSH = {"message": "You never listen. It's nothing, really."}
SAY = load_content().phrase


def main_of(answer: object) -> str:
    page = answer.content.decode()  # type: ignore[attr-defined] # the answer of a test client
    return page[page.index("<main") : page.index("</main>")]


def read(client: Client, where: str = "/desk/", **words: str) -> str:
    key = str(uuid.uuid4())
    answer = client.post(where, {"submission_key": key, "look": "1", **words})
    assert answer.status_code == 200
    return main_of(answer)


def keep(client: Client, key: str | None = None, **words: str) -> str:
    form = {"submission_key": key or str(uuid.uuid4()), "keep": "1", **words}
    answer = client.post("/desk/", form)
    assert answer.status_code == 302
    return str(answer["Location"])


def reading_of(page: str) -> str:
    return page[page.index('id="reading-status"') :].split("</section>", 1)[0]


def test_a_wish_is_put_together_without_a_script_and_nothing_is_kept(as_owner: Client) -> None:
    page = read(as_owner, **WISH)
    assert SENTENCE in page
    assert load_content().needs.nothing_marked in page
    for words in WISH.values():
        assert f"\n{words}</textarea>" in page
    assert Draft.objects.count() == 0


def test_marks_stand_beside_the_words_with_a_remark_that_quotes_them(as_owner: Client) -> None:
    said = reading_of(read(as_owner, **HARSH))
    marked = re.findall(r'<mark class="desk__mark">([^<]*)</mark><sup><a href="#remark-(\d)"', said)
    assert [word for word, _ in marked] == ["You never", "It&#x27;s nothing"]
    remarks = re.findall(r'<li id="remark-(\d)">([^<]*)</li>', said)
    assert [number for number, _ in remarks] == [number for _, number in marked]
    for (word, _), (_, hint) in zip(marked, remarks, strict=True):
        assert f"&quot;{word}" in hint or html.unescape(word) in html.unescape(hint)
    assert SAY("desk.remarks", remarks=2) in said
    assert SAY("safety_line") in said


def test_with_htmx_only_the_part_beside_comes_and_it_is_the_same(as_owner: Client) -> None:
    whole = read(as_owner, **WISH, **HARSH)
    part = as_owner.post(
        "/desk/",
        {"submission_key": str(uuid.uuid4()), **WISH, **HARSH},
        headers={"HX-Request": "true"},
    )
    assert part.status_code == 200
    body = part.content.decode()
    assert "<html" not in body
    assert reading_of(body) == reading_of(whole)
    assert Draft.objects.count() == 0


def test_the_form_asks_for_that_part_when_writing_pauses(as_owner: Client) -> None:
    page = as_owner.get("/desk/").content.decode()
    assert 'hx-trigger="input delay:700ms"' in page
    assert 'hx-target="#reading"' in page
    assert "django_htmx/htmx-2.min.js" in page
    assert page.count('id="reading"') == page.count('id="reading-status"') == 1


NASTY = "<script>alert(1)</script> you never & \"quote\" 'x'"


def test_what_is_written_is_escaped_wherever_it_comes_back(as_owner: Client) -> None:
    page = read(as_owner, observation=NASTY, message=f"You never </textarea>{NASTY}")
    assert "<script>alert" not in page
    assert page.count("</textarea>") == len(FIELDS)
    where = keep(as_owner, message=f"You always <img src=x onerror=alert(1)> {NASTY}")
    for shown in (main_of(as_owner.get(where)), main_of(as_owner.get("/desk/"))):
        assert "<script>alert" not in shown
        assert "<img" not in shown


@pytest.mark.parametrize("field", FIELDS)
def test_too_much_is_refused_kindly_and_all_of_it_is_still_there(
    as_owner: Client, field: str
) -> None:
    long = "word " * 500
    form = {"submission_key": str(uuid.uuid4()), "keep": "1", **WISH, field: long}
    answer = as_owner.post("/desk/", form)
    assert answer.status_code == 422
    page = main_of(answer)
    assert "It is all still in the box." in page
    assert long.strip() in page
    for other, words in WISH.items():
        assert other == field or f"\n{words}</textarea>" in page
    assert Draft.objects.count() == 0


def test_a_form_without_a_key_keeps_its_words_and_works_the_next_time(as_owner: Client) -> None:
    answer = as_owner.post("/desk/", {"keep": "1", **WISH})
    assert answer.status_code == 422
    page = main_of(answer)
    assert f"\n{WISH['need']}</textarea>" in page
    key = re.search(r'name="submission_key" value="([^"]+)"', page)
    assert key is not None
    assert (
        as_owner.post("/desk/", {"submission_key": key[1], "keep": "1", **WISH}).status_code == 302
    )


def test_an_empty_sheet_is_not_kept(as_owner: Client) -> None:
    form = {"submission_key": str(uuid.uuid4()), "keep": "1", "message": "  "}
    answer = as_owner.post("/desk/", form)
    assert answer.status_code == 422
    assert SAY("desk.nothing_to_keep") in main_of(answer)
    assert Draft.objects.count() == 0


def test_what_is_kept_is_sealed_and_read_again_by_its_owner(owner: User, as_owner: Client) -> None:
    where = keep(as_owner, **WISH)
    draft = Draft.objects.get()
    assert draft.owner == owner
    for words in WISH.values():
        assert words.encode() not in bytes(draft.words_sealed)
    page = main_of(as_owner.get(where))
    assert SENTENCE in page
    assert SENTENCE[:30] in main_of(as_owner.get("/desk/"))


def test_sending_it_twice_keeps_one_and_the_newest_words(as_owner: Client, owner: User) -> None:
    key = str(uuid.uuid4())
    assert keep(as_owner, key, **WISH) == keep(as_owner, key, **WISH)
    keep(as_owner, key, **{**WISH, "request": "call me"})
    words = queries.draft_words(owner, Draft.objects.get())
    assert words is not None
    assert words["request"] == "call me"


def test_a_kept_sheet_is_read_again_changed_and_thrown_away(as_owner: Client, owner: User) -> None:
    with time_machine.travel("2026-11-01T18:00:00Z", tick=False) as clock:
        where = keep(as_owner, **WISH)
        clock.shift(timedelta(days=1))
        assert "You never" in read(as_owner, where, message="You never call.")
        assert queries.draft_words(owner, Draft.objects.get()) == {**WISH, "message": ""}
        form = {"submission_key": str(uuid.uuid4()), "keep": "1", "need": "quiet"}
        assert as_owner.post(where, form)["Location"] == where
    draft = Draft.objects.get()
    assert draft.changed_at - draft.made_at == timedelta(days=1)
    assert "I need quiet." in main_of(as_owner.get(where))
    assert as_owner.post(f"{where}throw-away/")["Location"] == "/desk/"
    assert Draft.objects.count() == 0
    assert as_owner.get(where).status_code == 404


def test_a_damaged_sheet_says_so_and_the_list_still_works(as_owner: Client) -> None:
    where = keep(as_owner, **WISH)
    Draft.objects.update(words_sealed=b"\x02broken")
    keep(as_owner, message="another one")
    for path in (where, "/desk/"):
        assert SAY("safety.cannot_be_read") in main_of(as_owner.get(path))
    assert "another one" in main_of(as_owner.get("/desk/"))
    assert "<textarea" not in main_of(as_owner.get(where))
    assert as_owner.post(where, {"keep": "1", "message": "new"}).status_code == 200
    assert as_owner.post(f"{where}throw-away/").status_code == 302


def test_the_list_is_told_page_by_page(owner: User, as_owner: Client) -> None:
    for number in range(queries.PAGE_OF_DRAFTS + 1):
        services.keep_draft(owner, {"message": f"sheet {number}"}, key=uuid.uuid4())
    first, second = (main_of(as_owner.get(f"/desk/?page={page}")) for page in (1, 2))
    assert first.count('href="/desk/') - first.count('href="/desk/"') == queries.PAGE_OF_DRAFTS
    assert "sheet 0<" in second
    for page in ("0", "3", "x", "-1"):
        assert as_owner.get("/desk/", {"page": page}).status_code == 404


def test_another_persons_sheet_is_not_there_and_stays_as_it_is(
    owner: User, as_owner: Client, as_partner: Client
) -> None:
    where = keep(as_owner, **WISH)
    nobodys = f"/desk/{uuid.uuid4()}/"
    form = {"submission_key": str(uuid.uuid4()), "keep": "1", "message": "mine now"}
    for path in (where, nobodys):
        assert as_partner.get(path).status_code == 404
        assert as_partner.post(path, form).status_code == 404
        assert as_partner.post(f"{path}throw-away/").status_code == 404
    assert queries.draft_words(owner, Draft.objects.get()) == {**WISH, "message": ""}
    assert "closeness" not in main_of(as_partner.get("/desk/")).split('id="kept"')[1]


def test_kept_sheets_are_taken_along_and_erased(owner: User, partner: User) -> None:
    for person in (owner, partner):
        services.keep_draft(person, WISH, key=uuid.uuid4())
    (row,) = export_practice(owner)["writing-desk"]
    assert not isinstance(row, (str, int))
    assert {field: row[field] for field in WISH} == WISH
    assert set(row) == set(CODEBOOK_OF_DRAFTS)
    erase_practice(owner)
    assert Draft.objects.get().owner == partner


def body(client: Client, **words: str) -> bytes:
    form = {"submission_key": str(uuid.uuid4()), "look": "1", **words}
    return CHANCE.sub(rb'\1"', client.post("/desk/", form).content)


def test_the_page_is_one_and_the_same_on_every_route(owner: User, as_owner: Client) -> None:
    """Nothing vanishes and nothing pushes: the line on silence kept for safety is on it for all."""
    before = CHANCE.sub(rb'\1"', as_owner.get("/desk/").content), body(as_owner, **WISH)
    keep_route(owner, {"afraid": True})
    after = CHANCE.sub(rb'\1"', as_owner.get("/desk/").content), body(as_owner, **WISH)
    assert after == before
    page = after[0].decode()
    for words in (SAY("safety_line"), SAY("desk.yours"), load_content().needs.safe):
        assert words in page
    assert 'href="/info/people/"' in page.split("<main", 1)[1].split("</main>")[0]


def test_where_silence_may_be_kept_for_safety_nothing_is_said_to_it(
    owner: User, as_owner: Client
) -> None:
    """On that route the page of words that take oneself back is the page of other plain words."""
    assert "It&#x27;s nothing" in reading_of(read(as_owner, **HARSH))
    keep_route(owner, {"afraid": True})
    said = reading_of(read(as_owner, **HARSH))
    assert re.findall(r'desk__mark">([^<]*)<', said) == ["You never"]
    quiet = reading_of(read(as_owner, message="It's nothing. Never mind."))
    assert quiet == reading_of(read(as_owner, message="It rains. I think so."))


PUSHES = re.compile(
    r"\b(tell (?:them|your partner)|say it to|speak up|be brave|show (?:it|this) to)\b"
)


def test_nothing_on_the_desk_pushes_anybody_to_say_it(as_owner: Client) -> None:
    builder = load_content().needs
    every = " ".join(mark for word in builder.words.values() for mark in word.marks)
    pages = [main_of(as_owner.get("/desk/")), read(as_owner, message=every[:1900])]
    for page in pages:
        assert PUSHES.search(re.sub(r"<[^>]*>", " ", page).lower()) is None


def test_the_desk_is_at_hand_after_the_evening_and_in_practice(
    owner: User, as_owner: Client
) -> None:
    day = today_of(owner)
    write(owner, day, c1=5, s1=5)
    for path in (f"/checkin/{day}/1/saved/", "/practice/"):
        assert 'href="/desk/"' in main_of(as_owner.get(path))


def test_every_box_has_its_label_and_its_hint(as_owner: Client) -> None:
    page = main_of(as_owner.get("/desk/"))
    for field in FIELDS:
        assert f'<label for="id_{field}">' in page
        assert f'id="id_{field}-hint"' in page
        assert re.search(rf'<textarea name="{field}"[^>]*aria-describedby="id_{field}-hint', page)
    assert page.count('autocomplete="off"') >= len(FIELDS)
