"""A mail server on this machine that takes mails, and can kill who speaks to it in mid-sentence."""

from __future__ import annotations

import os
import signal
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message


@dataclass
class Mailbox:
    """What arrived, and when somebody has to die.

    ``deadly`` names the word at which the sender is killed, before it is answered: ``connect``,
    ``EHLO``, ``MAIL``, ``RCPT``, ``DATA``, ``body`` (the whole mail was read) or ``QUIT``.
    """

    deadly: str = ""
    victim: int = 0
    port: int = 0
    accepted: list[Message] = field(default_factory=list)

    def strike(self, word: str) -> None:
        """Kill the sender, once, if this is the word."""
        if word == self.deadly:
            self.deadly = ""
            os.kill(self.victim, signal.SIGKILL)

    @property
    def ids(self) -> list[str]:
        """Message-ID of each mail that was taken, repeats and all."""
        return [str(each["Message-ID"]) for each in self.accepted]


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        box: Mailbox = self.server.box  # type: ignore[attr-defined]  # set below
        try:
            box.strike("connect")
            self.say("220 here")
            while line := self.rfile.readline():
                word = line[:4].decode().strip().upper()
                box.strike(word)
                if word == "DATA":
                    self.say("354 go on")
                    box.accepted.append(message_from_bytes(self.body()))
                    box.strike("body")
                self.say("221 bye" if word == "QUIT" else "250 yes")
                if word == "QUIT":
                    return
        except OSError:
            return

    def body(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise ConnectionResetError
            lines.append(line)
        return b"".join(lines)

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    """Listen on a free port of 127.0.0.1."""
    box = Mailbox()
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.box = box  # type: ignore[attr-defined]  # read by each talk
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield box
        finally:
            server.shutdown()
