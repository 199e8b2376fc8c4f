"""The room sources, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.sources"
    label = "sources"
    verbose_name = _("Sources")

    def ready(self) -> None:
        """Keep the turns of the hosts that the doors ask."""
        from dateline.net.turns import sign_in
        from dateline.sources.actions.turns import HostTurns

        sign_in(HostTurns())
