"""Leave to use one original in one way."""

from dataclasses import replace
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.agreements.licences import forbids_derivatives
from dateline.agreements.models import Agreement
from dateline.agreements.terms import USES, Conditions, Terms, least, narrowed
from dateline.intake.models import Original


class Permission(models.Model):
    """Leave to use one original in one way, into one language: from a standing agreement, or asked for.

    proposed → asked → granted | refused; a granted one may be revoked.
    """

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", _("proposed")
        ASKED = "asked", _("asked for")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        REVOKED = "revoked", _("revoked")

    original = models.ForeignKey(
        Original, on_delete=models.PROTECT, related_name="permissions", verbose_name=_("original")
    )
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("under the agreement")
    )
    use = models.CharField(_("use"), max_length=20, choices=[(use, use) for use in USES])
    language = models.CharField(_("language"), max_length=20)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    max_words = models.PositiveIntegerField(_("words at most"), null=True, blank=True)
    stay_days = models.PositiveIntegerField(_("days that the piece may stay"), null=True, blank=True)
    may_by_machine = models.BooleanField(_("machines may read it"), default=False)
    credit_line = models.CharField(_("credit line in their words"), max_length=300, blank=True)
    evidence = models.TextField(_("evidence"), blank=True, help_text=_("who said yes, when and how"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("permission")
        verbose_name_plural = _("permissions")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="granted")
                | models.Q(agreement__isnull=False)
                | ~models.Q(evidence=""),
                name="a_grant_has_its_ground",
                violation_error_message=_("Name the agreement, or say who granted it, when and how."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.use} → {self.language}: {self.get_state_display()}"

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, None where nothing ends it: never later than its agreement's."""
        return least(self.ends_on, self.agreement.ends_on if self.agreement else None)

    def grants(self) -> list[Terms]:
        """Return what it gives today's rules to read: nothing unless granted, and never more than its agreement."""
        if self.state != self.State.GRANTED:
            return []
        own = Terms(
            source=f"permission:{self.pk}",
            uses=frozenset({self.use}),
            languages=frozenset({self.language}),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            max_words=self.max_words,
            stay_days=self.stay_days,
            may_by_machine=self.may_by_machine or self.agreement is not None,
            licence=self.agreement.licence if self.agreement else "",
            conditions=Conditions(credit_line=self.credit_line),
        )
        if self.agreement is None:
            return [own]
        agreed = self.agreement.terms()
        within = narrowed(own, by=agreed)
        if within is None and forbids_derivatives(agreed.licence):
            return [replace(own, uses=frozenset())]  # grants nothing, and its licence says why
        return [within] if within else []
