"""Verbs about the sample newsroom: load it, take it away."""

import logging
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from dateline.articles.models import Article
from dateline.editions.models import Run
from dateline.exchange.actions import sample_paper as paper
from dateline.exchange.actions import sample_sources as sources
from dateline.exchange.actions.sample_desk import desk
from dateline.exchange.actions.sample_editions import editions
from dateline.exchange.actions.sample_loading import Loading
from dateline.exchange.actions.sample_readers import issues_of_letters, readers
from dateline.exchange.models import SampleRow
from dateline.exchange.sample.contents import read_newsroom
from dateline.intake.actions.stories import leave_no_empty_story
from dateline.people.actions import write_down
from dateline.rights.models import Permission
from dateline.translation.actions.purging import Where, take_out
from dateline.translation.models import MemoryImport
from dateline.work.actions import enqueue_by_name

logger = logging.getLogger(__name__)

Say = Callable[[str], None]
STEPS = (
    sources.languages,
    sources.outlets,
    sources.agreements,
    sources.originals,
    sources.beat,
    paper.pictures,
    paper.sections,
    paper.topics,
    paper.contributors,
    paper.pages,
)


class SampleIsHere(ValueError):
    """The sample newsroom has been loaded already."""


class NothingOfTheSample(LookupError):
    """There is no sample newsroom to take away."""


@transaction.atomic
def load_sample(*, now: datetime, say: Say = logger.info) -> Loading:
    """Load the sample newsroom, published through the gate like everything else.

    All or nothing. Raises SampleIsHere, and gate.NotCleared where its own texts lack something.
    """
    if SampleRow.objects.exists():
        raise SampleIsHere(
            _("The sample newsroom is here already. `dateline sample --remove` takes it away.")
        )
    newsroom = read_newsroom()
    loading = Loading(newsroom=newsroom, now=now, zone=ZoneInfo(newsroom.identity.zone))
    for step in STEPS:
        step(loading)
    for number, piece in enumerate(sorted(newsroom.articles.values(), key=lambda one: -one.days_ago), 1):
        paper.article(loading, piece)
        say(f"{number}/{len(newsroom.articles)}")
    paper.answers(loading)
    for key, piece in newsroom.articles.items():
        if piece.state == "published":
            paper.put_out(loading, loading.articles[key], piece)
    paper.identity(loading)
    readers(loading)
    editions(loading)
    issues_of_letters()
    desk(loading)
    enqueue_by_name("publishing.bake_everything")
    return loading


@transaction.atomic
def remove_sample(*, now: datetime) -> list[str]:
    """Take away what the sample brought. Returns what had to stay because something of yours rests on it.

    Raises NothingOfTheSample.
    """
    if not SampleRow.objects.exists():
        raise NothingOfTheSample(_("The sample newsroom is not loaded, so there is nothing to take away."))
    kept = []
    for noted in SampleRow.objects.order_by("-pk"):
        row = noted.row
        try:
            with transaction.atomic():
                if row is not None:
                    _take_away(row, now=now)
                noted.delete()
        except ProtectedError as error:
            kept.append(
                _("“%(row)s” stays: %(others)s rests on it.") % {"row": row, "others": _others(error)}
            )
    leave_no_empty_story()
    enqueue_by_name("publishing.bake_everything")
    return kept


def _others(error: ProtectedError) -> str:
    return ", ".join(str(row) for row in list(error.protected_objects)[:3])


def _take_away(row: models.Model, *, now: datetime) -> None:
    if isinstance(row, Article):
        if row.live:
            row.unpublish(log_action=False)
        row.answers.all().delete()
        write_down(verb="delete", subject=row, by=None, now=now, summary=row.headline)
    if isinstance(row, Run):
        row.editions.open().delete()
    if isinstance(row, Permission):
        row.ledger.all().delete()
    if isinstance(row, MemoryImport):
        take_out(Where(brought_by=row))
    row.delete()
