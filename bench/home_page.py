"""How long the pages of somebody with a year of evenings take on the server, on SQLite.

Run ``python bench/home_page.py --write bench/results/home_page.md``. One simulated person has
answered on each of 365 days, has marks, questions and looks, and one fit of their days; the site
is set up as ``counterpoint demo`` sets it up, on a database file of its own. Each page is asked for
two hundred times through the whole stack of middleware, signed in, one after the other.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

BUDGET_MS = 60.0
HOME = "/today/"
PAGES = (HOME, "/days/", "/plane/", "/practice/", "/album/", "/letters/", "/account/")
DAYS = 365


def set_up(folder: Path) -> str:
    """Make a site in a folder with one person who answered for a year; return their address."""
    from counterpoint.cli import _site

    _site.set_demo_environment(folder)
    _site.open_site(_site.DEMO)
    _site.prepare_site()
    from counterpoint.domain.dyad import Member
    from counterpoint.web.accounts.models import User
    from counterpoint.web.config import demo_couple
    from counterpoint.web.diary.models import Checkin
    from counterpoint.web.dynamics.services import solo
    from counterpoint.web.dynamics.simulated import simulated_couple

    partner = simulated_couple().partner(Member.A)
    known = [day for day in partner.days if day is not None]
    year = replace(partner, days=tuple(known[at % len(known)] for at in range(DAYS)))
    login = demo_couple._seed_person(year, Member.A)
    person = User.objects.get(email=login.email)
    answered = Checkin.objects.filter(owner=person).count()
    if answered != DAYS:
        raise SystemExit(f"{answered} days are there, not {DAYS}")
    solo.fit_person(person)
    return login.email


def ask(email: str, rounds: int) -> tuple[dict[str, list[float]], dict[str, int], dict[str, int]]:
    """Return milliseconds of each answer, bytes and queries of a page, by its address."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from counterpoint.web.accounts.models import User

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(
        User.objects.get(email=email),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    took: dict[str, list[float]] = {path: [] for path in PAGES}
    sizes, queries = {}, {}
    for path in PAGES:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answers {answer.status_code}")
        sizes[path], queries[path] = len(answer.content), len(captured)
    order = random.Random(0)  # noqa: S311 - order of pages, no secret
    for _ in range(rounds):
        for path in order.sample(PAGES, len(PAGES)):
            begun = time.perf_counter()
            client.get(path)
            took[path].append((time.perf_counter() - begun) * 1e3)
    return took, sizes, queries


def table(
    took: dict[str, list[float]], sizes: dict[str, int], queries: dict[str, int], rounds: int
) -> str:
    """Return the page of figures."""
    from counterpoint import __version__

    lines = [
        "# Pages of somebody with a year of evenings",
        "",
        f"`python bench/home_page.py`, Counterpoint {__version__}, Python "
        f"{platform.python_version()}, SQLite, {dt.date.today():%Y-%m-%d}, "  # noqa: DTZ011 - the day of this machine
        f"load {os.getloadavg()[0]:.1f} at the end. {rounds} answers a page, one after the other.",
        "",
        "| page | median ms | p95 ms | queries | bytes |",
        "|---|---|---|---|---|",
    ]
    for path, times in took.items():
        middle, high = np.percentile(times, (50, 95))
        lines.append(
            f"| `{path}` | {middle:.1f} | {high:.1f} | {queries[path]} | {sizes[path]:,} |"
        )
    high = float(np.percentile(took[HOME], 95))
    kept = "kept" if high < BUDGET_MS else "NOT kept"
    lines += ["", f"The home page has {high:.1f} of {BUDGET_MS:.0f} ms at p95: {kept}.", ""]
    return "\n".join(lines)


def main() -> None:
    """Measure and print, or write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = table(*ask(set_up(Path(folder)), given.rounds), given.rounds)
    print(page)
    if given.write:
        given.write.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
