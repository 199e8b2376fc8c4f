"""The room people, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.people"
    label = "people"
    verbose_name = _("People")
