"""What the pages of the translation desk share: who may come, where a sentence stands, how it is told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from dateline.lib.scripts import direction
from dateline.people.models import User
from dateline.translation import actions, reviewing
from dateline.translation.actions import CannotApprove, SegmentChanged, faults_in_words
from dateline.translation.actions.aligning import CannotAlign
from dateline.translation.forms import Entry, field_name
from dateline.translation.marks import check_marks
from dateline.translation.models import Job, Segment, SegmentVersion
from dateline.translation.reviewing import Staff

CLASH: Final = 409
UNFIT: Final = 422


def may_translate(user: Any) -> bool:
    """Return whether somebody may work on translations."""
    return bool(user.has_perm("articles.change_article") or user.has_perm("translation.change_job"))


def only_translators(request: HttpRequest) -> User:
    """Return who asks. Raises PermissionDenied for those who may not translate."""
    user = request.user
    if not isinstance(user, User) or not may_translate(user):
        raise PermissionDenied
    return user


def job_for(job_id: int) -> Job:
    """Return a translation with what its page says of it. Raises Http404."""
    jobs = Job.objects.select_related("original__outlet", "source_article", "article__locale")
    return get_object_or_404(jobs, pk=job_id)


def segment_for(job_id: int, segment_id: int) -> Segment:
    """Return a segment of a translation. Raises Http404."""
    rows = Segment.objects.select_related("job__original", "job__source_article", "by")
    return get_object_or_404(rows, pk=segment_id, job=job_id)


def is_fetch(request: HttpRequest) -> bool:
    """Return whether the page's script asks, which wants a part of the page."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def address(work: Job, *, at: Segment | None = None) -> str:
    """Return the address of a translation, at a sentence of it."""
    page = reverse("translation:job", args=[work.pk])
    return f"{page}?at={at.pk}#segment-{at.pk}" if at else page


def breadcrumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way to a page, as Wagtail shows it. more: addresses and labels below the list."""
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("translation:index"), "label": _("Translations")},
        *({"url": url, "label": label} for url, label in more),
    ]


def language(code: str) -> dict[str, str]:
    """Return a language as templates want it: code, dir, name."""
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        name = code
    return {"code": code, "dir": direction(code), "name": name}


def languages(work: Job) -> dict[str, dict[str, str]]:
    """Return the languages of a translation for a template."""
    return {"source": language(work.source_language), "target": language(work.language)}


def name_of(one: Segment) -> str:
    """Return the name of a segment's textarea."""
    return field_name(segment=one.pk, version=one.version, text=one.text)


def standing(one: Segment, *, staff: Staff) -> str:
    """Say how far a sentence is, and for whom it waits where that is not its translator."""
    said = str(
        one.get_alignment_display() if one.alignment == Segment.Alignment.OMITTED else one.get_state_display()
    )
    role = reviewing.waits_for(one.state, staff=staff)
    if role in {"", reviewing.TRANSLATOR}:
        return said
    return _("%(state)s, waits for its %(role)s") % {"state": said, "role": SegmentVersion.Role(role).label}


def is_mine(one: Segment, by: User, *, staff: Staff) -> bool:
    """Return whether a sentence would go further if this person stood for it."""
    return reviewing.after(one.state, by=by.pk, first=one.translated_by_id, staff=staff) != one.state


def faults_of(one: Segment) -> str:
    """Say what is wrong with the marks of a segment's words."""
    return faults_in_words(check_marks(one.source, one.text)) if one.text else ""


@dataclass
class Trouble:
    """What could not be done at a segment. `typed` are the writer's words, where they were not written."""

    message: str
    typed: str | None = None
    is_clash: bool = False


@dataclass
class Work:
    """One visit of somebody to a job, and the troubles that came of it, by segment."""

    job: Job
    by: User
    now: datetime
    troubles: dict[int, Trouble] = field(default_factory=dict)

    def save(self, typed: dict[int, Entry]) -> None:
        """Save the textareas that were touched."""
        touched = {pk: entry for pk, entry in typed.items() if entry.is_touched}
        for one in self.job.segments.filter(pk__in=touched):
            entry = touched[one.pk]
            try:
                actions.save_segment(
                    segment=one, text=entry.text, version=entry.version, by=self.by, now=self.now
                )
            except SegmentChanged as clash:
                self.troubles[one.pk] = Trouble(str(clash), typed=entry.text, is_clash=True)

    def segment(self, number: str) -> Segment:
        """Return a segment by its number in a form. Raises Http404."""
        return get_object_or_404(
            self.job.segments, pk=int(number) if number.isascii() and number.isdigit() else 0
        )

    def at(self, number: str, typed: dict[int, Entry], verb: Callable[..., Segment]) -> Segment | None:
        """Do `verb` to one segment as its writer saw it, after `save`; None where it could not be done."""
        one = self.segment(number)
        if one.pk in self.troubles:
            return None
        entry = typed.get(one.pk)
        version = entry.version if entry and not entry.is_touched else one.version
        try:
            return verb(segment=one, version=version, by=self.by, now=self.now)
        except SegmentChanged as clash:
            self.troubles[one.pk] = Trouble(str(clash), is_clash=True)
        except (CannotApprove, CannotAlign) as error:
            self.troubles[one.pk] = Trouble(str(error))
        return None
