"""From one of our own pieces to its version in another of our languages."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.models import Locale

from dateline.articles.models import Article
from dateline.desk.queries.given import articles_for
from dateline.desk.views.page import UNFIT, edit_url, shown, told, user_of
from dateline.lib.text import cut, one_line
from dateline.people.models import User
from dateline.translation.actions.starting_own import HasVersion, NotOurLanguage, start_own_job
from dateline.translation.models import Job

MAY: Final = "articles.change_article"


@permission_required(MAY)
@require_http_methods(["GET", "POST"])
def translate_own(request: HttpRequest, pk: int) -> HttpResponse:
    """Show in which of our languages a piece is there, and begin another one on the translation desk."""
    article = get_object_or_404(articles_for(user_of(request)).select_related("locale"), pk=pk)
    trouble = ""
    if request.method == "POST":
        language = request.POST.get("language", "")
        try:
            job = start_own_job(source=article, language=language, by=user_of(request), now=timezone.now())
        except (HasVersion, NotOurLanguage) as error:
            trouble = str(error)
        else:
            messages.success(request, told(_("On the translation desk: %s"), article.headline))
            return redirect("translation:job", job.pk)
    return shown(
        request,
        "desk/translate_own.html",
        title=_("Translate into another of our languages"),
        icon="globe",
        trail=[(cut(one_line(article.headline), 80), edit_url(request, article))],
        article=article,
        versions=_versions(article, user_of(request)),
        open=[(code, _name(code)) for code in _open(article)],
        trouble=trouble,
        status=UNFIT if trouble else 200,
    )


def _versions(article: Article, user: User) -> list[tuple[Article, str, Job | None]]:
    """Return the other versions that a person may know of, with the name of their language and the job of each."""
    found = articles_for(user).filter(translation_key=article.translation_key).exclude(pk=article.pk)
    rows = list(found.select_related("locale"))
    jobs = {job.article_id: job for job in Job.objects.filter(article__in=rows)}
    return [(one, _name(one.language), jobs.get(one.pk)) for one in rows]


def _open(article: Article) -> list[str]:
    """Return the languages of the publication in which there is no version of a piece."""
    taken = Article.objects.filter(translation_key=article.translation_key).values("locale")
    return list(Locale.objects.exclude(pk__in=taken).values_list("language_code", flat=True))


def _name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
