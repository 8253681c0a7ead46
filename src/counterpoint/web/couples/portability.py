"""What the couples app exports of a person, and what it erases."""

from __future__ import annotations

from django.db import transaction

from counterpoint.web.accounts import portability
from counterpoint.web.accounts.field_classes import classed
from counterpoint.web.accounts.models import User
from counterpoint.web.accounts.sealed import SealedColumn
from counterpoint.web.couples import queries
from counterpoint.web.couples.models import (
    Card,
    Consent,
    Invitation,
    Membership,
)
from counterpoint.web.couples.services.joining import end_half
from counterpoint.web.couples.services.locking import lock_couple

CODEBOOK = {
    "kind": "what you shared, or what a card was about",
    "text_version": "language and versions of the text you agreed to",
    "granted_at": "when you said yes (UTC)",
    "renewed_at": "when you last said yes again (UTC)",
    "expires_at": "until when at most (UTC)",
    "withdrawn_at": "when it ended (UTC)",
    "frozen_at": "since when nothing new was made from it (UTC)",
    "thawed_at": "when that was last lifted (UTC)",
    "made_at": "when you made a code (UTC); the code itself is not kept",
    "cancelled_at": "when it was made useless (UTC)",
    "confirmed_at": "when you joined (UTC)",
    "left_at": "when you left (UTC)",
    "turns_on": "the Sunday the card was laid for",
    "laid_at": "when you laid it (UTC)",
    "text": "your own words",
}

CONSENT = (
    "kind", "text_version", "granted_at", "renewed_at", "expires_at", "withdrawn_at",
    "frozen_at", "thawed_at",
)  # fmt: skip
INVITATION = ("made_at", "expires_at", "cancelled_at")
MEMBERSHIP = ("confirmed_at", "left_at")


def export_couples(owner: User) -> portability.Exported:
    """Return own halves, codes, consents and cards; nothing of or about the other."""
    halves = Membership.objects.filter(person=owner, confirmed_at__isnull=False)
    codes = Invitation.objects.filter(inviter=owner).order_by("made_at")
    consents = Consent.objects.filter(grantor=owner).order_by("granted_at", "kind")
    cards = Card.objects.filter(owner=owner).order_by("turns_on").select_related("owner")
    return {
        "pages-for-two": list(halves.order_by("confirmed_at").values(*MEMBERSHIP)),
        "codes": list(codes.values(*INVITATION)),
        "consents": list(consents.values(*CONSENT)),
        "cards": [
            {
                "turns_on": card.turns_on,
                "kind": card.kind,
                "laid_at": card.laid_at,
                "text": queries.card_text(card),
            }
            for card in cards
        ],
    }


@transaction.atomic
def erase_couples(owner: User) -> None:
    """Leave every couple and delete all rows of this person; an empty half stays for the other.

    Joint pictures go with their rows: they were made from this person's days, too. A couple in
    which nobody is left goes altogether.
    """
    for half in Membership.objects.filter(person=owner).select_related("couple"):
        couple = lock_couple(half.couple_id)
        if couple is None:
            continue
        if couple.joined_at is None:
            couple.delete()
            continue
        if half.left_at is None:
            end_half(owner, half, couple)
        couple.releases.all().delete()
        Membership.objects.filter(pk=half.pk).update(person=None)
        if not Membership.objects.filter(couple=couple, person__isnull=False).exists():
            couple.delete()
    Consent.objects.filter(grantor=owner).delete()
    Consent.objects.filter(grantee=owner).update(grantee=None)
    Card.objects.filter(owner=owner).delete()
    Invitation.objects.filter(inviter=owner).delete()


def register_all() -> None:
    """Enter the couples app in the registry."""
    portability.register(
        "couples",
        export=export_couples,
        erase=erase_couples,
        holds={
            "couples.Couple": classed(
                joint="created_at joined_at ended_at looked_month", technical="id"
            ),
            "couples.Membership": classed(
                owner="person couple",
                consent="confirmed_at left_at",
                technical="id member",
            ),
            "couples.Invitation": classed(
                owner="inviter",
                consent="made_at expires_at cancelled_at",
                joint="entered_at",
                locked="code_hash",
                technical="id",
            ),
            "couples.Consent": classed(
                owner="grantor grantee couple", consent=" ".join(CONSENT), technical="id"
            ),
            "couples.Release": classed(
                owner="couple",
                joint="month made_at days_until is_exact content held withdrawn_at",
                technical="id",
            ),
            "couples.Card": classed(
                owner="owner couple",
                words="text_sealed",
                answer="turns_on kind laid_at",
                technical="id",
            ),
        },
        sealed=(SealedColumn("couples.Card", "text_sealed", "text_sealed"),),
        codebook=CODEBOOK,
    )
