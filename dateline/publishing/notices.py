"""The small texts at the root that tell machines, and people who look there, who we are and what is allowed.

Pure. Source: RFC 9309 (robots.txt), RFC 9116 (security.txt), draft-org-trust-relationship-protocol-00 (trust.txt), the
TDM Reservation Protocol of W3C's community group, RSL 1.0, llmstxt.org.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from lxml import etree

RSL: Final = "https://rslstandard.org/rsl"
# Of RSL's words for uses: all that machines do but finding a page for a reader.
_MINING: Final = "ai-all"
_OF_OTHERS: Final = (
    "Translations, excerpts and reprints remain the property of those named beside them, and stand here by their"
    " leave. What each may be used for is said on its page."
)
_NAMING: Final = (
    "Each piece says where it comes from; name its author, its outlet and, of a translation, its translator."
)
_MONTHS_VALID: Final = 11
_MONTHS: Final = 12


@dataclass(frozen=True, kw_only=True)
class Place:
    """A named address. note: what is there."""

    name: str
    href: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class About:
    """Who publishes the site, for its notices. All addresses are absolute; base has no slash at its end.

    licence, licence_url: under which others may take our own pieces; empty where they have to ask. terms: what we
    say of that, in each language.
    """

    base: str
    name: str
    tagline: str = ""
    blurb: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()
    is_mining_reserved: bool = True
    licence: str = ""
    licence_url: str = ""
    terms: tuple[Place, ...] = ()
    social: tuple[str, ...] = ()
    years: str = ""


def robots(about: About) -> str:
    """Return robots.txt: everything baked may be read by machines, the desk may not.

    The licence for machines is named in the heads of lists: many readers of this file take a line of RSL's for a fault.
    """
    lines = ["User-agent: *", "Disallow: /desk/", "Disallow: /-/", ""]
    maps = [f"Sitemap: {about.base}/{name}.xml" for name in ("sitemap", "news-sitemap")]
    return "\n".join([*lines, *maps, ""])


def security(about: About, *, today: date) -> str:
    """Return security.txt, good for nearly a year from the first of this month; empty where nobody can be written to.

    RFC 9116 wants a way to us, and a day on which it ends.
    """
    if not about.email:
        return ""
    lines = [
        f"Contact: mailto:{about.email}",
        f"Expires: {_valid_until(today):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(about.languages)}" if about.languages else "",
        f"Canonical: {about.base}/.well-known/security.txt",
    ]
    return "".join(f"{line}\n" for line in lines if line)


def next_month(today: date) -> date:
    """Return the first day of the month after this day: from then on security.txt says another end."""
    return date(today.year + today.month // _MONTHS, today.month % _MONTHS + 1, 1)


def _valid_until(today: date) -> datetime:
    months = today.year * _MONTHS + today.month - 1 + _MONTHS_VALID
    return datetime.combine(date(months // _MONTHS, months % _MONTHS + 1, 1), time(), tzinfo=UTC)


def trust(about: About) -> str:
    """Return trust.txt: which accounts elsewhere are ours, whom to write to, whether machines may learn from us."""
    lines = [
        f"# {_one_line(about.name)}",
        f"contact=mailto:{about.email}" if about.email else "",
        *(f"social={address}" for address in about.social),
        *(f"disclosure={place.href}" for place in about.terms),
        f"datatrainingallowed={'no' if about.is_mining_reserved else 'yes'}",
    ]
    return "".join(f"{line}\n" for line in lines if line)


def tdmrep(about: About) -> str:
    """Return tdmrep.json: whether the right to mine what stands here is reserved, and where our terms are."""
    rule: dict[str, object] = {"location": "/", "tdm-reservation": int(about.is_mining_reserved)}
    if about.is_mining_reserved and about.terms:
        rule["tdm-policy"] = about.terms[0].href
    return json.dumps([rule], ensure_ascii=False, indent=1) + "\n"


def rsl(about: About) -> bytes:
    """Return the licence for machines: finding pages for readers is free; of the rest only what is forbidden is said.

    It speaks of the whole site, on which much is of others: what our own pieces allow beyond it their pages say.
    """
    root = etree.Element(f"{{{RSL}}}rsl", nsmap={None: RSL})  # type: ignore[dict-item]  # lxml's stubs want text
    content = etree.SubElement(root, f"{{{RSL}}}content", url=f"{about.base}/")
    licence = etree.SubElement(content, f"{{{RSL}}}license")
    _say(licence, "permits", "search").set("type", "usage")
    if about.is_mining_reserved:
        _say(licence, "prohibits", _MINING).set("type", "usage")
    if about.terms:
        _say(content, "terms", about.terms[0].href)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _say(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{RSL}}}{name}")
    element.text = text
    return element


def licence(about: About) -> str:
    """Return licence.txt: whose the pieces are, and who may take what, in plain words."""
    own = (
        f"Our own pieces may be republished under {about.licence} ({about.licence_url})."
        if about.licence
        else "Our own pieces may be quoted and linked as the law allows. To republish one, ask us."
    )
    mined = (
        "The right to mine texts and data is reserved (Directive (EU) 2019/790, article 4); ask us first."
        if about.is_mining_reserved
        else "Our own pieces may be mined for texts and data. Those of others may not: their pages say so."
    )
    parts = [
        f"{_one_line(about.name)}",
        f"© {about.years} {_one_line(about.name)}" if about.years else "",
        own,
        _OF_OTHERS,
        mined,
        "Nothing is asked of who reads, links, prints for themselves, or finds pages for readers.",
        *(f"{place.name}: {place.href}" for place in about.terms),
        f"Write to {about.email}" if about.email else "",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def llms(about: About, *, sections: Sequence[Place], pages: Sequence[Place], data: Sequence[Place]) -> str:
    """Return llms.txt: the site in one page of Markdown, for who reads it by machine."""
    said = "\n\n".join(filter(None, (about.blurb.strip(), _how_it_may_be_used(about))))
    parts = [f"# {_one_line(about.name)}", f"> {_one_line(about.tagline)}" if about.tagline else "", said]
    parts += [_listed(name, places) for name, places in _named(sections, pages, data)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _how_it_may_be_used(about: About) -> str:
    reserved = (
        "Texts may be quoted with their address. The right to mine them and to train on them is reserved."
        if about.is_mining_reserved
        else "Our own texts may be mined; those of others may not: their pages say so."
    )
    return f"{reserved} {_NAMING}"


def _named(*lists: Sequence[Place]) -> Iterable[tuple[str, Sequence[Place]]]:
    return zip(("Sections", "About us", "Optional"), lists, strict=True)


def _listed(name: str, places: Sequence[Place]) -> str:
    if not places:
        return ""
    lines = (
        f"- [{_in_brackets(place.name)}]({place.href}){f': {_one_line(place.note)}' if place.note else ''}"
        for place in places
    )
    return "\n".join([f"## {name}", "", *lines])


def _in_brackets(text: str) -> str:
    return _one_line(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _one_line(text: str) -> str:
    return " ".join(text.split())
