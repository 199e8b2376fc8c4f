"""Two answers for one address that are the same but for what no reader reads: known without parsing either.

Most pages differ from themselves a moment ago: in a script's number, a form's secret, a comment about a cache.
"""

import re
from collections.abc import Iterator
from typing import Final

# What is passed over whole, from its beginning to its end.
_UNREAD: Final = ((b"<script", b"</script"), (b"<style", b"</style"), (b"<!--", b"-->"))
# A script that tells machines what the article is, which is read.
_TOLD: Final = b"ld+json"
_SECRETS: Final = re.compile(
    rb"""\snonce\s?=\s?(?:"[^"]{0,200}"|'[^']{0,200}')|<input\b[^<>]{0,1000}>|<meta\b[^<>]{0,100}csrf[^<>]{0,400}>""",
    re.IGNORECASE,
)


def reads_the_same(left: bytes, right: bytes) -> bool:
    """Whether two pages differ in nothing but scripts, styles, comments, fields of forms and secrets.

    Never true of pages that read otherwise; of many that read alike it is false, and they have to be read. Takes time
    that grows with their length.
    """
    return left == right or _read_of(left) == _read_of(right)


def _read_of(content: bytes) -> bytes:
    return _SECRETS.sub(b"", b"".join(_parts(content)))


def _parts(content: bytes) -> Iterator[bytes]:
    """Yield what stands between scripts, styles and comments. One that never ends is held to be read."""
    plain = content.lower()
    at = 0
    ways = [_Way(plain, *way) for way in _UNREAD]
    while found := min((found for way in ways if (found := way.after(at))), default=None):
        start, end = found
        told = plain.startswith(b"<script", start) and _TOLD in plain[start : plain.find(b">", start, end)]
        yield content[at : end if told else start]
        at = end
    yield content[at:]


class _Way:
    """Where one kind of what is passed over stands; each place is looked for once."""

    def __init__(self, content: bytes, begin: bytes, end: bytes) -> None:
        self.content, self.begin, self.end = content, begin, end
        self.start = self.stop = -1
        self.is_over = False

    def after(self, at: int) -> tuple[int, int] | None:
        """Return start and end of the first at or behind `at`, None where there is none."""
        if not self.is_over and self.start < at:
            self.start = self.content.find(self.begin, at)
            self.stop = self.content.find(self.end, self.start + len(self.begin)) if self.start >= 0 else -1
            self.is_over = self.stop < 0
        return None if self.is_over else (self.start, self.stop + len(self.end))
