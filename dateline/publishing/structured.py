"""What machines read of a page: JSON-LD in the words of schema.org.

Source: schema.org 30.0. `translator`, `translationOfWork` stand in its bibliographic extension and take a
work, so the original is embedded and not only linked.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from dateline.publishing.pages import ArticlePage, Frame, ListPage, Name, PictureView, Provenance, Statement
from dateline.publishing.pages_edition import EditionPage, EditionsPage
from dateline.publishing.pages_voices import VoiceView

CONTEXT: Final = "https://schema.org"
_TYPE_OF_GENRE: Final = {
    "report": "ReportageNewsArticle",
    "opinion": "OpinionNewsArticle",
    "analysis": "AnalysisNewsArticle",
    "live": "LiveBlogPosting",
}
_DIGITAL_SOURCE: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_SOURCE_OF_HELP: Final = {
    "raw": "trainedAlgorithmicMedia",
    "revised": "compositeWithTrainedAlgorithmicMedia",
}
_IN_SCRIPT: Final = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}
Node = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a page does not show of itself. own: its whole address. machine_help: none, revised or raw.

    licence_url: under which others may republish it; usage_url: what we say of that. Empty where they may not.
    steps: heading and text of each part of a piece that is told while it happens, as they stand.
    """

    base: str
    own: str
    words: int
    machine_help: str = "none"
    licence_url: str = ""
    usage_url: str = ""
    steps: tuple[tuple[str, str], ...] = ()


def as_json(node: Node) -> str:
    """Return a node as JSON that can stand in a script element as it is."""
    return json.dumps({"@context": CONTEXT, **node}, ensure_ascii=False, separators=(",", ":")).translate(
        _IN_SCRIPT
    )


def article(page: ArticlePage, facts: Facts) -> Node:
    """Return an article with its origin: whose it is, who wrote and translated it, where it first stood."""
    answered = [_statement(one, facts) for one in page.answers if one.href]
    node = {
        "@type": _TYPE_OF_GENRE.get(page.genre, "NewsArticle"),
        "@id": facts.own,
        "url": facts.own,
        "mainEntityOfPage": facts.own,
        "headline": page.headline,
        "alternativeHeadline": page.kicker,
        "description": page.standfirst,
        "inLanguage": page.frame.language,
        "datePublished": page.published_at.isoformat(timespec="seconds"),
        "dateModified": (page.updated_at or page.published_at).isoformat(timespec="seconds"),
        "author": _authors(page, facts),
        "editor": _people(page, "editor", facts),
        "publisher": publisher(page.frame, base=facts.base),
        "articleSection": page.section.name if page.section else "",
        "about": [
            *(
                {"@type": "Thing", "name": topic.name, "url": facts.base + topic.href}
                for topic in page.topics
            ),
            *answered,
        ],
        "wordCount": facts.words,
        "timeRequired": f"PT{page.reading_minutes}M",
        "isAccessibleForFree": True,
        "license": facts.licence_url,
        "usageInfo": facts.usage_url,
        "image": picture(page.hero),
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": f"{one.was_wrong} {one.said}".strip(),
                "datePublished": one.at.isoformat(timespec="seconds"),
            }
            for one in page.corrections
            if one.kind == "correction"
        ],
        "citation": [*answered, *(_voice(one) for one in page.voices)],
        "subjectOf": [_statement(one, facts) for one in page.answered_by if one.href],
        **_origin(page, facts),
    }
    if page.genre == "live":
        node["coverageStartTime"] = node["datePublished"]
        node["liveBlogUpdate"] = [
            {"@type": "BlogPosting", "headline": heading, "articleBody": text, "url": facts.own}
            for heading, text in facts.steps
        ]
    if facts.machine_help in _SOURCE_OF_HELP:
        node["digitalSourceType"] = _DIGITAL_SOURCE + _SOURCE_OF_HELP[facts.machine_help]
    return _without_gaps(node)


def steps_of(blocks: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return heading and text of each part of a body. blocks: the kind and the words of each block, in order.

    What stands before the first heading tells what it is about, and is no step.
    """
    found: list[tuple[str, list[str]]] = []
    for kind, words in blocks:
        if kind == "heading":
            found.append((words, []))
        elif found and words:
            found[-1][1].append(words)
    return tuple((heading, "\n".join(text)) for heading, text in found)


def publisher(frame: Frame, *, base: str) -> Node:
    """Return who publishes the site."""
    return _without_gaps(
        {
            "@type": "NewsMediaOrganization",
            "@id": f"{base}/#publisher",
            "name": frame.site_name,
            "url": base + frame.home,
            "description": frame.blurb,
            "foundingDate": str(frame.founded_year) if frame.founded_year else "",
            "email": frame.email,
            "logo": picture(frame.logo_light),
            "sameAs": [link.href for link in frame.social],
        }
    )


def home(frame: Frame, *, base: str) -> Node:
    """Return the site in one language."""
    return _without_gaps(
        {
            "@type": "WebSite",
            "url": base + frame.home,
            "name": frame.site_name,
            "description": frame.tagline,
            "inLanguage": frame.language,
            "publisher": publisher(frame, base=base),
        }
    )


def collection(page: ListPage, *, base: str, href: str) -> Node:
    """Return a list of pieces."""
    return _without_gaps(
        {
            "@type": "CollectionPage",
            "url": base + href,
            "name": page.name,
            "description": page.blurb,
            "inLanguage": page.frame.language,
            "publisher": publisher(page.frame, base=base),
            "hasPart": [
                {"@type": "NewsArticle", "headline": card.headline, "url": base + card.href}
                for card in page.cards
            ],
        }
    )


def edition(page: EditionPage, *, base: str, href: str) -> Node:
    """Return an edition: a page of pieces, one issue of the digest, with each piece in its order."""
    return _without_gaps(
        {
            "@type": ["CollectionPage", "PublicationIssue"],
            "@id": base + href,
            "url": base + href,
            "name": page.name,
            "issueNumber": page.number,
            "inLanguage": page.frame.language,
            "datePublished": page.closed_at.isoformat(timespec="seconds"),
            "description": " ".join(page.foreword),
            "publisher": publisher(page.frame, base=base),
            "isPartOf": {"@type": "Periodical", "name": page.frame.site_name, "url": base + page.frame.home},
            "hasPart": [
                {"@type": "NewsArticle", "headline": one.card.headline, "url": base + one.card.href}
                for slot in page.slots
                for one in slot.placed
            ],
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "text": one.said,
                    "datePublished": one.at.isoformat(timespec="seconds"),
                }
                for one in page.late
                if one.kind == "correction"
            ],
        }
    )


def editions(page: EditionsPage, *, base: str, href: str) -> Node:
    """Return a list of editions."""
    return _without_gaps(
        {
            "@type": "CollectionPage",
            "url": base + href,
            "name": page.name,
            "inLanguage": page.frame.language,
            "publisher": publisher(page.frame, base=base),
            "hasPart": [
                {
                    "@type": "PublicationIssue",
                    "issueNumber": line.number,
                    "datePublished": line.date.isoformat(),
                    "url": base + line.href,
                }
                for line in page.lines
            ],
        }
    )


def picture(view: PictureView | None) -> Node | None:
    """Return a picture with its own credit."""
    if view is None:
        return None
    return _without_gaps(
        {
            "@type": "ImageObject",
            "url": view.absolute,
            "caption": view.caption or view.alt,
            "creditText": view.credit,
        }
    )


def _origin(page: ArticlePage, facts: Facts) -> Node:
    """What a piece says of the one it was made from; nothing for our own."""
    source = page.provenance
    if source is None:
        return {}
    original = _original(source)
    outlet = _outlet(source)
    common = {
        "sourceOrganization": outlet,
        "copyrightHolder": outlet,
        "creditText": source.credit_line or source.outlet,
    }
    if page.kind == "translation":
        return {
            **common,
            "translator": _people(page, "translator", facts),
            "translationOfWork": original,
        }
    return {**common, "isBasedOn": original}


def _original(source: Provenance) -> Node:
    return _without_gaps(
        {
            "@type": "NewsArticle",
            "@id": source.href,
            "url": source.href,
            "headline": source.headline,
            "inLanguage": source.language,
            "author": [{"@type": "Person", "name": name} for name in source.authors],
            "publisher": _outlet(source),
            "datePublished": source.published_at.isoformat(timespec="seconds") if source.published_at else "",
        }
    )


def _outlet(source: Provenance) -> Node:
    return {"@type": "NewsMediaOrganization", "name": source.outlet, "url": source.outlet_home}


def _authors(page: ArticlePage, facts: Facts) -> list[Node]:
    named = _people(page, "author", facts)
    if named:
        return named
    if page.issuers:
        return [_person(issuer, facts) for issuer in page.issuers]
    if page.issued_by:
        return [{"@type": "Organization", "name": page.issued_by}]
    return [_outlet(page.provenance)] if page.provenance else []


def _people(page: ArticlePage, role: str, facts: Facts) -> list[Node]:
    return [_person(name, facts) for name in page.names if name.role == role]


def _person(name: Name, facts: Facts) -> Node:
    kind = "Organization" if name.is_house else "Person"
    place = facts.base + name.href if name.href.startswith("/") else name.href
    return _without_gaps({"@type": kind, "name": name.name, "url": place})


def _statement(one: Statement, facts: Facts) -> Node:
    return _without_gaps(
        {
            "@type": "CreativeWork",
            "name": one.headline,
            "url": facts.base + one.href if one.is_ours and one.href else one.href,
            "inLanguage": one.language,
            "author": {"@type": "Organization", "name": one.issuer} if one.issuer else None,
            "datePublished": one.day.isoformat() if one.day else "",
        }
    )


def _voice(one: VoiceView) -> Node:
    """Return a piece that speaks in a press review."""
    return _without_gaps(
        {
            "@type": "NewsArticle",
            "url": one.href,
            "headline": one.title,
            "inLanguage": one.language,
            "publisher": _without_gaps({"@type": "NewsMediaOrganization", "name": one.outlet}),
        }
    )


def _without_gaps(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}
