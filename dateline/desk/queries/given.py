"""Who sees what of the desk's work: the newsroom all of it, those outside what they were given or made."""

from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields import CharField
from django.db.models.functions import Cast
from wagtail.models import Revision

from dateline.articles.models import Article
from dateline.desk.models import Assignment
from dateline.intake.models import Original
from dateline.people.models import User

INSIDE: Final = "desk.view_assignment"
OUTSIDE: Final = "desk.view_own_work"
BACKEND: Final = "django.contrib.auth.backends.ModelBackend"


def is_inside(user: User) -> bool:
    """Does this person see all of the desk's work?"""
    return user.has_perm(INSIDE)


def revisions_of_articles() -> QuerySet[Revision]:
    """Return what was ever saved of articles."""
    kind = ContentType.objects.get_for_model(Article, for_concrete_model=False)
    revisions: QuerySet[Revision] = Revision.objects.filter(base_content_type=kind)
    return revisions


def articles_for(user: User) -> QuerySet[Article]:
    """Return the articles that a person may know of: all, or those given to them, made by them, or signed by them."""
    articles: QuerySet[Article] = Article.objects.all()
    if is_inside(user):
        return articles
    own = revisions_of_articles().filter(user=user, object_id=Cast(OuterRef("pk"), CharField()))
    given = Assignment.objects.of(user).filter(article=OuterRef("pk"))
    signed = Article.objects.filter(credits__contributor__user=user)
    return articles.filter(Exists(given) | Exists(own) | Q(pk__in=signed.values("pk")))


def originals_for(user: User) -> QuerySet[Original]:
    """Return the originals that a person may know of: all, or those of what they were given."""
    originals: QuerySet[Original] = Original.objects.all()
    if user.has_perm("intake.view_original"):
        return originals
    given = Assignment.objects.of(user)
    return originals.filter(
        Q(pk__in=given.filter(original__isnull=False).values("original"))
        | Q(pk__in=given.filter(article__original__isnull=False).values("article__original"))
    )


def colleagues() -> QuerySet[User]:
    """Return those who can be given work and mentioned: all with an account that is open and a way to the desk."""
    entering: QuerySet[User] = User.objects.with_perm("wagtailadmin.access_admin", backend=BACKEND)
    return entering.filter(is_active=True).order_by("first_name", "last_name", "username")


def publishers() -> set[int]:
    """Return the numbers of those who may publish."""
    may = User.objects.with_perm("articles.publish_article", backend=BACKEND)
    return set(may.values_list("pk", flat=True))
