"""From a fetched page to the article in it."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit

from dateline.intake import metadata
from dateline.intake.detector import Witnesses, reasons_to_doubt
from dateline.intake.extract_blocks import Block, html_of, text_of
from dateline.intake.extract_body import Body, find_body
from dateline.intake.extract_figures import described, figures, placed
from dateline.intake.extract_page import Page, parse, types_of
from dateline.intake.extract_page import text_of as plain
from dateline.intake.language import detect, primary
from dateline.intake.metadata_authors import Author, authors, from_byline
from dateline.lib.dates import iso
from dateline.lib.decoding import decode
from dateline.lib.floods import refuse_floods
from dateline.lib.sanitise import sanitise
from dateline.lib.text import one_line, words

_FEWEST_WORDS = 20
_FEW_WORDS = 40
_WALL_WORDS = 200
_MOSTLY_LINKS = 0.6
_WALL = re.compile(
    r"\b(?:enable\s+(?:javascript|cookies)|turn\s+on\s+javascript|verify(?:ing)?\s+(?:that\s+)?you\s+are\s+(?:a\s+)?human|captcha|"
    r"access\s+denied|403\s+forbidden|404\s+not\s+found|(?:page|article|story)\s+(?:was\s+|could\s+)?not\s+(?:be\s+)?found|"
    r"unusual\s+traffic|checking\s+your\s+browser|are\s+you\s+a\s+robot|accept\s+(?:all\s+)?cookies\s+to\s+continue|"
    r"страница\s+не\s+найдена|seite\s+(?:wurde\s+)?nicht\s+gefunden|page\s+introuvable|página\s+no\s+encontrada|"
    r"página\s+não\s+encontrada|sayfa\s+bulunamadı|səhifə\s+tapılmadı)",
    re.IGNORECASE,
)


class NoArticle(ValueError):
    """A page without an article; the message says what it is instead, for the editor."""


@dataclass(frozen=True)
class Extract:
    """An article as read from its page. Texts that the page does not give are empty, other values None.

    published_at: ISO 8601 with zone, or a day only. image: url, alt, caption, credit, or None.
    reasons: `code: sentence`, why an editor should look at the snapshot; `suspect` where there is one.
    """

    headline: str
    standfirst: str
    authors: list[dict[str, str]]
    published_at: str | None
    language: str | None
    body_text: str
    body_html: str
    image: dict[str, str] | None
    canonical_url: str
    suspect: bool = False
    reasons: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """Return the fields as JSON values, in their order."""
        return asdict(self)


def extract(
    html: bytes | str,
    *,
    url: str,
    title: str | None = None,
    summary: str | None = None,
    declared_encoding: str | None = None,
) -> Extract:
    """Return the article on the page `html` that was fetched from `url`.

    title, summary: of the feed entry, if one led here; they help to know the right article.
    declared_encoding: the charset of the HTTP header; a page in bytes is decoded as browsers do.
    Raises NoArticle where the page holds none, HostileMarkup where it would hang a parser.
    """
    markup = html if isinstance(html, str) else decode(html, declared=declared_encoding)
    refuse_floods(markup)
    page = parse(markup, url=url)
    if page is None:
        raise NoArticle("The page is empty.")
    headline = metadata.headline(page, told=title)
    named = authors(page) or authors(page, further=_written_bylines(page))
    body = find_body(page, headline=headline, authors=[author.name for author in named])
    _refuse_what_is_no_article(page, body)
    return _written(page, body, headline=headline, named=named, summary=summary)


def _written(page: Page, body: Body, *, headline: str, named: list[Author], summary: str | None) -> Extract:
    found = figures(page)
    text = text_of(body.blocks)
    lead = described(metadata.picture(page), found)
    language = detect(text, declared=metadata.declared_language(page))
    witnesses = _witnesses(page, headline=headline, summary=summary or metadata.standfirst(page))
    reasons = list(reasons_to_doubt(body.blocks, body.other, witnesses))
    if not headline:
        reasons.append("headline: The page does not say what the article is called.")
    return Extract(
        headline=headline,
        standfirst=metadata.standfirst(page) or one_line(summary or ""),
        authors=[asdict(author) for author in named or _bylined(body)],
        published_at=iso(metadata.published_at(page)) or _written_date(page),
        language=language.language if language else primary(metadata.declared_language(page)),
        body_text=text,
        body_html=sanitise(html_of(placed(body.blocks, found)), base=page.url),
        image=asdict(lead) if lead else None,
        canonical_url=metadata.canonical_url(page),
        suspect=bool(reasons),
        reasons=reasons,
    )


def _bylined(body: Body) -> list[Author]:
    """Return the authors of a byline that the body begins with: of readability's, which keeps it."""
    first = [block.text for block in body.other[:3] if re.match(r"\W*by\s+[A-Z]", block.text)]
    return [author for text in first if len(text) < 100 for author in from_byline(text)]  # noqa: PLR2004


def _written_bylines(page: Page) -> list[str]:
    """Return bylines that the page writes where people read them; trafilatura knows many places for them."""
    from trafilatura.metadata import extract_author

    found = extract_author(deepcopy(page.tree))
    return found.split(";") if found else []


def _written_date(page: Page) -> str | None:
    """Return the day that the page writes where people read it, if no field for machines has it."""
    from htmldate import find_date

    return find_date(page.tree, original_date=True, extensive_search=True, url=page.url) or None


def _witnesses(page: Page, *, headline: str, summary: str) -> Witnesses:
    article = page.article
    count = plain(str(article.get("wordCount", "")))
    free = article.get("isAccessibleForFree")
    return Witnesses(
        headline=headline,
        summary=summary,
        word_count=int(count) if count.isdecimal() and int(count) > _FEW_WORDS else None,
        article_body=plain(article.get("articleBody")),
        is_live="LiveBlogPosting" in types_of(article),
        is_free=None if free is None else str(free).lower().rsplit("/", 1)[-1] != "false",
        has_next_page=_has_next_page(page),
    )


def _has_next_page(page: Page) -> bool:
    rels = (e.get("rel", "").lower().split() for e in page.tree.iter("link", "a"))
    return any("next" in rel for rel in rels) and bool(re.search(r"[?&/]page[=/-]?\d", _next(page)))


def _next(page: Page) -> str:
    links = page.tree.iter("link", "a")
    return next((e.get("href") or "" for e in links if "next" in e.get("rel", "").lower().split()), "")


def _refuse_what_is_no_article(page: Page, body: Body) -> None:
    for reason in _signs_of_no_article(page, body.blocks):
        raise NoArticle(reason)


def _signs_of_no_article(page: Page, blocks: list[Block]) -> Iterator[str]:
    text = text_of(blocks)
    count = len(words(text)) if not _is_unspaced(text) else len(text)
    declared = bool(page.article) or page.first("og:type").lower() == "article"
    title = one_line(page.tree.findtext(".//title") or "")
    if not text:
        yield "No article was found on this page: it has no running text. Is it a picture, a video or a search page?"
    if count < _WALL_WORDS and (_WALL.search(text) or _WALL.search(title)) and not declared:
        yield "The page is a notice (a page not found, a cookie or robot check), not an article."
    if urlsplit(page.url).path in ("", "/") and not declared:
        yield "This is a front page, not an article; add its feed to watch the outlet."
    if blocks and _share_of_links(blocks) > _MOSTLY_LINKS:
        yield "The page is a list of links to other pages, not an article."
    if count < (_FEWEST_WORDS if declared else _FEW_WORDS):
        yield f"Only {count} words of running text were found on this page; that is no article."


def _is_unspaced(text: str) -> bool:
    """True for scripts that write words without spaces."""
    return re.search(r"[\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff]", text) is not None


def _share_of_links(blocks: list[Block]) -> float:
    length = sum(len(block.text) for block in blocks)
    return sum(len(block.text) * block.link_ratio for block in blocks) / length
