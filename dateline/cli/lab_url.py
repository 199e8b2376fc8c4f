"""`lab url`: the guard's verdict on addresses, with names looked up in a file."""

import argparse
import json
from functools import cache
from pathlib import Path

from dateline.cli.lab_verb import Line, Refused, Verb, text_in

_LONGEST = 32 * 1024 * 1024


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--hosts",
        metavar="FILE",
        help="lines «address name…» as in /etc/hosts; a name may have several addresses",
    )


def _check(args: argparse.Namespace) -> None:
    if args.hosts:
        _hosts(args.hosts)


def _single(args: argparse.Namespace, text: str) -> str:
    lines = (line.removesuffix("\r") for line in text.split("\n"))
    return "\n".join(
        json.dumps(_judged(line, args.hosts), ensure_ascii=False) for line in lines if line.strip()
    )


def _one(args: argparse.Namespace, asked: Line) -> Line:
    return _judged(text_in(asked, "url"), args.hosts)


def _judged(url: str, hosts: str | None) -> Line:
    from dateline.net.verdicts import judge

    addresses = _addresses(url, hosts)
    verdict = judge(url, addresses=addresses)
    return {"url": url, "verdict": verdict.verdict, "addresses": addresses, "reason": verdict.reason}


def _addresses(url: str, hosts: str | None) -> list[str]:
    """Return what the host of `url` has in the file, the host itself where it is an IP address, else nothing."""
    from dateline.lib.urls import NotAWebAddress, read

    try:
        target = read(url)
    except NotAWebAddress:
        return []
    if target.ip is not None:
        return [target.host]
    return list(_hosts(hosts).get(target.host, ())) if hosts else []


@cache
def _hosts(path: str) -> dict[str, list[str]]:
    """Read the file once: canonical names to their addresses, in the file's order."""
    try:
        with Path(path).open(encoding="utf-8", errors="replace") as file:
            text = file.read(_LONGEST)
    except OSError as error:
        raise Refused("usage", f"{path} cannot be read: {error}") from None
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        address, *named = line.partition("#")[0].split() or [""]
        for name in named:
            found.setdefault(_canonical(name), []).append(address)
    return found


def _canonical(name: str) -> str:
    from dateline.lib.urls import NotAWebAddress, canonical_host

    try:
        return canonical_host(name)
    except NotAWebAddress:
        return name.lower()


VERB = Verb(
    name="url",
    help="may an address from outside be fetched?",
    description=(
        "Read one address a line from standard input and print a JSON line {url, verdict, addresses, reason} for "
        "each; nothing is looked up but in --hosts, and nothing fetched. With --jsonl: lines {id, url}, answered by "
        "{id, url, verdict, addresses, reason} or {id, error: {code, message}}."
    ),
    add_arguments=_add_arguments,
    one=_one,
    single=_single,
    check=_check,
)
