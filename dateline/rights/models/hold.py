"""What must be kept because somebody may ask for it before a court."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.intake.models import Original


class HoldQuerySet(models.QuerySet["Hold"]):
    """Which holds stand."""

    def standing(self) -> Self:
        """Return those that nobody has lifted."""
        return self.filter(lifted_at__isnull=True)


class Hold(models.Model):
    """A legal hold: while it stands, nothing that belongs to the piece or the original may be deleted.

    It hides nothing and withdraws nothing; that is another decision.
    """

    piece = models.UUIDField(_("piece"), null=True, blank=True, db_index=True)
    original = models.ForeignKey(
        Original,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="holds",
        verbose_name=_("original"),
    )
    reason = models.TextField(_("reason"), help_text=_("who demands it, and the file number"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("since"))
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lift_reason = models.TextField(_("why it was lifted"), blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ("-at",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(piece__isnull=False) | models.Q(original__isnull=False),
                name="a_hold_holds_something",
                violation_error_message=_("Name the piece or the original that is held."),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="a_hold_has_its_reason",
                violation_error_message=_("Say who demands the hold."),
            ),
            models.UniqueConstraint(
                fields=["piece"],
                condition=models.Q(lifted_at__isnull=True, piece__isnull=False),
                name="one_standing_hold_a_piece",
            ),
            models.UniqueConstraint(
                fields=["original"],
                condition=models.Q(lifted_at__isnull=True, original__isnull=False, piece__isnull=True),
                name="one_standing_hold_an_original",
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:80]
