"""What the newslist is narrowed to, the ways to pick a piece and what would cover each, and the trouble."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db.models import Count, FilteredRelation, Model, Q, QuerySet
from django.utils.translation import gettext as _

from dateline.agreements.may import Objection, Wish, may, objections
from dateline.agreements.models import Agreement
from dateline.articles.models import Article, Section
from dateline.articles.refusals import in_words as refusal_in_words
from dateline.desk.folding import sought
from dateline.desk.models import Findable, Idea, LabelRoute, Pick, Seen, SeenThrough
from dateline.desk.queries.words import having
from dateline.desk.ways import EXCERPT, REPRINT, Way, all_ways
from dateline.intake.models import Beat, BeatScore, Change, Correction, Entry, Original
from dateline.intake.queries.room import warnings as room_warnings
from dateline.net.addresses import BadAllowEntry, read_allowed
from dateline.people.models import User
from dateline.publishing.queries.trouble import PressTrouble, press_troubles
from dateline.rights.actions import open_withdrawals
from dateline.rights.models import Permission, Request, Withdrawal
from dateline.site.queries import identity, languages, own_name
from dateline.sources.models import Channel, Outlet
from dateline.sources.queries import Health, health
from dateline.work.models import Job
from dateline.work.queries import troubled_jobs

# Entries that failed longer ago are off the top of the newslist; they stay in the list of their outlet.
SHOWN_TROUBLE: Final = timedelta(days=7)
SHOWN_JOBS = 10
# Nobody counts further: a number for each look must not cost a walk over everything that ever came in.
MOST_COUNTED: Final = 999
SHOWN_ENTRIES: Final = 10
SHOWN_CHANGES: Final = 5
SHOWN_REQUESTS: Final = 5

Row = TypeVar("Row", bound=Model)

STATES: Final = ("open", "picked", "spiked", "all")
# What the beat's line does to the newslist: folds away, shows what is folded, does nothing.
FOLDS: Final = ("over", "under", "all")
# Stories with their pieces inside, or each piece by itself.
VIEWS: Final = ("stories", "pieces")
ORDERS: Final = ("day", "score", "newest")


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the newslist is narrowed to; what is empty does not narrow.

    state: one of STATES. view: one of VIEWS. is_in_text: the words are looked for in the text too.
    fold, label and order mean something where there is a beat: one of FOLDS and of ORDERS.
    """

    state: str = "open"
    view: str = "stories"
    is_unread: bool = False
    outlet: int | None = None
    country: str = ""
    language: str = ""
    words: str = ""
    is_in_text: bool = False
    fold: str = "over"
    label: str = ""
    order: str = "day"


@dataclass(frozen=True)
class Offer:
    """An agreement of the outlet, and in words why it does not fit one way of picking; nothing means that it does."""

    agreement: Agreement
    against: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """May the piece be used under it?"""
        return not self.against


@dataclass(frozen=True)
class Choice:
    """One way to pick an original, with what would cover it, or the pick where it is done."""

    way: Way
    name: str
    offers: tuple[Offer, ...]
    grants: tuple[Permission, ...]
    pick: Pick | None

    @property
    def fitting(self) -> tuple[Offer, ...]:
        """The agreements under which it may be used today."""
        return tuple(offer for offer in self.offers if offer.fits)

    @property
    def is_covered(self) -> bool:
        """Is there anything under which it may be used today?"""
        return bool(self.fitting or self.grants)

    @property
    def unfit(self) -> tuple[Offer, ...]:
        """The agreements that do not cover it, each with its reasons."""
        return tuple(offer for offer in self.offers if not offer.fits)


@dataclass(frozen=True)
class Trouble:
    """What needs somebody's eye: sick channels, pieces not taken, refused schedules, open withdrawals, failed work."""

    channels: tuple[tuple[Channel, Health], ...]
    entries: tuple[Entry, ...]
    more_entries: int
    refused: tuple[Article, ...]
    withdrawals: tuple[Withdrawal, ...]
    jobs: tuple[Job, ...]
    doors: tuple[str, ...]
    changes: tuple[Change, ...]
    more_changes: int
    room: tuple[str, ...]
    requests: tuple[Request, ...] = ()
    more_requests: int = 0
    press: tuple[PressTrouble, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return any(
            (
                self.press,
                self.channels,
                self.entries,
                self.refused,
                self.withdrawals,
                self.jobs,
                self.doors,
                self.changes,
                self.room,
                self.requests,
            )
        )


def site_codes() -> list[str]:
    """Return the tags of the site's languages, the default first."""
    return [language.code for language in languages(identity())]


def folded_away(filters: Filters, *, beat: Beat | None) -> int:
    """Return how many pieces that pass the other filters the line folds away, 0 without a beat.

    Counted to MOST_COUNTED; one more stands for all that are further.
    """
    if beat is None or filters.fold != "over":
        return 0
    under = _by_line(_scored(_narrowed(Original.objects.all(), filters), beat), "under")
    folded: int = under.order_by()[: MOST_COUNTED + 1].count()
    return folded


def passing(filters: Filters, *, beat: Beat | None, user: User | None = None) -> QuerySet[Original]:
    """Return the originals that pass, in no order. user: whose unread ones, where those are asked for.

    A piece that is not scored yet is shown: nothing waits for a score.
    """
    found = _narrowed(Original.objects.all(), filters)
    if filters.is_unread and user is not None:
        found = unread(found, user=user)
    if beat is None:
        return found
    scored = _by_line(_scored(found, beat), filters.fold)
    if filters.label:
        scored = scored.filter(by_beat__label_lines__contains=f"\n{filters.label}\n")
    listed: QuerySet[Original] = scored
    return listed


def mark_of(user: User) -> datetime | None:
    """Return until when a person has seen everything; read once for each look at the page."""
    try:
        return user.seen_through.through_at
    except SeenThrough.DoesNotExist:
        return None


def unread(originals: QuerySet[Original], *, user: User) -> QuerySet[Original]:
    """Return those that came in after the person's mark and were not opened, and those laid back as unread."""
    mark = mark_of(user)
    own = Seen.objects.filter(user=user)
    fresh = ~Q(pk__in=own.filter(is_seen=True).values("original"))
    if mark is not None:
        fresh &= Q(taken_at__gt=mark)
    return originals.filter(fresh | Q(pk__in=own.filter(is_seen=False).values("original")))


def _scored(originals: QuerySet[Original], beat: Beat) -> Any:  # mypy does not see relations named by a query
    return originals.annotate(by_beat=FilteredRelation("beat_scores", condition=Q(beat_scores__beat=beat)))


def _by_line(scored: Any, fold: str) -> Any:
    if fold == "over":
        return scored.filter(Q(by_beat__is_over_the_line=True) | Q(by_beat__isnull=True))
    if fold == "under":
        return scored.filter(by_beat__is_over_the_line=False)
    return scored


def _narrowed(originals: QuerySet[Original], filters: Filters) -> QuerySet[Original]:
    if filters.state == "open":
        originals = originals.filter(picks__isnull=True, spike__isnull=True, ideas__isnull=True)
    elif filters.state == "picked":
        ideas = Idea.objects.exclude(original=None).values("original")
        originals = originals.filter(Q(pk__in=Pick.objects.values("original")) | Q(pk__in=ideas))
    elif filters.state == "spiked":
        originals = originals.filter(spike__isnull=False)
    if filters.outlet:
        originals = originals.filter(outlet=filters.outlet)
    if filters.country:
        originals = originals.filter(outlet__country=filters.country)
    if filters.language:
        originals = originals.filter(language=filters.language)
    for word in filters.words.split():
        originals = originals.filter(_with_word(word, in_text=filters.is_in_text))
    return originals


def _with_word(word: str, *, in_text: bool) -> Q:
    """Return that a word of the headline or the outlet's name begins with it, or one of the text too.

    The index knows; what came in last is not in it yet and is read. A headline that was put right is read as well.
    """
    fresh = Q(headline__icontains=word)
    if in_text:
        fresh |= Q(standfirst__icontains=word) | Q(body_text__icontains=word)
    told = (Q(findable__isnull=True) & fresh) | Q(
        pk__in=Correction.objects.filter(headline__icontains=word).values("original")
    )
    if words := sought(word):
        known = Findable.objects.filter(having(words, in_headline=not in_text), original__isnull=False)
        told |= Q(pk__in=known.values("original"))
    return told | Q(outlet__in=Outlet.objects.filter(name__icontains=word))


@dataclass(frozen=True)
class BeatCounts:
    """How far the scoring is: pieces over the line and under it, and those that wait for the beat's version."""

    over: int
    under: int
    waiting: int


def beat_counts(beat: Beat) -> BeatCounts:
    """Return how the originals stand to the beat."""
    scores = BeatScore.objects.filter(beat=beat, original__isnull=False)
    told = scores.aggregate(
        over=Count("pk", filter=Q(is_over_the_line=True)),
        under=Count("pk", filter=Q(is_over_the_line=False)),
        fresh=Count("pk", filter=Q(version=beat.version)),
    )
    return BeatCounts(told["over"], told["under"], Original.objects.count() - told["fresh"])


def beat_labels(beat: Beat | None = None) -> list[str]:
    """Return the labels that a beat can give, sorted. beat: None for the active one."""
    beat = beat or Beat.objects.active()
    if beat is None:
        return []
    told = beat.read()
    return sorted({*told.labels, *(label for concept in told.concepts for label in concept.labels)})


def routes() -> list[tuple[str, LabelRoute | None]]:
    """Return each label of the beat with where it leads, and those that lead somewhere still."""
    known = {row.label: row for row in LabelRoute.objects.select_related("section__locale")}
    return [(label, known.get(label)) for label in sorted({*beat_labels(), *known})]


def section_by_beat(original: Original, language: str) -> Section | None:
    """Return the section that the first routed label of the original leads to, in that language."""
    score = BeatScore.objects.filter(beat__is_active=True, original=original).first()
    if score is None:
        return None
    known = {
        row.label: row for row in LabelRoute.objects.filter(label__in=score.labels).select_related("section")
    }
    for label in score.labels:
        if label in known:
            sections = Section.objects.filter(locale__language_code=language)
            return sections.filter(translation_key=known[label].section.translation_key).first()
    return None


def choices(original: Original, *, on: date) -> list[Choice]:
    """Return every way to pick the original, each with the outlet's agreements that fit and that do not."""
    agreements = list(Agreement.objects.of(original.outlet).select_related("outlet"))
    picks = {
        (pick.kind, pick.language): pick
        for pick in original.picks.select_related("article__locale", "article__permission", "by")
    }
    return [
        Choice(
            way=way,
            name=name_of(way),
            offers=tuple(offer(agreement, original, way, on=on) for agreement in agreements),
            grants=tuple(grants(original, way, on=on)),
            pick=picks.get((way.kind, way.language)),
        )
        for way in all_ways(original.language, site_codes())
    ]


def offer(agreement: Agreement, original: Original, way: Way, *, on: date) -> Offer:
    """Return an agreement with what stands against picking the original in that way on that day."""
    found = objections(wish(original, way, on), agreement.terms())
    return Offer(agreement, tuple(in_words(one) for one in found))


def grants(original: Original, way: Way, *, on: date) -> list[Permission]:
    """Return what the outlet granted for this piece alone that covers picking it in that way on that day."""
    held = original.permissions.filter(agreement__isnull=True, use=way.kind, language=way.language)
    return [one for one in held if may(wish(original, way, on), one.grants()).is_yes]


def name_of(way: Way) -> str:
    """Return a way to pick a piece as a person says it."""
    sentences = {REPRINT: _("as a reprint in %s"), EXCERPT: _("as an excerpt in %s")}
    return sentences.get(way.kind, _("as a translation into %s")) % own_name(way.language)


def in_words(objection: Objection) -> str:
    """Return why an agreement does not cover a use."""
    sentences = {
        "use": _("It covers other uses only: %s."),
        "language": _("It covers other languages only: %s."),
        "not-yet": _("It begins on %s."),
        "ended": _("It ended on %s."),
        "words": _("It covers %s words at most."),
    }
    if objection.code in sentences:
        return sentences[objection.code] % objection.limit
    return refusal_in_words(objection)


def wish(original: Original, way: Way, on: date) -> Wish:
    """Return what picking the original in that way asks on that day."""
    # A translation's length is known when it is done; the gate asks then.
    words = len(original.body_text.split()) if way.kind == REPRINT else 0
    declared = identity().is_commercial
    return Wish(use=way.kind, language=way.language, on=on, words=words, is_commercial=declared)


def trouble(*, now: datetime) -> Trouble:
    """Return what is wrong today, for the top of the newslist."""
    failed = Entry.objects.filter(state=Entry.State.FAILED, seen_at__gte=now - SHOWN_TROUBLE)
    entries, more_entries = _first(failed.select_related("channel__outlet"), SHOWN_ENTRIES)
    changed, more_changes = _first(changed_under_us(), SHOWN_CHANGES)
    waiting, more_requests = _first(Request.objects.in_trouble().with_all(), SHOWN_REQUESTS)
    return Trouble(
        channels=tuple(
            (channel, health(channel)) for channel in Channel.objects.in_trouble().select_related("outlet")
        ),
        entries=entries,
        more_entries=more_entries,
        refused=tuple(Article.objects.exclude(trouble="").select_related("locale")),
        withdrawals=tuple(open_withdrawals().prefetch_related("steps")),
        jobs=tuple(troubled_jobs()[:SHOWN_JOBS]),
        doors=open_doors(),
        changes=changed,
        more_changes=more_changes,
        room=tuple(room_warnings(now=now)),
        requests=waiting,
        more_requests=more_requests,
        press=tuple(press_troubles(now=now)),
    )


def _first(found: QuerySet[Row], most: int) -> tuple[tuple[Row, ...], int]:
    """Return the first rows, and how many there are besides: counted only where there are more."""
    rows = tuple(found[: most + 1])
    return rows[:most], found.count() - most if len(rows) > most else 0


def changed_under_us() -> QuerySet[Change]:
    """Return the changes that nobody has seen, of originals of which readers see something, the gravest first."""
    public = Article.objects.live().exclude(original=None).values("original")
    return Change.objects.new().filter(original__in=public).newest().order_by("-weight", "-found_at")


def open_doors() -> tuple[str, ...]:
    """Return the pairs host:port on the inner network that the operator lets us reach, sorted."""
    try:
        pairs = read_allowed(settings.DATELINE_NET_ALLOW)
    except BadAllowEntry as error:
        return (str(error),)
    return tuple(sorted(f"{host}:{port}" for host, port in pairs))
