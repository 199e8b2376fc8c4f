"""The picker: a page without a feed is shown, pointed at, and watched by the rules that come of it."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import any_permission_required, permission_required

from dateline.desk.views.page import UNFIT, shown, user_of
from dateline.desk.views.picker_forms import ITEM, LABELS, OTHERS, AddressForm, PageRulesForm
from dateline.intake.actions import NotRead
from dateline.intake.actions import page_channels as verbs
from dateline.intake.channels.page_rules import PARTS, BadRule, RulesFindNothing, texts_of, written
from dateline.intake.models import PointedPage
from dateline.intake.pointing import POLICY, document
from dateline.intake.pointing_look import HEADLINE, ROLES, SECOND, Look
from dateline.sources.actions import AlreadyWatched
from dateline.sources.models import Channel, Outlet

ROLE_NAMES: Final = {
    HEADLINE: gettext_lazy("a headline"),
    SECOND: gettext_lazy("another headline, of another block"),
    **{part: LABELS[part] for part in ("Timestamp", "Author", "Content", "Thumbnail")},
}
_may_pick = any_permission_required("sources.add_outlet", "sources.change_outlet")


@permission_required("sources.add_outlet")
@require_http_methods(["GET", "POST"])
def add_page(request: HttpRequest) -> HttpResponse:
    """Ask for the address of a page without a feed, fetch it, and go on to the picker."""
    form = AddressForm(request.POST or None, initial={"outlet": request.GET.get("outlet")})
    if request.method == "POST" and form.is_valid():
        try:
            page = verbs.lay_out(by=user_of(request), now=timezone.now(), **form.cleaned_data)
        except NotRead as trouble:
            form.add_error("address", str(trouble))
        except ValidationError as error:
            form.add_error("address", error.messages)
        else:
            return redirect("newsroom:pick-page", page.pk)
    return shown(
        request,
        "desk/pick_add.html",
        title=_("Add a page without a feed"),
        icon="crosshairs",
        trail=[(_("Outlets"), reverse("newsroom:outlets"))],
        form=form,
        channel=None,
        status=UNFIT if form.errors else 200,
    )


@permission_required("sources.change_outlet")
@require_http_methods(["GET", "POST"])
def channel_rules(request: HttpRequest, pk: int) -> HttpResponse:
    """Fetch the page of a channel again, to change the rules by which it is read."""
    channel = get_object_or_404(Channel, pk=pk, kind=Channel.Kind.PAGE)
    trouble = ""
    if request.method == "POST":
        try:
            page = verbs.lay_out(
                address=channel.address, channel=channel, by=user_of(request), now=timezone.now()
            )
        except NotRead as refusal:
            trouble = str(refusal)
        else:
            return redirect("newsroom:pick-page", page.pk)
    return shown(
        request,
        "desk/pick_add.html",
        title=_("Rules of %s") % channel,
        icon="crosshairs",
        trail=[(str(channel.outlet), reverse("newsroom:outlet", args=[channel.outlet_id]))],
        form=None,
        channel=channel,
        trouble=trouble,
        status=UNFIT if trouble else 200,
    )


@_may_pick
@require_http_methods(["GET", "POST"])
def pick_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the page and what rules find on it; point, try rules by hand, save them."""
    page = get_object_or_404(PointedPage.objects.select_related("channel", "outlet"), pk=pk)
    if request.method == "POST":
        return _posted(request, page)
    marks = _marks(request)
    chosen = _number(request.GET.get("candidate", ""))
    texts = _carried(request) or (texts_of(page.channel.rules) if page.channel else {})
    look = _look(page, marks=marks, chosen=chosen, texts=texts, others=_others_of(page.channel))
    return _picker(request, page, look, marks=marks)


@_may_pick
@require_GET
def pick_frame(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the page itself, inert, in a frame that may do nothing but lead back."""
    page = get_object_or_404(PointedPage, pk=pk)
    carried = _carried(request)
    try:
        rules = written(carried) if carried else {}
    except BadRule:
        rules = {}
    state = {**_marks(request), **_as_query(carried)}
    try:
        told = verbs.frame_of_page(page, state=state, role=_role(request), rules=rules)
    except NotRead as trouble:
        return framed({"markup": "", "language": "", "direction": "auto", "title": str(trouble)})
    return framed(told)


def framed(told: Mapping[str, str]) -> HttpResponse:
    """Return an inert page for a frame of the desk: no script, no request, no form."""
    whole = document(
        told["markup"],
        language=told["language"],
        direction=told["direction"],
        stylesheet=static("css/desk-picker-frame.css"),
        title=told["title"],
    )
    return HttpResponse(
        whole,
        headers={
            "Content-Security-Policy": POLICY,
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
        },
    )


def _posted(request: HttpRequest, page: PointedPage) -> HttpResponse:
    form = PageRulesForm(_with_used(request))
    if not form.is_valid():
        return _picker(request, page, _look(page, marks={}), marks={}, form=form, status=UNFIT)
    if "save" in request.POST:
        return _saved(request, page, form)
    look = _look(page, marks={}, texts=form.texts(), others=form.others())
    return _picker(request, page, look, marks={}, form=form, status=UNFIT if look.trouble else 200)


def _with_used(request: HttpRequest) -> dict[str, str]:
    """Return what was filled in, with the rule of a button that says "use this as the date"."""
    told = {name: str(value) for name, value in request.POST.items()}
    part, _colon, css = told.get("use", "").partition(":")
    return {**told, part: css} if part in PARTS else told


def _saved(request: HttpRequest, page: PointedPage, form: PageRulesForm) -> HttpResponse:
    words: dict[str, Any] = {
        "page": page,
        "texts": form.texts(),
        "others": form.others(),
        "by": user_of(request),
        "now": timezone.now(),
    }
    try:
        if page.channel:
            channel = verbs.change_rules(channel=page.channel, **words)
        else:
            told = form.cleaned_data
            channel = verbs.watch_page(outlet=told["outlet"], name=told["name"], title=told["title"], **words)
    except (BadRule, RulesFindNothing, AlreadyWatched, NotRead) as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as error:
        form.add_error(None, error.messages)
    else:
        messages.success(
            request, _("%s is read by these rules now; its first check is on its way.") % channel
        )
        return redirect("newsroom:outlet", channel.outlet_id)
    look = _look(page, marks={}, texts=form.texts(), others=form.others())
    return _picker(request, page, look, marks={}, form=form, status=UNFIT)


def _look(page: PointedPage, **words: Any) -> Look:
    try:
        return verbs.look_at_page(page, **words)
    except (NotRead, BadRule) as trouble:
        return Look(title="", language="", direction="auto", trouble=str(trouble))


def _picker(
    request: HttpRequest,
    page: PointedPage,
    look: Look,
    *,
    marks: dict[str, str],
    form: PageRulesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    role = _role(request)
    form = form or PageRulesForm(initial=_initial(page, look))
    chosen = _number(request.GET.get("candidate", ""))
    state = {**marks, **_as_query(look.texts)}
    return shown(
        request,
        "desk/pick_page.html",
        title=_("Point at a headline"),
        icon="crosshairs",
        trail=_trail(page),
        page=page,
        look=look,
        form=form,
        marks=marks,
        role=role,
        roles=[(name, told, urlencode({**state, "role": name})) for name, told in ROLE_NAMES.items()],
        chosen=chosen,
        pointed=[(ROLE_NAMES[name], words) for name, words in look.pointed.items()],
        choices=[(one, LABELS[one.part], f"{one.part}:{one.css}") for one in look.choices],
        frame=reverse("newsroom:pick-frame", args=[page.pk]) + "?" + urlencode({**state, "role": role}),
        status=status,
    )


def _initial(page: PointedPage, look: Look) -> dict[str, Any]:
    outlet: Outlet | None = page.outlet
    texts = {part or ITEM: text for part, text in look.texts.items()}
    return {
        **texts,
        **_others_of(page.channel),
        "outlet": outlet,
        "title": page.channel.title if page.channel else "",
    }


def _others_of(channel: Channel | None) -> dict[str, str]:
    return {name: channel.rules[name] for name in OTHERS if channel.rules.get(name)} if channel else {}


def _trail(page: PointedPage) -> list[tuple[str, str]]:
    outlets = (_("Outlets"), reverse("newsroom:outlets"))
    if page.outlet is None:
        return [outlets]
    return [outlets, (str(page.outlet), reverse("newsroom:outlet", args=[page.outlet.pk]))]


def _carried(request: HttpRequest) -> dict[str, str]:
    """Return the rules that the address carries from click to click."""
    return {part: text for part in ("", *PARTS) if (text := request.GET.get(f"r.{part or ITEM}", ""))}


def _as_query(texts: Mapping[str, str]) -> dict[str, str]:
    return {f"r.{part or ITEM}": text for part, text in texts.items()}


def _marks(request: HttpRequest) -> dict[str, str]:
    told = request.GET
    return {role: told[role] for role in ROLES if told.get(role, "").startswith("m") and len(told[role]) < 10}  # noqa: PLR2004


def _role(request: HttpRequest) -> str:
    """Return as what the next click counts: as asked, else as a headline, then as another one."""
    asked = request.GET.get("role", "")
    if asked in ROLES:
        return asked
    return SECOND if HEADLINE in request.GET else HEADLINE


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None  # noqa: PLR2004
