"""Wagtail's views of articles, with the gate's refusal told instead of thrown."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import permission_required
from wagtail.admin.compare import diff_text
from wagtail.snippets.views.snippets import CreateView, EditView

from dateline.articles import actions
from dateline.articles.bodies import unlike
from dateline.articles.gate import NotCleared, cautions, lacks
from dateline.articles.models import Article, NotYourSection
from dateline.people.models import User


def told(view: Any, publish: Callable[[], HttpResponse | None]) -> HttpResponse | None:
    """Publish; where the gate refuses, say everything that is missing. What was written stays, as a draft.

    Where nothing is missing and the gate warns, show of what before anything goes out; so too where it goes out at
    a later time, when what is missing now may have come.
    """
    article = view.object
    draft, now = article.get_latest_revision_as_object(), timezone.now()
    is_scheduled = bool(draft.go_live_at and draft.go_live_at > now)
    if (is_scheduled or not lacks(draft, now=now)) and cautions(draft, now=now):
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
    """A piece on the desk. A form that was opened before somebody else saved does not save over them unseen."""

    def is_valid(self, form: Any) -> bool:
        """Refuse a form of an older text; autosaving is refused by Wagtail itself, in its own words."""
        if not self.is_out_of_date or self.expects_json_response:
            return bool(super().is_valid(form))
        form.is_valid()  # puts what was typed into the instance
        self.produced_error_code = "invalid_revision"
        self.produced_error_message = self._told_of_newer(form.instance)
        return False

    def save_instance(self) -> Article:
        """Save it, unless somebody did between the question and the answer."""
        newest = Article.objects.select_for_update().values_list("latest_revision_id", flat=True)
        if newest.get(pk=self.object.pk) != (self.latest_revision.pk if self.latest_revision else None):
            raise PermissionDenied(_("Somebody saved this article at this moment. Save again to see what."))
        saved: Article = super().save_instance()
        return saved

    def _told_of_newer(self, mine: Article) -> str:
        newer = self.latest_revision
        opened = self.request.POST.get("loaded_revision_id", "")
        compare = reverse(
            self.revisions_compare_url_name,
            args=[mine.pk, opened if opened.isdigit() else "earliest", newer.pk],
        )
        differences = [
            (what, diff_text(theirs, ours).to_html())
            for what, theirs, ours in unlike(newer.as_object(), mine)
        ]
        told = {"who": newer.user, "when": newer.created_at, "compare": compare, "differences": differences}
        return render_to_string("articles/newer.html", told)

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
            messages.success(request, _done(Article.objects.get(pk=pk)))
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


def _done(article: Article) -> str:
    if article.live and not article.approved_schedule:
        return str(_("Published. What the gate warned of is in the audit."))
    return str(_("Scheduled. What the gate warned of is in the audit."))


def _may_publish_in_its_section(article: Article, user: User) -> None:
    section = article.get_latest_revision_as_object().section
    if section is not None and not section.is_open_to(user):
        raise NotYourSection(section)
