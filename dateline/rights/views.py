"""The rights on the desk: permissions, grants, what was taken back, and how far each withdrawal is."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import any_permission_required, permission_required
from wagtail.admin.paginator import WagtailPaginator

from dateline.agreements.forms import RevokeForm
from dateline.intake.models import Original
from dateline.lib.text import cut, one_line
from dateline.people.models import User
from dateline.rights import actions, queries
from dateline.rights.forms import GrantForm
from dateline.rights.models import Permission
from dateline.site.queries import identity, zone

PAGE: Final = 50
UNFIT: Final = 422


@permission_required("rights.view_permission")
@require_GET
def permissions(request: HttpRequest) -> HttpResponse:
    """List the permissions, newest first, all or those of one state."""
    state = request.GET.get("state", "")
    state = state if state in Permission.State.values else ""
    context = _page_of(request, queries.permissions(state=state))
    return _shown(
        request,
        "rights/permissions.html",
        title=_("Permissions"),
        states=Permission.State.choices,
        state=state,
        may_revoke=_user(request).has_perm("rights.change_permission"),
        **context,
    )


@permission_required("rights.add_permission")
@require_http_methods(["GET", "POST"])
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that an outlet granted one use of one original."""
    original = get_object_or_404(Original.objects.select_related("outlet"), pk=pk)
    form = GrantForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by = _user(request)
        actions.record_grant(original=original, by=by, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The grant is recorded."))
        return redirect("rights:permissions")
    title = _("Record a grant")
    status = UNFIT if form.errors else 200
    return _shown(request, "rights/grant.html", title=title, original=original, form=form, status=status)


@permission_required("rights.change_permission")
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then take a permission back."""
    permission = get_object_or_404(queries.permissions(), pk=pk)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.revoke(permission=permission, reason=reason, by=_user(request), now=timezone.now())
        messages.success(request, _("Revoked: the gate refuses what rests on it."))
        return redirect("rights:permissions")
    return _shown(
        request,
        "rights/revoke.html",
        title=_("Revoke a permission"),
        permission=permission,
        form=form,
        status=UNFIT if form.errors else 200,
    )


@any_permission_required("rights.view_permission", "rights.add_withdrawal")
@require_GET
def withdrawals(request: HttpRequest) -> HttpResponse:
    """List what was taken back, with what each surface has said."""
    context = _page_of(request, queries.withdrawals())
    return _shown(request, "rights/withdrawals.html", title=_("Withdrawals"), **context)


def _page_of(request: HttpRequest, rows: Any) -> dict[str, Any]:
    paginator = WagtailPaginator(rows, per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    return {"page": page, "elided_page_range": paginator.get_elided_page_range(page.number)}


def _shown(
    request: HttpRequest, template: str, *, title: str, status: int = 200, **context: Any
) -> HttpResponse:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Newslist")},
        {"url": "", "label": cut(one_line(title), 120)},
    ]
    furniture = {"header_title": title, "header_icon": "key", "breadcrumbs_items": crumbs}
    with timezone.override(zone(identity())):
        return render(request, template, {**furniture, **context}, status=status)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  # Wagtail's door lets nobody else in
    return request.user
