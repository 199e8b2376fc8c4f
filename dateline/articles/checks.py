"""What the gate asks of an article that this room can judge. Pure: rows are handed in, nothing is written.

Each judge yields what is missing, in words that say what to do.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from dateline.articles.bodies import shown_pictures
from dateline.articles.gate import Caution, Lack
from dateline.articles.kinds import USE_OF_KIND, CreditRole, Genre, Kind, Relation

if TYPE_CHECKING:
    from dateline.articles.models import Article

# A file system takes names of 255 bytes; a letter may have four.
LONGEST_SLUG_BYTES: Final = 240


def headline(article: "Article", _now: datetime) -> Iterator[Lack]:
    """A piece has a headline and a body; a press review may be its voices alone, which have a judge of their own."""
    if not article.headline.strip():
        yield Lack("headline", "headline", _("Write a headline."))
    if not len(article.body) and article.kind != Kind.PRESS_REVIEW:
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
    if article.genre == Genre.STATEMENT and article.issuer_names:
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


def embargo(*, until: str) -> Iterator[Lack]:
    """What is made from somebody else's piece does not come out before that may. until: a moment to come, in words."""
    yield Lack(
        "embargo",
        "embargo",
        _("Its source is under embargo until %s: schedule it for then or later.") % until,
    )


def translator(article: "Article", _now: datetime) -> Iterator[Lack]:
    """A translation names its translator."""
    if article.kind == Kind.TRANSLATION and not article.credits_of(CreditRole.TRANSLATOR):
        yield Lack("translator", "translator", _("Name the translator."))


def pictures(article: "Article", *, on: date) -> Iterator[Lack]:
    """Each picture has a credit, a right of its own that holds on that day, and alternative text where it is shown."""
    for picture, alt in shown_pictures(article):
        title = str(picture.title)
        if not picture.credit:
            yield Lack("pictures", "credit", _("The picture “%s” lacks its credit.") % title)
        if picture.permission is None:
            yield Lack("pictures", "permission", _("The picture “%s” has no permission of its own.") % title)
        elif not picture.permission.holds(on=on):
            yield Lack(
                "pictures", "ended", _("The permission of the picture “%s” does not hold today.") % title
            )
        if not alt.strip():
            yield Lack("pictures", "alt", _("Say what the picture “%s” shows (alternative text).") % title)


def statement(article: "Article", _now: datetime) -> Iterator[Lack]:
    """A statement says who issued it."""
    if article.genre == Genre.STATEMENT and not article.issuer_names:
        yield Lack("statement", "issuer", _("Say who issued the statement."))


def answers(article: "Article", _now: datetime) -> Iterator[Caution]:
    """What a statement answers can be read, stands, and says what is quoted from it."""
    for row in article.answers.all():
        told = {"relation": row.get_relation_display(), "what": row.shown_target}
        if not row.is_linked:
            yield Caution(
                "answers",
                "no-link",
                _("It %(relation)s “%(what)s” and does not say where that can be read.") % told,
            )
        elif row.to_article and not row.to_article.live:
            yield Caution(
                "answers", "not-live", _("It %(relation)s “%(what)s”, which readers cannot see.") % told
            )
        elif row.to_original and row.claim and not row.is_proven:
            yield Caution(
                "answers", "no-proof", _("What it quotes stands in no snapshot of “%(what)s”.") % told
            )
        elif row.relation == Relation.DISPUTES and not row.claim:
            yield Caution(
                "answers", "no-claim", _("It disputes “%(what)s” and does not quote the claim.") % told
            )


def right_of_reply(article: "Article", _now: datetime) -> Iterator[Caution]:
    """Who is disputed was asked."""
    if not any(row.relation == Relation.DISPUTES for row in article.answers.all()):
        return
    tasks = list(article.reply_tasks.all())
    if not tasks:
        yield Caution(
            "right-of-reply",
            "nobody-asked",
            _("It disputes somebody, and nobody of the other side was asked for a reply."),
        )
    for task in tasks:
        if task.state == task.State.OPEN:
            yield Caution(
                "right-of-reply",
                "not-asked-yet",
                _("%s was to be asked for a reply and was not yet.") % task.of_whom,
            )
