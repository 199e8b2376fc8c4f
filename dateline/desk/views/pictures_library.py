"""The library of pictures: what there is, why it may be shown, where it is used; and taking one in."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test
from wagtail.admin.paginator import WagtailPaginator
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from dateline.desk.actions.pictures import NoCredit, credit_pictures, take_picture
from dateline.desk.queries.pictures import LACKS, library
from dateline.desk.queries.pictures import shown as with_rights
from dateline.desk.views.page import UNFIT, next_url, shown, told, user_of
from dateline.desk.views.picture_forms import UploadForm
from dateline.site.queries import identity, zone

PAGE: Final = 40
LACK_NAMES: Final = {
    "": gettext_lazy("all"),
    "soon": gettext_lazy("whose right ends within 30 days"),
    "ended": gettext_lazy("whose right has ended"),
    "credit": gettext_lazy("without a credit"),
    "words": gettext_lazy("without alternative words"),
    "right": gettext_lazy("without a right"),
    "unused": gettext_lazy("used nowhere"),
}


def _policy() -> Any:
    """Return Wagtail's rules about pictures; they do not stand before every room is ready."""
    return policy_registry.get_by_type(get_image_model())


def _for_those_who_may(*actions: str) -> Any:
    return user_passes_test(lambda user: _policy().user_has_any_permission(user, actions))


@_for_those_who_may("add", "change")
@require_GET
def pictures(request: HttpRequest) -> HttpResponse:
    """List the pictures, newest first, each with its credit, its right and its uses."""
    words = request.GET.get("q", "").strip()[:200]
    lack = request.GET.get("lack", "")
    lack = lack if lack in LACKS else ""
    today = timezone.now().astimezone(zone(identity())).date()
    paginator = WagtailPaginator(library(words=words, lack=lack, on=today), per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    return shown(
        request,
        "desk/pictures_library.html",
        title=_("Library of pictures"),
        icon="image",
        trail=[],
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
        lines=with_rights(list(page.object_list), on=today),
        words=words,
        lack=lack,
        lacks=list(LACK_NAMES.items()),
        may_change=_policy().user_has_permission(request.user, "change"),
        may_add=_policy().user_has_permission(request.user, "add"),
    )


@_for_those_who_may("add")
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a picture in, with its credit and its right in one form."""
    user = user_of(request)
    may_permit = user.has_perm("rights.add_picturepermission")
    given: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    known = {name: request.GET.get(name, "") for name in ("title", "description", "credit", "source_url")}
    form = UploadForm(*given, may_permit=may_permit, initial=known)
    if request.method == "POST" and form.is_valid():
        picture = take_picture(by=user, now=timezone.now(), **form.wanted())
        messages.success(
            request,
            told(_("Taken in: %s. Choose now what must stay in view when it is cropped."), picture.title),
        )
        return redirect("wagtailimages:edit", picture.pk)
    return shown(
        request,
        "desk/picture_upload.html",
        title=_("Add a picture"),
        icon="image",
        trail=[(_("Library of pictures"), reverse("newsroom:pictures"))],
        form=form,
        twins=form.twins,
        status=UNFIT if form.errors else 200,
    )


@_for_those_who_may("change")
@require_POST
def credit(request: HttpRequest) -> HttpResponse:
    """Give the chosen pictures one credit."""
    chosen = [int(pk) for pk in request.POST.getlist("picture") if pk.isdecimal() and len(pk) < 10]  # noqa: PLR2004 - as keys are
    mine = _policy().instances_user_has_permission_for(request.user, "change").filter(pk__in=chosen)
    numbers = list(mine.values_list("pk", flat=True))
    if not numbers:
        messages.warning(request, _("Choose pictures first."))
    else:
        _credited(request, numbers)
    return redirect(next_url(request) or reverse("newsroom:pictures"))


def _credited(request: HttpRequest, numbers: list[int]) -> None:
    words = request.POST.get("credit", "")[:200]
    try:
        count = credit_pictures(numbers=numbers, credit=words, by=user_of(request), now=timezone.now())
    except NoCredit as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            ngettext("%d picture has another credit now.", "%d pictures have another credit now.", count)
            % count,
        )
