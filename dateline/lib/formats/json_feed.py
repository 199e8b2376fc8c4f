"""JSON Feed 1.1: what RSS says, for who would rather not read XML. What is ours alone stands under `_dateline`.

Source: jsonfeed.org, version 1.1 (`external_url` is the original's address; names of extensions begin with `_`).
"""

import json
from datetime import datetime
from html import escape
from typing import Any, Final

from dateline.lib.formats.rss import Entry, Feed

VERSION: Final = "https://jsonfeed.org/version/1.1"
MIME: Final = "application/feed+json"
OURS: Final = "_dateline"


def write(feed: Feed) -> bytes:
    """Return the feed as JSON Feed 1.1, in UTF-8."""
    told = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.href,
        "description": feed.summary,
        "language": feed.language,
        "authors": [{"name": feed.publisher}] if feed.publisher else [],
        "hubs": [{"type": "WebSub", "url": hub} for hub in feed.hubs],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(_said(told, keep=("items",)), ensure_ascii=False).encode()


def _item(entry: Entry) -> dict[str, Any]:
    notes = "".join(f"<p><em>{escape(note)}</em></p>\n" for note in entry.notes)
    plain = "\n".join((*entry.notes, entry.summary)).strip() or entry.title
    return _said(
        {
            "id": entry.guid,
            "url": entry.href,
            "external_url": entry.via,
            "title": entry.title,
            "content_html": notes + entry.html if entry.html else "",
            # One of the two contents has to be there.
            "content_text": "" if entry.html else plain,
            "summary": entry.summary,
            "image": entry.picture.href if entry.picture else "",
            "date_published": _iso(entry.published_at),
            "date_modified": _iso(entry.updated_at) if entry.updated_at else "",
            "authors": [{"name": name} for name in entry.authors],
            "tags": list(entry.categories),
            "language": entry.language,
            OURS: _ours(entry),
        }
    )


def _ours(entry: Entry) -> dict[str, Any]:
    picture = entry.picture
    return _said(
        {
            "translators": list(entry.contributors),
            "source": {"name": entry.source[0], "url": entry.source[1]} if entry.source else {},
            "licence": entry.licence,
            "image": _said({"alt": picture.alt, "credit": picture.credit}) if picture else {},
            "record": {"url": entry.record[0], "sha256": entry.record[1]} if entry.record else {},
        }
    )


def _said(told: dict[str, Any], *, keep: tuple[str, ...] = ()) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value or name in keep}


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
