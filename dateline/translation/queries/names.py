"""How names of a sentence are to be written: as the house has agreed, else by the tables of letters."""

from dateline.lib.scripts import primary
from dateline.translation.checks.names import names_in
from dateline.translation.marks import plain
from dateline.translation.models import Segment, TermForm
from dateline.translation.names.transliterating import Spelling, spelt

_WRITTEN = (TermForm.Status.PREFERRED, TermForm.Status.KEEP)


def agreed_spellings(*, source_language: str, language: str) -> dict[str, str]:
    """Return what the glossary has for each form of the source language: the form that is to be used."""
    rows = TermForm.objects.select_related("term").order_by("status", "form")
    use: dict[int, str] = {}
    told: list[tuple[str, int]] = []
    for row in rows:
        if primary(row.language) == primary(language) and row.status in _WRITTEN:
            use.setdefault(row.term_id, row.form)
        if primary(row.language) == primary(source_language):
            told.append((row.form, row.term_id))
            if row.status == TermForm.Status.KEEP:
                use.setdefault(row.term_id, row.form)
    return {form: use[term] for form, term in told if term in use}


def names_proposed(segment: Segment, *, agreed: dict[str, str] | None = None) -> list[tuple[str, Spelling]]:
    """Return the names of a segment's source that are written otherwise in the translation, each with its spelling.

    agreed: `agreed_spellings` of the pair, where it is at hand. Languages without capitals have no names to look for.
    """
    job = segment.job
    known = (
        agreed_spellings(source_language=job.source_language, language=job.language)
        if agreed is None
        else agreed
    )
    in_source = names_in(plain(segment.source), job.source_language)
    names = dict.fromkeys(one.text for one in in_source if one.is_opaque or one.text in known)
    found = (
        (name, spelt(name, source=job.source_language, target=job.language, agreed=known)) for name in names
    )
    return [(name, one) for name, one in found if one is not None and one.text != name]
