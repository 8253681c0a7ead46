"""Where a device is reached, as its browser tells it, and which hosts may be spoken to. Pure.

A person's browser names the address, so it is as little to be trusted as anything else that is
sent: without the rules here the worker could be told to knock at machines of its own network.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import ipaddress
import json
import re
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from counterpoint.errors import DataError

MOST_CHARACTERS = 2000
HTTPS_PORT = 443
POINT_BYTES = 65
"""An uncompressed point of the curve P-256 (RFC 8291, section 3.1)."""
AUTH_BYTES = 16
HOST = re.compile(
    r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
"""Names with a dot whose last part is no number: so no numbers of machines, and no bare names."""
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""Addresses that carry an IPv4 address in their last 32 bits (RFC 6052)."""
LOCAL = (
    ipaddress.ip_network("192.0.0.0/24"),  # between providers and homes (RFC 6890)
    ipaddress.ip_network("64:ff9b:1::/48"),  # translation within a network (RFC 8215)
    ipaddress.ip_network("fec0::/10"),  # site-local (RFC 3879)
)
"""What the standard library of Python 3.11 takes for public, and is not."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a browser gives out so that something can be sent to it.

    Parameters
    ----------
    endpoint
        Address at the push service of the browser's maker.
    p256dh
        Public key of the browser, a point of P-256 in URL-safe base64.
    auth
        Its secret of 16 bytes, in URL-safe base64.
    server_key
        The public key of ours it agreed to be sent to with.
    """

    endpoint: str
    p256dh: str
    auth: str
    server_key: str

    @property
    def mark(self) -> str:
        """A hash of the address, by which a browser finds itself on its person's list."""
        return mark_of(self.endpoint)

    @property
    def host(self) -> str:
        """Name of the push service's host."""
        return urlsplit(self.endpoint).hostname or ""

    def as_text(self) -> str:
        """Return it as one text, to be sealed."""
        return json.dumps(asdict(self), sort_keys=True)


def mark_of(endpoint: str) -> str:
    """Return the SHA-256 of an address, in hex."""
    return hashlib.sha256(endpoint.encode(errors="replace")).hexdigest()


def from_text(text: str) -> Subscription:
    """Return what :meth:`Subscription.as_text` wrote."""
    return Subscription(**json.loads(text))


def read_subscription(told: object) -> Subscription:
    """Return the subscription in what a browser sent.

    Parameters
    ----------
    told
        Keys and values as ``PushSubscription.toJSON`` writes them, and as ``key`` the public key
        of ours that it was made with, in URL-safe base64.

    Raises
    ------
    DataError
        If it is no address of a push service, or its keys are none.
    """
    if not isinstance(told, dict) or not isinstance(told.get("keys"), dict):
        raise DataError("this is no address of a device")
    endpoint, keys = told.get("endpoint"), told["keys"]
    p256dh, auth = keys.get("p256dh"), keys.get("auth")
    if not (isinstance(endpoint, str) and is_endpoint(endpoint)):
        raise DataError("a device is reached by an https address of a public host")
    if not (isinstance(p256dh, str) and _is_point(p256dh)):
        raise DataError("the key of this device cannot be read")
    if not (isinstance(auth, str) and len(_raw(auth)) == AUTH_BYTES):
        raise DataError("the secret of this device cannot be read")
    server_key = told.get("key")
    if not (isinstance(server_key, str) and _is_point(server_key)):
        raise DataError("the key of this site is missing")
    return Subscription(*(each.rstrip("=") for each in (endpoint, p256dh, auth, server_key)))


def is_endpoint(endpoint: str) -> bool:
    """Whether an address may be one of a push service: https, a host by name, no port of its own.

    Where the name leads is seen when something is sent (`is_public`).
    """
    if len(endpoint) > MOST_CHARACTERS or not re.fullmatch(r"[!-~]+", endpoint):
        return False
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme == "https"
        and port in {None, HTTPS_PORT}
        and "@" not in parts.netloc
        and not parts.fragment
        and HOST.fullmatch(parts.hostname or "") is not None
    )


def is_public(address: str) -> bool:
    """Whether a number of a machine lies in the public network, and whatever it carries, too.

    Private, loopback, link-local, shared, reserved and multicast ranges do not, in IPv4 and IPv6,
    nor an IPv6 address that carries such an IPv4 one: mapped, 6to4, Teredo, NAT64.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(
        each.is_global
        and not each.is_multicast
        and not each.is_reserved
        and not any(each in network for network in LOCAL)
        for each in _all_within(found)
    )


def _all_within(address: Address) -> list[Address]:
    """Return an address and those it carries; a mapped one is nothing but what it carries."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    last = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in NAT64:
        return [last]
    within: list[Address] = [address]
    if address.sixtofour is not None:
        within.append(address.sixtofour)
    if address.teredo is not None:
        within += address.teredo
    if int(address) >> 32 == 0:  # the old form of a compatible one (RFC 4291, section 2.5.5.1)
        within.append(last)
    return within


def _is_point(text: str) -> bool:
    raw = _raw(text)
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        return False
    return len(raw) == POINT_BYTES


def _raw(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
