"""Checking what we published without us: a page with its record, or an export of the chain. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.lib.formats.sealed import Item, open_feed
from dateline.lib.records import Fault, NotGenuine, faults_of, hash_of, open_record
from dateline.publishing.content import NoContent, Told, told_by


@dataclass(frozen=True)
class Verdict:
    """What came of a check. checked: how many records. says: what a genuine page's record tells, line by line."""

    checked: int
    faults: tuple[Fault, ...]
    says: tuple[str, ...] = ()

    @property
    def is_genuine(self) -> bool:
        """Was there something to check, and nothing wrong with it?"""
        return self.checked > 0 and not self.faults


def verify_chain(lines: Iterable[str], *, public: bytes, head: str | None = None) -> Verdict:
    """Return what is wrong with a chain of records, or an extract of one. Raises BadKey."""
    counted = _Counted(lines)
    return Verdict(faults=tuple(faults_of(counted, public=public, head=head)), checked=counted.count)


def verify_page(page: bytes, *, record: str, public: bytes) -> Verdict:
    """Return whether a page says what its record vouches for. Raises BadKey."""
    try:
        body = open_record(record, public=public).body
        told = told_by(page)
    except (NotGenuine, NoContent) as error:
        code = error.code if isinstance(error, NotGenuine) else "content"
        return Verdict(checked=1, faults=(Fault(1, code, str(error)),))
    return Verdict(checked=1, faults=tuple(_differences(body, told)), says=tuple(_says(body)))


def verify_feed(feed: bytes, *, public: bytes, records: Iterable[str] | None = None) -> Verdict:
    """Return whether a feed says what was sealed, and, where records are at hand, whether each piece's is among them.

    Raises BadKey, NoFeed.
    """
    try:
        items = open_feed(feed, public=public)
    except NotGenuine as error:
        return Verdict(checked=1, faults=(Fault(0, error.code, str(error)),))
    known = None if records is None else {hash_of(line): line for line in records}
    faults = (
        []
        if known is None
        else [
            fault
            for number, item in enumerate(items, start=1)
            for fault in _record_faults(number, item, known, public=public)
        ]
    )
    says = (
        f"{len(items)} pieces, as the feed was sealed",
        *(f"{item.title} ({item.href}){'' if item.record else ', without a record'}" for item in items),
    )
    return Verdict(checked=1 + len(items), faults=tuple(faults), says=says)


def _record_faults(number: int, item: Item, known: Mapping[str, str], *, public: bytes) -> Iterator[Fault]:
    line = known.get(item.record_sha256)
    if line is None:
        yield Fault(number, "no-record", f"The record of “{item.title}” is not among those at hand.")
        return
    try:
        body = open_record(line, public=public).body
    except NotGenuine as error:
        yield Fault(number, error.code, str(error))
        return
    if (body.get("headline"), body.get("address")) != (item.title, item.href):
        yield Fault(
            number, "content", f"The record of “{item.title}” is about another piece, or another headline."
        )


def _differences(body: object, told: Told) -> Iterator[Fault]:
    said = body if isinstance(body, dict) else {}
    if said.get("event") != "published":
        yield Fault(1, "ended", "The record says that this piece was taken back.")
    elif said.get("content_sha256") != told.content_sha256:
        yield Fault(
            1, "content", "The page says something else than its record: it was changed, or is older."
        )


def _says(body: object) -> Iterator[str]:
    said = body if isinstance(body, dict) else {}
    yield f"{said.get('headline', '')} ({said.get('kind', '')}, {said.get('language', '')})"
    yield f"published at {said.get('address', '')} on {said.get('published_at', '')}; sealed {said.get('at', '')}"
    source = said.get("original") or {}
    if source:
        yield f"made from {source['url']} of {source['outlet']}, fetched {source['fetched_at']}"
        yield f"snapshot {source['snapshot_sha256']}"
    credits_ = ", ".join(f"{one['name']} ({one['role']})" for one in said.get("credits", []))
    if credits_:
        yield f"by {credits_}"
    machine = said.get("machine") or {}
    if machine.get("help", "none") != "none":
        yield f"machine help: {machine['help']} {machine['name']}".rstrip()
    yield from _review(said.get("review") or {})
    approved = said.get("approved")
    if approved:
        yield f"approved by {approved['by'] or 'the schedule'} on {approved['at']}"


def _review(review: dict[str, Any]) -> Iterator[str]:
    if review.get("machine"):
        yield (
            f"of {review['machine']} sentences that a machine drafted people approved {review['approved']}"
            f" and rewrote {review['rewritten']}"
        )
    for step in review.get("steps", []):
        who = (
            f"{step['by'] or 'the schedule'} ({step['role']})"
            if step["role"]
            else step["by"] or "the schedule"
        )
        yield f"{step['what']} by {who} on {step['at']}"
    if review.get("responsible"):
        yield f"{review['responsible']} answers for the text"


class _Counted:
    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.count += 1
            yield line
