"""Which kinds are offered: those by which something is shared, and no other."""

from __future__ import annotations

import re

from counterpoint.web.accounts.models import User
from counterpoint.web.couples import queries
from counterpoint.web.couples.kinds import Kind
from factories import browser_of
from pairs import join


def test_a_kind_is_offered_only_where_something_is_shared_by_it(owner: User, partner: User) -> None:
    """Nothing is drawn from signs yet: nobody is asked for them, and nobody can say yes."""
    join(owner, partner)
    browser = browser_of(owner)
    page = browser.get("/two/sharing/").content.decode()
    offered = set(re.findall(r'href="/two/sharing/(\w+)/"', page))
    assert offered == {kind.value for kind in Kind if kind is not Kind.SIGNS}
    for path in ("/two/sharing/signs/", "/two/sharing/signs/withdraw/"):
        assert browser.post(path).status_code == 404
    assert queries.consents_given_by(owner) == {}
