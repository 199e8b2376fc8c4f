"""Pictures that a page offers for its article, by reference, with what it says of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from dateline.intake.extract_page import Page, text_of
from dateline.lib.sanitise import web_address

MOST: Final = 12
_LARGEST: Final = 20_000


@dataclass(frozen=True)
class Picture:
    """width, height: pixels as told, None where they are not. origin: a code of `origins`."""

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    width: int | None = None
    height: int | None = None
    origin: str = ""


def told_pictures(page: Page) -> list[Picture]:
    """Return the pictures that the page names to machines, in their order, each address once."""
    found: dict[str, Picture] = {}
    for picture in (*_shared(page), *_linked(page)):
        known = found.get(_file(picture.url))
        found[_file(picture.url)] = merged(known, picture) if known else picture
    return list(found.values())[:MOST]


def merged(first: Picture, second: Picture) -> Picture:
    """Return `first` with what only `second` knows."""
    return Picture(
        first.url,
        first.alt or second.alt,
        first.caption or second.caption,
        first.credit or second.credit,
        first.width or second.width,
        first.height or second.height,
        first.origin,
    )


def _shared(page: Page) -> Iterator[Picture]:
    """Open Graph lists several pictures as a row of properties; a size belongs to the picture before it."""
    listed = (
        page.meta.get("og:image")
        or page.meta.get("og:image:url")
        or page.meta.get("og:image:secure_url")
        or []
    )
    widths, heights = page.meta.get("og:image:width", []), page.meta.get("og:image:height", [])
    alone = len(listed) == 1
    for place, address in enumerate(
        listed or page.meta.get("twitter:image", page.meta.get("twitter:image:src", []))
    ):
        url = web_address(address, base=page.url)
        if url:
            alt = page.first("og:image:alt", "twitter:image:alt") if place == 0 else ""
            sized = alone or len(widths) == len(heights) == len(listed)
            width = pixels(widths[place]) if sized and place < len(widths) else None
            height = pixels(heights[place]) if sized and place < len(heights) else None
            yield Picture(url, alt, width=width, height=height, origin="open-graph")


def _linked(page: Page) -> Iterator[Picture]:
    image = page.article.get("image")
    for part in image if isinstance(image, list) else [image]:
        fields: dict[str, Any] = part if isinstance(part, dict) else {}
        address = (
            text_of(fields.get("url") or fields.get("contentUrl") or fields.get("@id"))
            if fields
            else text_of(part)
        )
        url = web_address(address, base=page.url) if address else None
        if url:
            credit = (
                text_of(fields.get("creditText"))
                or text_of(fields.get("author"))
                or text_of(fields.get("creator"))
            )
            yield Picture(
                url,
                caption=text_of(fields.get("caption")),
                credit=credit,
                width=pixels(fields.get("width")),
                height=pixels(fields.get("height")),
                origin="json-ld",
            )


def pixels(value: object) -> int | None:
    """Return a width or height as told (`640`, `640px`, `{"value": 640}`), None where it is no sensible number."""
    if isinstance(value, dict):
        value = value.get("value")
    text = str(value).strip().lower().removesuffix("px").split(".")[0]
    return int(text) if text.isascii() and text.isdecimal() and 0 < int(text[:6]) <= _LARGEST else None


def _file(url: str) -> str:
    """Return what two addresses of one picture in two sizes share."""
    return url.split("?", maxsplit=1)[0]
