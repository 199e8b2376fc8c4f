"""Writing down which earlier original a new one repeats."""

from dateline.intake.duplicates import COMMON, Match, find
from dateline.intake.duplicates_first import Known, who_was_first
from dateline.intake.duplicates_print import Print, print_of
from dateline.intake.models import Fingerprint, Likeness, Original, Run
from dateline.intake.queries.duplicates import TableShelf, host_number, kept_of_row, packed, site


def liken(*, original: Original, found: Print | None = None) -> Likeness | None:
    """Write down the original's fingerprint and what it repeats; return that, None where it is new.

    Done again it changes nothing. Call it inside a transaction, by one at a time: two copies that come in at the
    same moment must see each other. found: the fingerprint, where it was taken before.
    """
    row, is_new = Fingerprint.objects.get_or_create(
        original=original, defaults=_fields(found or print_of(original.body_text), original)
    )
    if not is_new:
        return Likeness.objects.filter(original=original).first()
    shelf = TableShelf(before=row.pk)
    asked = kept_of_row(row)
    match = find(asked, shelf)
    _write_runs(row, asked.print, shelf)
    return _write(original, match) if match else None


def _fields(found: Print, original: Original) -> dict[str, object]:
    return {
        "whole": found.whole,
        "host": site(original),
        "size": found.size,
        "sampled": packed(found.sampled),
        "opening": packed(found.opening),
        "further": packed(found.further),
    }


def _write_runs(row: Fingerprint, asked: Print, shelf: TableShelf) -> None:
    """Write the runs that lead to this text. One that very many hold leads nowhere, and is counted no further."""
    held = shelf.holders(asked.all())
    host = host_number(row.host) if row.host else 0
    Run.objects.bulk_create(
        [
            Run(hash=run, fingerprint=row, host=host)
            for run in sorted(asked.all())
            if len(held.get(run, ())) < COMMON
        ],
        ignore_conflicts=True,
    )


def _write(original: Original, match: Match) -> Likeness:
    earlier = Original.objects.select_related("outlet").get(pk=int(match.duplicate_of))
    first = who_was_first(_known(original), _known(earlier))
    return Likeness.objects.create(
        original=original,
        earlier=earlier,
        kind=match.kind.value,
        containment=match.containment,
        contained=match.contained.value,
        first_id=first.id,
        evidence=list(first.evidence),
    )


def _known(original: Original) -> Known:
    outlet = original.outlet
    return Known(
        id=original.pk,
        names=tuple(name for name in (outlet.name, outlet.name_here) if name),
        text=original.body_text,
        authors=tuple(author["name"] for author in original.authors),
        published_at=original.published_at,
    )
