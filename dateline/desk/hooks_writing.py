"""Doors on an article's form: putting it right, what changed at its source, the right of reply."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.action_menu import ActionMenuItem

from dateline.articles.models import Article, SourceAnswer


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
        return bool(article and article.pk and context["request"].user.has_perm("articles.change_article"))

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
