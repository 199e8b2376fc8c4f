"""Wagtail's views of articles, with the gate's refusal told instead of thrown."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import permission_required
from wagtail.snippets.views.snippets import CreateView, EditView

from dateline.articles import actions
from dateline.articles.gate import NotCleared, cautions, lacks
from dateline.articles.models import Article, NotYourSection
from dateline.people.models import User


def told(view: Any, publish: Callable[[], HttpResponse | None]) -> HttpResponse | None:
    """Publish; where the gate refuses, say everything that is missing. What was written stays, as a draft.

    Where nothing is missing and the gate warns, show of what before anything goes out.
    """
    article = view.object
    draft, now = article.get_latest_revision_as_object(), timezone.now()
    if not lacks(draft, now=now) and cautions(draft, now=now):
        return redirect(reverse("articles:cautions", args=[article.pk]))
    try:
        return publish()
    except NotYourSection as refusal:
        messages.error(view.request, str(refusal))
        return redirect(view.get_edit_url())
    except NotCleared as refusal:
        listed = format_html_join("", "<li>{}</li>", ((lack.message,) for lack in refusal.lacks))
        head = _("It is saved as a draft, and cannot go out yet:")
        messages.error(view.request, format_html("{} <ul>{}</ul>", head, listed))
        return redirect(view.get_edit_url())


class ArticleCreateView(CreateView):
    """A new piece."""

    def publish_action(self) -> HttpResponse | None:
        """Publish through the gate."""
        return told(self, super().publish_action)


class ArticleEditView(EditView):
    """A piece on the desk."""

    def publish_action(self) -> HttpResponse | None:
        """Publish through the gate."""
        return told(self, super().publish_action)


@permission_required("articles.publish_article")
@require_http_methods(["GET", "POST"])
def before_it_goes_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the gate warns of; publish where whoever saw all of it says so."""
    article = get_object_or_404(Article, pk=pk)
    user, now = request.user, timezone.now()
    assert isinstance(user, User)  # noqa: S101  # Wagtail's door lets nobody else in
    back = AdminURLFinder(user).get_edit_url(article) or reverse("wagtailadmin_home")
    trouble: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            _may_publish_in_its_section(article, user)
            actions.publish_despite(article=article, seen=request.POST.getlist("seen"), by=user, now=now)
        except actions.NotShown:
            trouble = (_("The gate warns of more than you were shown: look again."),)
        except NotYourSection as refusal:
            trouble = (str(refusal),)
        except NotCleared as refusal:
            trouble = tuple(lack.message for lack in refusal.lacks)
        else:
            messages.success(request, _("Published. What the gate warned of is in the audit."))
            return redirect(back)
    draft = article.get_latest_revision_as_object()
    return render(
        request,
        "articles/cautions.html",
        {
            "header_title": _("Before it goes out"),
            "page_title": _("Before it goes out"),
            "header_icon": "warning",
            "article": draft,
            "cautions": cautions(draft, now=now),
            "trouble": trouble,
            "back": back,
        },
        status=422 if trouble else 200,
    )


def _may_publish_in_its_section(article: Article, user: User) -> None:
    section = article.get_latest_revision_as_object().section
    if section is not None and not section.is_open_to(user):
        raise NotYourSection(section)
