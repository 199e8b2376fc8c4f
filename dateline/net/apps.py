"""The room net, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.net"
    label = "net"
    verbose_name = _("Doors to the outside")
