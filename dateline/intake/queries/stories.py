"""Reading stories: the list, one with its time line and who has it, and the mark of a piece in other lists."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from dateline.intake.models import Likeness, Membership, Original, Story, StoryCorrection
from dateline.lib.countries import country_name
from dateline.lib.scripts import primary
from dateline.lib.text import one_line

STATES: Final = ("open", "closed", "all")
_SHOWN_WORDS: Final = 6


@dataclass(frozen=True)
class StoryMark:
    """The story of a piece, as a list shows it beside the piece.

    pieces, outlets: how many tell it. is_first: whether this piece was the first to tell it.
    """

    story: Story
    pieces: int
    outlets: int
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class StoryFilters:
    """What the list of stories is narrowed to; what is empty does not narrow. least: pieces in a story."""

    state: str = "open"
    words: str = ""
    language: str = ""
    country: str = ""
    least: int = 1


@dataclass(frozen=True)
class StoryRow:
    """A line of the list: a story with the countries that tell it, and its span."""

    story: Story
    title: str
    title_language: str
    countries: tuple[str, ...]
    span: timedelta


@dataclass
class Telling:
    """A piece on the time line, with its reasons in words, and the copies of it that are folded below."""

    membership: Membership
    reasons: list[str]
    copies: list["Copy"] = field(default_factory=list)


@dataclass(frozen=True)
class Copy:
    """A piece that has the same text as one above it, and in words how."""

    membership: Membership
    sentence: str


@dataclass(frozen=True)
class Holder:
    """A country or place that has the story: its outlets by language, how many pieces, and since when."""

    place: str
    outlets: tuple[str, ...]
    languages: tuple[tuple[str, int], ...]
    pieces: int
    since: datetime
    share: float


def story_of(originals: Iterable[Original]) -> dict[int, StoryMark]:
    """Return the story of each of these originals, by their numbers; one that is being gathered is left out."""
    memberships = Membership.objects.filter(original__in=[original.pk for original in originals])
    return {
        row.original_id: StoryMark(
            story=row.story,
            pieces=row.story.pieces,
            outlets=row.story.outlets,
            is_first=row.told_at == row.story.opened_at,
        )
        for row in memberships.select_related("story")
    }


def stories(filters: StoryFilters) -> QuerySet[Story]:
    """Return the stories that pass, pinned ones first, then by what came in last."""
    found = Story.objects.told().filter(pieces__gte=max(1, filters.least))
    if filters.state in {Story.State.OPEN, Story.State.CLOSED}:
        found = found.filter(state=filters.state)
    members = Membership.objects.all()
    if filters.words:
        in_title = Q(title__icontains=filters.words)
        having = members.filter(original__headline__icontains=filters.words).values("story")
        found = found.filter(in_title | Q(pk__in=having))
    if filters.language:
        found = found.filter(pk__in=members.filter(original__language=filters.language).values("story"))
    if filters.country:
        found = found.filter(pk__in=members.filter(original__outlet__country=filters.country).values("story"))
    return found


def story_rows(listed: Sequence[Story], *, languages: Sequence[str]) -> list[StoryRow]:
    """Return the lines of the list; titles in the first of our languages that a story is told in.

    languages: our own, the most wanted first.
    """
    countries: dict[int, list[str]] = defaultdict(list)
    named: dict[int, tuple[tuple[int, datetime], str, str]] = {}
    rank = {primary(code): at for at, code in reversed(list(enumerate(languages)))}
    told = Membership.objects.filter(story__in=[story.pk for story in listed]).order_by("told_at", "pk")
    for story, country, headline, language, at in told.values_list(
        "story", "original__outlet__country", "original__headline", "original__language", "told_at"
    ):
        if country and country not in countries[story]:
            countries[story].append(country)
        order = (rank.get(primary(language), len(rank)), at)
        if story not in named or order < named[story][0]:
            named[story] = (order, headline, language)
    return [_row(story, named.get(story.pk), tuple(map(place_name, countries[story.pk]))) for story in listed]


def place_name(place: str) -> str:
    """Return a country or place as the reader's language has it."""
    return country_name(place, get_language() or "en") or place


def _row(
    story: Story, named: tuple[tuple[int, datetime], str, str] | None, countries: tuple[str, ...]
) -> StoryRow:
    title, language = (story.title, story.title_language) if story.is_renamed or named is None else named[1:]
    return StoryRow(story, title, language, countries, story.last_at - story.opened_at)


def time_line(story: Story) -> list[Telling]:
    """Return the story's pieces in the order in which they were told, each with why it is here, copies folded."""
    members = list(
        story.memberships.select_related("original__outlet")
        .defer("original__body_html", "original__body_text")
        .order_by("told_at", "pk")
    )
    likenesses = {
        row.original_id: row
        for row in Likeness.objects.filter(
            original__in=[m.original_id for m in members], earlier__in=[m.original_id for m in members]
        ).select_related("earlier__outlet", "first__outlet")
    }
    names = {member.original_id: member.original for member in members}
    shown: dict[int, Telling] = {}
    for member in sorted(members, key=lambda one: (one.original_id in likenesses, one.told_at, one.pk)):
        likeness = likenesses.get(member.original_id)
        top = _top(likeness, likenesses, shown) if likeness else None
        if top is None or likeness is None:
            shown[member.original_id] = Telling(member, [in_words(one, names) for one in member.reasons])
        else:
            top.copies.append(Copy(member, likeness_in_words(likeness)))
    return sorted(shown.values(), key=lambda one: (one.membership.told_at, one.membership.pk))


def _top(likeness: Likeness, known: dict[int, Likeness], shown: dict[int, Telling]) -> Telling | None:
    """Return the piece on the time line that a copy belongs below: follow what it repeats to its beginning."""
    number, seen = likeness.earlier_id, {likeness.original_id}
    while number in known and number not in seen:
        seen.add(number)
        number = known[number].earlier_id
    return shown.get(number)


def holders(story: Story) -> list[Holder]:
    """Return who has the story: its places, the first to have it first. Copies count."""
    by_place: dict[str, list[Membership]] = defaultdict(list)
    members = story.memberships.select_related("original__outlet").order_by("told_at", "pk")
    for member in members.defer("original__body_html", "original__body_text"):
        by_place[member.original.outlet.country].append(member)
    most = max((len(found) for found in by_place.values()), default=1)
    return [_holder(place, found, most) for place, found in by_place.items()]


def _holder(place: str, members: list[Membership], most: int) -> Holder:
    counted: dict[str, int] = defaultdict(int)
    for member in members:
        counted[member.original.language] += 1
    outlets = dict.fromkeys(member.original.outlet.shown_name for member in members)
    return Holder(
        place=place_name(place),
        outlets=tuple(outlets),
        languages=tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0]))),
        pieces=len(members),
        since=members[0].told_at,
        share=len(members) / most,
    )


def corrections(story: Story) -> list[StoryCorrection]:
    """Return what people put right in a story, the latest first."""
    return list(story.corrections.select_related("by", "undone_by").order_by("-pk"))


def places() -> list[str]:
    """Return the countries and places of the outlets whose pieces are in stories, sorted."""
    found = Original.objects.exclude(membership=None).exclude(outlet__country="")
    return sorted(found.order_by().values_list("outlet__country", flat=True).distinct())


def story_languages() -> list[str]:
    """Return the tags of the languages that stories are told in, sorted."""
    return sorted(
        Original.objects.exclude(membership=None).order_by().values_list("language", flat=True).distinct()
    )


def own_reasons(original: Original) -> tuple[list[dict[str, Any]], dict[int, Original]]:
    """Return why a piece is in its story, as data, and the originals that this speaks of by their numbers."""
    membership = Membership.objects.filter(original=original).first()
    reasons = list(membership.reasons) if membership else []
    wanted = {number for reason in reasons for number in _spoken_of(reason)}
    found = Original.objects.filter(pk__in=wanted).select_related("outlet").defer("body_html", "body_text")
    return reasons, {one.pk: one for one in found}


def _spoken_of(reason: dict[str, Any]) -> list[int]:
    return [*reason.get("originals", ()), *([reason["original"]] if "original" in reason else [])]


def in_words(reason: dict[str, Any], names: dict[int, Original] | None = None) -> str:
    """Return a reason of a membership as a sentence for the editor. names: originals that it may speak of."""
    say = _SENTENCES.get(str(reason.get("code")))
    return say(reason, names or {}) if say else ""


def _alike(reason: dict[str, Any], names: dict[int, Original]) -> str:
    count = int(reason["pieces"])
    sentence = ngettext(
        "%(count)s piece of it is alike (%(score)s)", "%(count)s pieces of it are alike (%(score)s)", count
    ) % {"count": count, "score": f"{reason['similarity']:.2f}"}
    told = [names[one] for one in reason.get("originals", ()) if one in names]
    quoted = "; ".join(f"“{one_line(one.headline)}” ({one.outlet.shown_name})" for one in told)
    return f"{sentence}: {quoted}" if quoted else sentence


def _same_text(reason: dict[str, Any], names: dict[int, Original]) -> str:
    other = names.get(int(reason["original"]))
    if other is None:
        return _("it has the text of another piece of this story")
    return _("it has the text of “%(headline)s” (%(outlet)s)") % {
        "headline": one_line(other.headline),
        "outlet": other.outlet.shown_name,
    }


def _person(reason: dict[str, Any], _names: dict[int, Original]) -> str:
    who = reason.get("name") or "–"
    sentences = {
        "merge": _("%(who)s merged its story into this one"),
        "split": _("%(who)s split it off into this story"),
        "move": _("%(who)s moved it here"),
    }
    return sentences.get(str(reason.get("verb")), _("%(who)s put it here")) % {"who": who}


def _hours(reason: dict[str, Any], _names: dict[int, Original]) -> str:
    hours = float(reason["hours"])
    if hours < 1:
        return _("within the hour")
    return ngettext("within %(count)s hour", "within %(count)s hours", round(hours)) % {"count": round(hours)}


_SENTENCES: Final = {
    "alone": lambda _reason, _names: _("nothing like it had come in: it opened the story"),
    "alike": _alike,
    "names": lambda reason, _names: (
        _("the same names and rare words: %s") % ", ".join(reason["words"][:_SHOWN_WORDS])
    ),
    "numbers": lambda reason, _names: _("the same numbers: %s") % ", ".join(reason["words"][:_SHOWN_WORDS]),
    "hours": _hours,
    "same-text": _same_text,
    "person": _person,
}


def likeness_in_words(likeness: Likeness) -> str:
    """Return how a piece repeats an earlier one, and who had it first, in sentences for the editor."""
    share = f"{round(100 * likeness.containment)} %"
    kinds = {
        Likeness.Kind.EXACT: _("The same text, word for word."),
        Likeness.Kind.REISSUED: _("Issued again by the same outlet; %s of it is the same."),
        Likeness.Kind.NEAR: _("Nearly the same text: %s of it is the same."),
        Likeness.Kind.PARTIAL: (
            _("A reprint in part: %s of this piece is in the other one.")
            if likeness.contained == "this"
            else _("%s of the other piece is in this one.")
        ),
    }
    sentence = kinds[Likeness.Kind(likeness.kind)]
    told = [sentence % share if "%s" in sentence else sentence, _first_in_words(likeness)]
    return " ".join(part for part in (*told, *_evidence(likeness)) if part)


def _first_in_words(likeness: Likeness) -> str:
    if likeness.first is None:
        return _("Who had it first cannot be told.")
    return _("%s had it first.") % likeness.first.outlet.shown_name


def _evidence(likeness: Likeness) -> Iterable[str]:
    for one in likeness.evidence:
        match one.get("code"):
            case "credit":
                yield {
                    "mark": _("The other copy opens with its mark (%s)."),
                    "author": _("The other copy names it as its author (%s)."),
                    "words": _("The other copy credits it (%s)."),
                }[str(one["how"])] % one["name"]
            case "agency":
                yield _("Both carry the mark of %s.") % one["name"]
            case "earlier":
                yield _("Its time is %s before the other one's.") % _span(int(one["minutes"]))
            case "same-time":
                yield _("Both give the same time.")
            case "no-time":
                yield _("A time is missing.")


def _span(minutes: int) -> str:
    if minutes < 120:  # noqa: PLR2004
        return ngettext("%s minute", "%s minutes", minutes) % minutes
    hours = round(minutes / 60)
    return ngettext("%s hour", "%s hours", hours) % hours
