"""The log of what of one's own was opened to whom."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from counterpoint.web.accounts.models import AccessEntry, User
from counterpoint.web.accounts.seen import Viewer, check_mark, is_whole, log_of, record_access


@pytest.fixture
def four(owner: User) -> list[AccessEntry]:
    """A log of four entries."""
    record_access(Viewer.PARTNER, owner, "place", occasion="consent-1", at=date(2026, 3, 1))
    record_access(Viewer.THERAPIST, owner, "patterns")
    record_access(Viewer.HOST, owner, "days")
    record_access(Viewer.PARTNER, owner, "patterns", occasion="release-1", at=date(2026, 4, 5))
    return log_of(owner)


def test_each_entry_seals_the_one_before(four: list[AccessEntry]) -> None:
    assert [entry.number for entry in four] == [1, 2, 3, 4]
    assert [entry.before for entry in four[1:]] == [entry.digest for entry in four[:-1]]
    assert is_whole(four)
    assert is_whole([])
    assert check_mark(four) == four[-1].digest[:12]


def test_a_partners_look_is_never_recorded(owner: User) -> None:
    with pytest.raises(ValueError, match="looks are not recorded"):
        record_access(Viewer.PARTNER, owner, "patterns")
    assert not AccessEntry.objects.exists()


def test_what_was_made_visible_is_recorded_once(owner: User) -> None:
    first = record_access(Viewer.PARTNER, owner, "patterns", occasion="r", at=date(2026, 3, 1))
    again = record_access(Viewer.PARTNER, owner, "patterns", occasion="r", at=date(2026, 9, 9))
    assert again == first
    assert len(log_of(owner)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"kind_of_data": "signs"},
        {"viewer": "host"},
        {"on": date(2020, 1, 1)},
        {"occasion": "other"},
        {"number": 9},
        {"before": "0" * 64},
        {"digest": "0" * 64},
    ],
)
def test_a_change_is_seen(
    four: list[AccessEntry], as_owner: Client, owner: User, change: dict[str, object]
) -> None:
    assert b"as it was written" in as_owner.get("/account/seen/").content
    AccessEntry.objects.filter(pk=four[1].pk).update(**change)
    assert not is_whole(log_of(owner))
    assert b"was changed after it was written" in as_owner.get("/account/seen/").content


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_missing_entry_is_seen(four: list[AccessEntry], owner: User, gone: int) -> None:
    four[gone].delete()
    assert not is_whole(log_of(owner))


def test_the_page_is_in_words_and_ones_own(
    four: list[AccessEntry], as_owner: Client, as_stranger: Client
) -> None:
    text = as_owner.get("/account/seen/").content.decode()
    assert "made visible to your partner" in text
    assert "opened by a therapist" in text
    assert "opened by the people who run this site" in text
    assert text.index("5 Apr 2026") < text.index("1 Mar 2026")
    assert four[-1].digest[:12] in text
    other = as_stranger.get("/account/seen/").content.decode()
    assert "Nothing so far" in other
    assert four[-1].digest[:12] not in other
