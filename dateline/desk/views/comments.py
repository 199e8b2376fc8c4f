"""What the desk says to itself about a piece: threads, answers, mentions."""

from collections.abc import Callable, Sequence

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.articles.models import Article
from dateline.desk.actions.commenting import (
    ThreadIsResolved,
    answer_comment,
    comment,
    open_thread,
    resolve_thread,
    see_mentions,
)
from dateline.desk.mentions import parts
from dateline.desk.models import Comment
from dateline.desk.queries.given import articles_for, colleagues, originals_for
from dateline.desk.views.page import UNFIT, edit_url, next_url, shown, user_of
from dateline.intake.models import Original
from dateline.people.models import User


@never_cache
@permission_required("desk.view_own_work")
@require_http_methods(["GET", "POST"])
def article_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and take what is said about an article."""
    article = get_object_or_404(articles_for(user_of(request)).select_related("locale"), pk=pk)
    address = reverse("newsroom:article-comments", args=[pk])
    return _page(request, article=article, address=address, back=edit_url(request, article))


@never_cache
@permission_required("desk.view_own_work")
@require_http_methods(["GET", "POST"])
def original_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and take what is said about an original."""
    original = get_object_or_404(originals_for(user_of(request)), pk=pk)
    address = reverse("newsroom:original-comments", args=[pk])
    back = reverse("newsroom:original", args=[pk])
    return _page(request, original=original, address=address, back=back)


def _page(
    request: HttpRequest,
    *,
    address: str,
    back: str,
    article: Article | None = None,
    original: Original | None = None,
) -> HttpResponse:
    user, typed, trouble = user_of(request), request.POST.get("text", ""), ""
    if request.method == "POST":
        trouble = _said(request, typed, article=article, original=original)
        if not trouble:
            return redirect(address)
    piece = article or original
    assert piece is not None  # noqa: S101  # one of the two, by the callers above
    threads = Comment.objects.threads().filter(article=article, original=original)
    people = list(colleagues())
    return shown(
        request,
        "desk/comments.html",
        title=_("Comments"),
        icon="comment",
        trail=[(str(piece), back)],
        piece=piece,
        address=address,
        threads=[read_thread(thread, people) for thread in threads.prefetch_related("answers__by")],
        people=people,
        new=set(user.mentions.filter(seen_at=None).values_list("comment", flat=True)),
        typed=typed,
        typed_at=request.POST.get("thread", ""),
        trouble=trouble,
        status=UNFIT if trouble else 200,
    )


def read_thread(thread: Comment, people: Sequence[User]) -> list[tuple[Comment, list[tuple[str, bool]]]]:
    """Return the comments of a thread, each in its parts: words, and whether they name somebody."""
    names = [person.username for person in people]
    return [(one, parts(one.text, names)) for one in [thread, *thread.answers.all()]]


def _said(request: HttpRequest, text: str, *, article: Article | None, original: Original | None) -> str:
    """Take a comment or an answer; return why not, or nothing."""
    by, now = user_of(request), timezone.now()
    number = request.POST.get("thread", "")
    try:
        if number:
            about = Comment.objects.filter(article=article, original=original, parent=None)
            thread = get_object_or_404(about, pk=number) if number.isdecimal() else None
            if thread is None:
                raise Http404
            answer_comment(thread=thread, text=text, by=by, now=now)
        else:
            comment(article=article, original=original, text=text, by=by, now=now)
    except ThreadIsResolved as refusal:
        return str(refusal)
    except ValidationError:
        return _("Write something first, in at most 5000 characters.")
    return ""


@permission_required("desk.view_own_work")
@require_POST
def resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle a thread."""
    return _turned(request, pk, resolve_thread)


@permission_required("desk.view_own_work")
@require_POST
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a settled thread up again."""
    return _turned(request, pk, open_thread)


def _turned(request: HttpRequest, pk: int, verb: Callable[..., Comment]) -> HttpResponse:
    thread = _seen_thread(request, pk)
    verb(thread=thread, by=user_of(request), now=timezone.now())
    return redirect(next_url(request) or address_of(thread))


@permission_required("desk.view_own_work")
@require_POST
def mentions_seen(request: HttpRequest) -> HttpResponse:
    """Note that I have seen where I am named."""
    count = see_mentions(of=user_of(request), now=timezone.now())
    if count:
        messages.success(request, _("They are marked as seen."))
    return redirect(next_url(request) or reverse("newsroom:today"))


def _seen_thread(request: HttpRequest, pk: int) -> Comment:
    """Return a thread about a piece that the person may see. Raises Http404."""
    thread: Comment = get_object_or_404(Comment.objects.threads(), pk=pk)
    user = user_of(request)
    if thread.article_id and articles_for(user).filter(pk=thread.article_id).exists():
        return thread
    if thread.original_id and originals_for(user).filter(pk=thread.original_id).exists():
        return thread
    raise Http404


def address_of(said: Comment) -> str:
    """Return the page on which a comment stands."""
    if said.segment_id:
        return f"{reverse('newsroom:segment-comments', args=[said.segment_id])}#comment-{said.pk}"
    if said.article_id:
        return f"{reverse('newsroom:article-comments', args=[said.article_id])}#comment-{said.pk}"
    return f"{reverse('newsroom:original-comments', args=[said.original_id])}#comment-{said.pk}"
