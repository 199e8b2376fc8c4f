"""The room people, as Django knows it."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    """Signs the room in, and keeps the groups equal to the roles."""

    default = True
    name = "dateline.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Lay the groups after the last room's permissions exist."""
        post_migrate.connect(lay_groups, dispatch_uid="people.lay_groups")


class StaffListConfig(WagtailUsersAppConfig):
    """Wagtail's list of accounts, with staff alone on it."""

    user_viewset = "dateline.people.views.staff_list.StaffViewSet"


def lay_groups(sender: Any = None, **_signal: Any) -> None:
    """Make a group of each role and give it what the role may do, once the last app has laid its permissions."""
    # Roles are for the desk: a process that has only the first rooms, without it, needs none.
    if not apps.is_installed("wagtail") or (sender is not None and sender is not _last_to_migrate()):
        return
    from dateline.people.actions import forget_wagtails_groups, lay_roles
    from dateline.people.roles import ROLES

    lay_roles(ROLES.values())
    forget_wagtails_groups()


def _last_to_migrate() -> AppConfig:
    return [config for config in apps.get_app_configs() if config.models_module is not None][-1]
