"""What the gate asks of an article that this room can judge. Pure: rows are handed in, nothing is written.

Each judge yields what is missing, in words that say what to do.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from dateline.articles.bodies import shown_pictures
from dateline.articles.gate import Lack
from dateline.articles.kinds import USE_OF_KIND, CreditRole, Genre, Kind

if TYPE_CHECKING:
    from dateline.articles.models import Article

# A file system takes names of 255 bytes; a letter may have four.
LONGEST_SLUG_BYTES: Final = 240


def headline(article: "Article", _now: datetime) -> Iterator[Lack]:
    """A piece has a headline and a body."""
    if not article.headline.strip():
        yield Lack("headline", "headline", _("Write a headline."))
    if not len(article.body):
        yield Lack("headline", "body", _("The body is empty."))


def address(article: "Article", _now: datetime) -> Iterator[Lack]:
    """A piece has an address, and a section whose language is its own."""
    if not article.slug:
        yield Lack("address", "slug", _("Give the address its last part (slug)."))
    elif len(article.slug.encode()) > LONGEST_SLUG_BYTES:
        yield Lack(
            "address", "slug-length", _("The last part of the address (slug) is too long: shorten it.")
        )
    if article.section is None:
        yield Lack("address", "section", _("Choose a section."))
    elif article.section.locale_id != article.locale_id:
        yield Lack("address", "section-language", _("Choose a section of the article's own language."))


def byline(article: "Article", _now: datetime) -> Iterator[Lack]:
    """Somebody wrote it; or it is recorded that its source names nobody."""
    if article.credits_of(CreditRole.AUTHOR):
        return
    if article.original_id and article.is_unsigned_at_source:
        return
    if article.genre == Genre.STATEMENT and article.issued_by:
        return
    if article.original_id:
        yield Lack("byline", "author", _("Name the author, or record that the source is unsigned."))
    else:
        yield Lack("byline", "author", _("Name the author on the byline."))


def origin(article: "Article", _now: datetime) -> Iterator[Lack]:
    """A translation or reprint says from which outlet and page it comes; an exclusive comes from nowhere."""
    if article.kind in USE_OF_KIND:
        if article.original is None:
            yield Lack("origin", "original", _("Say which original it was made from: outlet and link."))
        elif not article.original.url:
            yield Lack("origin", "link", _("The original has no link."))
    elif article.kind == Kind.EXCLUSIVE and article.original_id:
        yield Lack(
            "origin", "kind", _("It was made from an original, so it is not an exclusive: change its kind.")
        )


def translator(article: "Article", _now: datetime) -> Iterator[Lack]:
    """A translation names its translator."""
    if article.kind == Kind.TRANSLATION and not article.credits_of(CreditRole.TRANSLATOR):
        yield Lack("translator", "translator", _("Name the translator."))


def pictures(article: "Article", now: datetime) -> Iterator[Lack]:
    """Each picture has a credit, a right of its own that holds today, and alternative text where it is shown."""
    for picture, alt in shown_pictures(article):
        title = str(picture.title)
        if not picture.credit:
            yield Lack("pictures", "credit", _("The picture “%s” lacks its credit.") % title)
        if picture.permission is None:
            yield Lack("pictures", "permission", _("The picture “%s” has no permission of its own.") % title)
        elif not picture.permission.holds(on=now.date()):
            yield Lack(
                "pictures", "ended", _("The permission of the picture “%s” does not hold today.") % title
            )
        if not alt.strip():
            yield Lack("pictures", "alt", _("Say what the picture “%s” shows (alternative text).") % title)


def statement(article: "Article", _now: datetime) -> Iterator[Lack]:
    """A statement says who issued it."""
    if article.genre == Genre.STATEMENT and not article.issued_by.strip():
        yield Lack("statement", "issuer", _("Say who issued the statement."))
