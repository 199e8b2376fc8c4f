"""Why a picture may be shown."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.agreements.models import Agreement
from dateline.agreements.terms import least


class PicturePermission(models.Model):
    """Why we may show a picture. Never rides along on a text's permission."""

    class Ground(models.TextChoices):
        """What the right rests on."""

        OWN = "own", _("our own")
        AGREEMENT = "agreement", _("agreement")
        LICENCE = "licence", _("open licence")
        GRANTED = "granted", _("granted for this picture")

    ground = models.CharField(_("ground"), max_length=12, choices=Ground.choices)
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    holder = models.CharField(_("holder of the rights"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    is_revoked = models.BooleanField(_("revoked"), default=False)
    evidence = models.TextField(_("evidence"), blank=True)

    class Meta:
        verbose_name = _("permission for a picture")
        verbose_name_plural = _("permissions for pictures")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(ground="agreement") | models.Q(agreement__isnull=False),
                name="picture_agreement_is_named",
                violation_error_message=_("Name the agreement."),
            ),
            models.CheckConstraint(
                condition=~models.Q(ground="licence") | ~models.Q(licence=""),
                name="picture_licence_is_named",
                violation_error_message=_("Name the licence."),
            ),
            models.CheckConstraint(
                condition=~models.Q(ground="granted") | ~models.Q(evidence=""),
                name="picture_grant_has_evidence",
                violation_error_message=_("Say who granted it, when and how."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} ({self.get_ground_display()})"

    def holds(self, *, on: date) -> bool:
        """May a picture under it be shown on that day?"""
        last = self.last_day
        in_term = self.starts_on <= on and (last is None or on <= last)
        picture_agreed = self.agreement is None or (
            "picture" in self.agreement.uses and self.agreement.revoked_at is None
        )
        return not self.is_revoked and in_term and picture_agreed

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, None where nothing ends it: never later than its agreement's."""
        return least(self.ends_on, self.agreement.ends_on if self.agreement else None)
