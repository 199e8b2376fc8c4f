"""The room reader, as Django knows it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from uuid import UUID

    from dateline.rights.models import Withdrawal


class ReaderConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.reader"
    label = "reader"
    verbose_name = _("Readers")

    def ready(self) -> None:
        """Let the search index follow publishing, answer for withdrawals, and tell editions what readers read."""
        from dateline.editions import readership
        from dateline.reader import signals
        from dateline.rights import surfaces

        signals.connect()
        readership.sign_in(_reads)
        surfaces.sign_in("search", _take_out)


def _reads(pieces: Collection["UUID"], since: datetime) -> Mapping["UUID", int]:
    from dateline.audience.queries import reads_since

    return reads_since(pieces, since)


def _take_out(withdrawals: Sequence["Withdrawal"]) -> None:
    from dateline.reader.actions import take_out

    take_out(pieces=[withdrawal.piece for withdrawal in withdrawals])
