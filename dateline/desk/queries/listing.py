"""The newslist's lines: stories or single pieces, a page at a time, with all that a line says of each.

A page is found by where the one before it ended (keyset), so a deep page costs what the first does.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import get_language

from dateline.desk.models import Gist, Idea, Pick, Seen
from dateline.desk.queries.lights import Light, ground, light_of
from dateline.desk.queries.newslist import MOST_COUNTED, Filters, mark_of, passing, unread
from dateline.desk.ways import TRANSLATION, ways
from dateline.editions.models import Voice
from dateline.intake.models import Beat, BeatScore, Likeness, Membership, Original, Story
from dateline.intake.queries.stories import place_name, story_of, time_line
from dateline.lib.scripts import primary
from dateline.people.models import User
from dateline.rights.models import Permission

# As many as two screens; the script brings the next ones before one comes to the end.
PAGE: Final = 25
# What opens inside a line; the story's own page has them all.
MOST_INSIDE: Final = 40
# A piece that is not scored yet stands above all that are: a score is 1 at most.
UNSCORED: Final = 2.0


class Place(NamedTuple):
    """Where a page ended: when its last piece was taken, its number, and its strength by the beat."""

    taken_at: datetime
    number: int
    strength: float

    def __str__(self) -> str:
        return f"{self.taken_at.astimezone(UTC).isoformat()}~{self.number}~{self.strength!r}"


def place_of(told: str) -> Place | None:
    """Return the place that an address names; None where that is no place."""
    try:
        at, number, strength = told.split("~")
        place = Place(datetime.fromisoformat(at), int(number), float(strength))
    except ValueError:
        return None
    return place if timezone.is_aware(place.taken_at) and abs(place.number) < 2**63 else None


@dataclass(frozen=True)
class Lines:
    """A page of the newslist. older: where the next one begins, empty at the end."""

    lines: list["Line"]
    older: str


@dataclass
class Line:
    """A line of the newslist: a piece, and where it leads a story, what is known of that.

    into: the way that `translate` picks, empty for none.
    open_url: the list with this story open, for the page to fill in.
    copies: pieces inside a story that repeat this one.
    """

    original: Original
    light: Light
    picks: tuple[Pick, ...]
    is_spiked: bool
    score: BeatScore | None
    is_unread: bool
    seen_by: tuple[str, ...]
    story: Story | None = None
    places: tuple[str, ...] = ()
    repeats: Likeness | None = None
    into: str = ""
    open_url: str = ""
    gist: Gist | None = None
    in_reviews: int = 0
    copies: list["Line"] = field(default_factory=list)
    inside: list["Line"] = field(default_factory=list)

    @property
    def others(self) -> int:
        """How many other outlets have it."""
        return max(self.story.outlets - 1, 0) if self.story else 0

    @property
    def pieces(self) -> int:
        """How many pieces the story has, 1 without one."""
        return max(self.story.pieces, 1) if self.story else 1

    @property
    def languages(self) -> list[str]:
        """The languages of the story, the most told first."""
        told = self.story.languages if self.story else []
        return [str(one["language"]) for one in told] or [self.original.language]


def page_of(filters: Filters, *, beat: Beat | None, after: Place | None, user: User, on: date) -> Lines:
    """Return a page of the newslist as a person sees it."""
    found = _ordered(filters, beat, after, user)[: PAGE + 1]
    originals = list(_whole(found))
    shown = originals[:PAGE]
    more = len(originals) > PAGE
    return Lines(
        lines=_told(shown, user=user, on=on, of_story=filters.view == "stories"),
        older=str(_place(shown[-1])) if more else "",
    )


def inside_of(story: Story, *, user: User, on: date) -> list[Line]:
    """Return the pieces of a story in the order in which they were told, copies folded below what they repeat."""
    told = time_line(story)[:MOST_INSIDE]
    numbers = [one.membership.original_id for one in told]
    numbers += [copy.membership.original_id for one in told for copy in one.copies]
    found = list(_whole(Original.objects.filter(pk__in=numbers)))
    lines = {one.original.pk: one for one in _told(found, user=user, on=on, of_story=False)}
    for one in told:
        copies = [lines.get(copy.membership.original_id) for copy in one.copies]
        lines[one.membership.original_id].copies = [line for line in copies if line]
    return [lines[one.membership.original_id] for one in told]


def come_in_since(filters: Filters, *, beat: Beat | None, number: int, user: User) -> int:
    """Return how many pieces passed since the one with that number, MOST_COUNTED + 1 for more."""
    newer = passing(filters, beat=beat, user=user).filter(pk__gt=number)
    counted: int = newer.order_by()[: MOST_COUNTED + 1].count()
    return counted


def newest_number() -> int:
    """Return the number of the last piece that came in, 0 for none."""
    return Original.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def unread_count(filters: Filters, *, beat: Beat | None, user: User) -> int:
    """Return how many pieces that pass a person has not seen, MOST_COUNTED + 1 for more."""
    found = unread(passing(filters, beat=beat), user=user).order_by()
    number: int = found[: MOST_COUNTED + 1].count()
    return number


# Which, and in which order.


def _ordered(filters: Filters, beat: Beat | None, after: Place | None, user: User) -> QuerySet[Original]:
    found = passing(filters, beat=beat, user=user)
    if filters.view == "stories":
        found = found.filter(~Exists(_newer_of_the_story(filters, beat, user)))
    listed: QuerySet[Original]
    order = "newest" if beat is None else filters.order
    if order == "newest":
        listed = _after_newest(found, after).order_by("-taken_at", "-pk")
        return listed
    strong: Any = found.annotate(strength=Coalesce(F("by_beat__score"), Value(UNSCORED)))
    if order == "score":
        listed = _after_score(strong, after).order_by("-strength", "-taken_at", "-pk")
        return listed
    rest = _after_day(strong, after)
    lowest = rest.order_by("-taken_at").values_list("taken_at", flat=True)[PAGE : PAGE + 1].first()
    if lowest is not None:  # no more is sorted than the days that the page can reach
        rest = rest.filter(taken_at__gte=_day(lowest)[0])
    listed = rest.annotate(day=TruncDate("taken_at")).order_by("-day", "-strength", "-taken_at", "-pk")
    return listed


def _newer_of_the_story(filters: Filters, beat: Beat | None, user: User) -> QuerySet[Original]:
    """Return the pieces that pass and came in after the one outside, in its story: that one does not lead it."""
    newer = Q(taken_at__gt=OuterRef("taken_at")) | Q(taken_at=OuterRef("taken_at"), pk__gt=OuterRef("pk"))
    same = passing(filters, beat=beat, user=user).filter(membership__story=OuterRef("membership__story"))
    return same.filter(newer).order_by()


def _after_newest(found: Any, after: Place | None) -> Any:
    if after is None:
        return found
    same = Q(taken_at=after.taken_at, pk__lt=after.number)
    return found.filter(Q(taken_at__lt=after.taken_at) | same, taken_at__lte=after.taken_at)


def _after_score(strong: Any, after: Place | None) -> Any:
    return strong.filter(_weaker(after)) if after else strong


def _after_day(strong: Any, after: Place | None) -> Any:
    if after is None:
        return strong
    begins, ends = _day(after.taken_at)
    return strong.filter(
        Q(taken_at__lt=begins) | (Q(taken_at__gte=begins) & _weaker(after)), taken_at__lt=ends
    )


def _weaker(after: Place) -> Q:
    older = Q(taken_at__lt=after.taken_at) | Q(taken_at=after.taken_at, pk__lt=after.number)
    return Q(strength__lt=after.strength) | (Q(strength=after.strength) & older)


def _day(moment: datetime) -> tuple[datetime, datetime]:
    """Return when the day of a moment begins and ends, in the zone that is active."""
    here = timezone.get_current_timezone()
    day = moment.astimezone(here).date()
    return (
        datetime.combine(day, time.min, tzinfo=here),
        datetime.combine(day + timedelta(days=1), time.min, tzinfo=here),
    )


def _place(original: Original) -> Place:
    return Place(original.taken_at, original.pk, float(getattr(original, "strength", 0.0)))


# What is said of each. The number of questions is the same for one piece and for a page of them.


def _whole(originals: QuerySet[Original]) -> QuerySet[Original]:
    of_beat = BeatScore.objects.filter(beat__is_active=True)
    permissions = Permission.objects.select_related("agreement")
    read: QuerySet[Original] = (
        originals.select_related("outlet", "spike__by", "correction")
        .defer(
            *("body_html", "body_text", "standfirst", "pictures", "origins"),
            *(f"correction__{name}" for name in ("body_html", "body_text", "standfirst")),
        )
        .prefetch_related(
            "outlet__agreements",
            "outlet__shared_agreements",
            Prefetch("picks", Pick.objects.select_related("article__locale", "by").order_by("at")),
            Prefetch("ideas", Idea.objects.select_related("by")),
            Prefetch("permissions", permissions),
            Prefetch("beat_scores", of_beat, to_attr="scores_now"),
        )
    )
    return read


def _told(originals: Sequence[Original], *, user: User, on: date, of_story: bool) -> list[Line]:
    told = ground(on=on)
    numbers = [one.pk for one in originals]
    stories = {number: mark.story for number, mark in story_of(originals).items()}
    places = _places({story.pk for story in stories.values()}) if of_story else {}
    fresh, seen_by = _seen(originals, user)
    repeats = {
        row.original_id: row
        for row in Likeness.objects.filter(original__in=numbers).select_related("earlier__outlet")
    }
    gists = _gists(numbers)
    reviews: dict[int, int] = defaultdict(int)
    for number in Voice.objects.filter(original__in=numbers).values_list("original", flat=True):
        reviews[number] += 1
    return [
        Line(
            original=one,
            light=light_of(one, told),
            picks=tuple(one.picks.all()),
            is_spiked=hasattr(one, "spike"),
            score=next(iter(getattr(one, "scores_now", ())), None),
            is_unread=one.pk in fresh,
            seen_by=tuple(seen_by[one.pk]),
            story=stories.get(one.pk),
            places=places.get(stories[one.pk].pk, ()) if one.pk in stories else (),
            repeats=repeats.get(one.pk),
            gist=gists.get(one.pk),
            in_reviews=reviews[one.pk],
            into=_into(one, told.codes),
        )
        for one in originals
    ]


def _gists(numbers: Sequence[int]) -> dict[int, Gist]:
    """Return what machines say of these pieces in the desk's language."""
    rows = Gist.objects.filter(original__in=numbers, language=primary(get_language() or "")).exclude(text="")
    return {row.original_id: row for row in rows}


def _into(original: Original, codes: Sequence[str]) -> str:
    """Return the translation that one key picks: into the desk's language, else into the site's first."""
    here = primary(get_language() or "")
    found = [way for way in ways(original.language, codes) if way.kind == TRANSLATION]
    found.sort(key=lambda way: primary(way.language) != here)
    return found[0].code if found else ""


def _places(stories: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the countries and places that tell each story, sorted by name."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Membership.objects.filter(story__in=list(stories)).exclude(original__outlet__country="")
    for story, country in rows.values_list("story", "original__outlet__country").distinct():
        found[story].add(place_name(country))
    return {story: tuple(sorted(names)) for story, names in found.items()}


def _seen(originals: Sequence[Original], user: User) -> tuple[set[int], dict[int, list[str]]]:
    """Return which of these a person has not seen, and who opened each."""
    mark = mark_of(user)
    fresh = {one.pk for one in originals if mark is None or one.taken_at > mark}
    who: dict[int, list[str]] = defaultdict(list)
    rows = Seen.objects.filter(original__in=[one.pk for one in originals]).select_related("user")
    for row in rows.order_by("at"):
        if row.is_seen:
            who[row.original_id].append(str(row.user))
        if row.user_id == user.pk:
            fresh = fresh - {row.original_id} if row.is_seen else fresh | {row.original_id}
    return fresh, who
