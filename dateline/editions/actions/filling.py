"""Working on an open edition: choosing, ordering, writing; each change counts, and nobody writes over another."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dateline.articles.models import Article
from dateline.editions.actions.closing import NotOpen
from dateline.editions.models import Edition, LateChange, Placement
from dateline.editions.queries.contents import placed
from dateline.editions.signals import edition_changed
from dateline.editions.slots import SLOTS
from dateline.lib.text import cut, one_line
from dateline.people.actions import write_down
from dateline.people.models import User


class ChangedMeanwhile(ValueError):
    """Somebody else changed the edition after it was opened; nothing was written over."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        super().__init__(
            _("Somebody else changed %s meanwhile. Here it is as it stands now: look, and do it again.")
            % edition
        )


class OtherLanguage(ValueError):
    """An edition holds pieces of its own language."""

    def __init__(self, article: Article, edition: Edition) -> None:
        super().__init__(
            _("“%(article)s” is not in the language of %(edition)s.")
            % {"article": article, "edition": edition}
        )


class NotClosed(ValueError):
    """An open edition is changed as it is; updates and corrections follow its closing."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(_("%s is open: change it as it is.") % edition)


@transaction.atomic
def place(
    *, edition: Edition, version: int, article: Article, slot: str, by: User | None, now: datetime
) -> Placement:
    """Give an article its place at the end of a slot; one that has a place moves there.

    version: of the edition that the editor saw. Raises NotOpen, ChangedMeanwhile, OtherLanguage.
    """
    row = _taken(edition, version)
    if article.language != row.language:
        raise OtherLanguage(article, row)
    position = _end_of(row, slot)
    placement, _made = Placement.objects.update_or_create(
        edition=row, article=article, defaults={"slot": slot, "position": position}
    )
    placement.full_clean()
    _note(row, by=by, now=now, said=f"{SLOTS[slot].code}: {article.headline}")
    return placement


@transaction.atomic
def take_out(*, edition: Edition, version: int, placement: Placement, by: User | None, now: datetime) -> None:
    """Take an article out of an edition. Raises NotOpen, ChangedMeanwhile."""
    row = _taken(edition, version)
    said = f"− {placement.article.headline}"
    Placement.objects.filter(pk=placement.pk, edition=row).delete()
    _note(row, by=by, now=now, said=said)


@transaction.atomic
def move(
    *, edition: Edition, version: int, placement: Placement, steps: int, by: User | None, now: datetime
) -> None:
    """Move an article up (−1) or down (1), into the next slot where its own ends. Raises NotOpen, ChangedMeanwhile."""
    row = _taken(edition, version)
    order = [(str(one.slot), one.pk) for one in placed(row)]
    places = [pk for _slot, pk in order]
    if placement.pk not in places:
        raise ChangedMeanwhile(row)
    at = places.index(placement.pk)
    to = at + steps
    if not 0 <= to < len(order):
        return
    if order[to][0] == order[at][0]:
        order[at], order[to] = order[to], order[at]
    else:
        order[at] = (order[to][0], placement.pk)
    _write_order(row, order)
    _note(row, by=by, now=now, said=f"{'↑' if steps < 0 else '↓'} {placement.article.headline}")


@transaction.atomic
def arrange(
    *, edition: Edition, version: int, order: Sequence[tuple[str, int]], by: User | None, now: datetime
) -> None:
    """Put an edition into an order: slot and article, from top to bottom. What is not named keeps its slot, behind.

    An article that has no place yet gets one. Raises NotOpen, ChangedMeanwhile, OtherLanguage.
    """
    row = _taken(edition, version)
    known = {one.article_id: one for one in placed(row)}
    wanted = {number: slot for slot, number in order if slot in SLOTS}
    for article in Article.objects.filter(pk__in=wanted.keys() - known.keys()).select_related("locale"):
        if article.language != row.language:
            raise OtherLanguage(article, row)
        known[article.pk] = Placement.objects.create(edition=row, article=article, slot=wanted[article.pk])
    named = [(slot, known[number].pk) for number, slot in wanted.items() if number in known]
    rest = [(one.slot, one.pk) for number, one in known.items() if number not in wanted]
    _write_order(row, [*named, *rest])
    _note(row, by=by, now=now, said=_("order"))


@transaction.atomic
def write_words(
    *,
    edition: Edition,
    version: int,
    title: str,
    foreword: str,
    headlines: Mapping[int, str],
    by: User | None,
    now: datetime,
) -> Edition:
    """Save the text on top, and the short headlines by their places. Raises NotOpen, ChangedMeanwhile."""
    row = _taken(edition, version)
    row.title, row.foreword = cut(one_line(title), 200), foreword.strip()
    row.full_clean()
    row.save()
    for number, headline in headlines.items():
        row.placements.filter(pk=number).update(headline=cut(one_line(headline), 200))
    _note(row, by=by, now=now, said=row.title or row.foreword)
    return row


@transaction.atomic
def fill(
    *, edition: Edition, version: int, order: Sequence[tuple[str, int]], by: User | None, now: datetime
) -> None:
    """Take all of some proposals at once, each to the end of its slot. Raises as `place`."""
    row = _taken(edition, version)
    articles = Article.objects.select_related("locale").in_bulk([number for _slot, number in order])
    for slot, number in order:
        article = articles.get(number)
        if article is None or slot not in SLOTS:
            continue
        if article.language != row.language:
            raise OtherLanguage(article, row)
        Placement.objects.get_or_create(
            edition=row, article=article, defaults={"slot": slot, "position": _end_of(row, slot)}
        )
    _note(row, by=by, now=now, said=_("proposals"))


@transaction.atomic
def change_late(
    *,
    edition: Edition,
    kind: str,
    said: str,
    by: User | None,
    now: datetime,
    article: Article | None = None,
    slot: str = "",
) -> LateChange:
    """Add to a closed edition, or put it right: written down, and shown on its page with the time.

    article: of which it speaks; with a slot it gets a place there, marked as added late.
    Raises NotClosed, OtherLanguage, ValidationError where nothing is said.
    """
    row = Edition.objects.select_for_update().get(pk=edition.pk)
    if row.is_open:
        raise NotClosed(row)
    if article is not None and article.language != row.language:
        raise OtherLanguage(article, row)
    change = LateChange(edition=row, kind=kind, said=said.strip(), article=article, by=by, at=now)
    change.full_clean()
    change.save()
    if article is not None and slot in SLOTS:
        Placement.objects.get_or_create(
            edition=row,
            article=article,
            defaults={"slot": slot, "position": _end_of(row, slot), "is_late": True},
        )
    row.version += 1
    row.save(update_fields=["version"])
    write_down(verb="change-edition-late", subject=row, by=by, now=now, summary=cut(change.said, 300))
    edition_changed.send(sender=Edition, edition=row, now=now)
    return change


def _taken(edition: Edition, version: int) -> Edition:
    """Return the edition, locked, for a change of what the editor saw. Raises NotOpen, ChangedMeanwhile."""
    row = Edition.objects.select_for_update(of=("self",)).select_related("run").get(pk=edition.pk)
    if not row.is_open:
        raise NotOpen(row)
    if row.version != version:
        raise ChangedMeanwhile(row)
    row.version += 1
    row.trouble = ""
    row.save(update_fields=["version", "trouble"])
    return row


def _end_of(edition: Edition, slot: str) -> int:
    last = edition.placements.filter(slot=slot).order_by("-position").first()
    return last.position + 1 if last else 0


def _write_order(edition: Edition, order: Sequence[tuple[str, int]]) -> None:
    for position, (slot, pk) in enumerate(order):
        Placement.objects.filter(pk=pk, edition=edition).update(slot=slot, position=position)


def _note(edition: Edition, *, by: User | None, now: datetime, said: str) -> None:
    write_down(verb="write-edition", subject=edition, by=by, now=now, summary=cut(one_line(said), 300))
