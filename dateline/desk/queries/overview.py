"""The figures of the overview: what ends, what it costs, who is silent, what is left, what came and went."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Length, TruncDate
from django.utils.translation import gettext as _

from dateline.agreements.models import Agreement
from dateline.articles.models import Article
from dateline.audience.queries import most_read, views_by_day
from dateline.desk.models import Pick
from dateline.desk.queries.waiting import piles
from dateline.desk.small_chart import SmallChart, small_chart
from dateline.intake.models import Original
from dateline.lib.text import cut, one_line
from dateline.publishing.queries.trouble import press_troubles
from dateline.rights.fees import Fee, FeeTerms, UsedPiece, by_currency, fee_of_month
from dateline.rights.models import Ending, Permission, Use
from dateline.rights.queries import used_in_month
from dateline.site.queries import identity, languages, own_name, zone
from dateline.sources.models import Channel
from dateline.sources.queries import health
from dateline.translation.models import Job, Segment
from dateline.translation.queries.machines import machines_this_month

AHEAD: Final = timedelta(days=30)
DAYS: Final = 30
WEEK: Final = 7
MOST_READ: Final = 10
LONGEST_NAME: Final = 120
LONGEST_WHY: Final = 300

Row = tuple[object, ...]


@dataclass(frozen=True)
class Figure:
    """A figure of the overview: a table with its charts. key: its name in an address; note: for its reader."""

    key: str
    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    charts: tuple[SmallChart, ...] = ()


def figures(*, now: datetime) -> list[Figure]:
    """Return all figures, in their order."""
    return [figure(key, now=now) for key in _FIGURES]


def figure(key: str, *, now: datetime) -> Figure:
    """Return one figure. Raises KeyError where there is none of that name."""
    return replace(_FIGURES[key](now), key=key)


def _ending(now: datetime) -> Figure:
    ending = list(Ending.objects.filter(at__lt=now + AHEAD).order_by("at", "pk"))
    live = Article.objects.live().filter(uid__in=[one.piece for one in ending])
    headlines = {article.uid: article.headline for article in live}
    rows = (
        (_named(headlines[one.piece]), one.get_kind_display(), _moment(one.at), one_line(one.reason))
        for one in ending
        if one.piece in headlines
    )
    return Figure(
        "",
        _("Live, and due to end within 30 days"),
        (_("Piece"), _("What ends"), _("When"), _("Why")),
        tuple(rows),
    )


def _press(now: datetime) -> Figure:
    rows = [
        (one.words, one.count or "", cut(one_line(one.why), LONGEST_WHY)) for one in press_troubles(now=now)
    ]
    return Figure(
        "",
        _("What readers do not see yet"),
        (_("What"), _("How many"), _("Why, as it was last told")),
        tuple(rows),
    )


def _waiting(_now: datetime) -> Figure:
    rows = [
        (pile.name, _named(one.title), _named(one.note), one.due_on.isoformat() if one.due_on else "")
        for pile in piles()
        for one in pile.things
    ]
    return Figure("", _("Waits for the desk"), (_("What"), _("Of"), _("From"), _("By when")), tuple(rows))


def _fees(now: datetime) -> Figure:
    owed = fees(month=_today(now))
    rows = tuple(
        (
            _named(agreement.party),
            _named(agreement.title),
            agreement.get_fee_kind_display(),
            fee.pieces,
            fee.words,
            fee.amount,
            fee.currency,
        )
        for agreement, fee in owed
    )
    sums = ", ".join(f"{amount} {currency}" for currency, amount in by_currency(f for _a, f in owed).items())
    told = _("Together: %s.") % sums if sums else ""
    how = _("A piece counts once, in the month in which it first came out; amounts are rounded half up.")
    return Figure(
        "",
        _("Fees this month"),
        (_("With"), _("Agreement"), _("Fee"), _("Pieces"), _("Words"), _("Amount"), _("Currency")),
        rows,
        note=f"{told} {how}".strip(),
    )


def fees(*, month: date) -> list[tuple[Agreement, Fee]]:
    """Return what each agreement that costs anything costs in the month of that day, by party and title."""
    costly = Agreement.objects.exclude(fee_kind=Agreement.Fee.NONE).select_related("outlet")
    uses = _uses_of(costly)
    owed = [(one, fee_of_month(fee_terms(one), uses.get(one.pk, ()), month=month)) for one in costly]
    counted = [(agreement, fee) for agreement, fee in owed if fee.amount or fee.pieces]
    return sorted(counted, key=lambda pair: (pair[0].party, pair[0].title, pair[0].pk))


def _uses_of(agreements: QuerySet[Agreement]) -> Mapping[int, list[UsedPiece]]:
    local, found = zone(identity()), dict[int, list[UsedPiece]]()
    lines = Use.objects.filter(permission__agreement__in=agreements.order_by().values("pk"))
    for agreement, piece, words, began_at in lines.values_list(
        "permission__agreement", "piece", "words", "began_at"
    ):
        used = UsedPiece(str(piece), words, began_at.astimezone(local).date())
        found.setdefault(agreement, []).append(used)
    return found


def fee_terms(agreement: Agreement) -> FeeTerms:
    """Return what an agreement costs, as the pure rules read it: until its end or its revocation."""
    local = zone(identity())
    revoked = agreement.revoked_at.astimezone(local).date() if agreement.revoked_at else None
    ends = [day for day in (agreement.ends_on, revoked) if day]
    return FeeTerms(
        kind=agreement.fee_kind,
        amount=Decimal(agreement.fee_amount),
        currency=agreement.fee_currency,
        starts_on=agreement.starts_on,
        ends_on=min(ends) if ends else None,
    )


def _silent(now: datetime) -> Figure:
    watched = Channel.objects.filter(is_watched=True).select_related("outlet").order_by("outlet__name", "pk")
    told = [(channel, health(channel, now=now)) for channel in watched]
    rows = tuple(
        (_named(channel.outlet.shown_name), channel.address, one.words, _moment(one.since))
        for channel, one in told
        if not one.is_well or (channel.last_new_at and one.advice)
    )
    return Figure(
        "", _("Outlets that are silent"), (_("Outlet"), _("Channel"), _("What is wrong"), _("Since")), rows
    )


def _quota(now: datetime) -> Figure:
    today = _today(now)
    limited = Agreement.objects.in_force(on=today).exclude(pieces_a_month=None).select_related("outlet")
    rows = []
    for agreement in limited:
        used, most = used_in_month(Permission(agreement=agreement), on=today), agreement.pieces_a_month or 0
        rows.append((_named(agreement.party), _named(agreement.title), most, used, max(0, most - used)))
    return Figure(
        "",
        _("Pieces left this month"),
        (_("With"), _("Agreement"), _("A month"), _("Used"), _("Left")),
        tuple(sorted(rows, key=lambda row: (row[4], row[0]))),
    )


def _machines(now: datetime) -> Figure:
    begun = Job.objects.filter(started_at__gte=_first_of_month(now))
    drafted = (
        Segment.objects.filter(job__in=begun.order_by().values("pk"))
        .exclude(machine="")
        .order_by("machine", "job__source_language", "job__language")
        .values_list("machine", "job__source_language", "job__language")
    )
    counted = drafted.annotate(
        jobs=Count("job", distinct=True),
        segments=Count("pk"),
        kept=Count("pk", filter=Q(origin=Segment.Origin.MACHINE)),
        characters=Sum(Length("source")),
    )
    return Figure(
        "",
        _("What became of machines' drafts this month"),
        (
            _("Machine"),
            _("From"),
            _("Into"),
            _("Translations"),
            _("Sentences"),
            _("Left as the machine wrote them"),
            _("Characters read"),
        ),
        tuple((row[0], own_name(row[1]), own_name(row[2]), *row[3:]) for row in counted),
        note=_("Of translations begun this month; what was asked and charged stands under the next heading."),
    )


def _asked(now: datetime) -> Figure:
    rows = tuple(
        (
            one.machine,
            _named(one.model),
            one.calls,
            one.failed,
            one.sentences,
            one.characters,
            "" if one.budget is None else one.budget,
        )
        for one in machines_this_month(now=now)
    )
    return Figure(
        "",
        _("What machines were asked this month"),
        (
            _("Machine"),
            _("Model"),
            _("Calls"),
            _("Failed"),
            _("Sentences"),
            _("Characters charged"),
            _("Budget"),
        ),
        rows,
        note=_("Gists are among them. What a machine refused is not counted; an answer that was lost is."),
    )


def _read(now: datetime) -> Figure:
    since = now - timedelta(days=WEEK)
    rows: list[Row] = []
    for language in (row.code for row in languages(identity())):
        read = most_read(language, since, MOST_READ)
        headlines = dict(
            Article.objects.filter(uid__in=[uid for uid, _n in read]).values_list("uid", "headline")
        )
        rows += [(own_name(language), _named(headlines[uid]), number) for uid, number in read]
    return Figure(
        "",
        _("Most read in seven days"),
        (_("Language"), _("Piece"), _("Views")),
        tuple(rows),
        note=_(
            "Counted by a script in pages that somebody looks at; robots and pages without script are left out."
        ),
    )


def _flow(now: datetime) -> Figure:
    local = zone(identity())
    days = [_today(now) - timedelta(days=back) for back in reversed(range(DAYS))]
    counts = [
        (_("came in"), _by_day(Original.objects.all(), "taken_at", days, local)),
        (_("picked"), _by_day(Pick.objects.all(), "at", days, local)),
        (_("published"), _by_day(Article.objects.all(), "first_published_at", days, local)),
        (_("opened by readers"), views_by_day(since=days[0])),
    ]
    charts = [
        small_chart(name, [(day.isoformat(), counted.get(day, 0)) for day in days])
        for name, counted in counts
    ]
    rows = tuple(
        (day.isoformat(), *(counted.get(day, 0) for _name, counted in counts)) for day in reversed(days)
    )
    return Figure(
        "",
        _("Day by day"),
        (_("Day"), *(name for name, _counted in counts)),
        rows,
        charts=tuple(charts),
    )


def _by_day(rows: QuerySet[Any], field: str, days: Sequence[date], local: ZoneInfo) -> Mapping[date, int]:
    since = datetime.combine(days[0], time.min, tzinfo=local).astimezone(UTC)
    counted: Iterable[tuple[date, int]] = (
        rows.order_by()
        .filter(**{f"{field}__gte": since})
        .annotate(day_of_it=TruncDate(field, tzinfo=local))
        .values_list("day_of_it")
        .annotate(number=Count("pk"))
    )
    return dict(counted)


def _today(now: datetime) -> date:
    return now.astimezone(zone(identity())).date()


def _first_of_month(now: datetime) -> datetime:
    local = zone(identity())
    return datetime.combine(_today(now).replace(day=1), time.min, tzinfo=local).astimezone(UTC)


def _moment(at: datetime | None) -> str:
    return at.astimezone(zone(identity())).strftime("%Y-%m-%d %H:%M") if at else ""


def _named(text: object) -> str:
    return cut(one_line(str(text)), LONGEST_NAME)


_FIGURES: Final[Mapping[str, Callable[[datetime], Figure]]] = {
    "ending": _ending,
    "press": _press,
    "waiting": _waiting,
    "fees": _fees,
    "quota": _quota,
    "silent": _silent,
    "machines": _machines,
    "asked": _asked,
    "read": _read,
    "days": _flow,
}
