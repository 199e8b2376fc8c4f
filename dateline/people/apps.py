"""The room people, as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Signs the room in, and keeps the groups equal to the roles."""

    name = "dateline.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Lay the groups after the last room's permissions exist."""
        post_migrate.connect(lay_groups, dispatch_uid="people.lay_groups")


def lay_groups(**_signal: Any) -> None:
    """Make a group of each role and give it those of its permissions that exist by now."""
    from django.contrib.auth.models import Group, Permission

    from dateline.people.roles import ROLES

    known = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in Permission.objects.select_related("content_type")
    }
    for role in ROLES.values():
        group, _made = Group.objects.get_or_create(name=role.name)
        group.permissions.set([known[name] for name in role.permissions if name in known])
