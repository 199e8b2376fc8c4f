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
        """Say on which originals this room rests."""
        keepers.sign_in("rights", _resting)


def _resting(originals: Collection[int]) -> dict[int, keepers.Ground]:
    """Return the originals for which a permission was proposed, asked for, granted, refused or revoked."""
    from dateline.rights.models import Permission

    found = Permission.objects.filter(original__in=originals).values_list("original", flat=True)
    return {original: keepers.Ground(reason="a permission names it") for original in found}
