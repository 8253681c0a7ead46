"""What the accounts app itself exports of a person, and what it erases."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from counterpoint.web.accounts.keys import destroy_key
from counterpoint.web.accounts.models import Acceptance, User
from counterpoint.web.accounts.portability import Exported, register

CODEBOOK = {
    "email": "the address you sign in with",
    "zone": "the time zone your days are counted in (IANA name)",
    "joined_at": "when the account was made (UTC)",
    "simulated": "true for people that never lived",
    "document": "which text you accepted",
    "version": "which version of it",
    "accepted_at": "when (UTC)",
}


def export_account(owner: User) -> Exported:
    """Return the account itself and what its owner accepted; never a password or a key."""
    accepted = Acceptance.objects.filter(owner=owner).order_by("accepted_at")
    return {
        "account": [
            {
                "email": owner.email,
                "zone": owner.zone,
                "joined_at": owner.date_joined,
                "simulated": owner.simulated,
            }
        ],
        "acceptances": [
            {"document": row.document, "version": row.version, "accepted_at": row.accepted_at}
            for row in accepted
        ],
    }


def erase_account(owner: User) -> None:
    """Delete the data key, the addresses and what was accepted; the person goes last."""
    destroy_key(owner)
    EmailAddress.objects.filter(user=owner).delete()
    Acceptance.objects.filter(owner=owner).delete()


def register_all() -> None:
    """Enter the accounts app in the registry."""
    register(
        "account",
        export=export_account,
        erase=erase_account,
        models=(
            "accounts.User",
            "accounts.DataKey",
            "accounts.Acceptance",
            "account.EmailAddress",
        ),
        codebook=CODEBOOK,
    )
