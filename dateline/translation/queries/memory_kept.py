"""What the memory holds, counted for the desk."""

from django.db.models import Count

from dateline.translation.models import MemoryPair, MemoryUnit


def pairs_kept() -> list[tuple[MemoryPair, int]]:
    """Return the pairs of languages with how many units each has, the largest first."""
    counts = dict(MemoryUnit.objects.order_by().values_list("pair").annotate(count=Count("pk")))
    pairs = [(pair, counts.get(pair.pk, 0)) for pair in MemoryPair.objects.all()]
    return sorted((one for one in pairs if one[1]), key=lambda one: (-one[1], one[0].pk))


def quality_kept() -> list[tuple[str, int]]:
    """Return how many units there are of each quality, by who looked at them."""
    rows = MemoryUnit.objects.order_by("quality").values_list("quality").annotate(count=Count("pk"))
    return [(str(quality), count) for quality, count in rows]


def licences_known() -> list[str]:
    """Return the licences that units stand under, sorted."""
    rows = MemoryUnit.objects.exclude(licence="").order_by("licence")
    return list(rows.values_list("licence", flat=True).distinct())


def documents_known(most: int) -> list[str]:
    """Return names of documents of imported files, sorted, at most so many."""
    rows = MemoryUnit.objects.exclude(document="").order_by("document")
    return list(rows.values_list("document", flat=True).distinct()[:most])
