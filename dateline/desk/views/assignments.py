"""Giving work: for an article, about an original, or an idea; done, and taken back."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.articles.models import Article
from dateline.desk.actions.assigning import (
    NotOurs,
    assign,
    finish_assignment,
    reopen_assignment,
    take_back_assignment,
)
from dateline.desk.models import Assignment
from dateline.desk.views.page import UNFIT, next_url, shown, told, user_of
from dateline.desk.views.work_forms import AssignForm
from dateline.intake.models import Original
from dateline.site.queries import identity, zone


@permission_required("desk.add_assignment")
@require_http_methods(["GET", "POST"])
def give_article(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody something to do for an article."""
    return _giving(request, article=get_object_or_404(Article, pk=pk))


@permission_required("desk.add_assignment")
@require_http_methods(["GET", "POST"])
def give_original(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody something to do about an original."""
    return _giving(request, original=get_object_or_404(Original, pk=pk))


@permission_required("desk.add_assignment")
@require_http_methods(["GET", "POST"])
def give_idea(request: HttpRequest) -> HttpResponse:
    """Give somebody an idea to write."""
    return _giving(request)


def _giving(
    request: HttpRequest, *, article: Article | None = None, original: Original | None = None
) -> HttpResponse:
    with timezone.override(zone(identity())):
        form = AssignForm(request.POST or None, is_idea=not (article or original))
        if request.method == "POST" and form.is_valid() and _given(request, form, article, original):
            return redirect(next_url(request) or reverse("newsroom:board"))
    piece = article or original
    return shown(
        request,
        "desk/assign.html",
        title=_("Give it to somebody"),
        icon="user",
        trail=[(_("Board"), reverse("newsroom:board"))],
        form=form,
        piece=piece,
        given=_given_already(article, original),
        next=next_url(request),
        now=timezone.now(),
        status=UNFIT if form.errors else 200,
    )


def _given_already(article: Article | None, original: Original | None) -> Sequence[Assignment]:
    if article is None and original is None:
        return ()
    rows = Assignment.objects.filter(article=article, original=original)
    return list(rows.select_related("who", "given_by"))


def _given(
    request: HttpRequest, form: AssignForm, article: Article | None, original: Original | None
) -> Assignment | None:
    told_: dict[str, Any] = form.cleaned_data
    try:
        row = assign(**told_, article=article, original=original, by=user_of(request), now=timezone.now())
    except NotOurs as refusal:
        form.add_error("who", str(refusal))
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
    else:
        messages.success(request, told(_("Given to {}: %s").format(row.who), row.subject))
        return row
    return None


@permission_required("desk.view_own_work")
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that an assignment is done."""
    row = _theirs(request, pk)
    finish_assignment(assignment=row, by=user_of(request), now=timezone.now())
    messages.success(request, told(_("Done: %s"), row.subject))
    return redirect(next_url(request) or reverse("newsroom:today"))


@permission_required("desk.view_own_work")
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it done again."""
    row = _theirs(request, pk)
    try:
        reopen_assignment(assignment=row, by=user_of(request), now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, told(_("To be done again: %s"), row.subject))
    return redirect(next_url(request) or reverse("newsroom:today"))


@permission_required("desk.add_assignment")
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an assignment from somebody."""
    row = get_object_or_404(Assignment, pk=pk)
    take_back_assignment(assignment=row, by=user_of(request), now=timezone.now())
    messages.success(request, told(_("Taken back: %s"), row.subject))
    return redirect(next_url(request) or reverse("newsroom:board"))


def _theirs(request: HttpRequest, pk: int) -> Assignment:
    """Return an assignment that is the person's own, or that they may give. Raises PermissionDenied."""
    row: Assignment = get_object_or_404(
        Assignment.objects.select_related("who", "article", "original"), pk=pk
    )
    user = user_of(request)
    if row.who != user and not user.has_perm("desk.add_assignment"):
        raise PermissionDenied
    return row
