"""What a reminder says: one text, the same for everybody, every kind and every day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from counterpoint.web.accounts.models import User
from counterpoint.web.reminders.kinds import Kind

_stop_links = Signer(salt="reminders.stop")


class Outcome(Enum):
    """What became of one try."""

    SENT = auto()
    """Whoever carries it took it over."""
    GONE = auto()
    """There is no such way any more; trying again is no use."""
    FAILED = auto()
    """Not now; another try may do."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder on its way.

    Parameters
    ----------
    owner
        Who gets it.
    kind
        What it is about; the message does not tell.
    day
        The local day.
    stop_id
        What the link that ends these messages names.
    """

    owner: User
    kind: Kind
    day: date
    stop_id: str

    @property
    def tag(self) -> str:
        """A mark that is the same at every try, and tells nobody who or when."""
        key = f"{self.owner.pk}|{self.kind}|{self.day}"
        return salted_hmac("reminders.tag", key, algorithm="sha256").hexdigest()[:40]

    @property
    def stop_address(self) -> str:
        """Where these messages are ended, with one press and no sign-in."""
        token = _stop_links.sign(self.stop_id)
        return site_address() + reverse("reminders:stop", kwargs={"token": token})


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and body of the mail."""

    subject: str
    body: str


def words_of(reminder: Reminder) -> Words:
    """Return the text in the person's language; the address to end it is all that varies."""
    with translation.override(reminder.owner.language):
        lines = (
            _("This is the note you asked for."),
            _("If it suits you, there is a minute for you here:"),
            f"{site_address()}/",
            _("If not, that is fine too."),
            _("No more of these notes:"),
            reminder.stop_address,
        )
        return Words(_("A minute for you?"), "\n\n".join(lines) + "\n")


def read_stop_token(token: str) -> str | None:
    """Return what a link that ends messages names; nothing if it was not made here."""
    try:
        return _stop_links.unsign(token)
    except BadSignature:
        return None


def site_address() -> str:
    """Return the address of the site, without a slash at its end, as mails name it."""
    address: str = settings.COUNTERPOINT_ADDRESS
    return address.rstrip("/") or f"https://{settings.ALLOWED_HOSTS[0].lstrip('.*')}"


def site_name() -> str:
    """Return the host name of the site, for ids that must be unique in the world."""
    return site_address().partition("://")[2].partition("/")[0].partition(":")[0]
