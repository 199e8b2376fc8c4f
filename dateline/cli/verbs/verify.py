"""Check a page, a feed, or an export of records, against a key that you already have. Nothing is asked of the site."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

HELP = "check pages and records of a site by its key"
GENUINE, WRONG, USAGE = 0, 1, 2
_MOST_TOLD: Final = 20


class CannotCheck(Exception):
    """Something that is needed is not there; the message says what and where from."""


def add_arguments(parser: ArgumentParser) -> None:
    """`verify FILE-or-URL --key FILE [--record FILE] [--records FILE] [--head FILE]`."""
    parser.add_argument("what", metavar="FILE-or-URL", help="a page, a feed, or an export of records")
    parser.add_argument("--key", required=True, type=Path, help="the site's public key, in PEM")
    parser.add_argument("--record", type=Path, help="the page's record (default: record.json beside it)")
    parser.add_argument(
        "--records", type=Path, help="an export of records: each piece of a feed is looked up in it"
    )
    parser.add_argument("--head", type=Path, help="a head of the chain that was published: a cut end is seen")


def run(options: Namespace) -> int:
    """Check, and say what was found; 0 genuine, 1 not, 2 where it could not be checked."""
    from dateline.lib.formats.sealed import NoFeed
    from dateline.lib.records import BadKey

    try:
        verdict = _verdict(options)
    except (CannotCheck, BadKey, NoFeed) as error:
        print(f"dateline verify: {error}", file=sys.stderr)
        return USAGE
    _tell(verdict)
    return GENUINE if verdict.is_genuine else WRONG


def _verdict(options: Namespace) -> Any:
    from dateline.lib.formats.sealed import looks_like_feed
    from dateline.publishing.verifying import verify_chain, verify_feed, verify_page

    public = _read(options.key)
    content = _fetched(options.what) if _is_address(options.what) else None
    start = content if content is not None else _start(Path(options.what))
    if looks_like_feed(start):
        whole = content if content is not None else _read(Path(options.what))
        return verify_feed(whole, public=public, records=_lines(options.records) if options.records else None)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        page = content if content is not None else _read(Path(options.what))
        return verify_page(page, record=_record(options, page), public=public)
    head = _read(options.head).decode(errors="replace").rstrip("\n") if options.head else None
    lines = _lines_in(content) if content is not None else _lines(Path(options.what))
    return verify_chain(lines, public=public, head=head)


def _is_address(what: str) -> bool:
    return urlsplit(what).scheme in {"http", "https"}


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(2000)
    except OSError as error:
        raise CannotCheck(f"{path} cannot be read ({error.strerror}).") from error


def _lines_in(content: bytes) -> Iterator[str]:
    for line in content.splitlines():
        yield line.decode("utf-8", "surrogateescape")


def _record(options: Namespace, page: bytes) -> str:
    if options.record:
        return _line(_read(options.record))
    if _is_address(options.what):
        return _line(_fetched(urljoin(options.what, _told_place(page))))
    beside = Path(options.what).with_name("record.json")
    if not beside.is_file():
        raise CannotCheck(
            f"There is no {beside}. Save {_told_place(page)} of the site there, or name it: --record FILE."
        )
    return _line(_read(beside))


def _told_place(page: bytes) -> str:
    from dateline.publishing.content import NoContent, told_by

    try:
        place = told_by(page).record
    except NoContent as error:
        raise CannotCheck(str(error)) from error
    if not place:
        raise CannotCheck("The page names no record: it was not published with one, or its head was changed.")
    return place


def _fetched(url: str) -> bytes:
    from datetime import UTC, datetime

    from dateline import __version__
    from dateline.net.errors import FetchError
    from dateline.net.guarded import Door, fetch
    from dateline.net.letters import Request

    try:
        door = Door(user_agent=f"Dateline/{__version__} (verify)")
        response = fetch(Request(url=url), door=door, now=datetime.now(UTC))
    except FetchError as error:
        raise CannotCheck(str(error)) from error
    if not response.is_success:
        raise CannotCheck(f"{url} answered with {response.status}.")
    return response.body


def _lines(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        for line in file:
            yield line.removesuffix(b"\n").decode("utf-8", "surrogateescape")


def _line(content: bytes) -> str:
    return content.removesuffix(b"\n").decode("utf-8", "surrogateescape")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotCheck(f"{path} cannot be read ({error.strerror}).") from error


def _tell(verdict: Any) -> None:
    for fault in verdict.faults[:_MOST_TOLD]:
        print(f"{fault.number}: {fault.message}" if fault.number else fault.message)
    if len(verdict.faults) > _MOST_TOLD:
        print(f"… and {len(verdict.faults) - _MOST_TOLD} more.")
    if verdict.is_genuine:
        print("\n".join(verdict.says) or f"{verdict.checked} records, each as it was signed, none missing.")
    elif not verdict.checked:
        print("There is no record in it.")
