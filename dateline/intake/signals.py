"""What a publisher says to machines about a piece: its licence, and which uses are reserved.

Sources: robots meta and X-Robots-Tag as search engines document them, with `noai` and `noimageai` as DeviantArt
introduced them; TDM Reservation Protocol (W3C community report, 2024); Really Simple Licensing 1.0 (2025);
Creative Commons rights expressions and `rel=license` (microformats); C2PA is not read.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from dateline.intake.extract_page import Page, text_of
from dateline.lib.sanitise import web_address
from dateline.lib.text import cut, names, one_line

LONGEST_VALUE: Final = 500
_MOST: Final = 40

# Robots words that reserve something. `none` means noindex and nofollow, which reserve no use of ours.
_ROBOTS: Final = names(
    "noarchive nosnippet noai noimageai noimageindex nocache notranslate noml none noindex max-snippet "
    "max-image-preview max-video-preview unavailable_after indexifembedded"
)
_ROBOT_NAMES: Final = (
    "robots",
    "googlebot",
    "googlebot-news",
    "bingbot",
    "ccbot",
    "gptbot",
    "google-extended",
)
_ROBOT_HEADER = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*:\s*(.*)$", re.DOTALL)
_RIGHTS_META: Final = ("dc.rights", "dcterms.rights", "dc.license", "dcterms.license", "copyright", "rights")
_RSL_TYPE: Final = "application/rsl+xml"
_CREATIVE_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses/([a-z-]+)(?:/(\d\.\d)(?:/([a-z]{2,6}))?)?|"
    r"publicdomain/(zero|mark)(?:/(\d\.\d))?)",
    re.IGNORECASE,
)

MINING: Final = "mining"
TRAINING: Final = "training"
PICTURE_TRAINING: Final = "picture-training"
ARCHIVING: Final = "archiving"
SNIPPETS: Final = "snippets"
TRANSLATION: Final = "machine-translation"

_RESERVED_BY_ROBOTS: Final = {
    "noai": (MINING, TRAINING),
    "noml": (MINING, TRAINING),
    "noimageai": (PICTURE_TRAINING,),
    "noarchive": (ARCHIVING,),
    "nocache": (ARCHIVING,),
    "nosnippet": (SNIPPETS,),
    "notranslate": (TRANSLATION,),
}


@dataclass(frozen=True)
class Signal:
    """One thing that a publisher says. signal: its kind; value: as said; where: in words for the editor.

    Kinds: `robots` (one word of it), `tdm-reservation` (0 or 1), `tdm-policy` (an address), `rsl` (an address),
    `licence` (an address or a text), `creative-commons` (`CC BY-NC 4.0`), `rights` (a text).
    """

    signal: str
    value: str
    where: str


class Reserved(NamedTuple):
    """A use that is reserved, and the signal that says so."""

    use: str
    by: Signal


def signals_in(page: Page) -> list[Signal]:
    """Return what the page's own markup says, each thing once, in a settled order."""
    told = [*_robots_meta(page), *_tdm_meta(page), *_licence_links(page), *_rights(page)]
    return settled(told)


def signals_of_headers(headers: Iterable[tuple[str, str]]) -> list[Signal]:
    """Return what the headers of an answer say."""
    told: list[Signal] = []
    for name, value in headers:
        key = name.lower()
        if key == "x-robots-tag":
            told += _robots_header(value)
        elif key == "tdm-reservation":
            told.append(Signal("tdm-reservation", value.strip()[:1], "header tdm-reservation"))
        elif key == "tdm-policy":
            told.append(Signal("tdm-policy", value.strip(), "header tdm-policy"))
        elif key == "link":
            told += _link_header(value)
    return settled(told)


def signals_of_tdmrep(text: str, *, path: str) -> list[Signal]:
    """Return what a host's /.well-known/tdmrep.json says of the page at `path`; nothing where it cannot be read.

    The last rule whose location matches holds, as the protocol has it.
    """
    try:
        rules = json.loads(text)
    except (ValueError, RecursionError):
        return []
    matching = (
        [r for r in rules if isinstance(r, dict) and _covers(r, path)] if isinstance(rules, list) else []
    )
    return list(_rule_signals(matching[-1])) if matching else []


def signals_of_robots_txt(text: str, *, base: str) -> list[Signal]:
    """Return the licences that a robots.txt names by `License:` lines (RSL)."""
    lines = (line.partition("#")[0].partition(":") for line in text.splitlines())
    told = [
        web_address(value.strip(), base=base) for name, _, value in lines if name.strip().lower() == "license"
    ]
    return settled(Signal("rsl", address, "robots.txt License") for address in told if address)


def reserved_uses(signals: Iterable[Signal]) -> frozenset[Reserved]:
    """Return the uses by machines that `signals` reserve, each with its source.

    `mining` is text and data mining in the sense of the EU's directive 2019/790, article 4. A licence that allows
    more, or an agreement, is weighed elsewhere: this says only what is reserved.
    """
    return frozenset(Reserved(use, signal) for signal in signals for use in _uses(signal))


def settled(signals: Iterable[Signal]) -> list[Signal]:
    """Return signals without repeats or empty values, cut to what a row keeps."""
    found: dict[tuple[str, str, str], Signal] = {}
    for told in signals:
        value = cut(one_line(told.value), LONGEST_VALUE)
        if value:
            found.setdefault((told.signal, value, told.where), Signal(told.signal, value, told.where))
    return list(found.values())[:_MOST]


def creative_commons(text: str) -> str:
    """Return the short name of the Creative Commons licence whose address `text` holds, else an empty text."""
    found = _CREATIVE_COMMONS.search(text)
    if not found:
        return ""
    kind, version, country, public, public_version = found.groups()
    if public:
        return " ".join(
            filter(None, ("CC0" if public.lower() == "zero" else "Public domain mark", public_version))
        )
    return " ".join(filter(None, (f"CC {kind.upper()}", version, (country or "").upper())))


def _uses(signal: Signal) -> tuple[str, ...]:
    if signal.signal == "robots":
        word, _, limit = signal.value.partition(":")
        if word == "max-snippet" and limit.strip() == "0":
            return (SNIPPETS,)
        return _RESERVED_BY_ROBOTS.get(word, ())
    if signal.signal == "tdm-reservation" and signal.value == "1":
        return (MINING, TRAINING)
    # RSL's licence must be read to know what it grants; until then it asks to be asked.
    return (MINING, TRAINING) if signal.signal == "rsl" else ()


def _robots_meta(page: Page) -> Iterator[Signal]:
    for name in _ROBOT_NAMES:
        for content in page.meta.get(name, ()):
            yield from _robots_words(content, f"meta {name}")


def _robots_header(value: str) -> Iterator[Signal]:
    named = _ROBOT_HEADER.match(value)
    if named and named[1].lower() not in _ROBOTS:
        yield from _robots_words(named[2], f"header X-Robots-Tag for {named[1]}")
    else:
        yield from _robots_words(value, "header X-Robots-Tag")


def _robots_words(content: str, where: str) -> Iterator[Signal]:
    for part in content.lower().split(","):
        word, _, limit = (piece.strip() for piece in part.partition(":"))
        if word in _ROBOTS:
            yield Signal("robots", f"{word}: {limit}" if limit else word, where)


def _tdm_meta(page: Page) -> Iterator[Signal]:
    for name in ("tdm-reservation", "tdm-policy"):
        for content in page.meta.get(name, ()):
            yield Signal(name, content.strip(), f"meta {name}")


def _licence_links(page: Page) -> Iterator[Signal]:
    for element in page.tree.iter("link", "a"):
        if "license" not in (element.get("rel") or "").lower().split():
            continue
        address = web_address(element.get("href") or "", base=page.url)
        if address:
            kind = (element.get("type") or "").strip().lower()
            yield from _licence(address, where=f"{element.tag} rel=license", kind=kind)


def _licence(address: str, *, where: str, kind: str = "") -> Iterator[Signal]:
    if kind == _RSL_TYPE:
        yield Signal("rsl", address, where)
    elif name := creative_commons(address):
        yield Signal("creative-commons", name, where)
    else:
        yield Signal("licence", address, where)


def _rights(page: Page) -> Iterator[Signal]:
    for told in _texts(page.article.get("license")):
        yield from _licence(told, where="JSON-LD license")
    for field in ("usageInfo", "copyrightNotice"):
        for told in _texts(page.article.get(field)):
            yield Signal("rights", told, f"JSON-LD {field}")
    for name in _RIGHTS_META:
        for told in page.meta.get(name, ()):
            licence = creative_commons(told)
            yield Signal("creative-commons" if licence else "rights", licence or told, f"meta {name}")


def _texts(value: Any) -> list[str]:
    return [text for part in (value if isinstance(value, list) else [value]) if (text := text_of(part))]


def _link_header(value: str) -> Iterator[Signal]:
    for address, words in re.findall(r"<([^<>]*)>([^<]*)", value[:4_000]):
        if re.search(r"rel\s*=\s*\"?[^\";]*\blicense\b", words, re.IGNORECASE) and web_address(address):
            kind = _RSL_TYPE if _RSL_TYPE in words.lower() else ""
            yield from _licence(address, where="header Link rel=license", kind=kind)


def _covers(rule: Mapping[str, Any], path: str) -> bool:
    place = str(rule.get("location") or "")
    plain = place.replace("[", "[[]").replace("?", "[?]")  # only the star is a wildcard here
    return bool(place) and fnmatchcase(
        path, plain if "*" in place or not place.endswith("/") else f"{plain}*"
    )


def _rule_signals(rule: Mapping[str, Any]) -> Iterator[Signal]:
    where = "/.well-known/tdmrep.json"
    if str(rule.get("tdm-reservation")) in ("0", "1"):
        yield Signal("tdm-reservation", str(rule["tdm-reservation"]), where)
    if web_address(str(rule.get("tdm-policy") or "")):
        yield Signal("tdm-policy", str(rule["tdm-policy"]), where)


def path_of(url: str) -> str:
    """Return the path and query of an address, as a host's rules name pages."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
