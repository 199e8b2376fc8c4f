"""What an outlet, or an open licence, allows us."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.agreements.concerned import Scope, Work
from dateline.agreements.licences import UnknownLicence, terms_of
from dateline.agreements.terms import ANY_LANGUAGE, USES, WORLD, Conditions, Terms, narrowed
from dateline.sources.models import Outlet


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Which agreements speak."""

    def of(self, outlet: Outlet) -> Self:
        """Return what was agreed with `outlet`, alone or in a group, newest first."""
        ours = models.Q(outlet=outlet) | models.Q(
            pk__in=Agreement.other_outlets.through.objects.filter(outlet=outlet).values("agreement")
        )
        return self.filter(ours).order_by("-starts_on", "-pk")

    def that_may_concern(self, work: Work) -> Self:
        """Return those that could speak for a piece; whether they do, `concerns` says of their scope."""
        someone = models.Q(outlet__slug=work.outlet) | models.Q(
            pk__in=Agreement.other_outlets.through.objects.filter(outlet__slug=work.outlet).values(
                "agreement"
            )
        )
        named = ~models.Q(author="") if work.authors else models.Q(pk__in=())
        lent = ~models.Q(agency="") if work.agencies else models.Q(pk__in=())
        return self.filter(someone | named | lent).order_by("-starts_on", "-pk")

    def in_force(self, *, on: date) -> Self:
        """Return those that have begun and neither ended nor been revoked on that day."""
        lasting = models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=on)
        return self.filter(lasting, starts_on__lte=on, revoked_at__isnull=True)


class Agreement(models.Model):
    """A standing word of an outlet, or a licence it publishes under: uses, languages, term, and conditions."""

    class Canonical(models.TextChoices):
        """Which address search engines are told is the piece's own."""

        ORIGINAL = "original", _("the original")
        SELF = "self", _("our page")

    class Fee(models.TextChoices):
        """What it costs us."""

        NONE = "none", _("nothing")
        PIECE = "piece", _("for each piece")
        WORD = "word", _("for each word")
        MONTH = "month", _("a month, whatever is used")

    outlet = models.ForeignKey(
        Outlet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreements",
        verbose_name=_("outlet"),
    )
    other_outlets = models.ManyToManyField(
        Outlet, blank=True, related_name="shared_agreements", verbose_name=_("also for the outlets")
    )
    author = models.CharField(
        _("author"),
        max_length=200,
        blank=True,
        help_text=_("where an author speaks for what they signed alone"),
    )
    agency = models.CharField(
        _("agency"), max_length=200, blank=True, help_text=_("where an agency speaks for what bears its mark")
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
    pieces_a_month = models.PositiveIntegerField(_("new pieces a month at most"), null=True, blank=True)
    stay_days = models.PositiveIntegerField(_("days that a piece may stay"), null=True, blank=True)
    territory = models.JSONField(
        _("countries of readers"), default=list, blank=True, help_text=_("ISO codes; empty means anywhere")
    )
    may_by_machine = models.BooleanField(
        _("machines may read it"), default=False, help_text=_("although the source reserves that for itself")
    )
    is_noncommercial = models.BooleanField(_("for non-commercial sites only"), default=False)
    is_exclusive = models.BooleanField(_("to us alone"), default=False)
    fee_kind = models.CharField(_("fee"), max_length=8, choices=Fee.choices, default=Fee.NONE)
    fee_amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=4, default=Decimal(0))
    fee_currency = models.CharField(
        _("currency"), max_length=3, blank=True, help_text=_("ISO code, such as EUR")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    credit_line = models.CharField(_("credit line in their words"), max_length=300, blank=True)
    canonical = models.CharField(
        _("canonical address"), max_length=10, choices=Canonical.choices, default=Canonical.ORIGINAL
    )
    is_noindex = models.BooleanField(_("keep out of search engines"), default=True)
    may_show_original = models.BooleanField(_("readers may see the original beside it"), default=False)
    needs_approval = models.BooleanField(
        _("they approve each text"),
        default=False,
        help_text=_("the gate waits for their yes to the very text"),
    )
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
            models.CheckConstraint(
                condition=models.Q(outlet__isnull=False) | ~models.Q(author="") | ~models.Q(agency=""),
                name="agreement_is_with_somebody",
                violation_error_message=_("Say with whom: an outlet, an author or an agency."),
            ),
            models.CheckConstraint(
                condition=models.Q(fee_kind="none")
                | (models.Q(fee_amount__gt=0) & ~models.Q(fee_currency="")),
                name="a_fee_has_an_amount",
                violation_error_message=_("Give the fee's amount and its currency."),
            ),
            models.CheckConstraint(
                condition=models.Q(stay_days__isnull=True) | models.Q(stay_days__gt=0),
                name="a_stay_has_a_day",
                violation_error_message=_("A piece that may not stay a day cannot be published."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.title}"

    @property
    def party(self) -> str:
        """With whom it was made."""
        return str(self.outlet or self.author or self.agency)

    def clean(self) -> None:
        super().clean()
        unknown = set(self.uses) - set(USES)
        if unknown or not self.uses:
            raise ValidationError({"uses": _("Choose from: %s.") % ", ".join(USES)})

    def terms(self) -> Terms:
        """Return what it grants, as the pure rules read it: of an open licence, no more than the licence does."""
        own = self._own_terms()
        try:
            open_terms = terms_of(self.licence, source=own.source, starts_on=self.starts_on)
        except UnknownLicence:  # a contract, or a licence that a person read
            return own
        read = replace(
            own,
            may_by_machine=own.may_by_machine or open_terms.may_by_machine,
            conditions=replace(
                own.conditions,
                must_share_alike=open_terms.conditions.must_share_alike,
                licence_url=open_terms.conditions.licence_url,
            ),
        )
        within = narrowed(read, by=open_terms)
        nothing = replace(own, uses=frozenset())
        return replace(within, licence=self.licence) if within else replace(nothing, licence=self.licence)

    def scope(self) -> Scope:
        """Return whose pieces it speaks for; outlets by their slugs."""
        outlets = [self.outlet] if self.outlet else []
        outlets += self.other_outlets.all() if self.pk else []
        return Scope(
            outlets=frozenset(outlet.slug for outlet in outlets),
            authors=frozenset(filter(None, [self.author])),
            agencies=frozenset(filter(None, [self.agency])),
        )

    def _own_terms(self) -> Terms:
        return Terms(
            source=f"agreement:{self.pk}",
            uses=frozenset(self.uses) if self.revoked_at is None else frozenset(),
            languages=frozenset(self.languages) or ANY_LANGUAGE,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            max_words=self.max_words,
            pieces_a_month=self.pieces_a_month,
            stay_days=self.stay_days,
            territory=frozenset(self.territory) or WORLD,
            may_by_machine=self.may_by_machine,
            is_noncommercial=self.is_noncommercial,
            conditions=Conditions(
                credit_line=self.credit_line,
                canonical=self.canonical,
                is_noindex=self.is_noindex,
                may_show_original=self.may_show_original,
            ),
        )
