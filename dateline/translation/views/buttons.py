"""What the buttons of a translation's form do, without script. Each returns the address that comes next."""

from collections.abc import Callable
from functools import partial
from typing import Final

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder

from dateline.translation import actions
from dateline.translation.actions import FindingsOpen, SegmentsOpen
from dateline.translation.actions.suggesting import NobodyToAsk, ask_for_suggestion
from dateline.translation.actions.taking import write_words
from dateline.translation.forms import Entry, entries
from dateline.translation.models import Job, Segment
from dateline.translation.queries.memory import Reader
from dateline.translation.queries.panes import panes_of
from dateline.translation.remarks import address_of
from dateline.translation.views.shaping import SHAPING
from dateline.translation.views.shared import Trouble, Work, address

Typed = dict[int, Entry]


def done(request: HttpRequest, work: Work) -> str | None:
    """Save, then do what the pressed button says; return the next address, None where there are troubles to show."""
    posted = request.POST
    typed = entries(posted)
    work.save(typed)
    pressed = next((name for name in _BUTTONS if name in posted), "save")
    place = _BUTTONS[pressed](request, work, posted, typed)
    if work.troubles:
        count = len(work.troubles)
        messages.error(
            request,
            ngettext("%(count)d sentence needs a look.", "%(count)d sentences need a look.", count)
            % {"count": count},
        )
        return None
    return place


def _just_save(request: HttpRequest, work: Work, posted: QueryDict, _typed: Typed) -> str:
    if not work.troubles:
        messages.success(request, _("Saved."))
    at = posted.get("save", "")
    return address(work.job, at=work.segment(at) if at not in {"", "all"} else None)


def _approve(_request: HttpRequest, work: Work, posted: QueryDict, typed: Typed) -> str:
    return address(work.job, at=work.at(str(posted["approve"]), typed, actions.approve_segment))


def _approve_and_next(_request: HttpRequest, work: Work, posted: QueryDict, typed: Typed) -> str:
    approved = work.at(str(posted["approve-next"]), typed, actions.approve_segment)
    return address(work.job, at=approved and _next_open(approved))


def _unapprove(_request: HttpRequest, work: Work, posted: QueryDict, typed: Typed) -> str:
    return address(work.job, at=work.at(str(posted["unapprove"]), typed, actions.unapprove))


def _approve_all(request: HttpRequest, work: Work, _posted: QueryDict, _typed: Typed) -> str:
    if work.troubles:
        return address(work.job)
    outcome = actions.approve_all(job=work.job, by=work.by, now=work.now)
    for refusal in outcome.refused:
        work.troubles[refusal.segment.pk] = Trouble(refusal.message)
    messages.success(
        request,
        ngettext("%(count)d sentence approved.", "%(count)d sentences approved.", outcome.approved)
        % {"count": outcome.approved},
    )
    return address(work.job)


def _finish(request: HttpRequest, work: Work, _posted: QueryDict, _typed: Typed) -> str:
    if work.troubles:
        return address(work.job)
    try:
        finished = actions.finish_job(job=work.job, by=work.by, now=work.now)
    except SegmentsOpen as error:
        messages.error(request, str(error))
        return address(work.job, at=_first_open(work.job))
    except FindingsOpen as error:
        messages.error(request, str(error))
        return reverse("translation:before", args=[work.job.pk])
    messages.success(request, _("The translation is finished, and its article written as a draft."))
    return AdminURLFinder(work.by).get_edit_url(finished.article) or address(work.job)


def _draft(request: HttpRequest, work: Work, _posted: QueryDict, _typed: Typed) -> str:
    actions.ask_for_drafts(job=work.job)
    messages.success(request, _("Drafts are being made. Look again in a moment."))
    return address(work.job)


# What lies beside a sentence


def _look(_request: HttpRequest, work: Work, posted: QueryDict, _typed: Typed) -> str:
    return address(work.job, at=work.segment(str(posted["look"])))


def _use(_request: HttpRequest, work: Work, posted: QueryDict, typed: Typed) -> str:
    """Write words that lie beside a sentence into it: value `segment:memory:unit` or `segment:machine:suggestion`."""
    number, _sign, taken = str(posted["use"]).partition(":")
    one = work.segment(number)
    words = _words_beside(work, one, taken)
    if words:
        work.at(number, typed, partial(write_words, text=words, taken=taken))
    return address(work.job, at=one)


def _words_beside(work: Work, one: Segment, taken: str) -> str:
    pane = panes_of(work.job, [one], reader=Reader.of(work.by))[0]
    there = {f"memory:{offer.unit}": offer.text for offer in pane.offers}
    there |= {proposal.taken: proposal.text for proposal in pane.proposals}
    return there.get(taken, "")


def _copy(_request: HttpRequest, work: Work, posted: QueryDict, typed: Typed) -> str:
    one = work.segment(str(posted["copy"]))
    return address(
        work.job, at=work.at(str(one.pk), typed, partial(actions.save_segment, text=one.source)) or one
    )


def _clear(_request: HttpRequest, work: Work, posted: QueryDict, typed: Typed) -> str:
    return address(work.job, at=work.at(str(posted["clear"]), typed, partial(actions.save_segment, text="")))


def _machine(request: HttpRequest, work: Work, posted: QueryDict, _typed: Typed) -> str:
    """Ask a machine for a sentence: value `segment:machine`."""
    number, _sign, name = str(posted["machine"]).partition(":")
    one = work.segment(number)
    try:
        ask_for_suggestion(segment=one, machine=name, now=work.now)
    except NobodyToAsk as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The machine was asked. Look again at the suggestions in a moment."))
    return address(work.job, at=one)


def _history(_request: HttpRequest, work: Work, posted: QueryDict, _typed: Typed) -> str:
    one = work.segment(str(posted["history"]))
    return reverse("translation:history", args=[work.job.pk, one.pk])


def _findings(_request: HttpRequest, work: Work, posted: QueryDict, _typed: Typed) -> str:
    one = work.segment(str(posted["findings"]))
    return reverse("translation:findings", args=[work.job.pk, one.pk])


def _before(_request: HttpRequest, work: Work, _posted: QueryDict, _typed: Typed) -> str:
    return reverse("translation:before", args=[work.job.pk])


def _comment(_request: HttpRequest, work: Work, posted: QueryDict, _typed: Typed) -> str:
    one = work.segment(str(posted["comment"]))
    return address_of(one) or address(work.job, at=one)


_BUTTONS: Final[dict[str, Callable[[HttpRequest, Work, QueryDict, Typed], str]]] = {
    "approve": _approve,
    "approve-next": _approve_and_next,
    "unapprove": _unapprove,
    "approve-all": _approve_all,
    "finish": _finish,
    "draft": _draft,
    "look": _look,
    "use": _use,
    "copy": _copy,
    "clear": _clear,
    "machine": _machine,
    "findings": _findings,
    "history": _history,
    "comment": _comment,
    "before": _before,
    **SHAPING,
    "save": _just_save,
}


def _next_open(one: Segment) -> Segment | None:
    left = one.job.segments.exclude(state=Segment.State.APPROVED).order_by("position")
    return left.filter(position__gt=one.position).first() or left.first()


def _first_open(work: Job) -> Segment | None:
    return work.segments.exclude(state=Segment.State.APPROVED).order_by("position").first()
