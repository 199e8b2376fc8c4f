"""The pictures that came with an article's original, and the idea that an original gives."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from dateline.articles.models import Article
from dateline.desk.actions.picking import AlreadyAnIdea, pick_as_idea
from dateline.desk.queries.candidates import Candidate, candidates
from dateline.desk.views.newslist_acts import own_site_language
from dateline.desk.views.page import edit_url, next_url, shown, told, user_of
from dateline.intake.models import Original
from dateline.site.queries import identity, zone


@permission_required("intake.view_original")
@require_GET
def article_pictures(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the pictures of an article's source, each with its credit and the state of its own right."""
    article = get_object_or_404(Article.objects.select_related("original__outlet", "locale"), pk=pk)
    if article.original is None:
        raise Http404(_("The article is not made from an original."))
    today = timezone.now().astimezone(zone(identity())).date()
    policy: Any = policy_registry.get_by_type(get_image_model())
    return shown(
        request,
        "desk/candidates.html",
        title=_("Pictures of the source"),
        icon="image",
        trail=[(article.headline, edit_url(request, article))],
        article=article,
        original=article.original,
        candidates=[(one, _taking(one)) for one in candidates(article.original, on=today)],
        may_add=policy.user_has_permission(request.user, "add"),
    )


def _taking(one: Candidate) -> str:
    """Return where a picture is taken into the library, with what is told of it filled in."""
    known = {
        "title": one.title,
        "description": one.words[:255],
        "credit": one.credit[:200],
        "source_url": one.url[:1000],
    }
    return f"{reverse('newsroom:add-picture')}?{urlencode({name: words for name, words in known.items() if words})}"


@permission_required("intake.sort_original")
@require_POST
def pick_idea(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an original as an idea for a piece of our own."""
    original = get_object_or_404(Original.objects.select_related("outlet"), pk=pk)
    try:
        idea = pick_as_idea(
            original=original, language=own_site_language(), by=user_of(request), now=timezone.now()
        )
    except AlreadyAnIdea as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, told(_("Proposed as an idea: %s"), idea.title))
    return redirect(next_url(request) or reverse("newsroom:original", args=[pk]))
