"""A baked file as the objects that stand for it in a store elsewhere, and the order in which they go there. Pure."""

import re
from collections.abc import Mapping
from html import escape
from typing import Final
from urllib.parse import quote, unquote

from dateline.publishing.stores.base import Parcel
from dateline.publishing.stores.headers import UPLOAD_POLICY, cache_of, media_type, policy_for

OK: Final = 200
ENCODINGS: Final = {".br": "br", ".zst": "zstd", ".gz": "gzip"}
# What was taken back goes before all else. What others lead to is there before them: pictures and scripts, pieces,
# lists, feeds, maps. An address that has moved is left last.
WITHDRAWN, BESIDE, PIECES, LISTS, FEEDS, MAPS, MOVED = range(7)
_RANKS: Final = {
    **dict.fromkeys(
        ("home", "newest", "section", "topic", "contributor", "outlet", "day", "corrections", "edition", "editions"),
        LISTS,
    ),
    **dict.fromkeys(("feed", "robots", "records", "chooser"), FEEDS),
    **dict.fromkeys(("sitemap", "news-sitemap"), MAPS),
}  # fmt: skip
# Where a page finds what belongs to it.
_BESIDE: Final = re.compile(rb"(?<=[\"'\s,(=])/(media/(?:images|identity)/[^\s\"'<>(),?#&]+)")


def rank_of(kind: str, *, status: int = OK) -> int:
    """Return when files of a kind go."""
    return WITHDRAWN if status not in {OK, 404} else _RANKS.get(kind, PIECES)


def pictures_of(page: bytes) -> set[str]:
    """Return the names of the pictures that a page shows."""
    return {unquote(found.decode("utf-8", "replace")) for found in _BESIDE.findall(page)}


def parcels_of(name: str, forms: Mapping[str, bytes], *, status: int = OK) -> dict[str, Parcel]:
    """Return the objects of one file by suffix, in the order in which they go: compressed forms before the page.

    forms: its content by suffix, "" for the plain one.
    """
    path, plain = f"/{name}", forms[""]
    told = {} if status == OK else {"status": str(status)}
    mime = media_type(name)
    if name.startswith("media/"):
        told["policy"] = UPLOAD_POLICY
    elif mime.startswith("text/html"):
        told["policy"] = policy_for(plain)
    order = [*(suffix for suffix in ENCODINGS if suffix in forms), ""]
    return {
        suffix: Parcel(
            key=name + suffix,
            content=forms[suffix],
            content_type=mime,
            cache=cache_of(path),
            encoding=ENCODINGS.get(suffix, ""),
            told=told,
        )
        for suffix in order
    }


def leads_to(name: str, place: str) -> dict[str, Parcel]:
    """Return what stands at an old address in a store that only has objects: a page that leads on.

    A store that is asked as a web site answers with a redirect; others give out the page, which does it itself.
    """
    address = quote(place, safe="/:?#&=%~")
    page = (
        '<!doctype html><html><head><meta charset="utf-8"><meta name="robots" content="noindex">'
        f'<link rel="canonical" href="{escape(address)}"><meta http-equiv="refresh" content="0; url={escape(address)}">'
        f"<title>{escape(place)}</title></head>"
        f'<body><p><a href="{escape(address)}">{escape(place)}</a></p></body></html>'
    ).encode()
    told = {"redirect": address, "status": "301", "policy": policy_for(page)}
    parcel = Parcel(
        key=name, content=page, content_type="text/html; charset=utf-8", cache=cache_of(f"/{name}"), told=told
    )
    return {"": parcel}
