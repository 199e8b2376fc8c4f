"""The door in Wagtail's admin to the rights that end soon."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


class _ItemForThoseWithRights(MenuItem):
    """A menu item for those who may see permissions."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may."""
        return request.user.has_perm("rights.view_permission")


@hooks.register("register_admin_menu_item")
def rights_ahead_item() -> MenuItem:
    """Lead to what ends soon."""
    return _ItemForThoseWithRights(
        _("Rights ahead"), reverse("newsroom:rights-ahead"), name="rights-ahead", icon_name="date", order=155
    )
