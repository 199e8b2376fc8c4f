"""Directories of outlets by country: our own shape in JSON or CSV, and other people's that are like it.

Source: docs/reference/directory-of-outlets.md describes the shape.
"""

import csv
import html
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from dateline.lib.countries import country_code
from dateline.lib.decoding import decode
from dateline.lib.text import cut, names, one_line
from dateline.sources.lists import (
    LONGEST_NAME,
    NO_ADDRESS,
    BroughtList,
    ListedChannel,
    ListedOutlet,
    Unusable,
    joined,
    why_not,
    with_scheme,
)

LONGEST_BYTES: Final = 20 * 1024 * 1024
MOST_OUTLETS: Final = 50_000
KINDS: Final = names("newspaper magazine broadcaster agency office society blog")
CHANNEL_KINDS: Final = names("feed sitemap page dateline")
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_BETWEEN: Final = re.compile(r"[\s,;|]+")
_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_ABOUT_A_LIST: Final = names("source licence license title name dateline country language languages")
# By which words in its name another list's field is known, the surest first.
_CALLED: Final = (
    ("feed", names("feed feeds rss atom xml")),
    ("home", names("home website site homepage url link web html")),
    ("language", names("language languages lang")),
    ("country", names("country nation")),
    ("owner", names("owner publisher")),
    ("name", names("name title publication outlet")),
)


class NotADirectory(ValueError):
    """The bytes are no directory of outlets; the message says why and what to do."""


def read(content: bytes, *, name: str = "") -> BroughtList:
    """Return the directory in `content`, JSON or CSV. Outlets that stand in it twice become one.

    name: of the file, the title where the file says none. Raises NotADirectory.
    """
    if len(content) > LONGEST_BYTES:
        raise NotADirectory(f"The file has {len(content)} bytes; {LONGEST_BYTES} are read. Split it.")
    text = decode(content).lstrip("\ufeff").strip()
    if not text:
        raise NotADirectory("The file is empty.")
    if text[0] in "{[":
        title, lines = _from_json(text)
    else:
        title, lines = "", _from_csv(text)
    return _brought(lines, title=title or _plain_name(name))


def _plain_name(name: str) -> str:
    return cut(one_line(re.sub(r"\.\w{2,5}$", "", name)), LONGEST_NAME)


def _brought(lines: Iterable[tuple[int, Mapping[str, Any]]], *, title: str) -> BroughtList:
    outlets: list[ListedOutlet] = []
    unusable: list[Unusable] = []
    seen: set[tuple[str, str]] = set()
    for number, told in lines:
        if len(outlets) >= MOST_OUTLETS:
            raise NotADirectory(f"The directory has more than {MOST_OUTLETS} outlets. Split it.")
        outlet, refused = _outlet(told, line=number)
        unusable += refused
        if outlet is not None and (once := _unseen(outlet, seen)):
            outlets.append(once)
    if not outlets and not unusable:
        raise NotADirectory(
            "There is no outlet in this file: each needs a name and the address of a feed or page."
        )
    return BroughtList(title=title, outlets=tuple(joined(outlets)), unusable=tuple(unusable))


def _unseen(outlet: ListedOutlet, seen: set[tuple[str, str]]) -> ListedOutlet | None:
    """Return the outlet without feeds that an earlier line had; None where the whole line was there."""
    marks = [(outlet.home if not outlet.channels else "", channel.address) for channel in outlet.channels]
    marks = marks or [(outlet.home, "")]
    fresh = [mark for mark in marks if mark not in seen]
    seen.update(marks)
    if not fresh:
        return None
    kept = {address for _home, address in fresh}
    channels = tuple(channel for channel in outlet.channels if channel.address in kept)
    return ListedOutlet(**{**vars(outlet), "channels": channels})


def _outlet(told: Mapping[str, Any], *, line: int) -> tuple[ListedOutlet | None, list[Unusable]]:
    refused: list[Unusable] = []
    channels: list[ListedChannel] = []
    name = cut(_name(told.get("name")), LONGEST_NAME)
    for channel in _channels(told.get("feeds")):
        if why := why_not(channel.address):
            refused.append(Unusable(line, cut(f"{name} {channel.address}".strip(), 200), why))
        else:
            channels.append(channel)
    home = _text(told.get("home"))
    home = "" if why_not(home) else home
    if not channels and not home:
        return None, refused or [Unusable(line, cut(name, 200), NO_ADDRESS)]
    country, kind = _text(told.get("country")), _text(told.get("kind")).lower()
    outlet = ListedOutlet(
        name=name,
        name_here=cut(_name(told.get("name_here")), LONGEST_NAME),
        kind=kind if kind in KINDS else "",
        home=home,
        country=country_code(country) or cut(country, 80),
        languages=tuple(_tags(told.get("languages"))),
        owner=cut(_name(told.get("owner")), LONGEST_NAME),
        channels=tuple(channels),
        line=line,
    )
    return outlet, refused


def _channels(told: object) -> Iterator[ListedChannel]:
    """Yield the channels of a text of addresses, of a list of them, or of a list of channels."""
    if isinstance(told, str):
        told = [part for part in re.split(r"[\s|]+", told) if part]
    for one in told if isinstance(told, list) else ():
        if isinstance(one, str) and one.strip():
            yield ListedChannel(address=with_scheme(one.strip()))
        elif isinstance(one, Mapping):
            kind = _text(one.get("kind"))
            rules = one.get("rules")
            yield ListedChannel(
                address=with_scheme(_text(one.get("address"))),
                kind=kind if kind in CHANNEL_KINDS else "feed",
                title=cut(_text(one.get("title")), 200),
                rules={_text(k): str(v) for k, v in rules.items()} if isinstance(rules, Mapping) else {},
            )


def _tags(told: object) -> Iterator[str]:
    parts = _BETWEEN.split(told) if isinstance(told, str) else told if isinstance(told, list) else ()
    yield from dict.fromkeys(part for part in parts if isinstance(part, str) and _TAG.fullmatch(part))


def _text(value: object) -> str:
    return one_line(value) if isinstance(value, str) else ""


def _name(value: object) -> str:
    """Return a name, unescaped where somebody took it from a page's source."""
    return one_line(html.unescape(_text(value)))


def _from_json(text: str) -> tuple[str, Iterator[tuple[int, Mapping[str, Any]]]]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotADirectory(f"This looks like JSON but cannot be read as such: {error}.") from error
    if isinstance(told, dict) and isinstance(told.get("outlets"), list):
        return _text(told.get("title")), _numbered(_ours(told["outlets"], whole=told))
    return _text(told.get("title")) if isinstance(told, dict) else "", _numbered(_theirs(told))


def _numbered(told: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    yield from enumerate(told, start=1)


def _ours(outlets: Sequence[object], *, whole: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the outlets in our shape; what the whole file says of country and languages holds for each."""
    common = {name: whole[name] for name in ("country", "languages") if name in whole}
    for one in outlets:
        if isinstance(one, Mapping):
            yield {**common, **one}


def _theirs(told: object) -> Iterator[Mapping[str, Any]]:
    """Yield the outlets of lists within another shape, their fields known by the words in their names."""
    lists = [told] if isinstance(told, list) else []
    country = ""
    if isinstance(told, dict):
        country = _text(told.get("country"))
        lists = [value for value in told.values() if isinstance(value, list)]
        if not lists:
            lists = [_keyed(told)]
    for one in (one for listed in lists for one in listed):
        if isinstance(one, Mapping):
            yield {"country": country, **_renamed(one)}


def _keyed(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what stands in a table by name, or by country, as a list."""
    found: list[dict[str, Any]] = []
    for key, value in told.items():
        if key.lower() not in _ABOUT_A_LIST and isinstance(value, Mapping):
            found.append({"name": key, **value})
    return found


def _renamed(told: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in told.items():
        ours = _meant(name)
        if ours and value:
            found.setdefault(ours, value)
    return found


def _meant(name: str) -> str:
    if name in {"name_here", "kind", "feeds", "languages", "owner"}:
        return name
    words = {word.lower() for word in _WORDS.findall(name)}
    found = next((ours for ours, theirs in _CALLED if words & theirs), "")
    return {"feed": "feeds", "language": "languages"}.get(found, found)


def _from_csv(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
        if not {_meant(one_line(name or "")) for name in rows.fieldnames or ()} & {"feeds", "home"}:
            raise NotADirectory(
                "This is neither JSON nor a table with a heading: its first line must name the columns"
                " (name, country, languages, kind, home, feeds)."
            )
        for row in rows:
            plain = {one_line(name): value for name, value in row.items() if name and isinstance(value, str)}
            yield rows.line_num, _renamed(plain)
    except csv.Error as error:
        raise NotADirectory(f"The table cannot be read: {error}.") from error


def write(outlets: Iterable[ListedOutlet], *, title: str) -> bytes:
    """Return a directory in our shape, as JSON in UTF-8."""
    told = {"dateline": "outlets/1", "title": title, "outlets": [_written(outlet) for outlet in outlets]}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _written(outlet: ListedOutlet) -> dict[str, Any]:
    told = {
        "name": outlet.name,
        "name_here": outlet.name_here,
        "country": outlet.country,
        "languages": list(outlet.languages),
        "kind": outlet.kind,
        "home": outlet.home,
        "owner": outlet.owner,
        "feeds": [
            channel.address
            if channel.kind == "feed" and not channel.rules and not channel.title
            else {
                name: value
                for name, value in {
                    "address": channel.address,
                    "kind": channel.kind,
                    "title": channel.title,
                    "rules": dict(channel.rules),
                }.items()
                if value
            }
            for channel in outlet.channels
        ],
    }
    return {name: value for name, value in told.items() if value}
