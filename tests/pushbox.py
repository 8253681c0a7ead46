"""A push service on this machine, with the browser behind it: takes, unseals, can kill who sends.

It speaks TLS under the name ``push.example``. That a worker reaches it at all needs the one seam
`reach_only`, which puts the address and the certificate of this machine in the place of the
public ones; the rules about addresses are tested beside it, without.
"""

from __future__ import annotations

import base64
import datetime
import http.server
import json
import os
import signal
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import http_ece
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

HOST = "push.example"


def in_url(raw: bytes) -> str:
    """Return bytes in URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_url(text: str) -> bytes:
    """Return what `in_url` wrote."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """The keys of one browser's subscription: only it can read what is sent there."""

    def __init__(self, name: str = "one", *, seed: int | None = None) -> None:
        """Make keys by chance, or the same ones for the same seed."""
        self.private = (
            ec.generate_private_key(ec.SECP256R1())
            if seed is None
            else ec.derive_private_key(seed + 2, ec.SECP256R1())
        )
        self.auth = os.urandom(16) if seed is None else seed.to_bytes(16, "big")
        self.key = ""
        self.endpoint = f"https://{HOST}/wp/{name}"

    @property
    def told(self) -> dict[str, Any]:
        """What the page sends: ``PushSubscription.toJSON``, and the key it was made with."""
        from counterpoint.web.reminders.push_keys import current_key

        point = self.private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        keys = {"p256dh": in_url(point), "auth": in_url(self.auth)}
        return {
            "endpoint": self.endpoint,
            "expirationTime": None,
            "keys": keys,
            "key": self.key or current_key(),
        }

    def read(self, sealed: bytes) -> bytes:
        """Unseal a message as the browser does (RFC 8291)."""
        plain: bytes = http_ece.decrypt(
            sealed, private_key=self.private, auth_secret=self.auth, version="aes128gcm"
        )
        return plain


@dataclass
class Message:
    """One message as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def token(self) -> tuple[str, str]:
        """The signed token and the key it is to be verified with."""
        scheme, _, rest = self.headers["authorization"].partition(" ")
        assert scheme == "vapid"
        parts = dict(part.split("=", 1) for part in rest.split(","))
        return parts["t"], parts["k"]

    @property
    def claims(self) -> dict[str, Any]:
        """What the token says."""
        claims: dict[str, Any] = json.loads(from_url(self.token[0].split(".")[1]))
        return claims


@dataclass
class PushBox:
    """What arrived, what is answered, and when somebody has to die.

    ``deadly``: ``connect``, ``head``, ``body`` (all of it was read), ``answer`` (on its way back:
    the sender is held still before it, so that it cannot have read it when it dies).
    """

    statuses: list[int] = field(default_factory=list)
    answer: bytes = b""
    deadly: str = ""
    victim: int = 0
    port: int = 0
    certificate: Path = Path()
    taken: list[Message] = field(default_factory=list)
    asked: int = 0

    def strike(self, place: str) -> None:
        """Kill the sender, once, if this is the place."""
        if place == self.deadly:
            self.deadly = ""
            os.kill(self.victim, signal.SIGKILL)

    @property
    def topics(self) -> set[str]:
        """Topic of each message that was taken."""
        return {each.headers["topic"] for each in self.taken}


class _Talk(http.server.BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        box = self.server.box
        box.asked += 1
        box.strike("head")
        length = int(self.headers["content-length"])
        body = self.rfile.read(length)
        if len(body) < length:  # the sender died on the way; a service takes no half messages
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        status = box.statuses.pop(0) if box.statuses else 201
        if status in range(200, 300):
            box.taken.append(Message(self.path, headers, body))
        box.strike("body")
        if box.deadly == "answer":
            os.kill(box.victim, signal.SIGSTOP)
        try:
            if box.answer:
                self.wfile.write(box.answer)
            else:
                self.send_response(status)
                self.send_header("location", "https://127.0.0.1:1/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()
        except OSError:
            return
        box.strike("answer")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as it is inherited
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    box: PushBox
    tls: ssl.SSLContext

    def finish_request(self, request: Any, client_address: Any) -> None:
        self.box.strike("connect")
        try:
            with self.tls.wrap_socket(request, server_side=True) as line:
                super().finish_request(line, client_address)
        except OSError:
            return


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for `HOST` and its key; return both paths."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    begins = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + datetime.timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "push.pem", folder / "push-key.pem"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, secret


@contextmanager
def open_pushbox(folder: Path) -> Iterator[PushBox]:
    """Listen on a free port of 127.0.0.1."""
    certificate, secret = make_certificate(folder)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, secret)
    box = PushBox(certificate=certificate)
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box, server.tls = box, tls
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield box
        finally:
            server.shutdown()


@contextmanager
def reach_only(port: int, certificate: Path) -> Iterator[None]:
    """Let every name lead to a port of this machine, and have it show this certificate."""
    trusted = ssl.create_default_context(cafile=str(certificate))
    wire = "counterpoint.web.reminders.push_wire"
    with (
        mock.patch(f"{wire}.public_addresses", return_value=[("127.0.0.1", port)]),
        mock.patch(f"{wire}.tls_context", return_value=trusted),
    ):
        yield


class Carrier:
    """Takes what is sent to devices, within this process; gives back what a browser read."""

    def __init__(self, *browsers: Browser) -> None:
        self.browsers = {browser.endpoint: browser for browser in browsers}
        self.read: list[tuple[str, bytes, str]] = []

    def post(self, endpoint: str, *, data: bytes, headers: Any, timeout: object = None) -> Any:  # noqa: ARG002 - as the other
        """Take one message, as `push_wire.Wire.post` hands it over."""
        from counterpoint.web.reminders.push_wire import Answer

        known = {name.lower(): value for name, value in headers.items()}
        said = f"{known['ttl']} {known['urgency']} {len(known['topic'])} {len(data)}"
        self.read.append((endpoint, self.browsers[endpoint].read(data), said))
        return Answer(201)

    @contextmanager
    def carrying(self) -> Iterator[None]:
        """Let the worker speak to this one only."""
        with mock.patch("counterpoint.web.reminders.push_wire.Wire.post", self.post):
            yield


def add_browser(owner: Any, browser: Browser | None = None) -> Browser:
    """Let somebody turn reminders on in a browser, by the service that the page uses."""
    from counterpoint.web.reminders.devices import add_device
    from counterpoint.web.reminders.push_address import read_subscription

    browser = browser or Browser()
    add_device(owner, read_subscription(browser.told))
    return browser
