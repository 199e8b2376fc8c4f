"""Doors in Wagtail's admin to the audit, the overview and the library of pictures."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry
from wagtail.snippets.action_menu import ActionMenuItem

from dateline.articles.models import Article


class _ItemForThoseWith(MenuItem):
    """A menu item for those who have a permission."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user has it."""
        return request.user.has_perm(self.permission)


class _ItemForThosePictures(MenuItem):
    """A menu item for those who keep pictures."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may add or change some."""
        policy = policy_registry.get_by_type(get_image_model())
        return bool(policy.user_has_any_permission(request.user, ["add", "change"]))


@hooks.register("register_reports_menu_item")
def audit_item() -> MenuItem:
    """Lead to what was done."""
    return _ItemForThoseWith(
        _("What was done"),
        reverse("newsroom:audit"),
        name="audit",
        icon_name="history",
        order=10,
        permission="people.view_auditentry",
    )


@hooks.register("register_admin_menu_item")
def overview_item() -> MenuItem:
    """Lead to the figures of the day."""
    return _ItemForThoseWith(
        _("Overview"),
        reverse("newsroom:overview"),
        name="overview",
        icon_name="table",
        order=175,
        permission="rights.view_permission",
    )


@hooks.register("register_admin_menu_item")
def library_item() -> MenuItem:
    """Lead to the library of pictures."""
    return _ItemForThosePictures(
        _("Library of pictures"), reverse("newsroom:pictures"), name="library", icon_name="image", order=178
    )


class HistoryDoor(ActionMenuItem):
    """From an article's form to all that was done to it."""

    name = "audit"
    label = _("All that was done to it")
    icon_name = "history"
    order = 97

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it for what is saved, to those who may read the audit."""
        article = context.get("instance")
        return bool(article and article.pk and context["request"].user.has_perm("people.view_auditentry"))

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Lead to the audit of this piece."""
        article = parent_context["instance"]
        asked = {"subject_type": article._meta.label_lower, "subject_id": article.pk}
        return f"{reverse('newsroom:audit')}?{urlencode(asked)}"


@hooks.register("register_snippet_action_menu_item")
def history_door(model: type) -> ActionMenuItem | None:
    """Put the door to its audit into an article's form."""
    return HistoryDoor() if model is Article else None
