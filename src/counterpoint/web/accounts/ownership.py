"""What the accounts app itself exports of a person, and what it erases."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from counterpoint.web.accounts.field_classes import classed
from counterpoint.web.accounts.keys import destroy_key
from counterpoint.web.accounts.letters import forget_letters
from counterpoint.web.accounts.models import (
    Acceptance,
    AccessEntry,
    AddressChange,
    DoorChange,
    User,
    Visit,
)
from counterpoint.web.accounts.portability import Exported, register
from counterpoint.web.accounts.second_step import SealedSecrets

CODEBOOK = {
    "email": "the address you sign in with",
    "verified": "true when a code sent to the address was typed in",
    "primary": "true for the address you sign in with",
    "zone": "the time zone your days are counted in (IANA name)",
    "language": "the language pages and letters are written in (two letters)",
    "joined_at": "when the account was made (UTC)",
    "simulated": "true for people that never lived",
    "document": "which text you accepted",
    "version": "which version of it",
    "accepted_at": "when (UTC)",
    "type": "kind of second step; never its secret",
    "added_at": "when it was added (UTC)",
    "last_used_at": "when it was last used (UTC)",
    "device": "what the browser said of itself when it signed in",
    "began_at": "when that session was signed in (UTC)",
    "kind": "what changed at your door",
    "made_at": "when (UTC)",
    "old": "e-mail address before",
    "new": "e-mail address asked for",
    "asked_at": "when it was asked for (UTC)",
    "settled_at": "when it came into force (UTC); empty: it did not",
    "undone_at": "when it was taken back (UTC)",
    "number": "place in the log of what was opened to whom",
    "on": "the day",
    "viewer": "to whom: partner (made visible, never looked at), therapist or host",
    "kind_of_data": "which kind of yours",
    "digest": "seal of the entry and of all before it (SHA-256)",
}

HELD = {
    "accounts.User": classed(
        account="email zone language simulated date_joined",
        locked="password",
        technical="id is_active last_login door_changed_at",
    ),
    "accounts.DataKey": classed(owner="owner", locked="generation master_id wrapped made_at"),
    "accounts.RetiredKey": classed(
        owner="owner", locked="generation master_id wrapped retired_at", technical="id"
    ),
    "accounts.Acceptance": classed(
        owner="owner", account="document version accepted_at", technical="id"
    ),
    "accounts.Visit": classed(
        owner="owner", account="device began_at", locked="session_key", technical="id"
    ),
    "accounts.DoorChange": classed(owner="owner", account="kind made_at", technical="id"),
    "accounts.AddressChange": classed(
        owner="owner",
        account="old new asked_at settled_at undone_at",
        locked="undo_hash password_before",
        technical="id confirmed",
    ),
    "accounts.AccessEntry": classed(
        owner="owner",
        account="number on viewer kind_of_data digest",
        technical="id occasion before",
    ),
    "account.EmailAddress": classed(owner="user", account="email verified primary", technical="id"),
    "account.EmailConfirmation": classed(
        owner="email_address", locked="key", technical="id created sent"
    ),
    "mfa.Authenticator": classed(
        owner="user", account="type created_at last_used_at", locked="data", technical="id"
    ),
    "accounts.Letter": classed(locked="master_id sealed", technical="id made_at handed_at"),
    "sessions.Session": classed(locked="session_key session_data", technical="expire_date"),
    "jobs.Job": classed(
        owner="key",
        technical="id kind made_at run_after leased_until attempts last_error given_up_at",
    ),
}
"""Letters, sessions and waiting jobs name a person only inside; they go when the account goes."""


def export_account(owner: User) -> Exported:
    """Return the account, its door and its log; never a password, a key or a secret."""
    return {
        "account": [
            {
                "email": owner.email,
                "zone": owner.zone,
                "language": owner.language,
                "joined_at": owner.date_joined,
                "simulated": owner.simulated,
            }
        ],
        "addresses": list(
            EmailAddress.objects.filter(user=owner)
            .order_by("pk")
            .values("email", "verified", "primary")
        ),
        "acceptances": list(
            Acceptance.objects.filter(owner=owner)
            .order_by("accepted_at")
            .values("document", "version", "accepted_at")
        ),
        "second_steps": [
            {"type": row.type, "added_at": row.created_at, "last_used_at": row.last_used_at}
            for row in Authenticator.objects.filter(user=owner).order_by("created_at")
        ],
        "visits": list(
            Visit.objects.filter(owner=owner).order_by("began_at").values("device", "began_at")
        ),
        "door_changes": list(
            DoorChange.objects.filter(owner=owner).order_by("made_at").values("kind", "made_at")
        ),
        "address_changes": list(
            AddressChange.objects.filter(owner=owner)
            .order_by("asked_at")
            .values("old", "new", "asked_at", "settled_at", "undone_at")
        ),
        "opened_to": list(
            AccessEntry.objects.filter(owner=owner)
            .order_by("number")
            .values("number", "on", "viewer", "kind_of_data", "digest")
        ),
    }


def erase_account(owner: User) -> None:
    """Delete the data keys, second steps, addresses, sessions and logs; the person goes last."""
    destroy_key(owner)
    changes = AddressChange.objects.filter(owner=owner).values_list("new", "old")
    forget_letters([owner.email, *(address for pair in changes for address in pair)])
    for model in (EmailAddress, Authenticator):
        model.objects.filter(user=owner).delete()
    for own in (Acceptance, AccessEntry, AddressChange, DoorChange, Visit):
        own.objects.filter(owner=owner).delete()


def register_all() -> None:
    """Enter the accounts app in the registry."""
    register(
        "account",
        export=export_account,
        erase=erase_account,
        holds=HELD,
        sealed=(SealedSecrets(),),
        plain=(
            "accounts.DataKey.wrapped",
            "accounts.Letter.sealed",  # under the master key; opened and gone within minutes
            "accounts.RetiredKey.wrapped",
        ),
        codebook=CODEBOOK,
    )
