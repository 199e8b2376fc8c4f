"""How names of a sentence are to be written: as the house has agreed, else by the tables of letters."""

from collections.abc import Collection, Iterable, Mapping

from dateline.lib.scripts import primary
from dateline.translation.checks.names import Name, names_in
from dateline.translation.marks import plain
from dateline.translation.models import Segment, TermForm
from dateline.translation.names.transliterating import Spelling, spelt

_WRITTEN = (TermForm.Status.PREFERRED, TermForm.Status.KEEP)


def agreed_spellings(
    *, source_language: str, language: str, among: Collection[str] | None = None
) -> dict[str, str]:
    """Return what the glossary has for each form of the source language: the form that is to be used.

    among: the only forms of the source that are asked for; without it all of them are read.
    """
    rows = TermForm.objects.order_by("status", "form")
    if among is not None:
        terms = TermForm.objects.filter(form__in=among).values("term")
        rows = rows.filter(term__in=terms) if among else rows.none()
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


def names_proposed(segments: Iterable[Segment]) -> dict[int, list[tuple[str, Spelling]]]:
    """Return by segment the names of its source that are written otherwise in the translation, with their spelling.

    All segments are of one job. Languages without capitals have no names to look for.
    """
    rows = list(segments)
    if not rows:
        return {}
    source, target = rows[0].job.source_language, rows[0].job.language
    found = {one.pk: names_in(plain(one.source), source) for one in rows}
    texts = {name.text for names in found.values() for name in names}
    among = {part for text in texts for part in (text, *text.split())}
    agreed = agreed_spellings(source_language=source, language=target, among=among)
    return {pk: _proposed(names, source, target, agreed) for pk, names in found.items()}


def _proposed(
    names: Iterable[Name], source: str, target: str, agreed: Mapping[str, str]
) -> list[tuple[str, Spelling]]:
    wanted = dict.fromkeys(one.text for one in names if one.is_opaque or one.text in agreed)
    found = ((name, spelt(name, source=source, target=target, agreed=agreed)) for name in wanted)
    return [(name, one) for name, one in found if one is not None and one.text != name]
