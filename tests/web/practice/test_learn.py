"""Pages to learn from: all their words and works, for everybody, one leading to the next."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from counterpoint.content import Page, load_content

PAGES = load_content().learn_pages()


def main_of(client: Client, where: str) -> str:
    page = client.get(where).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_every_page_is_offered_in_its_order(as_nobody: Client) -> None:
    found = re.findall(r'href="/learn/([^"/]+)/"', main_of(as_nobody, "/learn/"))
    assert found == list(load_content().learn)
    assert len(found) == 6


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.page_id)
def test_a_page_shows_all_its_words_and_asks_the_database_nothing(
    as_nobody: Client, page: Page, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = as_nobody.get(f"/learn/{page.page_id}/")
    assert not answer.cookies
    text = answer.content.decode()
    for part in page.sections:
        for words in (part.heading, *part.paragraphs):
            assert escape(words) in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.page_id)
def test_every_work_stands_on_its_page_once_and_is_reached_from_its_part(
    as_nobody: Client, page: Page
) -> None:
    main = main_of(as_nobody, f"/learn/{page.page_id}/")
    works = [load_content().sources[one] for one in page.sources]
    assert main.count('<li id="work-') == len(works)
    for work in works:
        assert main.count(escape(work.title)) == 1
        assert not work.doi or f'href="https://doi.org/{work.doi}" rel="noreferrer"' in main
    reached = set(re.findall(r'href="#(work-\d+)"', main))
    assert reached == set(re.findall(r'id="(work-\d+)"', main))


def test_numbers_lead_to_the_works_of_their_own_part(as_nobody: Client) -> None:
    page = load_content().page("science")
    main = main_of(as_nobody, "/learn/science/")
    for part in page.sections:
        after = main[main.index(escape(part.heading)) :].split("<h2", 1)[0]
        numbers = [int(one) for one in re.findall(r'href="#work-(\d+)"', after)]
        assert tuple(page.sources[number - 1] for number in numbers) == part.sources


def test_one_page_leads_to_the_next(as_nobody: Client) -> None:
    seen, where = [], f"/learn/{PAGES[0].page_id}/"
    while where:
        seen.append(where)
        following = re.search(r'href="([^"]+)">Next:', main_of(as_nobody, where))
        where = following[1] if following else ""
    assert seen == [f"/learn/{page.page_id}/" for page in PAGES]


@pytest.mark.parametrize("page_id", ["privacy", "landing", "nothing", "help_fear"])
def test_only_pages_to_learn_from_are_there(as_nobody: Client, page_id: str) -> None:
    assert as_nobody.get(f"/learn/{page_id}/").status_code == 404


def test_learn_is_one_tap_away(as_nobody: Client, as_owner: Client) -> None:
    for client, path in ((as_nobody, "/"), (as_owner, "/practice/")):
        assert 'href="/learn/"' in main_of(client, path)


def test_who_is_signed_in_goes_on_to_practice_and_anybody_else_to_the_door(
    as_nobody: Client, as_owner: Client
) -> None:
    assert 'href="/practice/"' in main_of(as_owner, "/learn/cycles/")
    assert 'href="/lab/"' in main_of(as_owner, "/learn/cycles/")
    assert 'href="/account/sign-up/"' in main_of(as_nobody, "/learn/cycles/")


def test_the_page_on_research_names_the_criticism_of_the_word(as_nobody: Client) -> None:
    main = main_of(as_nobody, "/learn/science/")
    assert "is disputed" in main
    assert "What is our own reading" in main
