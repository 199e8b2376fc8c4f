"""Permission for one piece, the ledger of what was used, and withdrawals."""

from dataclasses import replace
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.agreements.licences import forbids_derivatives
from dateline.agreements.models import Agreement
from dateline.agreements.terms import USES, Conditions, Terms, narrowed
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
        last = self.agreement.ends_on if self.agreement else None
        in_term = (
            self.starts_on <= on
            and (self.ends_on is None or on <= self.ends_on)
            and (last is None or on <= last)
        )
        picture_agreed = self.agreement is None or (
            "picture" in self.agreement.uses and self.agreement.revoked_at is None
        )
        return not self.is_revoked and in_term and picture_agreed


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


class Withdrawal(models.Model):
    """A piece taken back. Done when every surface that showed it has said so."""

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

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ("-at",)

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
