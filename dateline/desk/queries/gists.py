"""Which pieces want a gist in the desk's language, and what has been asked of machines for it today."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from wagtail.users.models import UserProfile

from dateline.desk.models import Gist
from dateline.desk.queries.newslist import Filters, passing
from dateline.intake.models import Beat, Original
from dateline.lib.scripts import primary

# Older pieces are no news; what no machine could do is tried again after a while.
FRESH: Final = timedelta(days=2)
AGAIN: Final = timedelta(hours=6)
MOST_LANGUAGES: Final = 4


def desk_languages() -> list[str]:
    """Return the languages in which the people of the desk read it, those of most of them first."""
    own = primary(settings.LANGUAGE_CODE)
    people = UserProfile.objects.filter(user__is_active=True).values_list("preferred_language")
    told: dict[str, int] = {own: 0}
    for tag, number in people.annotate(number=Count("pk")).order_by():
        language = primary(tag) if tag else own
        told[language] = told.get(language, 0) + number
    return sorted(told, key=lambda tag: (-told[tag], tag))[:MOST_LANGUAGES]


def without_gist(language: str, *, beat: Beat | None, now: datetime) -> QuerySet[Original]:
    """Return the open pieces over the beat's line that came in lately and want a gist, the newest first."""
    had = Gist.objects.filter(original=OuterRef("pk"), language=language)
    had = had.filter(~Q(text="") | Q(at__gt=now - AGAIN))
    fresh: Any = passing(Filters(), beat=beat).filter(
        taken_at__gte=now - FRESH
    )  # mypy sees no named relations
    if beat is not None:  # what is not scored yet may still fall under the line
        fresh = fresh.filter(by_beat__is_over_the_line=True)
    other = fresh.exclude(language=language).exclude(language__startswith=f"{language}-")
    found: QuerySet[Original] = other.filter(~Exists(had)).order_by("-taken_at", "-pk")
    return found


def same_words(fingerprints: Sequence[str], language: str) -> dict[str, Gist]:
    """Return gists that were made of the same words, by their fingerprints."""
    rows = Gist.objects.filter(fingerprint__in=fingerprints, language=language).exclude(text="")
    return {row.fingerprint: row for row in rows}


def asked_since(begun: datetime) -> int:
    """Return how many characters machines were asked to translate for gists since then."""
    return Gist.objects.filter(at__gte=begun).aggregate(told=Sum("characters"))["told"] or 0
