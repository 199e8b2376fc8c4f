"""What the memory knows of sentences."""

from collections.abc import Iterable

from dateline.translation.memory import source_hash
from dateline.translation.models import MemoryUnit


def exact_matches(sources: Iterable[str], *, source_language: str, language: str) -> dict[str, MemoryUnit]:
    """Return the newest approved unit for each of `sources` that the memory knows word for word."""
    by_hash = {source_hash(source): source for source in sources}
    units = MemoryUnit.objects.filter(
        source_language=source_language, language=language, source_hash__in=by_hash
    ).order_by("approved_at", "pk")
    return {by_hash[unit.source_hash]: unit for unit in units}
