"""The room intake, as Django knows it."""

from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dateline.sources.finding import Findings, FoundFeed, sign_in


class IntakeConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.intake"
    label = "intake"
    verbose_name = _("Intake")

    def ready(self) -> None:
        """Find feeds for the room that watches outlets."""
        sign_in(_find, looker=_look)


def _find(url: str) -> FoundFeed:
    # What fetches and parses is only loaded when somebody looks for a feed.
    from dateline.intake.actions.finding import find_feed

    return find_feed(url, now=timezone.now())


def _look(url: str) -> Findings:
    from dateline.intake.actions.finding import look_around

    return look_around(url, now=timezone.now())
