"""Reading across tables for articles."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from dateline.agreements.may import may
from dateline.agreements.models import Agreement
from dateline.agreements.terms import Wish
from dateline.articles import checks
from dateline.articles.approving import shown_text
from dateline.articles.bodies import shown_pictures, text_print, word_count
from dateline.articles.gate import Lack
from dateline.articles.kinds import USE_OF_KIND, Kind, MachineHelp
from dateline.articles.models import Article, Picture, Redirect, SecondLook
from dateline.articles.refusals import in_words
from dateline.intake.models import Original
from dateline.intake.signals import MINING, TRANSLATION
from dateline.rights.models import Ending, Permission, Withdrawal
from dateline.rights.queries import answer_for, is_approved
from dateline.rights.standing import Due, midnight_after
from dateline.site.models import Identity
from dateline.site.queries import identity, zone


def permission(article: Article, now: datetime) -> Iterator[Lack]:
    """Judge for the gate: a piece made from somebody else's has a permission that covers it today.

    Use, language, day, length, the month's quota, how long it stands already, and what a machine may read.
    """
    use = USE_OF_KIND.get(Kind(article.kind))
    if use is None or article.original is None:
        return
    held = article.permission
    if held is None:
        yield Lack("permission", "no-permission", _no_permission(article))
    elif held.original_id != article.original_id:
        yield Lack("permission", "other-original", _("The permission is for another original."))
    else:
        answer = answer_for(held, wish_of(article, use=use, now=now), piece=article.uid)
        yield from (Lack("permission", one.code, in_words(one)) for one in answer.objections)


def approval(article: Article, _now: datetime) -> Iterator[Lack]:
    """Judge for the gate: where the agreement says so, the outlet approved this very text.

    What stands already keeps standing when they begin to demand it.
    """
    held = article.permission
    if held is None or held.agreement is None or not held.agreement.needs_approval:
        return
    words_now = shown_text(article).fingerprint
    known = Article.objects.filter(pk=article.pk, live=True).first()
    if known is not None and shown_text(known).fingerprint == words_now:
        return
    if not is_approved(article.uid, fingerprint=words_now):
        words = _("%s has not approved this text: show it to them, and wait for their yes.")
        yield Lack("approval", "not-approved", words % held.agreement.party)


def pictures(article: Article, now: datetime) -> Iterator[Lack]:
    """Judge for the gate: each picture has a credit, words and a right of its own. Days are the site's."""
    yield from checks.pictures(article, on=timezone.localtime(now, zone(identity())).date())


def wish_of(article: Article, *, use: str, now: datetime) -> Wish:
    """Return what an article that stands, or would stand, asks of its permission. Days are the site's.

    Since when it stands the database says: one that is going out now bears its day already, and is new.
    """
    first = Article.objects.filter(pk=article.pk).values_list("first_published_at", flat=True).first()
    return _wish(article, use=use, now=now, first=first, here=zone(identity()))


def _wish(article: Article, *, use: str, now: datetime, first: datetime | None, here: ZoneInfo) -> Wish:
    return Wish(
        use=use,
        language=article.language,
        on=timezone.localtime(now, here).date(),
        words=word_count(article),
        published_on=timezone.localtime(first, here).date() if first else None,
        is_by_machine=article.machine_help != MachineHelp.NONE,
        reserved=reserved_from_machines(article.original) if article.original else frozenset(),
    )


def reserved_from_machines(original: Original) -> frozenset[str]:
    """Return the signals by which a piece's source keeps machines from reading its text."""
    read_by_machine = {MINING, TRANSLATION}
    return frozenset(one.by.signal for one in original.reserved_uses if one.use in read_by_machine)


def _no_permission(article: Article) -> str:
    outlet = article.original.outlet if article.original else ""
    return (
        _("There is no permission from %s for this use. Add an agreement, or record who granted it.") % outlet
    )


def withdrawn(article: Article, now: datetime) -> Iterator[Lack]:
    """Judge for the gate: what was withdrawn does not come back under its own name."""
    withdrawal = Withdrawal.objects.standing().filter(piece=article.uid).first()
    if withdrawal and withdrawal.ground == Withdrawal.Ground.RIGHTS:
        words = _("It was withdrawn on %s because its rights ended. Renew them, and bring it back.")
        yield Lack("withdrawn", "rights-ended", words % _day(withdrawal.at))
    elif withdrawal:
        words = _("It was withdrawn on %s. Make a new article of it.")
        yield Lack("withdrawn", "withdrawn", words % _day(withdrawal.at))
    due = Ending.objects.filter(piece=article.uid, kind=Ending.Kind.TAKEDOWN, at__lte=now).first()
    if due:
        yield Lack(
            "withdrawn", "takedown", _("It was to be taken down on %s: call that off first.") % _day(due.at)
        )


def _day(moment: datetime) -> str:
    return timezone.localtime(moment, zone(identity())).date().isoformat()


def ends_of(article: Article, *, now: datetime) -> list[Due]:
    """Return what ends for a live article: its permission, a picture's, its own time. Days end in the site's zone.

    What does not hold any more ends now.
    """
    found = [*_end_of_permission(article, now=now), *_ends_of_pictures(article, now=now)]
    if article.expire_at:
        found.append(
            Due(kind=Ending.Kind.EXPIRY, at=article.expire_at, reason=_("It was published until then only."))
        )
    return found


def _end_of_permission(article: Article, *, now: datetime) -> Iterator[Due]:
    missing = list(permission(article, now))
    if missing:
        yield Due(kind=Ending.Kind.PERMISSION, at=now, reason=" ".join(lack.message for lack in missing))
        return
    use = USE_OF_KIND.get(Kind(article.kind))
    if use is None or article.permission is None:
        return
    until = answer_for(article.permission, wish_of(article, use=use, now=now), piece=article.uid).until
    if until:
        words = _("Its permission ends on %s.") % until.isoformat()
        yield Due(kind=Ending.Kind.PERMISSION, at=midnight_after(until, zone=zone(identity())), reason=words)


def _ends_of_pictures(article: Article, *, now: datetime) -> Iterator[Due]:
    here = zone(identity())
    lost = {picture.pk for picture in without_right(article, now=now)}
    shown = {picture.pk: picture for picture, _alt in shown_pictures(article)}
    for number, picture in shown.items():
        last = picture.permission.last_day if picture.permission else None
        kind, title = Ending.Kind.PICTURE, str(picture.title)
        if number in lost:
            words = _("The right to the picture “%s” has ended.") % title
            yield Due(kind=kind, picture=number, at=now, reason=words)
        elif last:
            told = {"title": title, "day": last.isoformat()}
            words = _("The right to the picture “%(title)s” ends on %(day)s.") % told
            yield Due(kind=kind, picture=number, at=midnight_after(last, zone=here), reason=words)


def without_right(article: Article, *, now: datetime) -> list[Picture]:
    """Return the pictures in an article that may not be shown on this day of the site's."""
    today = timezone.localtime(now, zone(identity())).date()
    shown = {picture.pk: picture for picture, _alt in shown_pictures(article)}
    return [
        picture
        for picture in shown.values()
        if picture.permission is None or not picture.permission.holds(on=today)
    ]


def second_eyes(article: Article, _now: datetime) -> Iterator[Lack]:
    """Judge for the gate: where the site demands two pairs of eyes, somebody else has read these words.

    What stands already keeps standing when the site begins to demand it.
    """
    if not identity().two_pairs_of_eyes:
        return
    printed = text_print(article)
    known = Article.objects.filter(pk=article.pk, live=True).first()
    if known is not None and text_print(known) == printed:
        return
    if not SecondLook.objects.filter(article_id=article.pk, text_sha256=printed).exists():
        words = _("Somebody else than its writer, who may publish, has to read these words first (%s).")
        yield Lack("second-eyes", "nobody-looked", words % _("Second pair of eyes"))


# Sieves for the gate: of many articles, those about which a judge has to be asked. Each reads with few queries what
# its judge would read for each; one too many costs a question, and what the judge says is what counts.


def sieve_embargo(articles: Sequence[Article], _now: datetime) -> set[int]:
    """Keep what is made from somebody else's piece and is not live yet."""
    made = {article.pk for article in articles if article.original_id}
    return made - set(Article.objects.filter(pk__in=made, live=True).values_list("pk", flat=True))


def sieve_permission(articles: Sequence[Article], now: datetime) -> set[int]:
    """Keep those to which a permission that counts no pieces objects, and all whose permission counts them."""
    site = identity()
    wanting = [one for one in articles if one.original_id and USE_OF_KIND.get(Kind(one.kind)) is not None]
    firsts = dict(
        Article.objects.filter(pk__in=[one.pk for one in wanting]).values_list("pk", "first_published_at")
    )
    return {one.pk for one in wanting if not _is_covered(one, now=now, first=firsts.get(one.pk), site=site)}


def _is_covered(article: Article, *, now: datetime, first: datetime | None, site: Identity) -> bool:
    held, use = article.permission, USE_OF_KIND[Kind(article.kind)]
    if held is None or held.original_id != article.original_id:
        return False
    grants = held.grants()
    if any(terms.pieces_a_month is not None for terms in grants):
        return False
    wish = _wish(article, use=use, now=now, first=first, here=zone(site))
    declared = wish if wish.is_commercial is not None else replace(wish, is_commercial=site.is_commercial)
    return may(declared, grants, used={}).is_yes


def sieve_approval(articles: Sequence[Article], _now: datetime) -> set[int]:
    """Keep those whose outlet wants to see the text."""
    held = {one.pk: one.permission.agreement for one in articles if one.permission}
    return {key for key, agreement in held.items() if agreement and agreement.needs_approval}


def sieve_pictures(articles: Sequence[Article], now: datetime) -> set[int]:
    """Keep those with a picture that lacks something."""
    today = timezone.localtime(now, zone(identity())).date()
    return {one.pk for one in articles if any(True for _lack in checks.pictures(one, on=today))}


def sieve_withdrawn(articles: Sequence[Article], now: datetime) -> set[int]:
    """Keep those that were withdrawn, or were to be by now."""
    pieces = {one.uid: one.pk for one in articles}
    gone = set(Withdrawal.objects.standing().filter(piece__in=pieces).values_list("piece", flat=True))
    due = Ending.objects.filter(piece__in=pieces, kind=Ending.Kind.TAKEDOWN, at__lte=now)
    return {pieces[uid] for uid in gone | set(due.values_list("piece", flat=True))}


def sieve_second_eyes(articles: Sequence[Article], _now: datetime) -> set[int]:
    """Keep all where the site demands a second pair of eyes, else none."""
    return {one.pk for one in articles} if identity().two_pairs_of_eyes else set()


def due_to_go_out(*, now: datetime) -> list[Article]:
    """Return articles with a revision approved to go live by `now`, longest waiting first."""
    kind = ContentType.objects.get_for_model(Article)
    due = Revision.objects.filter(content_type=kind, approved_go_live_at__lte=now).order_by(
        "approved_go_live_at"
    )
    return [Article.objects.get(pk=revision.object_id) for revision in due]


def due_to_expire(*, now: datetime) -> list[Article]:
    """Return live articles whose time is over by `now`."""
    return list(Article.objects.filter(live=True, expire_at__lte=now).order_by("expire_at"))


def redirects() -> dict[str, Article]:
    """Return the old addresses and the live articles that stand elsewhere now."""
    rows = (
        Redirect.objects.filter(article__live=True).select_related("article__locale").defer("article__body")
    )
    return {row.old_path: row.article for row in rows}


def foundation_of(pieces: Collection[UUID]) -> str:
    """Return a print of all rows on which it rests when and why some pieces go. Another print: ask them again."""
    articles = Article.objects.filter(uid__in=pieces)
    held = Permission.objects.filter(pk__in=articles.values("permission"))
    of_article = ("uid", "live", "latest_revision", "last_published_at", "expire_at", "permission")
    rows: list[Any] = [
        articles.order_by("uid").values_list(*of_article),
        held.order_by("pk").values_list(),
        Agreement.objects.filter(pk__in=held.values("agreement")).order_by("pk").values_list(),
        Ending.objects.filter(piece__in=pieces).order_by("piece", "kind", "picture").values_list(),
        Identity.objects.order_by("pk").values_list(),
    ]
    told = json.dumps([list(found) for found in rows], default=str)
    return sha256(told.encode()).hexdigest()
