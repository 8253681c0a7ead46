"""Pages to learn from: the ideas in plain words, open to everybody, with what they rest on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from counterpoint.content import Content, Page, Section
from counterpoint.web.core.language import current_content


@require_safe
def learn(request: HttpRequest) -> HttpResponse:
    """List the pages to learn from, in their order."""
    return render(request, "practice/learn.html", {"pages": current_content().learn_pages()})


@require_safe
def learn_page(request: HttpRequest, page_id: str) -> HttpResponse:
    """Show one page, with the works it rests on, and lead on to the next."""
    content = current_content()
    pages = content.learn_pages()
    at = next((at for at, page in enumerate(pages) if page.page_id == page_id), None)
    if at is None:
        raise Http404
    page = pages[at]
    context = {
        "text": page,
        "parts": [(part, _numbers(page, part)) for part in page.sections],
        "works": _works(content, page),
        "before": pages[at - 1] if at > 0 else None,
        "following": pages[at + 1] if at + 1 < len(pages) else None,
    }
    return render(request, "practice/learn_page.html", context)


def _numbers(page: Page, part: Section) -> tuple[int, ...]:
    """Return which works of a page one part rests on, counted from one."""
    return tuple(page.sources.index(source_id) + 1 for source_id in part.sources)


def _works(content: Content, page: Page) -> tuple[tuple[int, str, str], ...]:
    """Return number, words and address of each work; the address is empty where there is none."""
    works = [content.sources[source_id] for source_id in page.sources]
    return tuple(
        (
            number,
            work.citation.removesuffix(f" https://doi.org/{work.doi}"),
            f"https://doi.org/{work.doi}" if work.doi else "",
        )
        for number, work in enumerate(works, 1)
    )
