"""What an article says of itself: headline, standfirst, date, picture, canonical address."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from dateline.intake.extract_page import Page, text_of
from dateline.lib.dates import parse_moment
from dateline.lib.sanitise import web_address
from dateline.lib.text import one_line, words

_SUFFIX = re.compile(r"\s+[-–—|»·•:/\\]+\s+|\s*\|\s*|\s+::\s+")
_MOST_HEADLINE = 400
_ALIKE = 0.5
_DATE_META = (
    "article:published_time", "og:article:published_time", "datepublished", "date_published", "parsely-pub-date",
    "sailthru.date", "article.published", "published_time", "publishdate", "publish_date", "publish-date", "pubdate",
    "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.date", "dcterms.created", "dcterms.issued", "dc.date",
    "dc.date.created", "article:published", "og:pubdate", "article_date_original", "originalpublicationdate",
    "citation_publication_date", "citation_date", "bt:pubdate", "rnews:datepublished", "date",
)  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """The lead picture by reference, with what the page says of it."""

    url: str
    alt: str
    caption: str
    credit: str


def headline(page: Page, *, told: str | None = None) -> str:
    """Return the article's headline: the h1 that the page's own descriptions confirm, else those, without the site.

    told: the title in the feed, which knows the article best and the wording least.
    """
    described = _described_headlines(page)
    witnesses = [*([told] if told else []), *described]
    headings = [text for text in (_heading_text(h) for h in page.tree.iter("h1")) if text]
    confirmed = [(max(_alike(text, w) for w in witnesses), text) for text in headings] if witnesses else []
    if confirmed:
        best, text = max(confirmed, key=lambda pair: pair[0])
        if best >= _ALIKE:
            return text
    if described:
        return described[0]
    return (told and one_line(told)) or (headings[0] if headings else "")


def site_names(page: Page) -> frozenset[str]:
    """Return the names by which the page calls its site, in lower case."""
    publisher = page.article.get("publisher")
    host = re.sub(r"^www\.", "", page.url.split("//")[-1].split("/")[0].split(":")[0].lower())
    names = [
        page.first("og:site_name"), page.first("application-name"), text_of(publisher), host, host.split(".")[0],
        page.first("twitter:site").lstrip("@"), page.first("apple-mobile-web-app-title"),
    ]  # fmt: skip
    return frozenset(name.lower() for name in names if name)


def standfirst(page: Page) -> str:
    """Return the summary that the page gives of its article, else an empty text."""
    told = page.first("og:description", "description", "twitter:description", "dcterms.description")
    return told or text_of(page.article.get("description"))


def published_at(page: Page) -> datetime | date | None:
    """Return when the article was first published, by the page's machine-readable word."""
    told = [text_of(page.article.get("datePublished")), *(page.first(key) for key in _DATE_META)]
    told += [text_of(page.article.get("dateCreated"))]
    told += [
        e.get("datetime") or e.get("content") or ""
        for e in page.tree.iterfind(".//*[@itemprop='datePublished']")
    ]
    times = list(page.tree.iter("time"))
    marked = [e for e in times if e.get("pubdate") is not None or "publish" in (e.get("class") or "").lower()]
    told += [e.get("datetime") or "" for e in (*marked, *times[:1])]
    return next(filter(None, map(parse_moment, filter(None, told))), None)


def picture(page: Page) -> Picture | None:
    """Return the lead picture that the page names, with its caption and credit where the page gives them."""
    image = page.article.get("image")
    node = next((part for part in (image if isinstance(image, list) else [image]) if part), None)
    told = page.first("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
    address = told or _image_address(node)
    url = web_address(address, base=page.url) if address else None
    if not url:
        return None
    fields = node if isinstance(node, dict) else {}
    alt = page.first("og:image:alt", "twitter:image:alt")
    credit = (
        text_of(fields.get("creditText")) or text_of(fields.get("author")) or text_of(fields.get("creator"))
    )
    return Picture(url=url, alt=alt, caption=text_of(fields.get("caption")), credit=credit)


def canonical_url(page: Page) -> str:
    """Return the address that the page gives as its own, else the one it was fetched from."""
    links = (
        e.get("href") or ""
        for e in page.tree.iter("link")
        if "canonical" in (e.get("rel") or "").lower().split()
    )
    told = next((link for link in links if link.strip()), "") or page.first("og:url")
    return (web_address(told, base=page.url) if told else None) or page.url


def declared_language(page: Page) -> str | None:
    """Return the language tag that the page declares, or None."""
    root = page.tree.getroottree().getroot()
    told = text_of(page.article.get("inLanguage"))
    told = told or root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    told = told or page.first("content-language", "og:locale", "dc.language", "language")
    tag = told.strip().replace("_", "-").split(",")[0] if told else ""
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) else None


def _described_headlines(page: Page) -> list[str]:
    names = site_names(page)
    told = [
        page.first("og:title"), text_of(page.article.get("headline")), page.first("twitter:title"),
        page.first("dc.title", "dcterms.title", "sailthru.title", "parsely-title"),
        one_line(page.tree.findtext(".//title") or ""),
    ]  # fmt: skip
    return [without_site(text, names) for text in told if 0 < len(text) <= _MOST_HEADLINE]


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


def _image_address(node: object) -> str:
    if isinstance(node, dict):
        return text_of(node.get("url") or node.get("contentUrl") or node.get("@id"))
    return text_of(node)
