"""When what stands loses its right to stand."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.rights.models.withdrawal import Withdrawal


class Ending(models.Model):
    """At this moment a live piece, or one picture in it, has to go, unless somebody renews its right before.

    Written anew in each transaction that publishes the piece or changes what it rests on. A takedown alone is
    written by a person, and stays until it is carried out or called off.
    """

    class Kind(models.TextChoices):
        """What ends."""

        PERMISSION = "permission", _("the permission ends")
        PICTURE = "picture", _("a picture's permission ends")
        EXPIRY = "expiry", _("the piece's own time ends")
        TAKEDOWN = "takedown", _("it is to be taken down")

    piece = models.UUIDField(_("piece"), db_index=True)
    kind = models.CharField(_("what ends"), max_length=12, choices=Kind.choices)
    # The picture's number where a picture's permission ends; 0 for the piece itself.
    picture = models.PositiveBigIntegerField(_("picture"), default=0)
    at = models.DateTimeField(_("when"), db_index=True)
    reason = models.TextField(_("why"))
    ground = models.CharField(
        _("ground"), max_length=10, choices=Withdrawal.Ground.choices, default=Withdrawal.Ground.RIGHTS
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("ending")
        verbose_name_plural = _("endings")
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["piece", "kind", "picture"], name="one_ending_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.piece}"
