"""The site as data: lists of pieces in each language, counted from the oldest; what was taken back; an index.

Keys: `en` (the newest), `en/3` (a full page), `en:canceled`, and nothing for the index. Pieces themselves stand beside
their pages as ninjs (recipes/article.py). docs/reference/api.md
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from dateline.articles.models import Article
from dateline.publishing.leaf import JSON, Leaf
from dateline.publishing.paging import front, page_count, stretch
from dateline.publishing.queries import nouns
from dateline.publishing.queries.due import SITE
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.listed import in_language, withdrawn_in
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.told import for_lines, told_line
from dateline.publishing.recipes.recipe import Recipe, page_key, page_keys
from dateline.publishing.told import ninjs_canceled, ninjs_line

KIND: Final = "api"
INDEX: Final = "/api/index.json"
_CANCELED: Final = ":canceled"
# So many that were taken back are listed, the newest first; each says it at its own address, for ever.
MOST_CANCELED: Final = 1_000


def keys(press: Press) -> Iterator[str]:
    yield ""
    for code in press.codes:
        yield from page_keys(code, page_count(in_language(code).count()))
        yield canceled_key(code)


def canceled_key(language: str) -> str:
    """Return the key of the list of what was taken back in a language."""
    return f"{language}{_CANCELED}"


def bake(press: Press, key: str) -> Iterator[Leaf]:
    if not key:
        yield from _index(press)
        return
    language, number = page_key(key.removesuffix(_CANCELED)) if _is_key(key) else ("", None)
    if language not in press.codes:
        return
    with press.making(language):
        told = _canceled(press, language) if key.endswith(_CANCELED) else _page(press, language, number)
        if told is not None:
            yield _leaf(_path(language, number, is_canceled=key.endswith(_CANCELED)), told, press, language)


def _is_key(key: str) -> bool:
    _language, _slash, number = key.partition("/")
    return not number or number.isdecimal()


def _index(press: Press) -> Iterator[Leaf]:
    with press.making(press.default):
        press.rests_on(SITE)
        told = {
            "name": press.identity.name,
            "documentation": press.absolute("/llms.txt"),
            "licence": press.absolute("/licence.txt"),
            "languages": [
                {
                    "language": code,
                    "name": frame(press, code).site_name,
                    "articles": press.absolute(_path(code, None)),
                    "canceled": press.absolute(_path(code, None, is_canceled=True)),
                    "feed": press.absolute(f"/{code}/feed.json"),
                }
                for code in press.codes
            ],
        }
        yield _leaf(INDEX, told, press, press.default)


def _page(press: Press, language: str, number: int | None) -> dict[str, Any] | None:
    rows = in_language(language)
    total = rows.count()
    part = front(total) if number is None else stretch(number, total)
    if part is None or (number is not None and part.is_front):
        return None
    newer = part.number + 1
    return {
        "language": language,
        "page": part.number,
        "newer": ""
        if part.is_front
        else press.absolute(_path(language, None if newer == part.count else newer)),
        "older": press.absolute(_path(language, part.number - 1)) if part.number > 1 else "",
        "items": [ninjs_line(told_line(press, one)) for one in for_lines(rows)[part.start : part.end]],
    }


def _canceled(press: Press, language: str) -> dict[str, Any]:
    return {
        "language": language,
        "items": [
            # By its number alone: the words of its address are its headline's.
            ninjs_canceled(
                uri=f"urn:uuid:{one.piece}", uid=str(one.piece), language=language, at=press.local(one.at)
            )
            for one in withdrawn_in(language)[:MOST_CANCELED]
        ],
    }


def _path(language: str, number: int | None, *, is_canceled: bool = False) -> str:
    if is_canceled:
        return f"/api/{language}/canceled.json"
    return f"/api/{language}/articles{'' if number is None else f'-{number}'}.json"


def _leaf(path: str, told: dict[str, Any], press: Press, language: str) -> Leaf:
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return Leaf(path=path, content=content, content_type=JSON, language=language, shows=press.noted)


def around(press: Press, articles: Sequence[Article]) -> Iterator[str]:
    for language, oldest in nouns.oldest_in(articles, lambda one: (one.language,)):
        if language in press.codes:
            yield from nouns.pages_around(KIND, language, in_language(language), oldest)
            yield canceled_key(language)


RECIPE = Recipe(kind=KIND, keys=keys, bake=bake, around=around)
