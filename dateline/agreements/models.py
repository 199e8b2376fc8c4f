"""What an outlet, or an open licence, allows us."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.agreements.may import ANY_LANGUAGE, USES, Terms
from dateline.sources.models import Outlet


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Which agreements speak."""

    def of(self, outlet: Outlet) -> Self:
        """Return what was agreed with `outlet`, newest first."""
        return self.filter(outlet=outlet).order_by("-starts_on", "-pk")

    def in_force(self, *, on: date) -> Self:
        """Return those that have begun and not ended on that day."""
        return self.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=on), starts_on__lte=on)


class Agreement(models.Model):
    """A standing word of an outlet, or a licence it publishes under: uses, languages, term, and conditions."""

    class Canonical(models.TextChoices):
        """Which address search engines are told is the piece's own."""

        ORIGINAL = "original", _("the original")
        SELF = "self", _("our page")

    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("outlet")
    )
    title = models.CharField(_("title"), max_length=200)
    licence = models.CharField(
        _("open licence"),
        max_length=40,
        blank=True,
        help_text=_("SPDX name, such as CC-BY-4.0; empty for a contract"),
    )
    uses = models.JSONField(_("uses"), default=list, help_text=_("what we may do with their pieces"))
    languages = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_("into which languages; empty means any")
    )
    max_words = models.PositiveIntegerField(_("words at most"), null=True, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    credit_line = models.CharField(_("credit line in their words"), max_length=300, blank=True)
    canonical = models.CharField(
        _("canonical address"), max_length=10, choices=Canonical.choices, default=Canonical.ORIGINAL
    )
    is_noindex = models.BooleanField(_("keep out of search engines"), default=True)
    may_show_original = models.BooleanField(_("readers may see the original beside it"), default=False)
    evidence = models.FileField(_("evidence"), upload_to="agreements/", blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ("outlet", "-starts_on")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="agreement_ends_after_it_starts",
                violation_error_message=_("An agreement cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outlet}: {self.title}"

    def clean(self) -> None:
        super().clean()
        unknown = set(self.uses) - set(USES)
        if unknown or not self.uses:
            raise ValidationError({"uses": _("Choose from: %s.") % ", ".join(USES)})

    def terms(self) -> Terms:
        """Return what it grants, as the pure rules read it."""
        return Terms(
            source=f"agreement:{self.pk}",
            uses=frozenset(self.uses),
            languages=frozenset(self.languages) or ANY_LANGUAGE,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            max_words=self.max_words,
        )
