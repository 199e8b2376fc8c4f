"""Check a page, or an export of records, against a key that you already have. Nothing is asked of the site."""

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
    """`verify FILE-or-URL --key FILE [--record FILE] [--head FILE]`."""
    parser.add_argument("what", metavar="FILE-or-URL", help="a page, or an export of records")
    parser.add_argument("--key", required=True, type=Path, help="the site's public key, in PEM")
    parser.add_argument("--record", type=Path, help="the page's record (default: record.json beside it)")
    parser.add_argument("--head", type=Path, help="a head of the chain that was published: a cut end is seen")


def run(options: Namespace) -> int:
    """Check, and say what was found; 0 genuine, 1 not, 2 where it could not be checked."""
    from dateline.lib.records import BadKey

    try:
        verdict = _verdict(options)
    except (CannotCheck, BadKey) as error:
        print(f"dateline verify: {error}", file=sys.stderr)
        return USAGE
    _tell(verdict)
    return GENUINE if verdict.is_genuine else WRONG


def _verdict(options: Namespace) -> Any:
    from dateline.publishing.verifying import verify_chain, verify_page

    public = _read(options.key)
    if urlsplit(options.what).scheme in {"http", "https"}:
        page = _fetched(options.what)
        return verify_page(page, record=_record(options, page), public=public)
    path = Path(options.what)
    if not _is_page(path):
        head = _read(options.head).decode(errors="replace").rstrip("\n") if options.head else None
        return verify_chain(_lines(path), public=public, head=head)
    page = _read(path)
    return verify_page(page, record=_record(options, page), public=public)


def _is_page(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(200).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
    except OSError as error:
        raise CannotCheck(f"{path} cannot be read ({error.strerror}).") from error


def _record(options: Namespace, page: bytes) -> str:
    if options.record:
        return _line(_read(options.record))
    if urlsplit(options.what).scheme in {"http", "https"}:
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
