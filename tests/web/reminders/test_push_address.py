"""Only https addresses of public hosts are spoken to, at the number that was looked at, briefly."""

from __future__ import annotations

import copy
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from counterpoint.errors import DataError
from counterpoint.web.accounts.models import User
from counterpoint.web.reminders import push_wire
from counterpoint.web.reminders.push_address import from_text, is_public, read_subscription
from counterpoint.web.reminders.push_wire import NotPublicError, UnreachableError, Wire
from pushbox import HOST, Browser, PushBox, add_browser, open_pushbox, reach_only

PUBLIC = (
    "8.8.8.8", "142.250.1.188", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::",
    "64:ff9b::808:808",
)  # fmt: skip
NOT_PUBLIC = (
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.1.1", "172.16.0.1", "192.168.1.1",  # noqa: S104 - an address to be refused
    "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1",
    "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
    "::ffff:169.254.169.254", "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "localhost", "", "1", "0x7f.1",
)  # fmt: skip


@pytest.mark.parametrize("number", PUBLIC)
def test_the_public_network_is_public(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize("number", NOT_PUBLIC)
def test_everything_else_is_not_whatever_it_is_wrapped_in(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:APA91",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGuQyavXutnMH",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAA%2fQ",
        "https://push.example:443/x",
    ],
)
def test_addresses_of_the_known_services_are_taken(endpoint: str) -> None:
    told = {**Browser().told, "endpoint": endpoint}
    assert from_text(read_subscription(told).as_text()).endpoint == endpoint


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/x", "https://push.example:8443/x", "https://127.0.0.1/x",
        "https://[::1]/x", "https://[::ffff:127.0.0.1]/x", "https://localhost/x",
        "https://2130706433/x", "https://0x7f.0.0.1/x", "https://127.1/x", "https://push/x",
        "https://user@push.example/x", "https://push.example@127.0.0.1/x", "https:///x",
        "https://push.example:0/x", "https://push.example:x/x", "https://push.example:99999/x",
        "https://push.example/x#y", "https://push.example/x y", "https://push.example/\r\nX: y",
        "https://push.exämple/x", "ftp://push.example/x", "push.example", "", 7, None,
        "https://push..example/x", "https://-push.example/x", "https://push.example./x",
        f"https://{'a' * 64}.example/x", f"https://push.example/{'x' * 2000}", ["https://a.b/"],
    ],
)  # fmt: skip
def test_other_addresses_are_refused_before_anything_is_kept(endpoint: Any) -> None:
    with pytest.raises(DataError, match="https address of a public host"):
        read_subscription({**Browser().told, "endpoint": endpoint})


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("p256dh", "", "the key"),
        ("p256dh", "BA" * 43, "the key"),
        ("p256dh", "!" * 87, "the key"),
        ("p256dh", None, "the key"),
        ("auth", "AAAA", "the secret"),
        ("auth", "A" * 24, "the secret"),
        ("auth", "é" * 22, "the secret"),
        ("auth", 5, "the secret"),
    ],
)
def test_keys_that_are_none_are_refused(name: str, value: Any, said: str) -> None:
    told = copy.deepcopy(Browser().told)
    told["keys"][name] = value
    with pytest.raises(DataError, match=said):
        read_subscription(told)


@pytest.mark.parametrize("key", ["", None, "A" * 87, 7])
def test_the_key_of_the_site_must_be_one(key: Any) -> None:
    with pytest.raises(DataError, match="key of this site"):
        read_subscription({**Browser().told, "key": key})


@pytest.mark.parametrize("told", [None, [], "text", {}, {"keys": []}, {"keys": {}}])
def test_what_is_no_subscription_is_refused(told: Any) -> None:
    with pytest.raises(DataError):
        read_subscription(told)


def named(*numbers: str) -> Any:
    """Let every name lead to these numbers."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443)) for number in numbers]
    return mock.patch("socket.getaddrinfo", return_value=found)


@pytest.mark.parametrize(
    "numbers", [("127.0.0.1",), ("8.8.8.8", "10.0.0.1"), ("::ffff:127.0.0.1",), ()]
)
def test_a_name_that_leads_inside_is_not_followed(numbers: tuple[str, ...]) -> None:
    with (
        named(*numbers),
        mock.patch("socket.create_connection") as knocked,
        pytest.raises(NotPublicError),
    ):
        push_wire.reach("push.example")
    knocked.assert_not_called()


def test_the_line_goes_to_the_number_that_was_looked_at() -> None:
    """The name is asked for once: a second answer, changed meanwhile, has no say."""
    with named("8.8.8.8") as asked, mock.patch("socket.create_connection") as knocked:
        knocked.side_effect = OSError("nobody there")
        with pytest.raises(OSError, match="nobody there"):
            push_wire.reach("push.example")
    assert asked.call_count == 1
    assert [call.args[0] for call in knocked.call_args_list] == [("8.8.8.8", 443)]


@pytest.mark.usefixtures("db")
def test_a_device_whose_name_leads_inside_is_retired(owner: User) -> None:
    from counterpoint.web.reminders.kinds import Kind
    from counterpoint.web.reminders.message import Outcome, Reminder
    from counterpoint.web.reminders.models import PushDevice
    from counterpoint.web.reminders.push import send_push

    add_browser(owner)
    reminder = Reminder(owner, Kind.EVENING, owner.date_joined.date(), "stop")
    with named("169.254.169.254"), mock.patch("socket.create_connection") as knocked:
        assert send_push(reminder) is Outcome.GONE
    knocked.assert_not_called()
    assert not PushDevice.objects.exists()


@pytest.fixture
def box(tmp_path: Path) -> Iterator[PushBox]:
    with open_pushbox(tmp_path) as found:
        yield found


def send(endpoint: str = f"https://{HOST}/wp/one") -> int:
    return Wire().post(endpoint, data=b"sealed", headers={"topic": "t"}).status_code


def test_a_redirect_is_not_followed(box: PushBox) -> None:
    box.statuses = [307]
    with reach_only(box.port, box.certificate):
        assert send() == 307
    assert box.asked == 1


def test_a_certificate_must_be_for_the_name_and_of_a_known_issuer(box: PushBox) -> None:
    with reach_only(box.port, box.certificate), pytest.raises(UnreachableError, match="Cert"):
        send("https://other.example/wp/one")
    usual = ssl.create_default_context()
    with (
        reach_only(box.port, box.certificate),
        mock.patch.object(push_wire, "tls_context", return_value=usual),
        pytest.raises(UnreachableError, match="Cert"),
    ):
        send()
    assert box.asked == 0


def test_the_query_of_an_address_goes_with_it(box: PushBox) -> None:
    with reach_only(box.port, box.certificate):
        assert send(f"https://{HOST}/w/?token=a%2fb") == 201
    assert box.taken[0].path == "/w/?token=a%2fb"


def test_an_answer_that_drips_is_cut(box: PushBox) -> None:
    """Each piece comes in time; the whole does not."""
    with (
        reach_only(box.port, box.certificate),
        mock.patch.object(push_wire, "WHOLE_SECONDS", 0.6),
        dripping(),
    ):
        began = time.monotonic()
        with pytest.raises(UnreachableError):
            send()
        assert time.monotonic() - began < 5


def dripping() -> Any:
    """Let the service answer one byte at a time, for ten seconds."""
    from pushbox import _Talk

    def drip(self: _Talk) -> None:
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.1)
        except OSError:
            return

    return mock.patch.object(_Talk, "do_POST", drip)


def test_a_service_that_is_not_there_is_a_failure(box: PushBox) -> None:
    with reach_only(1, box.certificate), pytest.raises(UnreachableError, match="Refused"):
        send()


def test_a_name_that_is_not_known_is_a_failure() -> None:
    with (
        mock.patch("socket.getaddrinfo", side_effect=socket.gaierror(-2, "not known")),
        pytest.raises(UnreachableError, match="gaierror"),
    ):
        send()
