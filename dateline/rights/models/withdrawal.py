"""What was taken back, and what each surface has to do for it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    """Which withdrawals stand."""

    def standing(self) -> Self:
        """Return those that keep a piece from readers now."""
        return self.filter(lifted_at__isnull=True)


class Withdrawal(models.Model):
    """A piece taken back. Done when every surface that showed it has said so.

    One whose ground were the rights may be lifted, when the gate clears the piece again; the others stand for good.
    """

    class Ground(models.TextChoices):
        """Why; a legal order is answered with 451, all else with 410."""

        EDITORIAL = "editorial", _("the desk's decision")
        RIGHTS = "rights", _("the rights ended")
        LEGAL = "legal", _("a legal order")

    piece = models.UUIDField(_("piece"), db_index=True)
    address = models.CharField(_("address"), max_length=500)
    title = models.CharField(_("headline"), max_length=300)
    ground = models.CharField(_("ground"), max_length=10, choices=Ground.choices, default=Ground.EDITORIAL)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    at = models.DateTimeField(_("when"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ("-at",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True) | models.Q(ground="rights"),
                name="only_the_rights_come_back",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def status(self) -> int:
        """The HTTP status that the address answers with from now on."""
        return 451 if self.ground == self.Ground.LEGAL else 410


class WithdrawalStep(models.Model):
    """What one surface has to do for a withdrawal, and whether it has."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="steps")
    surface = models.CharField(_("surface"), max_length=40)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    trouble = models.CharField(_("what is wrong"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [models.UniqueConstraint(fields=["withdrawal", "surface"], name="one_step_a_surface")]

    def __str__(self) -> str:
        return f"{self.surface}: {'done' if self.done_at else 'due'}"
