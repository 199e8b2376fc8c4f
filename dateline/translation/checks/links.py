"""Links, addresses and inline marks: each in the source is in the translation, unchanged, and none more."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from dateline.translation.checks.base import Finding, Pair, Severity, whole
from dateline.translation.marks import check_marks

_NAME: Final = "links"
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'”»⟦⟧\])]+[^\s<>\"'”».,;:!?⟦⟧\])؟،]|[\w.+-]+@[\w-]+\.[\w.]*\w"
)
_TAG: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)\b[^>]*>")
_CODE: Final = re.compile(r"\{\{?\w*\}?\}|%\(\w+\)[sd]|%[sd](?!\w)")
_TRACKING: Final = re.compile(r"utm_|fbclid|gclid|mc_|yclid|igshid|ref_src")


class Links:
    """What leads elsewhere, and what stands for markup."""

    name = _NAME

    def find(self, pair: Pair) -> Iterator[Finding]:
        """Yield links and marks that are missing, changed, crossed or new."""
        yield from _addresses(pair)
        yield from _marks(pair)
        yield from _counted(pair, _TAG, "tag")
        yield from _counted(pair, _CODE, "code")


def _addresses(pair: Pair) -> Iterator[Finding]:
    asked, told = _told(pair.source), _told(pair.text)
    left = Counter(told.values())
    for link in asked.values():
        if left[link]:
            left[link] -= 1
        else:
            yield Finding(_NAME, "link-missing", Severity.BLOCK, *whole(pair), (link,))
    for (start, end), link in told.items():
        if left[link]:
            left[link] -= 1
            yield Finding(_NAME, "link-added", Severity.WARN, start, end, (link,))
        if _is_tracked(link) and link not in asked.values():
            yield Finding(_NAME, "link-tracked", Severity.WARN, start, end, (link,))


def _told(text: str) -> dict[tuple[int, int], str]:
    return {found.span(): found.group() for found in _ADDRESS.finditer(text)}


def _is_tracked(link: str) -> bool:
    try:
        query = urlsplit(link).query
    except ValueError:
        return False
    return any(_TRACKING.match(name) for name, _value in parse_qsl(query))


def _marks(pair: Pair) -> Iterator[Finding]:
    faults = check_marks(pair.source, pair.text)
    if faults.missing:
        yield Finding(_NAME, "marks-missing", Severity.BLOCK, *whole(pair), (" ".join(faults.missing),))
    for mark in faults.extra:
        start = pair.text.index(mark)
        yield Finding(_NAME, "mark-added", Severity.BLOCK, start, start + len(mark), (mark,))
    if faults.is_crossed and not faults.missing and not faults.extra:
        yield Finding(_NAME, "marks-crossed", Severity.BLOCK, *whole(pair))


def _counted(pair: Pair, pattern: re.Pattern[str], kind: str) -> Iterator[Finding]:
    asked = Counter(found.group() for found in pattern.finditer(pair.source))
    told = Counter(found.group() for found in pattern.finditer(pair.text))
    for one in asked - told:
        yield Finding(_NAME, f"{kind}-missing", Severity.BLOCK, *whole(pair), (one,))
    for one in told - asked:
        start = pair.text.index(one)
        yield Finding(_NAME, f"{kind}-added", Severity.WARN, start, start + len(one), (one,))


CHECK: Final = Links()
