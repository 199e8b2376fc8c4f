"""The room rights, as Django knows it."""

from collections.abc import Collection

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dateline.intake import keepers


class RightsConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.rights"
    label = "rights"
    verbose_name = _("Rights")

    def ready(self) -> None:
        """Say on which originals this room rests; keep what is held, and follow what changes a right."""
        from dateline.rights import signals

        keepers.sign_in("rights", _resting)
        signals.connect()


def _resting(originals: Collection[int]) -> dict[int, keepers.Ground]:
    """Return the originals that are held, and those for which a permission was proposed, asked for, granted …"""
    from dateline.rights.actions import held_originals
    from dateline.rights.models import Permission

    found = Permission.objects.filter(original__in=originals).values_list("original", flat=True)
    named = {original: keepers.Ground(reason="a permission names it") for original in found}
    held = {
        original: keepers.Ground(reason=f"a legal hold keeps it: {reason}")
        for original, reason in held_originals(originals).items()
    }
    return named | held
