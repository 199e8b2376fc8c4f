"""The room rights, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.rights"
    label = "rights"
    verbose_name = _("Rights")
