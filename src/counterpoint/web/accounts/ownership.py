"""What the accounts app itself exports of a person, and what it erases."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from counterpoint.web.accounts.keys import destroy_key
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
    "zone": "the time zone your days are counted in (IANA name)",
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


def export_account(owner: User) -> Exported:
    """Return the account, its door and its log; never a password, a key or a secret."""
    return {
        "account": [
            {
                "email": owner.email,
                "zone": owner.zone,
                "joined_at": owner.date_joined,
                "simulated": owner.simulated,
            }
        ],
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
        models=(
            "accounts.User",
            "accounts.DataKey",
            "accounts.RetiredKey",
            "accounts.Acceptance",
            "accounts.Visit",
            "accounts.DoorChange",
            "accounts.AddressChange",
            "accounts.AccessEntry",
            "account.EmailAddress",
            "account.EmailConfirmation",
            "mfa.Authenticator",
        ),
        sealed=(SealedSecrets(),),
        plain=("accounts.DataKey.wrapped", "accounts.RetiredKey.wrapped"),
        codebook=CODEBOOK,
    )
