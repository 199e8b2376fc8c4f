"""Buttons that change what a sentence is to its original: merged, split, adapted, left out, added, moved, judged."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from wagtail.admin import messages

from dateline.translation.actions import aligning
from dateline.translation.actions.aligning import CannotAlign
from dateline.translation.actions.marking import mark_quality
from dateline.translation.actions.source_changes import keep_gone, leave_out_gone
from dateline.translation.forms import Entry
from dateline.translation.models import Segment
from dateline.translation.views.shared import Trouble, Work, address

Typed = dict[int, Entry]
Button = Callable[[HttpRequest, Work, QueryDict, Typed], str]


def _verb(name: str, verb: Callable[..., Segment]) -> Button:
    """Return a button that does `verb` to the sentence that it names, and stays there."""

    def pressed(_request: HttpRequest, work: Work, posted: QueryDict, typed: Typed) -> str:
        return address(work.job, at=work.at(str(posted[name]), typed, verb))

    return pressed


def _split(_request: HttpRequest, work: Work, posted: QueryDict, typed: Typed) -> str:
    number = str(posted["split"])
    at = posted.get(f"split-at-{number}", "")

    def split(**who: Any) -> Segment:
        return aligning.split_segment(at=int(at) if at.isascii() and at.isdigit() else -1, **who)[0]

    return address(work.job, at=work.at(number, typed, split))


def _paragraph(_request: HttpRequest, work: Work, posted: QueryDict, typed: Typed) -> str:
    """Value `segment:paragraph`."""
    number, _sign, wanted = str(posted["paragraph"]).partition(":")
    paragraph = wanted if wanted in Segment.Paragraph.values else ""
    return address(work.job, at=work.at(number, typed, partial(aligning.set_paragraph, paragraph=paragraph)))


def _add(_request: HttpRequest, work: Work, posted: QueryDict, _typed: Typed) -> str:
    one = work.segment(str(posted["add"]))
    kind = posted.get(f"added-as-{one.pk}", "sentence")
    try:
        added = aligning.add_segment(
            after=one,
            text=posted.get(f"added-{one.pk}", ""),
            kind=kind,
            in_paragraph=kind == "sentence",
            by=work.by,
            now=work.now,
        )
    except CannotAlign as error:
        work.troubles[one.pk] = Trouble(str(error))
        return address(work.job, at=one)
    return address(work.job, at=added)


def _removal(name: str, verb: Callable[..., None]) -> Button:
    """Return a button that takes a sentence out; one stays at the sentence before it."""

    def removed(segment: Segment, **who: Any) -> Segment:
        verb(segment=segment, **who)
        return segment

    def pressed(_request: HttpRequest, work: Work, posted: QueryDict, typed: Typed) -> str:
        one = work.segment(str(posted[name]))
        before = work.job.segments.filter(position__lt=one.position).order_by("position").last()
        work.at(str(one.pk), typed, removed)
        return address(work.job, at=before)

    return pressed


def _move(places: int, name: str) -> Button:
    def pressed(request: HttpRequest, work: Work, posted: QueryDict, _typed: Typed) -> str:
        one = work.segment(str(posted[name]))
        try:
            aligning.move_block(job=work.job, block=one.block, places=places, by=work.by, now=work.now)
        except CannotAlign as error:
            messages.error(request, str(error))
        return address(work.job, at=one)

    return pressed


def _judge(request: HttpRequest, work: Work, posted: QueryDict, _typed: Typed) -> str:
    """Say what one thinks of a sentence's translation."""
    one = work.segment(str(posted["judge"]))
    try:
        mark_quality(
            segment=one,
            verdict=posted.get(f"verdict-{one.pk}", ""),
            note=posted.get(f"verdict-note-{one.pk}", ""),
            sends_back=f"send-back-{one.pk}" in posted,
            by=work.by,
            now=work.now,
        )
    except ValidationError:
        messages.error(request, _("Choose what you think of it."))
    else:
        messages.success(request, _("It is noted, and the memory knows it."))
    return address(work.job, at=one)


SHAPING: Final[dict[str, Button]] = {
    "merge": _verb("merge", aligning.merge_with_next),
    "split": _split,
    "adapt": _verb("adapt", partial(aligning.set_adapted, is_adapted=True)),
    "unadapt": _verb("unadapt", partial(aligning.set_adapted, is_adapted=False)),
    "omit": _verb("omit", aligning.omit_segment),
    "take-in": _verb("take-in", aligning.take_in),
    "paragraph": _paragraph,
    "add": _add,
    "remove-added": _removal("remove-added", aligning.remove_added),
    "leave-out-gone": _removal("leave-out-gone", leave_out_gone),
    "keep-gone": _verb("keep-gone", keep_gone),
    "move-up": _move(-1, "move-up"),
    "move-down": _move(1, "move-down"),
    "judge": _judge,
}
