"""From a fetched page to the article in it."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

from dateline.intake import metadata
from dateline.intake.counting import count_words, counted
from dateline.intake.detector import Witnesses, reasons_to_doubt
from dateline.intake.detector_features import Features, features_of
from dateline.intake.extract_blocks import Block, html_of, inner_text, text_of
from dateline.intake.extract_body import Body, find_body
from dateline.intake.extract_embeds import embeds
from dateline.intake.extract_figures import candidates, figures, of_the_article, placed
from dateline.intake.extract_judged import judged
from dateline.intake.extract_page import Page, parse, types_of
from dateline.intake.extract_page import text_of as plain
from dateline.intake.extract_ruled import obeying
from dateline.intake.language import detect, primary
from dateline.intake.metadata_authors import Author, authors, from_byline, is_signature
from dateline.intake.metadata_dates import Published, published_at
from dateline.intake.metadata_pictures import told_pictures
from dateline.intake.origins import Told
from dateline.intake.pagination import is_page, next_page
from dateline.intake.paywall import Paywall, is_consent_wall, paywall_of
from dateline.intake.rules import apply_rules
from dateline.intake.signals import signals_in
from dateline.lib.dates import parse_moment
from dateline.lib.decoding import decode
from dateline.lib.floods import refuse_floods
from dateline.lib.sanitise import sanitise
from dateline.lib.text import one_line

_FEWEST_WORDS = 20
_FEW_WORDS = 40
_WALL_WORDS = 200
_MOSTLY_LINKS = 0.6
_LONGEST_SIGNATURE = 90
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

    published_at: ISO 8601 with zone, or a day only. image: url, alt, caption, credit of the first picture, or None.
    pictures: url, alt, caption, credit, width and height (None where not told), origin.
    reasons: `code: sentence`, why an editor should look at the snapshot; `suspect` where there is one.
    origins: by field the code of the witness that told it (`origins.WORDS`), for what somebody told.
    signals: what the page says of licences and machine use (`signals.Signal`), headers apart.
    next_page: the address of the article's next page, if there is one. word_count: as people count in its script.
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
    section: str = ""
    pictures: list[dict[str, Any]] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)
    signals: list[dict[str, str]] = field(default_factory=list)
    is_paywalled: bool = False
    paywall_evidence: list[str] = field(default_factory=list)
    word_count: int = 0
    next_page: str | None = None

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
    rules: Mapping[str, Any] | None = None,
) -> Extract:
    """Return the article on the page `html` that was fetched from `url`.

    title, summary: of the feed entry, if one led here; they help to know the right article.
    declared_encoding: the charset of the HTTP header; a page in bytes is decoded as browsers do.
    rules: what an editor said of the pages of this site (`rules.apply_rules`); it stands over what is read.
    Raises NoArticle where the page holds none, HostileMarkup where it would hang a parser, BadRule.
    """
    page = _page(html, url=url, declared_encoding=declared_encoding)
    ruled = apply_rules(page.tree, rules) if rules else None
    page = Page(tree=ruled.tree, url=url) if ruled else page
    headline = metadata.headline(page, told=title)
    named = _authors(page)
    if ruled and ruled.body:
        body = Body(blocks=ruled.body, other=[])
    else:
        body = find_body(page, headline=headline.value, authors=[author.name for author in named[0]])
        _refuse_what_is_no_article(page, body)
    read = _written(page, body, headline=headline, named=named, summary=summary)
    return obeying(read, ruled) if ruled else read


def examined(html: bytes | str, *, url: str) -> tuple[str, Features]:
    """Return the text on a page and the measures from which the alarm is raised: for those who teach it.

    Raises what `extract` raises.
    """
    page = _page(html, url=url, declared_encoding=None)
    headline = metadata.headline(page)
    body = find_body(page, headline=headline.value, authors=[author.name for author in _authors(page)[0]])
    _refuse_what_is_no_article(page, body)
    text = text_of(body.blocks)
    wall, further = paywall_of(page, text=text), next_page(page)
    witnesses = _witnesses(page, headline.value, metadata.standfirst(page).value, wall, further)
    return text, features_of(page, body.blocks, body.other, witnesses)


def _page(html: bytes | str, *, url: str, declared_encoding: str | None) -> Page:
    markup = html if isinstance(html, str) else decode(html, declared=declared_encoding)
    refuse_floods(markup)
    page = parse(markup, url=url)
    if page is None:
        raise NoArticle("The page is empty.")
    return page


def _written(
    page: Page, body: Body, *, headline: Told, named: tuple[list[Author], str], summary: str | None
) -> Extract:
    standfirst, section = metadata.standfirst(page, told=summary), metadata.section(page)
    canonical, published = metadata.canonical_url(page), _published(page, headline.value)
    further = next_page(page)
    wall = paywall_of(page, text=text_of(body.blocks))
    witnesses = _witnesses(page, headline.value, summary or standfirst.value, wall, further)
    body, doubts = judged(page, body, witnesses)
    text = text_of(body.blocks)
    reasons = _reasons(doubts, body, witnesses)
    found = figures(page)
    told = told_pictures(page)
    pictures = [asdict(one) for one in candidates(told, of_the_article(found, body.blocks, told))]
    language = detect(text, declared=metadata.declared_language(page))
    signers, signed = named if named[0] else (_bylined(body), "byline")
    return Extract(
        headline=headline.value,
        standfirst=standfirst.value,
        authors=[asdict(author) for author in signers],
        published_at=published.iso,
        language=language.language if language else primary(metadata.declared_language(page)),
        body_text=text,
        body_html=sanitise(html_of(placed(body.blocks, found, embeds(page))), base=page.url),
        image=_lead(pictures),
        canonical_url=canonical.value,
        suspect=bool(reasons),
        reasons=reasons,
        section=section.value,
        pictures=pictures,
        origins=_origins(
            headline=headline.origin, standfirst=standfirst.origin, section=section.origin,
            authors=signed if signers else "", published_at=published.origin, canonical_url=canonical.origin,
            language="text" if language else "html" if metadata.declared_language(page) else "",
            image=pictures[0]["origin"] if pictures else "",
        ),
        signals=[asdict(signal) for signal in signals_in(page)],
        is_paywalled=wall.is_paywalled,
        paywall_evidence=wall.evidence,
        word_count=count_words(text),
        next_page=further,
    )  # fmt: skip


def _reasons(doubts: list[str], body: Body, witnesses: Witnesses) -> list[str]:
    """Return why an editor should look, one reason of each code."""
    told = {reason.partition(":")[0]: reason for reason in doubts}
    for reason in reasons_to_doubt(body.blocks, witnesses):
        told[reason.partition(":")[0]] = reason
    if not witnesses.headline:
        told["headline"] = "headline: The page does not say what the article is called."
    return list(told.values())


def _lead(pictures: list[dict[str, Any]]) -> dict[str, str] | None:
    return {name: pictures[0][name] for name in ("url", "alt", "caption", "credit")} if pictures else None


def _origins(**told: str) -> dict[str, str]:
    return {name: origin for name, origin in told.items() if origin}


def _authors(page: Page) -> tuple[list[Author], str]:
    """Return who signed and where that stands."""
    found, origin = authors(page)
    if found:
        return found, origin
    further, _ = authors(page, further=[*_signatures(page), *_written_bylines(page)][:4])
    return further, "byline" if further else ""


def _bylined(body: Body) -> list[Author]:
    """Return the authors of a byline that the body begins with: of readability's, which keeps it."""
    first = [block.text for block in body.other[:3] if re.match(r"\W*by\s+[A-Z]", block.text)]
    return [author for text in first if len(text) < 100 for author in from_byline(text)]  # noqa: PLR2004


def _signatures(page: Page) -> list[str]:
    """Return lines of the page that sign the article after a word for its author."""
    said = (
        one_line(inner_text(e))
        for e in page.tree.iter("p", "span", "div", "b", "strong", "em", "i")
        if len(e) <= 1
    )
    return list(
        dict.fromkeys(text for text in said if len(text) < _LONGEST_SIGNATURE and is_signature(text))
    )[:2]


def _written_bylines(page: Page) -> list[str]:
    """Return bylines that the page writes where people read them; trafilatura knows many places for them."""
    from trafilatura.metadata import extract_author

    found = extract_author(deepcopy(page.tree))
    return found.split(";") if found else []


def _published(page: Page, headline: str) -> Published:
    """Return when the page says that it was published, to machines or to readers; else what can be found at all."""
    told = published_at(page, headline=headline)
    if told.moment is not None:
        return told
    from htmldate import find_date

    found = find_date(page.tree, original_date=True, extensive_search=True, url=page.url) or ""
    moment = parse_moment(found)
    return Published(moment, "markup" if moment else "")


def _witnesses(page: Page, headline: str, summary: str, wall: Paywall, further: str | None) -> Witnesses:
    article = page.article
    count = plain(str(article.get("wordCount", "")))
    return Witnesses(
        headline=headline,
        summary=summary,
        word_count=int(count) if count.isdecimal() and int(count) > _FEW_WORDS else None,
        article_body=plain(article.get("articleBody")),
        is_live="LiveBlogPosting" in types_of(article),
        is_free=not wall.is_paywalled,
        has_next_page=further is not None and is_page(further, number=2, of=page.url),
    )


def _refuse_what_is_no_article(page: Page, body: Body) -> None:
    for reason in _signs_of_no_article(page, body.blocks):
        raise NoArticle(reason)


def _signs_of_no_article(page: Page, blocks: list[Block]) -> Iterator[str]:
    text = text_of(blocks)
    count = counted(text).total() if not _is_unspaced(text) else len(text)
    declared = bool(page.article) or page.first("og:type").lower() == "article"
    title = one_line(page.tree.findtext(".//title") or "")
    if not text:
        yield "No article was found on this page: it has no running text. Is it a picture, a video or a search page?"
    if count < _WALL_WORDS and (_WALL.search(text) or _WALL.search(title)) and not declared:
        yield "The page is a notice (a page not found, a cookie or robot check), not an article."
    if is_consent_wall(text):
        yield "The page asks for consent to cookies and shows no article before it is given; we do not give it."
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
