"""Which articles readers may see: live, and let through by the gate when the baker asked."""

import uuid
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from dateline.articles.kinds import Genre
from dateline.articles.models import Article, ArticleQuerySet, Contributor, Section, Topic
from dateline.publishing.models import Clearance
from dateline.publishing.queries.going import going
from dateline.rights.models import Withdrawal

OF_A_CARD = ("locale", "section", "original__outlet", "hero")


def listed() -> ArticleQuerySet:
    """Return what may be shown anywhere, newest first. What went live past the gate is not in it."""
    cleared = Clearance.objects.filter(piece=OuterRef("uid"))
    found = Article.objects.live().filter(Exists(cleared)).newest()
    gone = going()
    return found.exclude(uid__in=list(gone)) if gone else found


def in_language(language: str) -> ArticleQuerySet:
    """Return what is listed in one language."""
    return listed().in_language(language)


def of_section(section: Section) -> ArticleQuerySet:
    """Return the pieces of a section, with those of the sections that are part of it."""
    own, also = _in_section(section)
    return listed().filter(locale_id=section.locale_id).filter(own | also)


def count_of_section(section: Section) -> int:
    """Return how many pieces `of_section` has: asked apart, each by its own index, not of all pieces of a language."""
    own, also = _in_section(section)
    rows = listed().filter(locale_id=section.locale_id)
    return rows.filter(own).count() + rows.filter(also).exclude(own).count()


def _in_section(section: Section) -> tuple[Q, Q]:
    """Return which pieces stand in a section or a part of it, and which stand there beside another."""
    parts = Section.objects.filter(Q(pk=section.pk) | Q(parent=section) | Q(parent__parent=section))
    within = parts.order_by().values("pk")
    also = Article.other_sections.through.objects.filter(section__in=within).values("article")
    return Q(section__in=within), Q(pk__in=also)


def of_topic(topic: Topic) -> ArticleQuerySet:
    """Return the pieces about a topic."""
    return listed().filter(locale_id=topic.locale_id, topics=topic)


def of_contributor(contributor: Contributor, *, language: str) -> ArticleQuerySet:
    """Return the pieces on whose byline somebody stands, whatever the role, and the statements they issued."""
    named = Article.objects.filter(credits__contributor=contributor).values("pk")
    issued = Article.objects.filter(issuers__contributor=contributor).values("pk")
    return in_language(language).filter(Q(pk__in=named) | Q(pk__in=issued))


def of_kind(kind: str, *, language: str) -> ArticleQuerySet:
    """Return the pieces of a kind."""
    return in_language(language).filter(kind=kind)


def opinion(language: str) -> ArticleQuerySet:
    """Return what is marked as opinion."""
    return in_language(language).filter(genre=Genre.OPINION)


def piece(uid: uuid.UUID) -> Article | None:
    """Return an article with what its page needs, if it is listed."""
    return (
        listed()
        .select_related(
            *OF_A_CARD, "section__parent__parent", "permission__agreement__outlet", "original__outlet"
        )
        .prefetch_related("credits__contributor", "hero__renditions")
        .filter(uid=uid)
        .first()
    )


def withdrawals_of(uids: Collection[uuid.UUID]) -> dict[uuid.UUID, Withdrawal]:
    """Return why some articles were taken back, or will be at the minute that is made ready."""
    coming = going()
    found = {row.piece: row for row in Withdrawal.objects.standing().filter(piece__in=uids).order_by("-pk")}
    return {**found, **{uid: row for uid, row in coming.items() if uid in uids and row is not None}}


def withdrawn_in(language: str) -> list[Withdrawal]:
    """Return what keeps pieces of a language from readers, each piece once, the newest first."""
    rows = Withdrawal.objects.standing().filter(address__startswith=f"/{language}/").order_by("-at", "-pk")
    return list({row.piece: row for row in reversed(rows)}.values())[::-1]


def never_cleared() -> list[uuid.UUID]:
    """Return the live articles about which the gate has not been asked, or that it refused."""
    cleared = Clearance.objects.filter(piece=OuterRef("uid"))
    return list(Article.objects.live().exclude(Exists(cleared)).values_list("uid", flat=True))
