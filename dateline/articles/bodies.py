"""Reading the body of an article: its words, its pictures. Pure: rows are handed in."""

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from dateline.articles.models import Article, Picture


def shown_pictures(article: "Article") -> Iterator[tuple["Picture", str]]:
    """Yield each picture that a reader of the article would see, with its alternative text there."""
    if article.hero is not None:
        yield article.hero, article.hero_alt
    for block in article.body:
        if block.block_type == "picture" and block.value.get("picture"):
            yield block.value["picture"], block.value.get("alt") or ""
        elif block.block_type == "row":
            for one in block.value["pictures"]:
                if one.get("picture"):
                    yield one["picture"], one.get("alt") or ""


def word_count(article: "Article") -> int:
    """Return the words of headline, standfirst and body, marks left out."""
    text = " ".join([article.headline, article.standfirst, *(block_text(block) for block in article.body)])
    return len(text.split())


def text_print(article: "Article") -> str:
    """Return the SHA-256 of all words that its desk wrote: headline, kicker, standfirst and body."""
    parts = (article.kicker, article.headline, article.standfirst, *(block_text(one) for one in article.body))
    return sha256("\n".join(parts).encode()).hexdigest()


def block_text(block: object) -> str:
    """Return the text of one block of a body, marks left out."""
    content = block.block.get_searchable_content(block.value)  # type: ignore[attr-defined]  # Wagtail is untyped
    return " ".join(str(part) for part in content)


def unlike(theirs: "Article", mine: "Article") -> list[tuple[str, str, str]]:
    """Return what the desk wrote differently in two texts of one piece: its name, their words, mine."""
    parts = (
        (_("Kicker"), theirs.kicker, mine.kicker),
        (_("Headline"), theirs.headline, mine.headline),
        (_("Standfirst"), theirs.standfirst, mine.standfirst),
        (_("Body"), *("\n".join(map(block_text, one.body)) for one in (theirs, mine))),
    )
    return [(name, here, there) for name, here, there in parts if here != there]
