"""The ledger of what was used."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.rights.models.permission import Permission


class Use(models.Model):
    """A line of the ledger: this permission was used for that piece, from then until then.

    Written by the gate in the transaction that publishes; quotas, fees and stays are counted from it.
    """

    permission = models.ForeignKey(Permission, on_delete=models.PROTECT, related_name="ledger")
    piece = models.UUIDField(_("piece"), db_index=True)
    words = models.PositiveIntegerField(_("words"), default=0)
    began_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("use")
        verbose_name_plural = _("ledger of uses")
        ordering = ("-began_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["permission", "piece"],
                condition=models.Q(ended_at__isnull=True),
                name="one_running_use",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.permission}: {self.piece}"
