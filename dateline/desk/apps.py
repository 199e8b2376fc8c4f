"""The room desk, as Django knows it."""

from collections.abc import Collection

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dateline.intake import keepers


class DeskConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.desk"
    label = "desk"
    verbose_name = _("The desk")

    def ready(self) -> None:
        """Say on which originals this room rests, and enter what is done by forms into the audit."""
        from dateline.desk import signals  # noqa: F401 - its receivers are connected by reading it

        keepers.sign_in("desk", _resting)


def _resting(originals: Collection[int]) -> dict[int, keepers.Ground]:
    """Return the originals that were picked, or speak in a press review."""
    from dateline.desk.models import Pick, PressVoice

    found = Pick.objects.filter(original__in=originals).values_list("original", flat=True)
    heard = PressVoice.objects.filter(original__in=originals).values_list("original", flat=True)
    voices = {original: keepers.Ground(reason="it speaks in a press review") for original in heard}
    return voices | {original: keepers.Ground(reason="it was picked") for original in found}
