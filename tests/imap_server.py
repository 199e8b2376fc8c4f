"""A mail server on loopback that keeps the shape of RFC 3501, and breaks it where a test says so."""

import re
import socketserver
import threading
from contextlib import suppress
from dataclasses import dataclass, field


@dataclass
class Folder:
    """One mailbox: letters by their number, and until when those numbers mean the same."""

    letters: dict = field(default_factory=dict)
    validity: int = 7


class ImapServer:
    """Answers LOGIN, EXAMINE, SELECT, UID SEARCH and UID FETCH; remembers every command.

    trouble: how it misbehaves: `bye`, `stall`, `drip`, `huge`, `other-letter`, `no-validity`, `garbage`,
    `expired`, `search-garbage`, `hang-up`.
    """

    def __init__(self, user="letters", password="quill and ink"):
        self.folder = Folder()
        self.user, self.password = user, password
        self.trouble = ""
        self.hangs_up_at = 0  # the number of the letter in whose midst it does
        self.commands = []
        self.released = threading.Event()
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk)
        self._server.imap = self
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    @property
    def address(self):
        """The address as the settings have it."""
        return f"imap://{self.user}@127.0.0.1:{self.port}/INBOX"

    def put(self, content, uid=None):
        """Lay a letter into the mailbox and return its number."""
        uid = uid or max(self.folder.letters, default=0) + 1
        self.folder.letters[uid] = content
        return uid

    def close(self):
        self.released.set()
        self._server.shutdown()
        self._server.server_close()


class _Talk(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self):
        with suppress(OSError):
            self._talk()

    def say(self, text):
        self.wfile.write(text if isinstance(text, bytes) else text.encode() + b"\r\n")

    def _talk(self):
        if self.server.imap.trouble == "garbage":
            self.say("HTTP/1.1 400 Bad Request")
            return
        self.say("* OK IMAP4rev1 ready")
        while line := self.rfile.readline():
            tag, _, rest = line.decode().strip().partition(" ")
            self.server.imap.commands.append(re.sub(r"(?i)^(LOGIN \S+) .*", r"\1 …", rest))
            if not self._answer(tag, rest):
                return

    def _answer(self, tag, rest):
        name = rest.split(" ", 1)[0].upper()
        verb = rest.split(" ")[1].upper() if name == "UID" else name
        return getattr(self, f"on_{verb.lower()}", self.on_unknown)(tag, rest)

    def on_unknown(self, tag, _rest):
        self.say(f"{tag} BAD what?")
        return True

    def on_capability(self, tag, _rest):
        self.say("* CAPABILITY IMAP4rev1 AUTH=PLAIN")
        self.say(f"{tag} OK done")
        return True

    def on_logout(self, tag, _rest):
        self.say("* BYE see you")
        self.say(f"{tag} OK done")
        return False

    def on_login(self, tag, rest):
        if self.server.imap.trouble == "expired" or f'"{self.server.imap.password}"' not in rest:
            self.say(f"{tag} NO [EXPIRED] the password has expired")
            return True
        self.say(f"{tag} OK welcome")
        return True

    def on_examine(self, tag, rest):
        if '"INBOX"' not in rest:
            self.say(f"{tag} NO [NONEXISTENT] no such folder")
            return True
        self.say(f"* {len(self.server.imap.folder.letters)} EXISTS")
        if self.server.imap.trouble != "no-validity":
            self.say(f"* OK [UIDVALIDITY {self.server.imap.folder.validity}] valid")
        self.say(f"* OK [UIDNEXT {max(self.server.imap.folder.letters, default=0) + 1}] next")
        self.say(f"{tag} OK [READ-ONLY] done")
        return True

    def on_search(self, tag, rest):
        if self.server.imap.trouble == "bye":
            self.say("* BYE shutting down for the night")
            return False
        if self.server.imap.trouble == "stall":
            self.server.imap.released.wait(10)
            return False
        if self.server.imap.trouble == "search-garbage":
            self.say("* SEARCH 1 two 99999999999999999999")
            self.say(f"{tag} OK done")
            return True
        found = re.search(r"UID (\d+):\*", rest)
        uids = sorted(self.server.imap.folder.letters)
        if found:
            first = int(found[1])
            # As the standard has it: “n:*” is never empty while there is a letter.
            uids = [uid for uid in uids if uid >= first] or uids[-1:]
        self.say("* SEARCH " + " ".join(map(str, uids)))
        self.say(f"{tag} OK done")
        return True

    def on_fetch(self, tag, rest):
        uid = int(rest.split(" ")[2])
        content = self.server.imap.folder.letters.get(uid)
        if content is None:
            self.say(f"{tag} OK nothing")
            return True
        if "RFC822.SIZE" in rest:
            self.say("* 1 FETCH (FLAGS (\\Recent))")
            self.say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(content)})")
            self.say(f"{tag} OK done")
            return True
        return self._send_letter(tag, rest, uid, content)

    def _send_letter(self, tag, rest, uid, content):
        if "HEADER" in rest:
            content = content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        said = uid + 1 if self.server.imap.trouble == "other-letter" else uid
        length = 2**31 if self.server.imap.trouble == "huge" else len(content)
        part = "BODY[HEADER]" if "HEADER" in rest else "BODY[]"
        self.say(f"* {uid} FETCH (UID {said} {part} {{{length}}}")
        if self.server.imap.trouble == "hang-up" or uid == self.server.imap.hangs_up_at:
            self.wfile.write(content[: len(content) // 2])
            return False
        if self.server.imap.trouble == "drip":
            for start in range(len(content)):
                self.wfile.write(content[start : start + 1])
                if self.server.imap.released.wait(0.05):
                    return False
        self.wfile.write(content)
        self.say(")")
        self.say(f"{tag} OK done")
        return True


def a_letter(
    subject="The lake this week",
    *,
    sender="Lakeside Post <news@post.example>",
    html="",
    text="",
    message_id="",
    headers="",
):
    """Return a letter as a mail program sends it."""
    body, kind = (html, "text/html") if html else (text, "text/plain")
    given = message_id or f"<{abs(hash((subject, sender, html, text)))}@post.example>"
    return (
        f"From: {sender}\r\nTo: letters@digest.example\r\nSubject: {subject}\r\nMessage-ID: {given}\r\n"
        f"Date: Mon, 02 Mar 2026 08:00:00 +0100\r\n{headers}MIME-Version: 1.0\r\n"
        f"Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    ).encode() + body.replace("\n", "\r\n").encode()
