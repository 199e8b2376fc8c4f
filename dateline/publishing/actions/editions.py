"""Making an edition's page and what speaks of it, when it closes or changes."""

import uuid
from collections.abc import Iterator
from datetime import datetime

from dateline.editions.models import Edition
from dateline.publishing.actions.baking import PAGES, bake_one_by_one, in_order
from dateline.publishing.actions.due import NotAllBaked
from dateline.publishing.actions.together import change_together
from dateline.publishing.queries.baked import Errand
from dateline.publishing.queries.edition_archive import keys_around
from dateline.publishing.queries.press import open_press
from dateline.publishing.recipes import sitemap


def bake_edition(*, edition: uuid.UUID, now: datetime) -> int:
    """Make an edition's page, its neighbours, its archive, the home page and the feed. Returns how many files changed.

    The edition's own page comes first: somebody waits for it, and nothing leads to it yet. Raises NotAllBaked.
    """
    row = Edition.objects.filter(uid=edition).first()
    if row is None:
        return 0
    press = open_press(now=now)
    own, *around = dict.fromkeys(_errands(row))
    first, trouble = bake_one_by_one(press, [own])
    wanted = in_order(around)
    at_once = change_together(press, [errand for errand in wanted if errand.kind in PAGES])
    others, troubles = bake_one_by_one(press, [errand for errand in wanted if errand.kind not in PAGES])
    found = [*trouble, *at_once.troubles, *troubles]
    if found:
        raise NotAllBaked(found) from found[0][1]
    return first + at_once.files + others


def _errands(edition: Edition) -> Iterator[Errand]:
    yield Errand("edition", str(edition.uid))
    yield Errand("home", edition.language)
    yield Errand("newest", edition.language)
    yield from (Errand("editions", key) for key in keys_around(edition))
    yield from (Errand("edition", str(uid)) for uid in _neighbours(edition))
    yield Errand("feed", f"editions/{edition.language}")
    yield Errand("sitemap", sitemap.WHOLE)
    yield Errand("sitemap", sitemap.PAGES)


def _neighbours(edition: Edition) -> Iterator[uuid.UUID]:
    """The editions before and after it, which lead to it, and those of the day in other languages."""
    if edition.number is None:
        return
    out = Edition.objects.out()
    own = out.in_language(edition.language)
    beside = (
        own.filter(number__gt=edition.number).order_by("number").first(),
        own.filter(number__lt=edition.number).order_by("-number").first(),
    )
    yield from (one.uid for one in beside if one is not None)
    others = out.filter(run=edition.run_id, date=edition.date).exclude(pk=edition.pk)
    yield from others.values_list("uid", flat=True)
