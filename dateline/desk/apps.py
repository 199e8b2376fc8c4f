"""The room desk, as Django knows it."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dateline.intake import keepers
from dateline.translation import remarks

if TYPE_CHECKING:
    from dateline.translation.models import Job


class DeskConfig(AppConfig):
    """Signs the room in."""

    name = "dateline.desk"
    label = "desk"
    verbose_name = _("The desk")

    def ready(self) -> None:
        """Say on which originals this room rests, and enter what is done by forms into the audit."""
        from dateline.desk import signals  # noqa: F401 - its receivers are connected by reading it

        keepers.sign_in("desk", _resting)
        remarks.sign_in(_remarks, _where_remarked)
        post_migrate.connect(_lay_word_index, sender=self, dispatch_uid="desk.word_index")


def _lay_word_index(*, using: str, **_signal: Any) -> None:
    """Lay the index under “Have we had this?” once its table is there."""
    from dateline.desk.actions.word_index import lay_word_index

    lay_word_index(database=connections[using])


def _remarks(job: "Job") -> dict[int, int]:
    """Return how many threads are open about sentences of a translation."""
    from dateline.desk.queries.remarks import open_threads

    return open_threads(job)


def _where_remarked(segment: int) -> str:
    """Return where a sentence is talked about."""
    return reverse("newsroom:segment-comments", args=[segment])


def _resting(originals: Collection[int]) -> dict[int, keepers.Ground]:
    """Return the originals that were picked."""
    from dateline.desk.models import Pick

    found = Pick.objects.filter(original__in=originals).values_list("original", flat=True)
    return {original: keepers.Ground(reason="it was picked") for original in found}
