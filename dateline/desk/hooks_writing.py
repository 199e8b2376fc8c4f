"""Doors to writing and putting right: in the menu, and on an article's form."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.action_menu import ActionMenuItem

from dateline.articles.models import Article, SourceAnswer
from dateline.site.queries import identity


class ItemForThoseWith(MenuItem):
    """A menu item for those who have a permission."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user has it."""
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_menu_item")
def my_pieces_item() -> MenuItem:
    """Lead a contributor to what they handed in."""
    return ItemForThoseWith(
        _("My pieces"),
        reverse("newsroom:my-pieces"),
        name="my-pieces",
        icon_name="edit",
        order=91,
        permission="desk.add_submission",
    )


@hooks.register("register_admin_menu_item")
def writing_item() -> MenuItem:
    """Lead the desk to ideas and to what was handed in."""
    return ItemForThoseWith(
        _("Ideas and submissions"),
        reverse("newsroom:writing"),
        name="writing",
        icon_name="edit",
        order=112,
        permission="articles.publish_article",
    )


class SecondLookDoor(ActionMenuItem):
    """To noting that one has read it."""

    name = "second-look"
    label = _("Second pair of eyes")
    icon_name = "view"
    order = 75

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it for an article that exists, where the site demands it."""
        article, user = context.get("instance"), context["request"].user
        may = user.has_perm("articles.publish_article")
        return bool(article and article.pk and may and identity().two_pairs_of_eyes)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Lead to the page."""
        return reverse("newsroom:second-look", args=[parent_context["instance"].pk])


@hooks.register("register_snippet_action_menu_item")
def second_look_door(model: type) -> ActionMenuItem | None:
    """Put the door into an article's form."""
    return SecondLookDoor() if model is Article else None


class PutRightDoor(ActionMenuItem):
    """To correcting, updating, recalling or killing it."""

    name = "put-right"
    label = _("Put right…")
    icon_name = "edit"
    order = 93

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it for what readers see, to those who may correct or take back."""
        article, user = context.get("instance"), context["request"].user
        may = user.has_perm("articles.publish_article") or user.has_perm("rights.add_withdrawal")
        return bool(article and article.live and may)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Lead to the page."""
        return reverse("newsroom:put-right", args=[parent_context["instance"].pk])


class SourceDoor(ActionMenuItem):
    """To what changed at its source."""

    name = "source-changed"
    label = _("Its source changed: look")
    icon_name = "history"
    order = 70

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it while a change waits for an answer."""
        article, user = context.get("instance"), context["request"].user
        if not article or not article.pk or not user.has_perm("intake.view_original"):
            return False
        return bool(SourceAnswer.objects.unanswered(article).exists())

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Lead to the page."""
        return reverse("newsroom:source-changed", args=[parent_context["instance"].pk])


class RepliesDoor(ActionMenuItem):
    """To who is asked for a reply."""

    name = "replies"
    label = _("Right of reply")
    icon_name = "comment"
    order = 85

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it for an article that exists."""
        article = context.get("instance")
        return bool(article and article.pk and context["request"].user.has_perm("articles.publish_article"))

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Lead to the page."""
        return reverse("newsroom:replies", args=[parent_context["instance"].pk])


@hooks.register("register_snippet_action_menu_item")
def put_right_door(model: type) -> ActionMenuItem | None:
    """Put the door into an article's form."""
    return PutRightDoor() if model is Article else None


@hooks.register("register_snippet_action_menu_item")
def source_door(model: type) -> ActionMenuItem | None:
    """Put the door into an article's form."""
    return SourceDoor() if model is Article else None


@hooks.register("register_snippet_action_menu_item")
def replies_door(model: type) -> ActionMenuItem | None:
    """Put the door into an article's form."""
    return RepliesDoor() if model is Article else None
