"""Correcting an extraction by pointing at the snapshot; the correction becomes the rule of the site."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.desk.views.page import UNFIT, shown, told, user_of
from dateline.desk.views.picker import framed
from dateline.desk.views.picker_forms import CorrectForm
from dateline.intake.actions import NotRead
from dateline.intake.actions import site_rules as verbs
from dateline.intake.actions.site_rules import NothingToPointAt, ReadsNothing
from dateline.intake.channels.page_rules import BadRule
from dateline.intake.models import Correction, Original, SiteRule
from dateline.intake.models.site_rule import site_of
from dateline.intake.pointing import pointed_at
from dateline.intake.pointing_article import ROLES, ArticleLook
from dateline.intake.rules import LEAVE_OUT
from dateline.lib.text import cut, one_line

BODY: Final = "body"
ROLE_NAMES: Final = {
    "headline": gettext_lazy("the headline"),
    "standfirst": gettext_lazy("the standfirst"),
    "author": gettext_lazy("the author"),
    "date": gettext_lazy("the date"),
    BODY: gettext_lazy("the body: any paragraph of it"),
    LEAVE_OUT: gettext_lazy("a block to leave out"),
}
_LONGEST_MARKS: Final = 400


@permission_required("intake.sort_original")
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a snapshot to be pointed at, with what is read from it under the rules so far; save them."""
    piece = get_object_or_404(Original.objects.select_related("outlet"), pk=pk)
    if request.method == "POST":
        return _posted(request, piece)
    marks = _marks(request)
    return _page(request, piece, _look(piece, rules=_rules_so_far(request, piece), marks=marks), marks=marks)


@permission_required("intake.sort_original")
@require_GET
def correct_frame(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the snapshot itself, inert, each block with the link that chooses it."""
    piece = get_object_or_404(Original, pk=pk)
    try:
        found = verbs.frame_of_original(
            piece,
            rules=_rules_so_far(request, piece),
            state={**_marks(request), **_as_query(_carried(request))},
            role=_role(request),
        )
    except (NotRead, NothingToPointAt, BadRule) as trouble:
        return framed({"markup": "", "language": "", "direction": "auto", "title": str(trouble)})
    return framed(found)


@permission_required("intake.sort_original")
@require_POST
def undo_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Read an original again as it was first read."""
    piece = get_object_or_404(Original, pk=pk)
    verbs.undo_correction(original=piece, by=user_of(request), now=timezone.now())
    messages.success(request, told(_("Read again as it came: %s"), piece.headline))
    return redirect("newsroom:original", pk)


@permission_required("intake.sort_original")
@require_GET
def site_rules(request: HttpRequest) -> HttpResponse:
    """List what was said about sites."""
    return shown(
        request,
        "desk/correct_rules.html",
        title=_("Rules for sites"),
        icon="crosshairs",
        trail=[(_("Outlets"), reverse("newsroom:outlets"))],
        rules=[
            (rule, rule.as_rules()) for rule in SiteRule.objects.select_related("made_by", "from_original")
        ],
    )


@permission_required("intake.sort_original")
@require_POST
def forget_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Obey a site's rule no more."""
    rule = get_object_or_404(SiteRule, pk=pk)
    verbs.forget_rule(rule=rule, by=user_of(request), now=timezone.now())
    messages.success(request, _("The rule for %s is not obeyed any more.") % rule)
    return redirect("newsroom:site-rules")


def _posted(request: HttpRequest, piece: Original) -> HttpResponse:
    form = CorrectForm(request.POST)
    if not form.is_valid():
        return _page(request, piece, _look(piece, rules={}, marks={}), marks={}, form=form, status=UNFIT)
    if "save" in request.POST:
        try:
            correction = verbs.correct(
                original=piece,
                rules=form.rules(),
                is_for_site=form.cleaned_data["is_for_site"],
                path_pattern=form.cleaned_data["path_pattern"],
                by=user_of(request),
                now=timezone.now(),
            )
        except (BadRule, ReadsNothing, NothingToPointAt, NotRead) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _saved_words(correction))
            return redirect("newsroom:original", piece.pk)
    look = _look(piece, rules=form.rules(), marks={})
    bad = bool(form.errors) or bool(look.trouble)
    return _page(request, piece, look, marks={}, form=form, status=UNFIT if bad else 200)


def _saved_words(correction: Correction) -> str:
    if correction.rule is None:
        return _("Corrected. The rule is for this piece alone.")
    return _("Corrected. Pages of %s are read by this rule from now on.") % correction.rule


def _look(piece: Original, *, rules: Mapping[str, Any], marks: Mapping[str, str]) -> ArticleLook:
    try:
        return verbs.look_at_original(piece, rules=rules, marks=marks)
    except (NotRead, NothingToPointAt, BadRule) as trouble:
        return ArticleLook(rules=dict(rules), read=None, trouble=str(trouble))


def _page(
    request: HttpRequest,
    piece: Original,
    look: ArticleLook,
    *,
    marks: dict[str, str],
    form: CorrectForm | None = None,
    status: int = 200,
) -> HttpResponse:
    role = _role(request)
    carried = dict(look.rules) if request.method == "POST" else _carried(request)
    state = {**marks, **_as_query(carried)}
    rule = SiteRule.objects.for_page(piece.url)
    left_out = "\n".join(look.rules.get(LEAVE_OUT) or ())
    initial = {**look.rules, LEAVE_OUT: left_out, "path_pattern": rule.path_pattern if rule else ""}
    return shown(
        request,
        "desk/correct.html",
        title=_("Correct the reading"),
        icon="crosshairs",
        trail=[(cut(one_line(piece.headline), 60), reverse("newsroom:original", args=[piece.pk]))],
        original=piece,
        site=site_of(piece.url),
        rule=rule,
        look=look,
        form=form or CorrectForm(initial=initial),
        marks=marks,
        role=role,
        roles=[
            (name, words, urlencode({**state, "role": name}, doseq=True))
            for name, words in ROLE_NAMES.items()
        ],
        state=[(name, one) for name, value in state.items() for one in _each(value)],
        frame=reverse("newsroom:correct-frame", args=[piece.pk])
        + "?"
        + urlencode({**state, "role": role}, doseq=True),
        status=status,
    )


def _each(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(one) for one in value]


def _rules_so_far(request: HttpRequest, piece: Original) -> dict[str, Any]:
    """Return the rules that the picture starts from: those tried by hand, else those of the site."""
    by_hand = _carried(request)
    if by_hand:
        return by_hand
    rule = SiteRule.objects.for_page(piece.url)
    return rule.as_rules() if rule else {}


def _carried(request: HttpRequest) -> dict[str, Any]:
    """Return the rules that the address carries from click to click."""
    carried = {name: request.GET.getlist(f"r.{name}") for name in ROLES if request.GET.get(f"r.{name}")}
    return {name: texts if name == LEAVE_OUT else texts[0] for name, texts in carried.items()}


def _as_query(rules: Mapping[str, Any]) -> dict[str, Any]:
    return {f"r.{name}": value for name, value in rules.items()}


def _marks(request: HttpRequest) -> dict[str, str]:
    marks = {role: request.GET[role] for role in ROLES if 0 < len(request.GET.get(role, "")) < _LONGEST_MARKS}
    role, block = request.GET.get("as", ""), request.GET.get("block", "")
    if role not in ROLES or not block:
        return marks
    return {name: str(value) for name, value in pointed_at(block, {**marks}, role).items()}


def _role(request: HttpRequest) -> str:
    asked = request.GET.get("role", "") or request.GET.get("as", "")
    return asked if asked in ROLES else BODY
