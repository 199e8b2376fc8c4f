"""From an article's form to the desk's pages about it: one table, and the hooks that register it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Locale
from wagtail.snippets.action_menu import ActionMenuItem

from dateline.articles.kinds import USE_OF_KIND
from dateline.articles.models import Article, SourceAnswer
from dateline.site.queries import identity


def _always(_article: Article) -> bool:
    return True


def _of_itself(_article: Article) -> str:
    return ""


@dataclass(frozen=True)
class Door:
    """A way from an article's form. permissions: one of which is enough. opens: for which articles."""

    name: str
    label: Any
    icon: str
    address: str
    permissions: tuple[str, ...]
    opens: Callable[[Article], bool] = _always
    # What is asked of the page, where that is not the article of its address.
    asked: Callable[[Article], str] = _of_itself


def _is_made_of_one(article: Article) -> bool:
    return bool(article.original_id and article.kind in USE_OF_KIND)


def _its_audit(article: Article) -> str:
    return urlencode({"subject_type": article._meta.label_lower, "subject_id": article.pk})


PUBLISHES: Final = ("articles.publish_article",)
# In the order of the menu under the form.
DOORS: Final = (
    Door(
        "source-changed",
        _("Its source changed: look"),
        "history",
        "newsroom:source-changed",
        ("intake.view_original",),
        lambda article: SourceAnswer.objects.unanswered(article).exists(),
    ),
    Door(
        "second-look",
        _("Second pair of eyes"),
        "view",
        "newsroom:second-look",
        PUBLISHES,
        lambda _article: identity().two_pairs_of_eyes,
    ),
    Door("review", _("Read by people"), "check", "newsroom:review", ("articles.view_article",)),
    Door("desk-comments", _("Comments"), "comment", "newsroom:article-comments", ("desk.view_own_work",)),
    Door("desk-assign", _("Assign"), "user", "newsroom:assign-article", ("desk.add_assignment",)),
    Door(
        "translate-own",
        _("Translate into another of our languages"),
        "globe",
        "newsroom:translate-own",
        ("articles.change_article",),
        lambda article: not article.is_composed and Locale.objects.count() > 1,
    ),
    Door("replies", _("Right of reply"), "comment", "newsroom:replies", PUBLISHES),
    Door(
        "cover",
        _("What covers it"),
        "key",
        "newsroom:cover",
        ("intake.sort_original", "rights.add_permission"),
        _is_made_of_one,
    ),
    Door(
        "source-pictures",
        _("Pictures of the source"),
        "image",
        "newsroom:article-pictures",
        ("intake.view_original",),
        lambda article: bool(article.original and article.original.pictures),
    ),
    Door(
        "put-right",
        _("Put right…"),
        "edit",
        "newsroom:put-right",
        (*PUBLISHES, "rights.add_withdrawal"),
        lambda article: article.live,
    ),
    Door(
        "withdraw",
        _("Withdraw…"),
        "warning",
        "newsroom:withdraw",
        ("rights.add_withdrawal",),
        lambda article: article.live,
    ),
    Door(
        "audit",
        _("All that was done to it"),
        "history",
        "newsroom:audit",
        ("people.view_auditentry",),
        asked=_its_audit,
    ),
)


class DoorItem(ActionMenuItem):
    """A door, as Wagtail's form shows it."""

    def __init__(self, door: Door, order: int) -> None:
        super().__init__(order)
        self.door, self.name, self.label, self.icon_name = door, door.name, door.label, door.icon

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it for an article that is saved and has something there, to those who may pass."""
        article, user = context.get("instance"), context["request"].user
        may = any(user.has_perm(permission) for permission in self.door.permissions)
        return bool(may and article and article.pk and self.door.opens(article))

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Lead to the page."""
        article = parent_context["instance"]
        if asked := self.door.asked(article):
            return f"{reverse(self.door.address)}?{asked}"
        return reverse(self.door.address, args=[article.pk])


def _register(door: Door, order: int) -> None:
    @hooks.register("register_snippet_action_menu_item")
    def put_into_the_form(model: type) -> ActionMenuItem | None:
        return DoorItem(door, order) if model is Article else None


for _order, _door in enumerate(DOORS, 70):
    _register(_door, _order)
