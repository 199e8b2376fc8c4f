"""Keeping the voices of a press review in their rights: the ledger, what readers see, and until when."""

from datetime import datetime

from django.db import transaction

from dateline.articles.models import Article
from dateline.editions.models import Voice
from dateline.editions.queries.voices import Standing, standings
from dateline.editions.signals import voices_changed
from dateline.people.actions import write_down
from dateline.rights.actions import enter_uses
from dateline.rights.models import Permission
from dateline.rights.standing import midnight_after
from dateline.site.queries import identity, zone
from dateline.work.actions import enqueue_by_name


@transaction.atomic
def settle_voices(*, article: Article, now: datetime) -> list[Voice]:
    """Ask for each voice of a live review whether readers may see its excerpt now, and enter it into the ledger.

    Returns those whose answer changed; the pages that show the review are made again.
    """
    changed = []
    held = standings(article, now=now)
    for one in held:
        was, voice = one.voice.is_shown, one.voice
        voice.is_shown, voice.shown_until = one.may_be_shown, _until(one)
        voice.save(update_fields=["is_shown", "shown_until"])
        if was != voice.is_shown:
            changed.append(voice)
            _note(article, one, now=now)
        if voice.shown_until is not None:
            enqueue_by_name(
                "editions.settle_due",
                key=f"voices:{voice.shown_until.isoformat()}",
                run_after=voice.shown_until,
            )
    enter_uses(words=_words(held), piece=article.uid, now=now)
    if changed:
        voices_changed.send(sender=Article, article=article, now=now)
    return changed


def settle_due(*, now: datetime) -> int:
    """Take off the excerpts whose right has ended by now. Returns how many changed."""
    due = Voice.objects.filter(is_shown=True, shown_until__lte=now, article__live=True)
    return _settle(due.values_list("article", flat=True), now=now)


def settle_under(*, model: str, number: int, now: datetime) -> int:
    """Follow a change of a permission or an agreement (`model`). Returns how many excerpts came or went."""
    rows = (
        Voice.objects.under_agreement(number)
        if model == "agreement"
        else Voice.objects.under_permission(number)
    )
    return _settle(rows.filter(article__live=True).values_list("article", flat=True), now=now)


def _settle(articles: object, *, now: datetime) -> int:
    rows = Article.objects.live().filter(pk__in=articles)
    return sum(len(settle_voices(article=article, now=now)) for article in rows)


def _until(one: Standing) -> datetime | None:
    last = one.answer.until if one.may_be_shown else None
    return midnight_after(last, zone=zone(identity())) if last else None


def _words(held: list[Standing]) -> dict[Permission, int]:
    found: dict[Permission, int] = {}
    for one in held:
        permission = one.voice.permission
        if permission is not None and one.may_be_shown:
            found[permission] = found.get(permission, 0) + one.words
    return found


def _note(article: Article, one: Standing, *, now: datetime) -> None:
    verb = "show-excerpt" if one.voice.is_shown else "take-off-excerpt"
    summary = f"{one.voice.original.outlet}: {one.why_not or article.headline}"
    write_down(verb=verb, subject=article, by=None, now=now, summary=summary[:300])
