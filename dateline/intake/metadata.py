"""What an article says of itself: headline, standfirst, section, canonical address; each with who told it."""

import re

from dateline.intake.extract_page import Page, text_of, types_of
from dateline.intake.origins import NOBODY, Told, first_told
from dateline.lib.sanitise import web_address
from dateline.lib.text import one_line, words

_SUFFIX = re.compile(r"\s+[-–—|»·•:/\\]+\s+|\s*\|\s*|\s+::\s+")
_MOST_HEADLINE = 400
_ALIKE = 0.5
_SECTIONS = (
    "article:section",
    "og:article:section",
    "parsely-section",
    "sailthru.section",
    "cxenseparse:category",
    "section",
)
_MOST_SECTION = 200


def headline(page: Page, *, told: str | None = None) -> Told:
    """Return the article's headline: the h1 that the page's own descriptions confirm, else those, without the site.

    told: the title in the feed, which knows the article best and the wording least.
    """
    described = _described_headlines(page)
    witnesses = [*([told] if told else []), *(said.value for said in described)]
    headings = [text for text in (_heading_text(h) for h in page.tree.iter("h1")) if text]
    confirmed = [(max(_alike(text, w) for w in witnesses), text) for text in headings] if witnesses else []
    if confirmed:
        best, text = max(confirmed, key=lambda pair: pair[0])
        if best >= _ALIKE:
            return Told(text, "headline")
    if described:
        return described[0]
    return first_told((one_line(told or ""), "feed"), (headings[0] if headings else "", "headline"))


def site_names(page: Page) -> frozenset[str]:
    """Return the names by which the page calls its site, in lower case."""
    publisher = page.article.get("publisher")
    host = re.sub(r"^www\.", "", page.url.split("//")[-1].split("/")[0].split(":")[0].lower())
    names = [
        page.first("og:site_name"), page.first("application-name"), text_of(publisher), host, host.split(".")[0],
        page.first("twitter:site").lstrip("@"), page.first("apple-mobile-web-app-title"),
    ]  # fmt: skip
    return frozenset(name.lower() for name in names if name)


def standfirst(page: Page, *, told: str | None = None) -> Told:
    """Return the summary that the page gives of its article, else the one told by the feed, else an empty text."""
    return first_told(
        (page.first("og:description"), "open-graph"),
        (page.first("description", "twitter:description", "dcterms.description"), "meta"),
        (text_of(page.article.get("description")), "json-ld"),
        (one_line(told or ""), "feed"),
    )


def section(page: Page) -> Told:
    """Return the section in which the outlet puts the article, by its own name for it, else an empty text."""
    crumbs = [text for text in map(one_line, _crumbs(page)) if text]
    found = first_told(
        (text_of(page.article.get("articleSection")), "json-ld"),
        (page.first(*_SECTIONS), "meta"),
        (crumbs[-1] if crumbs else "", "json-ld"),
    )
    fits = (
        not _names_site(found.value, site_names(page))
        and 0 < len(found.value) <= _MOST_SECTION
        and not found.value.isdecimal()
        and "://" not in found.value
    )
    return found if fits else NOBODY


def canonical_url(page: Page) -> Told:
    """Return the address that the page gives as its own, else the one it was fetched from."""
    links = (
        e.get("href") or ""
        for e in page.tree.iter("link")
        if "canonical" in (e.get("rel") or "").lower().split()
    )
    told = first_told(
        (next((link for link in links if link.strip()), ""), "link"), (page.first("og:url"), "open-graph")
    )
    address = web_address(told.value, base=page.url) if told.value else None
    return Told(address, told.origin) if address else Told(page.url, "address")


def declared_language(page: Page) -> str | None:
    """Return the language tag that the page declares, or None."""
    root = page.tree.getroottree().getroot()
    told = text_of(page.article.get("inLanguage"))
    told = told or root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    told = told or page.first("content-language", "og:locale", "dc.language", "language")
    tag = told.strip().replace("_", "-").split(",")[0] if told else ""
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) else None


def _described_headlines(page: Page) -> list[Told]:
    names = site_names(page)
    told = [
        Told(page.first("og:title"), "open-graph"),
        Told(text_of(page.article.get("headline")), "json-ld"),
        Told(page.first("twitter:title"), "meta"),
        Told(page.first("dc.title", "dcterms.title", "sailthru.title", "parsely-title"), "meta"),
        Told(one_line(page.tree.findtext(".//title") or ""), "title"),
    ]
    return [
        Told(without_site(text, names), origin) for text, origin in told if 0 < len(text) <= _MOST_HEADLINE
    ]


def _crumbs(page: Page) -> list[str]:
    """Return the names of the page's trail between the front page and the article itself."""
    for node in page.linked_data:
        if "BreadcrumbList" in types_of(node):
            listed = node.get("itemListElement")
            parts = [part for part in listed if isinstance(part, dict)] if isinstance(listed, list) else []
            return [text_of(part.get("name")) or text_of(part.get("item")) for part in parts][1:-1]
    return []


def without_site(title: str, names: frozenset[str]) -> str:
    """Return `title` without the parts at its ends that name the site."""
    parts = _SUFFIX.split(title)
    breaks = [m.group() for m in _SUFFIX.finditer(title)]
    while len(parts) > 1 and _names_site(parts[-1], names):
        parts.pop()
        breaks.pop()
    while len(parts) > 1 and _names_site(parts[0], names):
        parts.pop(0)
        breaks.pop(0)
    return "".join(part + gap for part, gap in zip(parts, [*breaks, ""], strict=True)).strip()


def _names_site(part: str, names: frozenset[str]) -> bool:
    bare = "".join(words(part))
    return any(bare == "".join(words(name)) for name in names) if bare else True


def _heading_text(heading: object) -> str:
    text = one_line(heading.text_content())  # type: ignore[attr-defined]
    return text if len(text) <= _MOST_HEADLINE else ""


def _alike(left: str, right: str) -> float:
    """Return how far two headlines share their words, 0 to 1."""
    a, b = set(words(left)), set(words(right))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
