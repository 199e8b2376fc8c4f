"""The pictures that came with an original, as candidates: what each is, and whether we have a right to show it.

A pick never takes them along: a text's permission says nothing of pictures. They are told on the article that was
made, with their credit, until somebody takes one into the library under a right of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dateline.articles.models import Picture
from dateline.intake.models import Original
from dateline.lib.text import cut, one_line
from dateline.lib.urls import is_web_address


@dataclass(frozen=True)
class Candidate:
    """A picture by reference. credit: as its page tells it, empty where it tells none. width, height: 0 unknown.

    picture: ours, where it was taken into the library. may_be_shown: has that a right today?
    """

    url: str
    words: str
    caption: str
    credit: str
    width: int
    height: int
    picture: Picture | None
    may_be_shown: bool

    @property
    def title(self) -> str:
        """What to call it."""
        return cut(self.caption or self.words or self.url.rsplit("/", 1)[-1], 200)


def candidates(original: Original, *, on: date) -> list[Candidate]:
    """Return the pictures of an original, the best first, with the state of each one's own right on that day."""
    told = list(_told(original))
    ours = Picture.objects.filter(source_url__in=[one["url"] for one in told]).select_related("permission")
    known = {picture.source_url: picture for picture in ours.order_by("pk")}
    return [_candidate(one, known.get(one["url"]), on) for one in told]


def _told(original: Original) -> Iterator[dict[str, object]]:
    seen = set()
    for one in [*original.pictures, *([original.image] if original.image else [])]:
        url = str(one.get("url") or "")
        if is_web_address(url) and url not in seen:
            seen.add(url)
            yield {**one, "url": url}


def _candidate(told: dict[str, object], picture: Picture | None, on: date) -> Candidate:
    right = picture.permission if picture else None
    words = {name: one_line(str(told.get(name) or "")) for name in ("alt", "caption", "credit")}
    sizes = [told.get(name) for name in ("width", "height")]
    width, height = (size if isinstance(size, int) else 0 for size in sizes)
    return Candidate(
        url=str(told["url"]),
        words=words["alt"],
        caption=words["caption"],
        credit=words["credit"],
        width=width,
        height=height,
        picture=picture,
        may_be_shown=bool(right and right.holds(on=on)),
    )
