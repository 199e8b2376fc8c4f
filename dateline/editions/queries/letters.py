"""What the desk asks about letters: which there are, how an issue stands, who reads them."""

from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from dateline.editions import letter_states as states
from dateline.editions.letters.register import KINDS
from dateline.editions.models import Delivery, Edition, Issue, Letter, Run, Subscription
from dateline.editions.models.issue import DeliveryQuerySet


def letters_of(edition: Edition) -> list[Letter]:
    """Return the letters that are made of an edition: those on offer of its language and run."""
    rows = Letter.objects.on_offer().filter(language=edition.language).select_related("run")
    return [row for row in rows if _is_made_of(row, edition)]


def _is_made_of(letter: Letter, edition: Edition) -> bool:
    if letter.run_id is not None:
        return letter.run_id == edition.run_id
    kind = KINDS.get(letter.kind)
    if kind is None or not kind.takes(edition.run.rhythm):
        return False
    first = Run.objects.running().filter(rhythm=edition.run.rhythm).first()
    return first is None or first.pk == edition.run_id


def counts(issue: Issue) -> dict[str, int]:
    """Return how many readers' letters of an issue stand where; every state is in it, and `all`."""
    if issue.tally is not None:
        return dict(issue.tally)
    rows = Delivery.objects.filter(issue=issue).order_by().values_list("state").annotate(many=Count("pk"))
    found = dict.fromkeys(Delivery.State.values, 0) | dict(rows)
    return {**found, "all": sum(found.values())}


def next_due(issue: Issue) -> datetime | None:
    """Return when the next reader of an issue gets it; None where nobody waits."""
    held = Delivery.objects.filter(issue=issue, state=states.WAITING).aggregate(next=Min("due_at"))
    return held["next"]  # type: ignore[no-any-return]


def unknown_ones() -> DeliveryQuerySet:
    """Return the letters of which nobody knows whether they arrived, the oldest first."""
    rows = Delivery.objects.in_state(states.UNKNOWN)
    return rows.select_related("issue__letter", "issue__edition__run", "subscription").order_by(
        "handed_at", "pk"
    )


def issues() -> QuerySet[Issue]:
    """Return the issues, newest first, with what a list shows of each."""
    return (
        Issue.objects.select_related("letter", "edition__run", "corrects")
        .annotate(
            taken=Count("deliveries", filter=Q(deliveries__state=states.DONE)),
            left=Count("deliveries", filter=Q(deliveries__state__in=states.OPEN)),
            unknown=Count("deliveries", filter=Q(deliveries__state=states.UNKNOWN)),
            refused=Count("deliveries", filter=Q(deliveries__state=states.REFUSED)),
        )
        .order_by("-released_at", "-pk")
    )


def readers_by_letter() -> list[tuple[Letter, dict[str, int]]]:
    """Return how many readers of each letter stand where."""
    rows = Subscription.objects.order_by().values_list("letter", "state").annotate(many=Count("pk"))
    found: dict[int, dict[str, int]] = {}
    for letter, state, many in rows:
        found.setdefault(letter, dict.fromkeys(Subscription.State.values, 0))[state] = many
    empty = dict.fromkeys(Subscription.State.values, 0)
    return [(letter, found.get(letter.pk, empty)) for letter in Letter.objects.all()]
