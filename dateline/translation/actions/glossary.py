"""Writing the house's glossary: terms and their forms, files of other tools, ideas from what editors keep changing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from dateline.lib.formats.terms import FORBIDDEN, PREFERRED, Concept, Form
from dateline.lib.text import cut, one_line
from dateline.people.actions import write_down
from dateline.people.models import User
from dateline.translation.glossary.ideas import repeated_changes
from dateline.translation.models import Segment, Term, TermForm, TermIdea

_LATEST = 5_000


class NameTaken(ValueError):
    """Another term has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(_("The glossary has “%s” already: open it and add your form there.") % name)


@dataclass(frozen=True)
class Brought:
    """What a file came to: terms that are new, those that were there, and lines that could not be taken."""

    new: int
    changed: int
    refused: tuple[str, ...]


@transaction.atomic
def write_term(*, concept: Concept, term: Term | None = None, by: User | None, now: datetime) -> Term:
    """Write a term with exactly the forms of `concept`; without `term` it is a new one.

    Raises NameTaken, ValidationError.
    """
    is_new = term is None
    row = term or Term()
    row.name = one_line(concept.concept)
    if Term.objects.filter(name__iexact=row.name).exclude(pk=row.pk).exists():
        raise NameTaken(row.name)
    row.definition, row.domain, row.note = concept.definition, concept.domain, concept.note
    row.by, row.changed_at = by, now
    row.full_clean(validate_constraints=False)
    row.save()
    row.forms.all().delete()
    _add(row, concept.forms)
    write_down(verb="add-term" if is_new else "change-term", subject=row, by=by, now=now, summary=row.name)
    return row


@transaction.atomic
def remove_term(*, term: Term, by: User | None, now: datetime) -> None:
    """Take a term out of the glossary."""
    write_down(verb="remove-term", subject=term, by=by, now=now, summary=term.name)
    term.delete()


@transaction.atomic
def bring_glossary(*, concepts: Iterable[Concept], by: User | None, now: datetime) -> Brought:
    """Add the terms of a file; forms join those that are there, and a form that is there takes the file's status."""
    new = changed = 0
    row: Term | None = None
    refused = []
    for concept in concepts:
        try:
            with transaction.atomic():
                row, is_new = _join(concept, by, now)
        except ValidationError as error:
            refused.append(f"{cut(concept.concept, 80)}: {' '.join(error.messages)}")
            continue
        new, changed = new + is_new, changed + (not is_new)
    if row is not None:
        write_down(verb="bring-glossary", subject=row, by=by, now=now, summary=f"{new} + {changed}")
    return Brought(new, changed, tuple(refused))


def _join(concept: Concept, by: User | None, now: datetime) -> tuple[Term, bool]:
    """Write one concept of a file; return it, and whether it is new."""
    name = one_line(concept.concept)
    row = Term.objects.filter(name__iexact=name).first()
    is_new = row is None
    row = row or Term(name=name, definition=concept.definition, domain=concept.domain, note=concept.note)
    row.by, row.changed_at = by, now
    row.full_clean(validate_constraints=False)
    row.save()
    _add(row, concept.forms)
    return row, is_new


def _add(term: Term, forms: Iterable[Form]) -> None:
    for one in forms:
        form = TermForm(term=term, language=one.language, form=one_line(one.form))
        form.status, form.note, form.source = one.status, one.note, one.source
        form.full_clean(validate_unique=False, validate_constraints=False)
        TermForm.objects.update_or_create(
            term=term,
            language=form.language,
            form=form.form,
            defaults={"status": form.status, "note": form.note, "source": form.source},
        )


@transaction.atomic
def look_for_ideas(*, now: datetime) -> list[TermIdea]:
    """Propose what editors keep changing of machines' drafts; what was answered before is not asked again."""
    rows = Segment.objects.filter(state=Segment.State.APPROVED).exclude(machine_text="").order_by("-at")
    changes = rows.values_list("job__language", "machine_text", "text")[:_LATEST]
    ideas = []
    for change in repeated_changes(changes):
        idea, _is_new = TermIdea.objects.get_or_create(
            language=change.language,
            was=change.was,
            became=change.became,
            defaults={"times": change.times, "example": change.example, "at": now},
        )
        if idea.state == TermIdea.State.WAITING:
            TermIdea.objects.filter(pk=idea.pk).update(times=change.times)
            ideas.append(idea)
    return ideas


@transaction.atomic
def accept_idea(*, idea: TermIdea, by: User | None, now: datetime) -> Term:
    """Make an idea a term: what editors write is to be used, what the machine wrote is not."""
    forms = (
        Form(language=idea.language, form=idea.became, status=PREFERRED),
        Form(language=idea.language, form=idea.was, status=FORBIDDEN),
    )
    term, _is_new = _join(Concept(concept=idea.became, forms=forms), by, now)
    _answer(idea, TermIdea.State.ACCEPTED, by, now)
    write_down(verb="accept-term", subject=term, by=by, now=now, summary=str(idea))
    return term


@transaction.atomic
def dismiss_idea(*, idea: TermIdea, by: User | None, now: datetime) -> None:
    """Say no to an idea; it is not proposed again."""
    _answer(idea, TermIdea.State.DISMISSED, by, now)
    write_down(verb="dismiss-term", subject=idea, by=by, now=now, summary=str(idea))


def _answer(idea: TermIdea, state: str, by: User | None, now: datetime) -> None:
    idea.state, idea.by, idea.at = state, by, now
    idea.save(update_fields=["state", "by", "at"])
