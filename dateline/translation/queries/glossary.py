"""The house's terms, ready to be looked up, and which of them stand in a text."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.db.models import Count, Max, QuerySet

from dateline.lib.formats.terms import Concept, Form
from dateline.lib.scripts import primary
from dateline.translation.glossary.matching import Found, Glossary
from dateline.translation.models import Term, TermForm


def terms(*, asked: str = "", language: str = "") -> QuerySet[Term]:
    """Return the terms with their forms; those with `asked` in their name or a form, in `language` alone if given."""
    found = Term.objects.prefetch_related("forms")
    if asked:
        by_form = TermForm.objects.filter(form__icontains=asked).values("term")
        found = found.filter(name__icontains=asked) | found.filter(pk__in=by_form)
    if language:
        found = found.filter(forms__language=language)
    return found.distinct()


def concepts(rows: Iterable[Term]) -> Iterator[Concept]:
    """Yield terms as the files of other tools have them."""
    for term in rows:
        yield Concept(
            concept=term.name,
            forms=tuple(
                Form(
                    language=one.language, form=one.form, status=one.status, note=one.note, source=one.source
                )
                for one in term.forms.all()
            ),
            definition=term.definition,
            domain=term.domain,
            note=term.note,
        )


def glossary_for(*, source_language: str, language: str) -> Glossary | None:
    """Return the terms that say something about a translation between two languages, or None where none does.

    It is built once for each state of the glossary, and kept. A file that takes long to come in bears the time of
    its beginning: its forms are counted, so that it is seen after a change that was written meanwhile.
    """
    stamp = Term.objects.aggregate(
        last=Max("changed_at"),
        terms=Count("pk", distinct=True),
        spellings=Count("forms"),
        newest=Max("forms__pk"),
    )
    if not stamp["terms"]:
        return None
    return _glossary(primary(source_language), primary(language), tuple(stamp.values()))


@lru_cache(maxsize=16)
def _glossary(source_language: str, language: str, _state: tuple[object, ...]) -> Glossary | None:
    wanted = TermForm.objects.filter(language__in=_tags({source_language, language})).values("term")
    found = list(concepts(Term.objects.filter(pk__in=wanted).prefetch_related("forms")))
    return Glossary(found) if found else None


def _tags(languages: set[str]) -> list[str]:
    """Return the tags in use whose first part is one of `languages`."""
    used = TermForm.objects.order_by().values_list("language", flat=True).distinct()
    return [tag for tag in used if primary(tag) in languages]


def terms_in(text: str, *, source_language: str, language: str) -> list[tuple[Found, list[TermForm]]]:
    """Return the terms of a source with what may stand for them in the translation, for an editor to see."""
    glossary = glossary_for(source_language=source_language, language=language)
    found = glossary.found(text, source_language) if glossary else []
    forms = TermForm.objects.filter(term__name__in={one.concept for one in found}).select_related("term")
    by_term: dict[str, list[TermForm]] = {}
    for form in forms:
        if primary(form.language) == primary(language):
            by_term.setdefault(form.term.name, []).append(form)
    return [(one, by_term.get(one.concept, [])) for one in found]
