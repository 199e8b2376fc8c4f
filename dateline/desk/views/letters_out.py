"""The letters that readers get: what each issue says and how far it is, and what people do with it."""

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.paginator import WagtailPaginator

from dateline.desk.views.letter_forms import CorrectionForm, LetterForm
from dateline.desk.views.page import UNFIT, shown, user_of
from dateline.editions import mime
from dateline.editions.actions import releasing
from dateline.editions.actions.composing import NoSender, sheet_of
from dateline.editions.models import Delivery, Edition, Issue, Letter
from dateline.editions.queries.letters import (
    counts,
    issues,
    letters_of,
    next_due,
    readers_by_letter,
    unknown_ones,
)
from dateline.editions.queries.readers import message_id
from dateline.people.actions import write_down
from dateline.rights.actions import mail_is_set_up
from dateline.rights.asking import WrongStep
from dateline.site.queries import identity, languages, own_name
from dateline.work.actions import enqueue_by_name

VIEW: Final = "editions.view_issue"
CHANGE: Final = "editions.change_issue"
SETTINGS: Final = "editions.change_letter"
PAGE: Final = 30
# A preview shows our own pictures and runs nothing.
PREVIEW_POLICY: Final = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; sandbox"
TROUBLE: Final = (WrongStep, releasing.NobodyGotIt, releasing.NotKnownYet)


@never_cache
@permission_required(VIEW)
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """List the letters there are, and their issues."""
    paginator = WagtailPaginator(issues(), per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    there = {letter.language: (letter, told) for letter, told in readers_by_letter()}
    return shown(
        request,
        "desk/letters_out.html",
        title=_("Letters to readers"),
        icon="mail",
        trail=[],
        lines=[
            (row.code, own_name(row.code), *there.get(row.code, (None, {}))) for row in languages(identity())
        ],
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
        unknown=unknown_ones().count(),
        is_set_up=mail_is_set_up(),
        may_change=user_of(request).has_perm(SETTINGS),
    )


@permission_required(SETTINGS)
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, language: str) -> HttpResponse:
    """Show or save what is said of the letter in a language; it is made when it is first saved."""
    if language not in {row.code for row in languages(identity())}:
        raise Http404
    held = Letter.objects.filter(kind="daily", language=language).first()
    letter = held or Letter(kind="daily", language=language)
    form = LetterForm(request.POST or None, instance=letter)
    if request.method == "POST" and form.is_valid():
        row = form.save()
        write_down(
            verb="set-up-letter", subject=row, by=user_of(request), now=timezone.now(), summary=str(row),
            after={"is_on": row.is_on, "is_by_hand": row.is_by_hand},
        )  # fmt: skip
        messages.success(request, _("It is saved."))
        return redirect("newsroom:letters-out")
    return shown(
        request,
        "desk/letter_settings.html",
        title=_("Letter: %s") % own_name(language),
        icon="mail",
        trail=[(_("Letters to readers"), reverse("newsroom:letters-out"))],
        form=form,
        language=language,
        status=UNFIT if request.method == "POST" else 200,
    )


@never_cache
@permission_required(VIEW)
@require_GET
def of_edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the letters of an edition: what they say, how far they are."""
    return _edition_page(request, _edition(pk))


@permission_required(VIEW)
@require_GET
@xframe_options_sameorigin
def preview(_request: HttpRequest, pk: int, letter: int, form: str) -> HttpResponse:
    """Return a letter as it would go out now. form: html or text."""
    issue = _issue_or_new(_edition(pk), get_object_or_404(Letter, pk=letter))
    try:
        sheet, _page = sheet_of(issue, now=timezone.now())
    except NoSender as refusal:
        return HttpResponse(str(refusal), content_type="text/plain; charset=utf-8", status=UNFIT)
    own = mime.Own(to="", message_id="", stop="#stop", manage="#manage")
    text, html = mime.bodies_of(mime.press(sheet), own)
    answer = HttpResponse(
        html if form == "html" else text,
        content_type=f"text/{'html' if form == 'html' else 'plain'}; charset=utf-8",
    )
    answer["Content-Security-Policy"] = PREVIEW_POLICY
    answer["Cache-Control"] = "no-store"
    return answer


@permission_required(VIEW)
@require_POST
def test(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """Send a letter as it would go out now to oneself."""
    edition, row = _edition(pk), get_object_or_404(Letter, pk=letter)
    user = user_of(request)
    if not user.email:
        messages.error(request, _("Your account has no e-mail address."))
    elif not mail_is_set_up():
        messages.error(request, _("No mail is set up (DATELINE_MAIL), so no letter can go out."))
    else:
        enqueue_by_name("editions.send_test_letter", edition_id=edition.pk, letter_id=row.pk, user_id=user.pk)
        messages.success(request, _("It is on its way to %s.") % user.email)
    return redirect("newsroom:edition-letters", edition.pk)


@permission_required(CHANGE)
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Send, pause, resume or stop an issue; stopping asks again first."""
    issue = get_object_or_404(Issue.objects.select_related("edition__run", "letter"), pk=pk)
    do = request.POST.get("do", "")
    if do == "stop" and "sure" not in request.POST:
        return _edition_page(request, issue.edition, stopping=issue.pk)
    verbs: dict[str, tuple[Callable[..., object], str]] = {
        "send": (releasing.send_held, _("It goes out now.")),
        "pause": (releasing.pause, _("It is paused.")),
        "resume": (releasing.resume, _("It goes on.")),
        "stop": (releasing.stop, _("It is stopped: nobody else gets it.")),
    }
    if do not in verbs:
        raise Http404
    verb, told = verbs[do]
    return _done(request, issue, lambda: verb(issue=issue, **_by(request)), told=told)


@permission_required(CHANGE)
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a correction after an issue."""
    issue = get_object_or_404(Issue.objects.select_related("edition__run", "letter"), pk=pk)
    form = CorrectionForm(request.POST, prefix=f"correct-{pk}")
    if not form.is_valid():
        return _edition_page(request, issue.edition, correcting={pk: form}, status=UNFIT)
    told = form.cleaned_data
    return _done(
        request,
        issue,
        lambda: releasing.correct(issue=issue, **told, **_by(request)),
        told=_("The correction goes out."),
    )


@never_cache
@permission_required(VIEW)
@require_GET
def unknown(request: HttpRequest) -> HttpResponse:
    """List the letters of which nobody knows whether they arrived."""
    paginator = WagtailPaginator(unknown_ones(), per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    return shown(
        request,
        "desk/letters_unknown.html",
        title=_("Nobody knows"),
        icon="warning",
        trail=[(_("Letters to readers"), reverse("newsroom:letters-out"))],
        page=page,
        lines=[(row, message_id(row.issue, row.reader)) for row in page.object_list],
        elided_page_range=paginator.get_elided_page_range(page.number),
        may_change=user_of(request).has_perm(CHANGE),
        may_see_readers=user_of(request).has_perm("editions.view_subscription"),
    )


@permission_required(CHANGE)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a letter of which nobody knows once more, or leave it."""
    row = get_object_or_404(Delivery, pk=pk)
    verb = {"again": releasing.send_again, "leave": releasing.leave}.get(request.POST.get("do", ""))
    if verb is None:
        raise Http404
    try:
        verb(delivery=row, **_by(request))
        messages.success(request, _("It is decided."))
    except TROUBLE as refusal:
        messages.error(request, str(refusal))
    return redirect("newsroom:letters-unknown")


def _edition_page(
    request: HttpRequest,
    edition: Edition,
    *,
    stopping: int = 0,
    correcting: dict[int, CorrectionForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    made = (
        Issue.objects.filter(edition=edition)
        .select_related("letter", "edition__run", "corrects")
        .order_by("pk")
    )
    held = {issue.letter_id for issue in made}
    return shown(
        request,
        "desk/letters_of_edition.html",
        title=_("Letters of %s") % edition,
        icon="mail",
        trail=[(_("Letters to readers"), reverse("newsroom:letters-out"))],
        edition=edition,
        letters=letters_of(edition),
        waiting=[letter for letter in letters_of(edition) if letter.pk not in held],
        issues=[_stand(issue, correcting or {}) for issue in made],
        stopping=stopping,
        is_set_up=mail_is_set_up(),
        may_change=user_of(request).has_perm(CHANGE),
        status=status,
    )


def _stand(issue: Issue, correcting: dict[int, CorrectionForm]) -> dict[str, Any]:
    told = counts(issue)
    gone = told["done"] + told["refused"] + told["unknown"] + told["left-out"]
    return {
        "issue": issue,
        "counts": [(Delivery.State(name).label, told[name]) for name in Delivery.State.values if told[name]],
        "all": told["all"],
        "gone": gone,
        "done": told["done"],
        "unknown": told["unknown"],
        "next": next_due(issue),
        "withdrawals": issue.withdrawals.all(),
        "form": correcting.get(issue.pk) or CorrectionForm(prefix=f"correct-{issue.pk}"),
    }


def _issue_or_new(edition: Edition, letter: Letter) -> Issue:
    made = Issue.objects.filter(edition=edition, letter=letter, corrects=None)
    return made.select_related("letter", "edition__run").first() or Issue(
        edition=edition, letter=letter, released_at=timezone.now()
    )


def _done(request: HttpRequest, issue: Issue, verb: Callable[[], object], *, told: str) -> HttpResponse:
    try:
        verb()
        messages.success(request, told)
    except TROUBLE as refusal:
        messages.error(request, str(refusal))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("newsroom:edition-letters", issue.edition_id)


def _edition(pk: int) -> Edition:
    return get_object_or_404(Edition.objects.select_related("run"), pk=pk)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": user_of(request), "now": timezone.now()}
