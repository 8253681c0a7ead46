"""Reading pages as a person would: whatever links lead to, and what of it is read or heard."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client

MOST_PAGES = 600
UNSEEN = re.compile(r"(?s)<(script|style|head)\b.*?</\1>|<!--.*?-->")
NOT_OURS = re.compile(
    r'(?s)<blockquote class="own-words">.*?</blockquote>|<textarea.*?</textarea>'
    r'|<(p|ol)\b[^>]* lang="en">.*?</\1>|<details class="held">.*?</details>'
    r'|<aside class="banner".*?</aside>|<option value="[A-Z]\w+/[^<]*</option>'
)
"""Own words of a person, titles of works, names of tests; that an invented person never lived;
names of places with a time of their own."""
SPOKEN = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"')
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')
LEADS_ELSEWHERE = ("/account/sign-out/", "/static/", "/away/")


def visible(page: str) -> str:
    """Return what a reader of a page may see or hear."""
    body = NOT_OURS.sub(" ", UNSEEN.sub(" ", page))
    spoken = SPOKEN.findall(body)
    return html.unescape(" ".join([re.sub(r"(?s)<[^>]*>", " ", body), *spoken]))


def answers(browser: Client, start: tuple[str, ...]) -> Iterator[tuple[str, HttpResponse]]:
    """Yield every answer that links lead to, with its address; of a list, page after page."""
    waiting, seen = deque(start), set[str]()
    while waiting:
        path = waiting.popleft()
        if path in seen or path.startswith(LEADS_ELSEWHERE):
            continue
        seen.add(path)
        assert len(seen) < MOST_PAGES, "links without an end"
        answer = browser.get(path)
        yield path, answer
        if answer.status_code in {301, 302}:
            waiting.append(urldefrag(answer["Location"]).url)
        for link in LINK.findall(page_of(answer)):
            target = urlsplit(urljoin(path, html.unescape(link)))
            if target.path.startswith("/") and not target.netloc:
                older = target.query.startswith("page=")
                waiting.append(target.path + f"?{target.query}" * older)


def page_of(answer: HttpResponse) -> str:
    """Return the page an answer holds; empty where it holds something else."""
    is_page = answer.get("Content-Type", "").startswith("text/html") and not answer.streaming
    return answer.content.decode() if is_page else ""


def reach(browser: Client, start: tuple[str, ...]) -> dict[str, str]:
    """Return every page that links lead to, by its address."""
    return {path: page_of(answer) for path, answer in answers(browser, start)}
