"""A piece as machines take it: ninjs 3.1 and Markdown, from what its page shows.

Pure. Source: IPTC's schema of ninjs 3.1, whose objects take no invented fields. It has no word for a translation; ours
are `translationOf`, `reprintOf` and `excerptOf` as the `rel` of an association (docs/reference/api.md).
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dateline.lib.formats import markdown

Node = dict[str, Any]

STANDARD: Final[Node] = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}
_SOURCE_TYPES: Final = {
    "raw": "trainedAlgorithmicMedia",
    "revised": "compositeWithTrainedAlgorithmicMedia",
}
_DIGITAL_SOURCE: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_REL: Final = {"translation": "translationOf", "reprint": "reprintOf", "excerpt": "excerptOf"}


@dataclass(frozen=True, kw_only=True)
class Original:
    """What a piece was made from."""

    url: str
    outlet: str
    outlet_home: str
    headline: str
    language: str
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture in one size. href is absolute."""

    href: str
    mime: str
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """A piece. All addresses are absolute; html is empty where only an excerpt may be taken (`is_whole` is False).

    names: (role, name) of everybody on the byline. alike: (language, headline, address) in other languages.
    """

    uid: str
    href: str
    kind: str
    kind_name: str
    genre: str
    genre_name: str
    language: str
    headline: str
    published_at: datetime
    changed_at: datetime
    is_whole: bool
    kicker: str = ""
    standfirst: str = ""
    html: str = ""
    words: int = 0
    located: str = ""
    names: tuple[tuple[str, str], ...] = ()
    section: tuple[str, str] | None = None
    topics: tuple[tuple[str, str], ...] = ()
    original: Original | None = None
    picture: Picture | None = None
    publisher: str = ""
    credit_line: str = ""
    licence_url: str = ""
    terms_url: str = ""
    corrections_url: str = ""
    record_url: str = ""
    machine_help: str = "none"
    expires_at: datetime | None = None
    alike: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote it; of a translation or reprint, at its source."""
        named = tuple(name for role, name in self.names if role == "author")
        return named or (self.original.authors if self.original else ())


def ninjs(piece: Told) -> bytes:
    """Return a piece as ninjs 3.1."""
    return _json(
        {"standard": STANDARD, **_core(piece), **_content(piece), **_rights(piece), **_around(piece)}
    )


def ninjs_line(piece: Told) -> Node:
    """Return a piece as it stands in a list: without its body. The whole of it is at `{uri}ninjs.json`."""
    return _said({**_core(piece), "representationType": "partial", "descriptions": _descriptions(piece)})


def ninjs_canceled(*, uri: str, uid: str, language: str, at: datetime) -> Node:
    """Return what is said of a piece that was taken back: that it was, and nothing of it."""
    return {
        "uri": uri,
        "type": "text",
        "pubStatus": "canceled",
        "versionCreated": _iso(at),
        "language": language,
        "altIds": [_alt_id(uid)],
    }


def as_file(node: Node) -> bytes:
    """Return a node as a file of its own, with the standard that it keeps."""
    return _json({"standard": STANDARD, **node})


def _core(piece: Told) -> Node:
    return {
        "uri": piece.href,
        "type": "text",
        "profile": piece.kind,
        "pubStatus": "usable",
        "versionCreated": _iso(piece.changed_at),
        "firstCreated": _iso(piece.published_at),
        "language": piece.language,
        "headlines": _said_all(
            [{"role": "main", "value": piece.headline}, {"role": "kicker", "value": piece.kicker}]
        ),
        "by": ", ".join(piece.authors),
        "altIds": [_alt_id(piece.uid)],
        "infoSources": _sources(piece),
    }


def _alt_id(uid: str) -> Node:
    return {"role": "uuid", "value": f"urn:uuid:{uid}"}


def _descriptions(piece: Told) -> list[Node]:
    notes = [{"role": "correction", "contentType": "text/plain", "value": note} for note in piece.notes]
    return _said_all([{"role": "standfirst", "contentType": "text/plain", "value": piece.standfirst}, *notes])


def _content(piece: Told) -> Node:
    body = {"role": "main", "contentType": "text/html", "wordCount": piece.words, "value": piece.html}
    return {
        "representationType": "full" if piece.is_whole else "partial",
        "descriptions": _descriptions(piece),
        "bodies": [body] if piece.html else [],
        "located": piece.located,
        "genres": _said_all([{"name": piece.genre_name or piece.genre, "literal": piece.genre}]),
        "subjects": [
            {"name": name, "rel": rel, "uri": href}
            for rel, (name, href) in (
                *((("section", piece.section),) if piece.section else ()),
                *(("about", topic) for topic in piece.topics),
            )
        ],
        "digitalSourceType": {"uri": f"{_DIGITAL_SOURCE}{_SOURCE_TYPES[piece.machine_help]}"}
        if piece.machine_help in _SOURCE_TYPES
        else {},
    }


def _sources(piece: Told) -> list[Node]:
    """Whose it is, in the words of IPTC where there are any: publisher, translator, distributor."""
    source = piece.original
    told = (
        [{"name": source.outlet, "role": "original publisher", "uri": source.outlet_home}] if source else []
    )
    told += [{"name": name, "role": role} for role, name in piece.names if role != "author"]
    return _said_all([*told, {"name": piece.publisher, "role": "distributor" if source else "publisher"}])


def _rights(piece: Told) -> Node:
    holder = piece.original.outlet if piece.original else piece.publisher
    terms = (
        "May be republished under the licence that is linked."
        if piece.licence_url
        else "Ask before republishing."
    )
    return {
        "rightsInfo": {"linkedRights": piece.licence_url or piece.terms_url}
        if piece.licence_url or piece.terms_url
        else {},
        "usageTerms": " ".join(filter(None, (piece.credit_line, terms))),
        "copyrightHolder": holder,
        "copyrightNotice": f"© {piece.published_at.year} {holder}",
        "expires": _iso(piece.expires_at) if piece.expires_at else "",
    }


def _around(piece: Told) -> Node:
    trust = [
        {"title": "Corrections", "href": piece.corrections_url},
        {"title": "Signed record", "href": piece.record_url},
    ]
    return {
        "trustIndicators": [one for one in trust if one["href"]],
        "renditions": [_rendition("social", piece.picture)] if piece.picture else [],
        "associations": [*_original(piece), *_pictured(piece), *map(_version, piece.alike)],
    }


def _original(piece: Told) -> list[Node]:
    source = piece.original
    if source is None:
        return []
    return [
        _said(
            {
                "name": source.outlet,
                "uri": source.url,
                "rel": _REL.get(piece.kind, "basedOn"),
                "type": "text",
                "language": source.language,
                "headlines": _said_all([{"role": "main", "value": source.headline}]),
                "by": ", ".join(source.authors),
                "contentCreated": _iso(source.published_at) if source.published_at else "",
            }
        )
    ]


def _pictured(piece: Told) -> list[Node]:
    shown = piece.picture
    if shown is None:
        return []
    return [
        _said(
            {
                "name": shown.caption or shown.alt or "picture",
                "uri": shown.href,
                "rel": "featureMedia",
                "type": "picture",
                "by": shown.credit,
                "descriptions": _said_all(
                    [{"role": "altText", "value": shown.alt}, {"role": "caption", "value": shown.caption}]
                ),
                "renditions": [_rendition("main", shown)],
            }
        )
    ]


def _rendition(name: str, shown: Picture) -> Node:
    return {
        "name": name,
        "href": shown.href,
        "contentType": shown.mime,
        "width": shown.width,
        "height": shown.height,
    }


def _version(one: tuple[str, str, str]) -> Node:
    language, headline, href = one
    return {
        "name": headline,
        "uri": href,
        "rel": "languageVersion",
        "type": "text",
        "language": language,
    }


def markdown_of(piece: Told) -> bytes:
    """Return a piece as Markdown, with what is known of it at the head, as `name: value` in JSON's quotes."""
    source = piece.original
    facts: Node = {
        "title": piece.headline,
        "kicker": piece.kicker,
        "language": piece.language,
        "kind": piece.kind,
        "genre": piece.genre,
        "published": _iso(piece.published_at),
        "updated": _iso(piece.changed_at) if piece.changed_at > piece.published_at else "",
        "address": piece.href,
        "authors": list(piece.authors),
        "translators": [name for role, name in piece.names if role == "translator"],
        "outlet": source.outlet if source else "",
        "original": source.url if source else "",
        "licence": piece.licence_url,
        "publisher": piece.publisher,
        "excerpt": not piece.is_whole,
    }
    head = "\n".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in _said(facts).items()
    )
    parts = [
        f"---\n{head}\n---",
        f"# {markdown.plain(piece.headline)}",
        f"**{markdown.plain(piece.standfirst)}**" if piece.standfirst else "",
        *(f"*{markdown.plain(note)}*" for note in piece.notes),
        markdown.from_markup(piece.html),
        f"<{piece.href}>",
    ]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _said_all(nodes: list[Node]) -> list[Node]:
    """Return those that say something, each without what it does not say."""
    said = (_said(node) for node in nodes)
    return [node for node in said if node.get("value") or node.get("name")]


def _said(node: Node) -> Node:
    return {name: value for name, value in node.items() if value or (value == 0 and value is not False)}


def _json(node: Node) -> bytes:
    return json.dumps(_said(node), ensure_ascii=False, separators=(",", ":")).encode()


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
