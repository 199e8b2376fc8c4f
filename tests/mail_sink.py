"""A mail server on loopback, written from the protocol (RFC 5321), that keeps what it is sent and misbehaves on request.

What it took counts from the dot that ends a letter: `taken` holds every letter whose end arrived, whether or not the
client was told so. That is what "twice" and "lost" are measured by.
"""

import socketserver
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field

GOOD = "good"
# What a play may name: an answer in the place of the good one, or how the conversation breaks there.
ANSWERS = {
    "mail-4": ("MAIL", "451 4.3.0 Try later"),
    "mail-5": ("MAIL", "550 5.7.1 Your sender is not welcome"),
    "rcpt-4": ("RCPT", "450 4.2.1 Greylisted, try later"),
    "rcpt-5": ("RCPT", "550 5.1.1 No such mailbox"),
    "rcpt-5-bare": ("RCPT", "550 There is no such person"),
    "rcpt-5-policy": ("RCPT", "550 5.7.1 Relaying denied"),
    "rcpt-5-full": ("RCPT", "552 5.2.2 Mailbox full"),
    "data-4": ("DATA", "451 4.3.0 No room now"),
    "data-5": ("DATA", "554 5.6.0 No"),
    "after-4": ("END", "451 4.3.0 Not now"),
    "after-5": ("END", "554 5.7.1 This looks like spam"),
    "rcpt-421": ("RCPT", "421 4.3.2 Shutting down"),
    "after-421": ("END", "421 4.3.2 Shutting down"),
}
DIES = {
    "dies-at-mail": "MAIL",
    "dies-at-rcpt": "RCPT",
    "dies-at-data": "DATA",
    "dies-in-body": "BODY",
    "dies-after": "END",
}
STALLS = {"stalls-at-rcpt": "RCPT", "stalls-after": "END"}


@dataclass
class Taken:
    """A letter whose end arrived. answered: the client was told that we have it."""

    sender: str
    to: str
    content: bytes
    answered: bool


@dataclass
class MailSink:
    """What the server does and has. play: for an address and how often it was tried, what happens (GOOD by default)."""

    play: object = lambda _to, _times: GOOD
    keeps: bool = True
    utf8: bool = True
    greeting: str = "220 sink.example ESMTP"
    port: int = 0
    taken: list = field(default_factory=list)
    tries: Counter = field(default_factory=Counter)
    many: Counter = field(default_factory=Counter)
    connections: int = 0
    released: threading.Event = field(default_factory=threading.Event)
    heard: threading.Condition = field(default_factory=threading.Condition)

    def to(self):
        """Return to whom letters came, one by one."""
        return sorted(one.to for one in self.taken)

    def note(self, letter):
        """Keep a letter, or count it."""
        with self.heard:
            self.many[letter.to] += 1
            if self.keeps:
                self.taken.append(letter)
            self.heard.notify_all()

    def wait_for(self, many, *, seconds):
        """Wait until so many letters have come; return whether they have."""
        with self.heard:
            return self.heard.wait_for(lambda: sum(self.many.values()) >= many, timeout=seconds)


class _Conversation(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self):
        self.sink = self.server.sink
        self.sink.connections += 1
        self.sender = self.recipient = None
        self.act = GOOD
        try:
            self._say(self.sink.greeting)
            while self.sink.greeting.startswith("220") and (line := self.rfile.readline()):
                if not self._heard(line.decode("utf-8", "replace").rstrip("\r\n")):
                    return
        except (ConnectionError, OSError):
            return

    def _heard(self, line):
        verb = line.split(" ")[0].upper()
        if verb == "EHLO":
            more = ["250-SMTPUTF8"] if self.sink.utf8 else []
            self._say("\r\n".join(["250-sink.example", *more, "250-8BITMIME", "250 ENHANCEDSTATUSCODES"]))
        elif verb == "MAIL":
            self.sender = line.split(":", 1)[1].split(">")[0].strip(" <")
            self.line = line
            return self._do_mail()
        elif verb == "RCPT":
            return self._do_rcpt(line.split(":", 1)[1].split(">")[0].strip(" <"))
        elif verb == "DATA":
            return self._do_data()
        elif verb == "QUIT":
            self._say("221 2.0.0 Bye")
            return False
        else:
            self._say("250 2.0.0 Ok")
        return True

    def _do_mail(self):
        # Who the letter is for is not known yet: plays at MAIL are asked with the sender.
        self.act = self.sink.play(self.sender, self.sink.tries[self.sender])
        self.sink.tries[self.sender] += 1
        return self._step("MAIL", "250 2.1.0 Ok")

    def _do_rcpt(self, address):
        self.recipient = address
        self.act = self.sink.play(address, self.sink.tries[address])
        self.sink.tries[address] += 1
        return self._step("RCPT", "250 2.1.5 Ok")

    def _do_data(self):
        if not self._step("DATA", "354 Go ahead"):
            return False
        if ANSWERS.get(self.act, ("", ""))[0] == "DATA":
            return True
        content = bytearray()
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            content += line[1:] if line.startswith(b"..") else line
            if DIES.get(self.act) == "BODY" and len(content) > 500:
                return False
        refused = ANSWERS.get(self.act, ("", ""))[0] == "END"
        breaks = "END" in {DIES.get(self.act), STALLS.get(self.act)}
        if not refused:
            self.sink.note(Taken(self.sender, self.recipient, bytes(content), answered=not breaks))
        return self._step("END", "250 2.0.0 Ok: queued")

    def _step(self, where, good):
        if DIES.get(self.act) == where:
            return False
        if STALLS.get(self.act) == where:
            self.sink.released.wait(30)
            return False
        place, answer = ANSWERS.get(self.act, ("", ""))
        self._say(answer if place == where else good)
        return not (place == where and answer.startswith("421"))

    def _say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        """A client that goes away is no trouble of ours."""


@contextmanager
def mail_sink(**told):
    """Run a sink on a free port of loopback while the block runs."""
    sink = MailSink(**told)
    server = _Server(("127.0.0.1", sink.port), _Conversation)
    server.sink, sink.port = sink, server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        sink.released.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def settings_for(sink):
    """Return the settings with which letters go to a sink."""
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": sink.port,
        "EMAIL_HOST_USER": "",
        "EMAIL_HOST_PASSWORD": "",
        "EMAIL_USE_TLS": False,
        "EMAIL_USE_SSL": False,
        "EMAIL_TIMEOUT": 5,
        "DATELINE_MAIL_ANSWER_SECONDS": 5,
        "DEFAULT_FROM_EMAIL": "desk@digest.example",
    }


__all__ = ["GOOD", "MailSink", "Taken", "mail_sink", "settings_for"]
