"""The picture that stands for an article where it is linked, in our own letters."""

import uuid
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from django.conf import settings

from dateline.articles.addresses import card_path
from dateline.articles.kinds import USE_OF_KIND
from dateline.articles.models import Article
from dateline.publishing.leaf import Leaf
from dateline.publishing.queries.card import told_on_card
from dateline.publishing.queries.gathering import read_for_cards
from dateline.publishing.queries.listed import listed
from dateline.publishing.queries.press import Press
from dateline.publishing.recipes.recipe import Recipe
from dateline.publishing.social_card import FONTS, NoLetters, draw_card


def keys(press: Press) -> Iterator[str]:
    rows = listed().filter(locale__language_code__in=press.codes).order_by().values_list("uid", flat=True)
    yield from (str(uid) for uid in rows.iterator(chunk_size=500))


def bake(press: Press, key: str) -> Iterator[Leaf]:
    known = press.gathered
    uid = _uid(key)
    if uid is not None and (known is None or uid not in known.read):
        known = read_for_cards(press, [uid])
    article = known.articles.get(uid) if known and uid else None
    if article is None or article.language not in press.codes:
        return
    with press.making(article.language):
        press.note(article.uid)
        if article.original and article.kind in USE_OF_KIND:
            press.rests_on(f"outlet:{article.original.outlet_id}")
        try:
            drawn = draw_card(told_on_card(press, article), fonts=letters())
        except NoLetters:
            return
        yield Leaf(
            path=card_path(article.get_absolute_url()),
            content=drawn,
            content_type="image/png",
            language=article.language,
            shows=press.noted,
        )


@cache
def letters() -> dict[str, bytes]:
    """Return the font files that cards are drawn with, read once."""
    folder = Path(settings.BASE_DIR) / "static" / "fonts"
    return {name: (folder / f"{name}.woff2").read_bytes() for name in FONTS}


def _uid(key: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(key)
    except ValueError:
        return None


def ahead(press: Press, keys: Sequence[str]) -> None:
    read_for_cards(press, [uid for uid in map(_uid, keys) if uid])


def around(_press: Press, articles: Sequence[Article]) -> Iterator[str]:
    yield from (str(article.uid) for article in articles)


RECIPE = Recipe(kind="card", keys=keys, bake=bake, around=around, ahead=ahead)
