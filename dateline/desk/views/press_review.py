"""A press review: voices of a story, the sentences that they say, and what these are in our language."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.articles.actions import publish
from dateline.articles.gate import NotCleared, lacks
from dateline.articles.kinds import CreditRole, Kind
from dateline.articles.models import Article, Section
from dateline.articles.models.shelves import NotYourSection
from dateline.desk.actions import NoSuchLanguage, NothingChosen
from dateline.desk.actions import review as begin_review
from dateline.desk.queries import site_codes
from dateline.desk.queries.given import articles_for
from dateline.desk.slugs import slug_for
from dateline.desk.views.newslist_acts import own_site_language
from dateline.desk.views.page import number, shown, told, user_of
from dateline.editions import actions
from dateline.editions.excerpts import FEWEST_VOICES, MOST_VOICES, Quoted, counted_words
from dateline.editions.models import Voice
from dateline.editions.queries.reviewing import quota_of, sentences_of, speaks_already, tellers
from dateline.editions.queries.voices import Standing, standings
from dateline.intake.models import Original, Story
from dateline.lib.text import one_line
from dateline.site.queries import own_name

EDITS: Final = "articles.publish_article"


class ReviewForm(forms.Form):
    """What a review says of itself."""

    headline = forms.CharField(label=gettext_lazy("Question or headline"), max_length=300)
    standfirst = forms.CharField(
        label=gettext_lazy("Introduction"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    section = forms.ModelChoiceField(
        label=gettext_lazy("Section"), queryset=Section.objects.none(), required=False
    )
    byline = forms.CharField(label=gettext_lazy("Byline"), max_length=160, required=False)

    def __init__(self, article: Article, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["section"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # declared above
        field.queryset = Section.objects.filter(locale=article.locale)


@dataclass(frozen=True)
class Offer:
    """A sentence of the original, whether it is said, and how many words it takes."""

    sentence: Quoted
    is_said: bool
    words: int


@dataclass(frozen=True)
class Line:
    """A voice as the page shows it. most: words of its quota, None without a limit."""

    standing: Standing
    offers: tuple[Offer, ...]
    most: int | None
    is_ours: bool

    @property
    def voice(self) -> Voice:
        """The voice itself."""
        return self.standing.voice


@permission_required(EDITS)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose which originals of a story speak; then begin its review."""
    story = get_object_or_404(Story, pk=pk)
    asked = request.POST.get("language") or request.GET.get("language") or own_site_language()
    language = asked if asked in site_codes() else own_site_language()
    if request.method == "POST":
        numbers = [number(one) for one in request.POST.getlist("original")]
        found = Original.objects.select_related("outlet").in_bulk(numbers)
        try:
            article = begin_review(
                originals=[found[one] for one in dict.fromkeys(numbers) if one in found][:MOST_VOICES],
                language=language,
                by=user_of(request),
                now=timezone.now(),
            )
        except (NothingChosen, NoSuchLanguage) as refusal:
            messages.warning(request, str(refusal))
        else:
            return redirect("newsroom:review-page", article.pk)
    rows = tellers(story, language=language, on=timezone.localdate())
    return shown(
        request,
        "desk/press_review_begin.html",
        title=_("Press review: %s") % story.title,
        label=_("Press review"),
        icon="openquote",
        trail=[
            (_("Stories"), reverse("newsroom:stories")),
            (_("Story"), reverse("newsroom:story", args=[pk])),
        ],
        story=story,
        rows=rows,
        chosen=sum(row.is_chosen for row in rows),
        languages=[(code, own_name(code)) for code in site_codes()],
        language=language,
        fewest=FEWEST_VOICES,
        most=MOST_VOICES,
    )


@never_cache
@permission_required(EDITS)
@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a review: its words, its voices with the sentences that they could say, and what keeps it back."""
    return _page(request, _article(request, pk))


def _page(
    request: HttpRequest, article: Article, *, status: int = 200, form: ReviewForm | None = None
) -> HttpResponse:
    now = timezone.now()
    draft: Article = article.get_latest_revision_as_object() if article.latest_revision_id else article
    lines = [_line(article, one) for one in standings(article, now=now)]
    return shown(
        request,
        "desk/press_review.html",
        title=draft.headline,
        label=_("Press review"),
        icon="openquote",
        trail=[(_("Articles"), reverse("wagtailsnippets_articles_article:list"))],
        status=status,
        article=article,
        language=own_name(article.language),
        version=actions.version_of(article),
        form=form or ReviewForm(article, initial=_initial(request, draft)),
        lines=lines,
        waits=any(not one.voice.excerpt and not one.is_ours and not one.voice.trouble for one in lines),
        raw=sum(one.voice.machine_help == "raw" and bool(one.voice.excerpt) for one in lines),
        lacks=[] if article.live else _lacks(draft),
        edit_url=reverse("wagtailsnippets_articles_article:edit", args=[article.pk]),
        fewest=FEWEST_VOICES,
        most=MOST_VOICES,
    )


def _lacks(draft: Article) -> list[str]:
    return [one.message for one in lacks(draft, now=timezone.now())]


def _initial(request: HttpRequest, draft: Article) -> dict[str, Any]:
    authors = [credit.shown_name for credit in draft.credits_of(CreditRole.AUTHOR)]
    first = Section.objects.filter(locale=draft.locale).first()
    return {
        "headline": draft.headline,
        "standfirst": draft.standfirst,
        "section": draft.section or first,
        "byline": ", ".join(authors) or str(user_of(request)),
    }


def _line(article: Article, one: Standing) -> Line:
    voice = one.voice
    language = voice.original.language
    said = {quoted.number for quoted in voice.sentences}
    offers = tuple(
        Offer(sentence, sentence.number in said, counted_words(sentence.text, language=language))
        for sentence in sentences_of(voice.original)
    )
    return Line(one, offers, quota_of(voice), speaks_already(voice.original, article.language))


@permission_required(EDITS)
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save a review as it was written."""
    article = _article(request, pk)
    form = ReviewForm(article, request.POST)
    if not form.is_valid() or not _saved(request, article, form):
        return _page(request, article, status=422, form=form)
    if request.POST.get("then") == "publish":
        return _published(request, pk)
    messages.success(request, _("Saved."))
    return redirect("newsroom:review-page", pk)


def _saved(request: HttpRequest, article: Article, form: ReviewForm) -> bool:
    asked = form.cleaned_data
    headline = one_line(asked["headline"])
    try:
        actions.write_review(
            article=article,
            version=number(request.POST.get("version")),
            headline=headline,
            standfirst=asked["standfirst"],
            section=asked["section"],
            byline=one_line(asked["byline"]),
            slug=_slug(article, headline),
            words=_words(request, article),
            by=user_of(request),
            now=timezone.now(),
        )
    except actions.Overtaken as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors


def _slug(article: Article, headline: str) -> str:
    """One that has been out keeps its address; before that it follows the headline."""
    if article.first_published_at or headline == article.headline:
        return ""
    others = Article.objects.in_language(article.language).exclude(pk=article.pk)
    return slug_for(headline, keeps_script=True, is_taken=lambda slug: others.filter(slug=slug).exists())


def _words(request: HttpRequest, article: Article) -> list[actions.VoiceWords]:
    posted = request.POST
    rows = Voice.objects.filter(article=article).values_list("pk", flat=True)
    return [
        actions.VoiceWords(
            voice=pk,
            position=number(posted.get(f"position-{pk}")),
            headline=posted.get(f"headline-{pk}", ""),
            quoted=tuple(number(one) for one in posted.getlist(f"quoted-{pk}")),
            excerpt=posted.get(f"excerpt-{pk}", ""),
        )
        for pk in rows
        if f"headline-{pk}" in posted
    ]


def _published(request: HttpRequest, pk: int) -> HttpResponse:
    article = _article(request, pk)
    if request.POST.get("read"):
        actions.stand_for_drafts(article=article, by=user_of(request), now=timezone.now())
    try:
        publish(article=article, by=user_of(request), now=timezone.now())
    except (NotCleared, NotYourSection) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told(_("It is out: %s"), article.headline))
    return redirect("newsroom:review-page", pk)


@permission_required(EDITS)
@require_POST
def publish_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a review that is saved before readers, through the gate."""
    return _published(request, pk)


@never_cache
@permission_required(EDITS)
@require_GET
def drafts(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the memory and machines have drafted so far, for the page's script."""
    article = _article(request, pk)
    rows = Voice.objects.of(article)
    return JsonResponse(
        {
            "voices": [
                {"voice": row.pk, "headline": row.headline, "excerpt": row.excerpt, "trouble": row.trouble}
                for row in rows
            ]
        }
    )


@permission_required(EDITS)
@require_POST
def drop(request: HttpRequest, pk: int, voice: int) -> HttpResponse:
    """Take a voice out of its review."""
    article = _article(request, pk)
    found = get_object_or_404(Voice.objects.select_related("article", "original"), pk=voice, article=article)
    actions.drop_voice(voice=found, by=user_of(request), now=timezone.now())
    messages.success(request, told(_("Taken out: %s"), found.original.headline))
    return redirect("newsroom:review-page", pk)


def _article(request: HttpRequest, pk: int) -> Article:
    rows = articles_for(user_of(request)).filter(kind=Kind.PRESS_REVIEW).select_related("locale")
    return get_object_or_404(rows, pk=pk)
