"""The room net, as Django knows it."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class NetConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.net"
    label = "net"
    verbose_name = _("Doors to the outside")

    def ready(self) -> None:
        """Have the operator's pairs checked at start."""
        from dateline.net.doors import check_allowed_pairs

        register(check_allowed_pairs)
