"""One POST to a push service: to an address that was looked at first, briefly, and nowhere else.

The name is resolved once; every number it leads to must be public; the line goes to one of those
numbers, and its certificate must be for the name. Answers are read up to their head, a redirect is
no more than an answer, and after `WHOLE_SECONDS` the line is cut, however slowly it drips.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from http.client import HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import urlsplit

from counterpoint.web.reminders.push_address import HTTPS_PORT, is_public

STEP_SECONDS = 10.0
WHOLE_SECONDS = 20.0


class NotPublicError(Exception):
    """A name leads to a machine that is not in the public network."""


class UnreachableError(Exception):
    """There was no answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a push service answered: its status; what it says besides is not read.

    It has the names that ``pywebpush`` looks at.
    """

    status_code: int
    reason: str = ""
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class Wire:
    """Stands where ``pywebpush`` would take a session of ``requests``."""

    def post(
        self,
        endpoint: str,
        *,
        data: bytes,
        headers: Mapping[str, str],
        timeout: object = None,  # noqa: ARG002 - pywebpush names it
    ) -> Answer:
        """Send one message.

        Parameters
        ----------
        endpoint
            Address of the device at its push service.
        data
            The sealed message.
        headers
            What goes with it.
        timeout
            What ``pywebpush`` would wait for; the times here are shorter and hold.

        Raises
        ------
        NotPublicError
            If the host is not in the public network; nothing was sent.
        UnreachableError
            If there was no answer in time.
        """
        parts = urlsplit(endpoint)
        host = parts.hostname or ""
        target = parts.path or "/"
        if parts.query:
            target += f"?{parts.query}"
        try:
            with reach(host) as line:
                return Answer(_ask(line, host, target, data, headers))
        except (OSError, HTTPException) as error:
            raise UnreachableError(type(error).__qualname__) from None


def reach(host: str) -> ssl.SSLSocket:
    """Return an encrypted line to a host."""
    trouble: OSError = OSError("no address")
    for address in public_addresses(host):
        try:
            line = socket.create_connection(address, STEP_SECONDS)
        except OSError as error:
            trouble = error
            continue
        try:
            return tls_context().wrap_socket(line, server_hostname=host)
        except OSError:
            line.close()
            raise
    raise trouble


def public_addresses(host: str) -> list[tuple[str, int]]:
    """Return number and port a host is spoken to at; at most two are tried.

    Raises
    ------
    NotPublicError
        If one of its numbers is not public: who names both is not to be trusted with either.
    OSError
        If the name leads nowhere.
    """
    found = socket.getaddrinfo(host, HTTPS_PORT, type=socket.SOCK_STREAM)
    numbers = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not numbers or not all(is_public(number) for number in numbers):
        raise NotPublicError
    return [(number, HTTPS_PORT) for number in numbers[:2]]


@lru_cache(maxsize=1)
def tls_context() -> ssl.SSLContext:
    """Return how a host shows who it is: by a certificate for its name, of a known issuer."""
    return ssl.create_default_context()


def _ask(
    line: ssl.SSLSocket, host: str, target: str, data: bytes, headers: Mapping[str, str]
) -> int:
    end = Timer(WHOLE_SECONDS, _cut, [line])
    end.daemon = True
    end.start()
    try:
        asking = HTTPSConnection(host, timeout=STEP_SECONDS)
        asking.sock = line
        asking.request("POST", target, body=data, headers=dict(headers))
        return asking.getresponse().status
    finally:
        end.cancel()


def _cut(line: ssl.SSLSocket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
