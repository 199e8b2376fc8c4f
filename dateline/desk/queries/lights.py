"""The rights light of a piece: covered, can be asked, or no. The deciding is `agreements.may` alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.utils.translation import gettext as _

from dateline.agreements.concerned import Work, concerns
from dateline.agreements.may import Terms, Wish, may
from dateline.agreements.models import Agreement
from dateline.articles.refusals import in_words as refusal_in_words
from dateline.desk.ways import REPRINT, Way, ways
from dateline.intake.models import Original
from dateline.rights.models import Permission, Use
from dateline.site.queries import identity, languages, zone


@dataclass(frozen=True)
class Light:
    """Whether something covers a piece today. Words say it, the colour repeats it.

    colour: green where something covers it, amber where one can ask, red where they said no.
    """

    colour: str
    words: str
    why: str = ""

    @property
    def is_green(self) -> bool:
        """May it be used in some way?"""
        return self.colour == "green"


@dataclass(frozen=True)
class Ground:
    """What a page of lights is reckoned from, read once: the site's word, its languages, this month's use."""

    codes: tuple[str, ...]
    is_commercial: bool | None
    used: Mapping[str, int]
    lent: tuple[Agreement, ...]
    on: date


def ground(*, on: date) -> Ground:
    """Read what the lights of a day rest on."""
    lent = Agreement.objects.exclude(author="", agency="").prefetch_related("other_outlets")
    publication = identity()
    return Ground(
        codes=tuple(language.code for language in languages(publication)),
        is_commercial=publication.is_commercial,
        used=_used_in_month(on, zone(publication)),
        lent=tuple(lent.select_related("outlet")),
        on=on,
    )


def _used_in_month(on: date, here: ZoneInfo) -> dict[str, int]:
    """Return how many pieces came out in that month of the site's under each agreement that counts them."""
    first = on.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1)
    begun, over = (datetime.combine(day, time.min, tzinfo=here).astimezone(UTC) for day in (first, last))
    counted = (
        Use.objects.filter(began_at__gte=begun, began_at__lt=over)
        .filter(permission__agreement__pieces_a_month__isnull=False)
        .values_list("permission__agreement")
        .annotate(pieces=Count("piece", distinct=True))
        .order_by()
    )
    return {f"agreement:{agreement}": pieces for agreement, pieces in counted}


def light_of(original: Original, ground: Ground) -> Light:
    """Return whether an agreement, or a grant for this piece, covers a reprint or a translation on that day."""
    terms = _terms(original, ground)
    answers = {
        way: may(_wish(original, way, ground), terms, used=ground.used)
        for way in ways(original.language, ground.codes)
    }
    covered = {way.kind for way, answer in answers.items() if answer.is_yes}
    if covered:
        return Light("green", _covered(covered))
    refused = [one for one in original.permissions.all() if one.state == Permission.State.REFUSED]
    if refused:
        return Light("red", _("refused: they said no"), refused[0].evidence)
    against = dict.fromkeys(
        refusal_in_words(one)
        for answer in answers.values()
        for one in answer.objections
        if one.code != "nothing-granted"
    )
    return Light("amber", _("no agreement covers it: ask"), " ".join(against))


def _covered(kinds: Iterable[str]) -> str:
    if len(set(kinds)) > 1:
        return _("covered: reprint and translation")
    return _("covered: reprint") if REPRINT in kinds else _("covered: translation")


def _terms(original: Original, ground: Ground) -> list[Terms]:
    """Return all that speaks for a piece; asks the database nothing where the outlet's agreements are read."""
    outlet = original.outlet
    work = Work(outlet=outlet.slug, authors=frozenset(original.author_names))
    own = [*outlet.agreements.all(), *outlet.shared_agreements.all()]
    lent = [one for one in ground.lent if one not in own and concerns(one.scope(), work)]
    found = [agreement.terms() for agreement in (*own, *lent)]
    return found + [grant for permission in original.permissions.all() for grant in permission.grants()]


def _wish(original: Original, way: Way, ground: Ground) -> Wish:
    # A translation's length is known when it is done; the gate asks then.
    asked = Wish(use=way.kind, language=way.language, on=ground.on, is_commercial=ground.is_commercial)
    return replace(asked, words=original.word_count) if way.kind == REPRINT else asked
