"""The menu in Wagtail's admin, registered from its table."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from dateline.desk.menu import GROUP_OF, GROUPS, LINES, ORDER, UNUSED, UNUSED_SETTINGS, Group, Line

AFTER_EVERYTHING = 100


def may(user: Any, permission: str) -> bool:
    """Return whether somebody has a permission; those for pictures are given at a place, not as such."""
    app, _dot, codename = permission.partition(".")
    if app != "wagtailimages":
        return bool(user.has_perm(permission))
    policy = policy_registry.get_by_type(get_image_model())
    return bool(policy.user_has_permission(user, codename.partition("_")[0]))


class LineItem(MenuItem):
    """A line of the menu for those who may go where it leads."""

    def __init__(self, line: Line) -> None:
        super().__init__(
            line.label, reverse(line.address), name=line.name, icon_name=line.icon, order=ORDER[line.name]
        )
        self.permissions = line.permissions

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user has one of its permissions."""
        return any(may(request.user, permission) for permission in self.permissions)


for _line in LINES:
    if _line.address:
        hooks.register("register_admin_menu_item", partial(LineItem, _line))


@hooks.register("construct_main_menu", order=AFTER_EVERYTHING)
def as_an_editor_thinks(request: HttpRequest, items: list[MenuItem]) -> None:
    """Show what a newsroom uses, in the order in which it uses it, and what belongs together as one group."""
    shown = sorted(_flat(request, items), key=lambda item: item.order)
    grouped = {
        group.name: [item for item in shown if GROUP_OF.get(item.name) == group.name] for group in GROUPS
    }
    alone = [item for item in shown if item.name not in GROUP_OF]
    items[:] = [*alone, *(_one_line(group, grouped[group.name]) for group in GROUPS if grouped[group.name])]


def _flat(request: HttpRequest, items: list[MenuItem]) -> list[MenuItem]:
    """Return what is used, each with its place; the lines of a group that another room made stand for themselves."""
    flat = [item for item in items if item.name not in UNUSED and item.name != "paper"]
    for item in items:
        if item.name == "paper":
            flat += item.menu.menu_items_for_request(request)
    for item in flat:
        item.order = ORDER.get(item.name, item.order)
    return flat


def _one_line(group: Group, items: list[MenuItem]) -> MenuItem:
    """Return a group as one line that opens; of a single item that item, which opens nothing."""
    if len(items) == 1:
        return items[0]
    return SubmenuMenuItem(
        group.label, Menu(items=items), name=f"group-{group.name}", icon_name=group.icon, order=items[0].order
    )


@hooks.register("construct_settings_menu")
def only_what_is_ours(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Show the settings that mean something here."""
    items[:] = [item for item in items if item.name not in UNUSED_SETTINGS]
