"""The desk's work in Wagtail's admin: its places in the menu, its doors on an article's form."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.action_menu import ActionMenuItem

from dateline.articles.models import Article


class WorkItem(MenuItem):
    """A menu item for those who work here."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user does."""
        return request.user.has_perm("desk.view_own_work")


@hooks.register("register_admin_menu_item")
def today_item() -> MenuItem:
    """Lead to what waits for me."""
    return WorkItem(_("My work today"), reverse("newsroom:today"), name="today", icon_name="user", order=90)


@hooks.register("register_admin_menu_item")
def board_item() -> MenuItem:
    """Lead to the board."""
    return WorkItem(_("Board"), reverse("newsroom:board"), name="board", icon_name="table", order=107)


@hooks.register("register_admin_menu_item")
def had_item() -> MenuItem:
    """Lead to what we had."""
    return WorkItem(
        _("Have we had this?"), reverse("newsroom:had"), name="had", icon_name="search", order=108
    )


class ArticleDoor(ActionMenuItem):
    """From an article's form to one of the desk's pages about it."""

    address: str
    permission = "desk.view_own_work"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it for an article that exists, to those who may pass."""
        article = context.get("instance")
        return bool(article and article.pk and context["request"].user.has_perm(self.permission))

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Lead to the page."""
        return reverse(self.address, args=[parent_context["instance"].pk])


class CommentsDoor(ArticleDoor):
    """To what is said about it."""

    name = "desk-comments"
    label = _("Comments")
    icon_name = "comment"
    order = 80
    address = "newsroom:article-comments"


class AssignDoor(ArticleDoor):
    """To who does what for it."""

    name = "desk-assign"
    label = _("Assign")
    icon_name = "user"
    order = 82
    address = "newsroom:assign-article"
    permission = "desk.add_assignment"


@hooks.register("register_snippet_action_menu_item")
def comments_door(model: type) -> ActionMenuItem | None:
    """Put the door to the comments into an article's form."""
    return CommentsDoor() if model is Article else None


@hooks.register("register_snippet_action_menu_item")
def assign_door(model: type) -> ActionMenuItem | None:
    """Put the door to the assignments into an article's form."""
    return AssignDoor() if model is Article else None
