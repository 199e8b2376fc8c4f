"""Writing: a contributor's own pieces, what was handed in, ideas, and the second pair of eyes."""

from mimetypes import guess_type

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import any_permission_required, permission_required

from dateline.articles import actions as articles
from dateline.articles.models import Article, SecondLook
from dateline.desk.actions.assigning import NotOurs
from dateline.desk.actions.submitting import TooManyPictures, lay_pictures
from dateline.desk.actions.writing import (
    NotOpen,
    SaysNothing,
    accept_idea,
    accept_submission,
    decline_idea,
    decline_submission,
    hand_in,
    propose_idea,
    return_submission,
)
from dateline.desk.models import Idea, Submission, SubmittedPicture
from dateline.desk.views.page import UNFIT, edit_url, number, shown, told, user_of
from dateline.desk.views.submit_forms import AnswerForm, IdeaForm, SubmissionForm, SubmittedPictureForm
from dateline.site.queries import identity, zone

AT_ONCE = 3
HAND_IN, PUBLISH = "desk.add_submission", "articles.publish_article"


@permission_required(HAND_IN)
@require_GET
def my_pieces(request: HttpRequest) -> HttpResponse:
    """List what somebody handed in, with the desk's answers."""
    return shown(
        request,
        "desk/my_pieces.html",
        title=_("My pieces"),
        icon="edit",
        trail=[],
        pieces=user_of(request).submissions.select_related("article", "locale"),
    )


@permission_required(HAND_IN)
@require_http_methods(["GET", "POST"])
def hand_in_piece(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Hand in a piece; or one of one's own again that was returned."""
    mine = Submission.objects.filter(by=user_of(request), state=Submission.State.RETURNED)
    piece = get_object_or_404(mine, pk=pk) if pk else Submission(by=user_of(request))
    posted, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SubmissionForm(posted, instance=piece)
    pictures = [SubmittedPictureForm(posted, files, prefix=f"picture-{place}") for place in range(AT_ONCE)]
    if request.method == "POST" and all([form.is_valid(), *(one.is_valid() for one in pictures)]):
        try:
            _lay(request, form, pictures)
        except TooManyPictures as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The desk has it."))
            return redirect("newsroom:my-pieces")
    return shown(
        request,
        "desk/hand_in.html",
        title=_("Hand in a piece"),
        icon="edit",
        trail=[],
        form=form,
        pictures=pictures,
        lying=SubmittedPicture.objects.filter(submission=piece) if piece.pk else [],
        piece=piece,
        status=UNFIT if form.errors or any(one.errors for one in pictures) else 200,
    )


@transaction.atomic
def _lay(request: HttpRequest, form: SubmissionForm, pictures: list[SubmittedPictureForm]) -> None:
    now = timezone.now()
    piece = hand_in(piece=form.save(commit=False), now=now)
    given = [found for one in pictures if (found := one.wanted())]
    left_out = [number(pk) for pk in request.POST.getlist("leave-out")]
    lay_pictures(piece=piece, given=given, left_out=left_out, now=now)


@require_GET
def _picture_for(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a picture that was handed in to the desk and to whoever handed it in; nothing in it is run."""
    user = user_of(request)
    seen = SubmittedPicture.objects.all()
    if not user.has_perm(PUBLISH):
        seen = seen.filter(submission__by=user)
    picture = get_object_or_404(seen, pk=pk)
    try:
        file = picture.file.open("rb")
    except FileNotFoundError:
        raise Http404(_("The picture is no longer on the disk.")) from None
    kind = guess_type(picture.file.name or "")[0] or "application/octet-stream"
    answer = FileResponse(
        file, content_type=kind if kind.startswith("image/") else "application/octet-stream"
    )
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


submitted_picture = any_permission_required(HAND_IN, PUBLISH)(_picture_for)


@permission_required(PUBLISH)
@require_GET
def writing(request: HttpRequest) -> HttpResponse:
    """List the ideas and the pieces that wait for an answer, and the latest that have one."""
    ideas = Idea.objects.select_related("locale", "section", "who", "by", "article")
    pieces = Submission.objects.select_related("locale", "by", "article")
    return shown(
        request,
        "desk/writing.html",
        title=_("Ideas and submissions"),
        icon="edit",
        trail=[],
        ideas=ideas.filter(state=Idea.State.PROPOSED),
        ideas_done=ideas.exclude(state=Idea.State.PROPOSED)[:20],
        pieces=pieces.filter(state=Submission.State.HANDED_IN),
        pieces_done=pieces.exclude(state=Submission.State.HANDED_IN)[:20],
    )


@permission_required(PUBLISH)
@require_http_methods(["GET", "POST"])
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a piece that was handed in; accept it, give it back or decline it."""
    piece = get_object_or_404(Submission.objects.select_related("by", "locale", "article"), pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None, piece=piece)
    if request.method == "POST" and form.is_valid():
        answer = _answer(request, piece, form)
        if answer is not None:
            return answer
    return shown(
        request,
        "desk/submission.html",
        title=piece.headline,
        icon="edit",
        trail=[],
        piece=piece,
        form=form,
        status=UNFIT if form.errors else 200,
    )


def _answer(request: HttpRequest, piece: Submission, form: AnswerForm) -> HttpResponse | None:
    user, now, asked = user_of(request), timezone.now(), form.cleaned_data
    try:
        match request.POST.get("act"):
            case "accept":
                article = accept_submission(piece=piece, **asked, by=user, now=now)
                messages.success(request, told(_("Accepted; the article is begun: %s"), piece.headline))
                return redirect(edit_url(request, article))
            case "return":
                return_submission(piece=piece, answer=asked["answer"], by=user, now=now)
            case _:
                decline_submission(piece=piece, answer=asked["answer"], by=user, now=now)
    except (NotOpen, SaysNothing) as refusal:
        form.add_error("answer", str(refusal))
        return None
    messages.success(request, told(_("Answered: %s"), piece.headline))
    return redirect("newsroom:writing")


@permission_required("articles.add_article")
@require_http_methods(["GET", "POST"])
def add_idea(request: HttpRequest) -> HttpResponse:
    """Propose something to write."""
    with timezone.override(zone(identity())):
        form = IdeaForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            propose_idea(**form.cleaned_data, by=user_of(request), now=timezone.now())
            messages.success(request, _("The idea is on the desk."))
            is_editor = user_of(request).has_perm(PUBLISH)
            return redirect("newsroom:writing" if is_editor else "wagtailadmin_home")
    return shown(
        request,
        "desk/idea.html",
        title=_("An idea"),
        icon="edit",
        trail=[],
        form=form,
        status=UNFIT if form.errors else 200,
    )


@permission_required(PUBLISH)
@require_POST
def answer_idea(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept an idea, so that its article is begun; or decline it."""
    idea = get_object_or_404(Idea.objects.select_related("locale", "section", "who"), pk=pk)
    try:
        if request.POST.get("act") == "accept":
            article = accept_idea(idea=idea, by=user_of(request), now=timezone.now())
            messages.success(request, told(_("Accepted; the article is begun: %s"), idea.title))
            return redirect(edit_url(request, article))
        decline_idea(
            idea=idea, answer=request.POST.get("answer", ""), by=user_of(request), now=timezone.now()
        )
    except (NotOpen, NotOurs) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told(_("Declined: %s"), idea.title))
    return redirect("newsroom:writing")


@permission_required(PUBLISH)
@require_http_methods(["GET", "POST"])
def second_look(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who has read the latest draft, and note that one has read it oneself."""
    article = get_object_or_404(Article, pk=pk)
    if request.method == "POST":
        try:
            articles.look_second(article=article, by=user_of(request), now=timezone.now())
        except (articles.OwnWords, articles.MayNotLook) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, told(_("Noted that you have read it: %s"), article.headline))
        return redirect("newsroom:second-look", article.pk)
    draft = article.get_latest_revision_as_object()
    return shown(
        request,
        "desk/second_look.html",
        title=_("Second pair of eyes"),
        icon="view",
        trail=[(draft.headline, edit_url(request, article))],
        article=draft,
        is_demanded=identity().two_pairs_of_eyes,
        looks=SecondLook.objects.at_words_of(draft),
    )
