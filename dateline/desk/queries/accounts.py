"""What the books say: with whom there is an account, what was used in a month, and under which contracts.

The ledger of uses is the book of outlets, authors and agencies; the bylines are that of translators.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet

from dateline.agreements.models import Agreement
from dateline.articles.bodies import word_count
from dateline.articles.kinds import USE_OF_KIND, CreditRole, Kind
from dateline.articles.models import Article, Contributor, Credit
from dateline.audience.models import ViewsOfDay
from dateline.audience.queries import views_between
from dateline.desk.queries.overview import fee_terms
from dateline.lib.text import cut, one_line
from dateline.rights.account_sheet import PieceUsed
from dateline.rights.accounts import Contract, month_after
from dateline.rights.actions.accounts import Addressee, Facts
from dateline.rights.fees import FeeTerms, UsedPiece
from dateline.rights.models import Account, Rate, Use
from dateline.site.queries import identity, zone
from dateline.sources.models import Outlet

LONGEST: Final = 200


@dataclass(frozen=True)
class Party:
    """Somebody with whom there is something to account for."""

    kind: str
    key: str
    name: str


@dataclass(frozen=True)
class _Stay:
    """A line of the ledger in days of the publication's zone."""

    piece: uuid.UUID
    contract: str
    use: str
    words: int
    began: date
    ended: date | None
    original: str


def parties() -> set[Party]:
    """Return everybody whose pieces we used or pay for, and everybody who translated what went out."""
    return {*_of_agreements(), *_of_single_grants(), *_translators()}


def party_of(agreement: Agreement) -> Party:
    """Return with whom an agreement was made."""
    if agreement.outlet is not None:
        return Party(Account.Kind.OUTLET, str(agreement.outlet.pk), agreement.outlet.shown_name)
    kind = Account.Kind.AUTHOR if agreement.author else Account.Kind.AGENCY
    return Party(kind, agreement.author or agreement.agency, agreement.author or agreement.agency)


def facts_of(account: Account, *, month: date) -> Facts:
    """Return what the books say of a party, with the pieces of the month that begins on that day."""
    if account.kind == Account.Kind.TRANSLATOR:
        return _facts_of_translator(account, month)
    agreements = list(_agreements_of(account))
    contracts = [
        Contract(key=f"agreement:{one.pk}", title=one_line(one.title), terms=fee_terms(one))
        for one in agreements
    ]
    stays = list(_stays(_lines_of(account, agreements)))
    uses: dict[str, list[UsedPiece]] = {}
    for stay in stays:
        uses.setdefault(stay.contract, []).append(UsedPiece(str(stay.piece), stay.words, stay.began))
    return Facts(
        contracts=contracts,
        uses=uses,
        pieces=_told(_of_month(stays, month), month=month),
        standing=_standing(stays, month),
    )


def addressee(account: Account) -> Addressee:
    """Return whom a party's statements go to, as far as the desk knows."""
    if account.kind == Account.Kind.OUTLET:
        outlet = Outlet.objects.filter(pk=account.key).first()
        if outlet is None:
            return Addressee(email="", name="", language="")
        contact = outlet.contacts.exclude(email="").first()
        email, name = (contact.email, contact.name) if contact else (outlet.contact_email, "")
        return Addressee(email=email, name=one_line(name), language=outlet.language)
    if account.kind == Account.Kind.TRANSLATOR:
        person = Contributor.objects.select_related("user").filter(pk=account.key).first()
        email = person.user.email if person and person.user else ""
        return Addressee(email=email, name=account.name, language="")
    return Addressee(email="", name=account.name, language="")


def account_of_translator(user_id: int) -> Account | None:
    """Return the account of somebody who translates here and has a name on bylines."""
    person = Contributor.objects.filter(user=user_id).first()
    return Account.objects.of(Account.Kind.TRANSLATOR, str(person.pk)).first() if person else None


def this_month(now: datetime) -> date:
    """Return the first day of the month in the publication's zone."""
    return now.astimezone(zone(identity())).date().replace(day=1)


def _of_agreements() -> Iterator[Party]:
    used = Use.objects.exclude(permission__agreement=None).values("permission__agreement")
    rows = Agreement.objects.filter(~Q(fee_kind=Agreement.Fee.NONE) | Q(pk__in=used)).select_related("outlet")
    yield from (party_of(agreement) for agreement in rows)


def _of_single_grants() -> Iterator[Party]:
    used = Use.objects.filter(permission__agreement=None).values("permission__original__outlet")
    for outlet in Outlet.objects.filter(pk__in=used):
        yield Party(Account.Kind.OUTLET, str(outlet.pk), outlet.shown_name)


def _translators() -> Iterator[Party]:
    named = Credit.objects.filter(
        role=CreditRole.TRANSLATOR, article__first_published_at__isnull=False, contributor__is_house=False
    )
    for person in Contributor.objects.filter(pk__in=named.values("contributor")):
        yield Party(Account.Kind.TRANSLATOR, str(person.pk), person.name)


def _agreements_of(account: Account) -> Iterable[Agreement]:
    by_kind: dict[Account.Kind, dict[str, Any]] = {
        Account.Kind.OUTLET: {"outlet": account.key},
        Account.Kind.AUTHOR: {"outlet": None, "author": account.key},
        Account.Kind.AGENCY: {"outlet": None, "author": "", "agency": account.key},
    }
    return Agreement.objects.filter(**by_kind[Account.Kind(account.kind)]).order_by("pk")


def _lines_of(account: Account, agreements: Sequence[Agreement]) -> QuerySet[Use]:
    ours = Q(permission__agreement__in=[one.pk for one in agreements])
    if account.kind == Account.Kind.OUTLET:
        ours |= Q(permission__agreement=None, permission__original__outlet=account.key)
    return Use.objects.filter(ours).order_by("began_at", "pk")


def _stays(lines: QuerySet[Use]) -> Iterator[_Stay]:
    local = zone(identity())
    told = lines.values_list(
        "piece",
        "permission__agreement",
        "permission__use",
        "words",
        "began_at",
        "ended_at",
        "permission__original__headline",
    )
    for piece, agreement, use, words, began, ended, headline in told:
        yield _Stay(
            piece=piece,
            contract=f"agreement:{agreement}" if agreement else "",
            use=use,
            words=words,
            began=began.astimezone(local).date(),
            ended=ended.astimezone(local).date() if ended else None,
            original=cut(one_line(headline), LONGEST),
        )


def _whole(stays: Iterable[_Stay]) -> list[_Stay]:
    """Return one stay a piece: from when it first came out until when it last came down."""
    found: dict[uuid.UUID, _Stay] = {}
    for stay in stays:
        first = found.get(stay.piece)
        found[stay.piece] = replace(first, ended=stay.ended) if first else stay
    return list(found.values())


def _of_month(stays: Iterable[_Stay], month: date) -> list[_Stay]:
    """Return what came out in a month, then what came down in it."""
    after = month_after(month)
    whole = _whole(stays)
    out = [stay for stay in whole if month <= stay.began < after]
    down = [stay for stay in whole if stay.began < month and stay.ended and month <= stay.ended < after]
    # What comes down later is not known at the end of the month.
    return [
        replace(stay, ended=stay.ended if stay.ended and stay.ended < after else None) for stay in out + down
    ]


def _standing(stays: Iterable[_Stay], month: date) -> int:
    after = month_after(month)
    return sum(stay.began < month and (stay.ended is None or stay.ended >= after) for stay in _whole(stays))


def _told(stays: Sequence[_Stay], *, month: date) -> list[PieceUsed]:
    ours = {
        article.uid: article
        for article in Article.objects.filter(uid__in=[stay.piece for stay in stays])
        .select_related("locale")
        .defer("body")
    }
    views = _views(stays, month)
    return [
        _as_used(stay, ours.get(stay.piece), month=month, views=views.get(stay.piece) if views else None)
        for stay in stays
    ]


def _views(stays: Sequence[_Stay], month: date) -> Mapping[uuid.UUID, int]:
    """Return how often each piece was opened in a month; nothing where nobody counted then."""
    after = month_after(month)
    if not ViewsOfDay.objects.filter(day__gte=month, day__lt=after).exists():
        return {}
    pieces = [stay.piece for stay in stays]
    return {**dict.fromkeys(pieces, 0), **views_between(pieces, first=month, until=after)}


def _as_used(stay: _Stay, ours: Article | None, *, month: date, views: int | None) -> PieceUsed:
    return PieceUsed(
        headline=cut(one_line(ours.headline), LONGEST) if ours else stay.original,
        original=stay.original,
        address=f"{settings.DATELINE_URL}{ours.get_absolute_url()}" if ours else "",
        use=stay.use,
        language=ours.language if ours else "",
        words=stay.words,
        began=stay.began,
        ended=stay.ended,
        views=views,
        is_new=stay.began >= month,
    )


def _facts_of_translator(account: Account, month: date) -> Facts:
    rates = list(account.rates.order_by("starts_on"))
    stays = list(_translated(account))
    uses: dict[str, list[UsedPiece]] = {}
    for stay in stays:
        rate = _rate_on(rates, stay.began)
        if rate:
            uses.setdefault(f"rate:{rate.pk}", []).append(UsedPiece(str(stay.piece), stay.words, stay.began))
    ends = [rate.starts_on - timedelta(days=1) for rate in rates[1:]]
    contracts = [
        Contract(key=f"rate:{rate.pk}", title=str(rate.get_fee_kind_display()), terms=_terms(rate, end))
        for rate, end in zip_longest(rates, ends)
    ]
    new = [stay for stay in stays if month <= stay.began < month_after(month)]
    return Facts(contracts=contracts, uses=uses, pieces=_told(new, month=month), standing=0)


def _translated(account: Account) -> Iterator[_Stay]:
    """Yield what somebody translated and readers saw, each counted once, on the day on which it first came out.

    Its words are those of the ledger; of a piece that needed no permission, those that stand in it.
    """
    local = zone(identity())
    signed = Credit.objects.filter(role=CreditRole.TRANSLATOR, contributor=account.key).values("article")
    since = datetime.combine(account.begins_on, time.min, tzinfo=local).astimezone(UTC)
    pieces = Article.objects.filter(pk__in=signed, first_published_at__gte=since)
    words = _words_in_ledger(pieces)
    for article in pieces.select_related("original").order_by("first_published_at", "pk"):
        if article.first_published_at is None:
            continue
        yield _Stay(
            piece=article.uid,
            contract="",
            use=USE_OF_KIND.get(Kind(article.kind), "translation"),
            words=words.get(article.uid) or word_count(article),
            began=article.first_published_at.astimezone(local).date(),
            ended=None,
            original=cut(one_line(article.original.headline), LONGEST) if article.original else "",
        )


def _words_in_ledger(pieces: QuerySet[Article]) -> Mapping[uuid.UUID, int]:
    lines = Use.objects.filter(piece__in=pieces.order_by().values("uid")).order_by("-began_at")
    return dict(lines.values_list("piece", "words"))


def _rate_on(rates: Sequence[Rate], day: date) -> Rate | None:
    return next((rate for rate in reversed(rates) if rate.starts_on <= day), None)


def _terms(rate: Rate, ends_on: date | None) -> FeeTerms:
    return FeeTerms(
        kind=rate.fee_kind,
        amount=rate.amount,
        currency=rate.currency,
        starts_on=rate.starts_on,
        ends_on=ends_on,
    )
