"""The rights in Wagtail's admin: their pages, the right to a picture, and how a permission is chosen."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from dateline.rights import urls
from dateline.rights.models import Permission, PicturePermission
from dateline.rights.queries import permissions


@hooks.register("register_admin_urls")
def rights_urls() -> list[URLResolver]:
    """Serve the desk's pages under rights/."""
    return [path("rights/", include(urls))]


class _ForThoseWith(MenuItem):
    """A menu item for those who have one of some permissions."""

    def __init__(self, *args: Any, any_of: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.any_of = any_of

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user has one of them."""
        return any(request.user.has_perm(name) for name in self.any_of)


@hooks.register("register_admin_menu_item")
def permissions_item() -> MenuItem:
    """Lead to the permissions."""
    return _ForThoseWith(
        _("Permissions"),
        reverse("rights:permissions"),
        name="permissions",
        icon_name="key",
        order=160,
        any_of=("rights.view_permission",),
    )


@hooks.register("register_admin_menu_item")
def withdrawals_item() -> MenuItem:
    """Lead to what was taken back."""
    return _ForThoseWith(
        _("Withdrawals"),
        reverse("rights:withdrawals"),
        name="withdrawals",
        icon_name="history",
        order=170,
        any_of=("rights.add_withdrawal", "rights.view_permission"),
    )


class PicturePermissionViewSet(ModelViewSet):
    """The rights to pictures."""

    model = PicturePermission
    icon = "image"
    menu_label = _("Picture rights")
    menu_name = "picture-rights"
    menu_order = 165
    add_to_admin_menu = True
    url_prefix = "rights/pictures"
    copy_view_enabled = False
    list_display: ClassVar = [
        "holder",
        Column("ground", label=_("Rests on"), accessor="get_ground_display", sort_key="ground"),
        "starts_on",
        "ends_on",
        BooleanColumn("is_revoked", label=_("Revoked"), sort_key="is_revoked"),
    ]
    panels: ClassVar = [
        FieldPanel("ground"),
        FieldPanel("holder"),
        FieldRowPanel([FieldPanel("agreement"), FieldPanel("licence")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("evidence"),
        FieldPanel("is_revoked"),
    ]


@hooks.register("register_admin_viewset")
def picture_permissions() -> ModelViewSet:
    """Let the rights to pictures be kept on the desk."""
    return PicturePermissionViewSet("picture-rights")


class _Guarded:
    """A chooser for those who may see what it lists."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("rights.view_permission"):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # of the view
        return answer

    def get_object_list(self) -> Any:
        """List them with what their names say."""
        return permissions(state=Permission.State.GRANTED)


class _Choose(_Guarded, ChooseView):
    per_page = 20


class _ChooseResults(_Guarded, ChooseResultsView):
    per_page = 20


class PermissionChooser(ChooserViewSet):
    """How an article's permission is chosen: from a list, never from a menu of thousands."""

    model = Permission
    icon = "key"
    choose_one_text = _("Choose a permission")
    choose_another_text = _("Choose another permission")
    choose_view_class = _Choose
    choose_results_view_class = _ChooseResults


@hooks.register("register_admin_viewset")
def permission_chooser() -> ChooserViewSet:
    """Let forms choose permissions."""
    return PermissionChooser("permission-chooser")
