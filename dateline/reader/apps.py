"""The room reader, as Django knows it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from dateline.rights.models import Withdrawal


class ReaderConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.reader"
    label = "reader"
    verbose_name = _("Readers")

    def ready(self) -> None:
        """Let the search index follow publishing, and answer for withdrawals."""
        from dateline.reader import signals
        from dateline.rights import surfaces

        signals.connect()
        surfaces.sign_in("search", _take_out)


def _take_out(withdrawals: Sequence["Withdrawal"]) -> None:
    from dateline.reader.actions import take_out

    take_out(pieces=[withdrawal.piece for withdrawal in withdrawals])
