"""The workbench in Wagtail's admin: its pages, its menu, and how an original is chosen."""

from typing import Any, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.action_menu import ActionMenuItem

from dateline.articles.kinds import USE_OF_KIND
from dateline.articles.models import Article
from dateline.desk import hooks_overview, hooks_rights, hooks_work, hooks_writing, urls  # noqa: F401 - its doors are registered by reading it
from dateline.intake.models import Original

# Parts of Wagtail that say nothing about a press digest, or would be undone at the next start: its
# documents (an agreement's letter has its own place), its help, groups (roles are data), locales (the
# identity has the languages), sites, collections, workflows.
UNUSED: Final = frozenset({"documents", "help", "snippets"})
UNUSED_SETTINGS: Final = frozenset(
    {"groups", "locales", "sites", "collections", "workflows", "workflow-tasks"}
)
ORDER: Final = {
    "newslist": 100,
    "stories": 105,
    "write": 110,
    "paper": 120,
    "translations": 130,
    "beat": 135,
    "take": 115,
    "changes": 135,
    "outlets": 140,
    "deliveries": 145,
    "agreements": 150,
    "requests": 155,
    "permissions": 160,
    "picture-rights": 165,
    "withdrawals": 170,
    "images": 180,
    "explorer": 190,
    "reports": 9000,
    "settings": 10000,
}


class ItemForThoseWith(MenuItem):
    """A menu item for those who have a permission."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user has it."""
        return request.user.has_perm(self.permission)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLResolver]:
    """Serve the workbench's pages beside Wagtail's."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def newslist_item() -> MenuItem:
    """Lead to what came in."""
    return ItemForThoseWith(
        _("Newslist"),
        reverse("wagtailadmin_home"),
        name="newslist",
        icon_name="list-ul",
        permission="intake.view_original",
    )


@hooks.register("register_admin_menu_item")
def write_item() -> MenuItem:
    """Lead to a new exclusive."""
    return ItemForThoseWith(
        _("Write"),
        reverse(Article.snippet_viewset.get_url_name("add")),
        name="write",
        icon_name="edit",
        permission="articles.add_article",
    )


@hooks.register("register_admin_menu_item")
def beat_item() -> MenuItem:
    """Lead to what the digest is about."""
    return ItemForThoseWith(
        _("Beat"),
        reverse("newsroom:beat"),
        name="beat",
        icon_name="crosshairs",
        permission="intake.view_beat",
    )


@hooks.register("register_admin_menu_item")
def stories_item() -> MenuItem:
    """Lead to what is going on."""
    return ItemForThoseWith(
        _("Stories"),
        reverse("newsroom:stories"),
        name="stories",
        icon_name="folder-open-inverse",
        permission="intake.view_original",
    )


@hooks.register("register_admin_menu_item")
def outlets_item() -> MenuItem:
    """Lead to the outlets."""
    return ItemForThoseWith(
        _("Outlets"),
        reverse("newsroom:outlets"),
        name="outlets",
        icon_name="globe",
        permission="sources.view_outlet",
    )


@hooks.register("register_admin_menu_item")
def changes_item() -> MenuItem:
    """Lead to what outlets changed after we had it."""
    return ItemForThoseWith(
        _("Changes"),
        reverse("newsroom:changes"),
        name="changes",
        icon_name="history",
        permission="intake.view_original",
    )


@hooks.register("register_admin_menu_item")
def take_item() -> MenuItem:
    """Lead to taking a piece by hand."""
    return ItemForThoseWith(
        _("Take a piece"),
        reverse("newsroom:take"),
        name="take",
        icon_name="download",
        permission="intake.sort_original",
    )


@hooks.register("register_admin_menu_item")
def deliveries_item() -> MenuItem:
    """Lead to what is brought."""
    return ItemForThoseWith(
        _("Deliveries"),
        reverse("newsroom:deliveries"),
        name="deliveries",
        icon_name="mail",
        permission="sources.view_outlet",
    )


@hooks.register("register_admin_menu_item")
def requests_item() -> MenuItem:
    """Lead to what outlets are asked for."""
    return ItemForThoseWith(
        _("Requests"),
        reverse("newsroom:requests"),
        name="requests",
        icon_name="mail",
        permission="rights.view_permission",
    )


@hooks.register("construct_main_menu")
def in_the_order_of_the_work(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Show what a newsroom uses, in the order in which it uses it."""
    items[:] = [item for item in items if item.name not in UNUSED]
    for item in items:
        item.order = ORDER.get(item.name, item.order)
        if item.name == "images":
            item.label = _("Pictures")


@hooks.register("construct_settings_menu")
def only_what_is_ours(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Show the settings that mean something here."""
    items[:] = [item for item in items if item.name not in UNUSED_SETTINGS]


@hooks.register("insert_global_admin_css")
def desk_styles() -> str:
    """Bring the workbench's few styles."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk.css"))


class CoverDoor(ActionMenuItem):
    """From an article's form to what covers it."""

    name = "cover"
    label = _("What covers it")
    icon_name = "key"
    order = 90

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it for what is made from an original, to those who may find its permission."""
        article, user = context.get("instance"), context["request"].user
        may = user.has_perm("intake.sort_original") or user.has_perm("rights.add_permission")
        return bool(may and article and article.pk and article.original_id and article.kind in USE_OF_KIND)

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Lead to the page that says what covers it."""
        return reverse("newsroom:cover", args=[parent_context["instance"].pk])


class WithdrawDoor(ActionMenuItem):
    """From an article's form to taking it back."""

    name = "withdraw"
    label = _("Withdraw…")
    icon_name = "warning"
    order = 95

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Show it for what readers see, to those who may take it back."""
        article = context.get("instance")
        return bool(article and article.live and context["request"].user.has_perm("rights.add_withdrawal"))

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Lead to the page that asks why."""
        return reverse("newsroom:withdraw", args=[parent_context["instance"].pk])


@hooks.register("register_snippet_action_menu_item")
def cover_door(model: type) -> ActionMenuItem | None:
    """Put the door to the rights into an article's form."""
    return CoverDoor() if model is Article else None


@hooks.register("register_snippet_action_menu_item")
def withdraw_door(model: type) -> ActionMenuItem | None:
    """Put the door to a withdrawal into an article's form."""
    return WithdrawDoor() if model is Article else None


class OriginalFilterForm(BaseFilterForm):
    """Finds originals by a word of their headline."""

    q = forms.CharField(label=_("In the headline"), required=False)

    def filter(self, objects: Any) -> Any:
        """Return those whose headline has it."""
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        return objects.filter(headline__icontains=self.search_query) if self.search_query else objects


class _Guarded:
    """A chooser for those who may see what came in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("intake.view_original"):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # of the view
        return answer

    def get_object_list(self) -> Any:
        """List them newest first, without their bodies."""
        return Original.objects.newest().defer("body_html", "body_text")


class _Choose(_Guarded, ChooseView):
    filter_form_class = OriginalFilterForm
    per_page = 20


class _ChooseResults(_Guarded, ChooseResultsView):
    filter_form_class = OriginalFilterForm
    per_page = 20


class OriginalChooser(ChooserViewSet):
    """How an article's original is chosen: found by its headline, never from a menu of thousands."""

    model = Original
    icon = "doc-empty"
    choose_one_text = _("Choose an original")
    choose_another_text = _("Choose another original")
    choose_view_class = _Choose
    choose_results_view_class = _ChooseResults


@hooks.register("register_admin_viewset")
def original_chooser() -> ChooserViewSet:
    """Let forms choose originals."""
    return OriginalChooser("original-chooser")
