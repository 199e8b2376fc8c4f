"""Running accounts with those whose pieces we use and those who translate for us, and their monthly statements."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.agreements.models import Agreement
from dateline.rights.models.letter import Letter


class AccountQuerySet(models.QuerySet["Account"]):
    """Which accounts there are."""

    def of(self, kind: str, key: str) -> Self:
        """Return the account of one party, or none."""
        return self.filter(kind=kind, key=key)


class Account(models.Model):
    """What we owe somebody, month by month: an outlet, an author, an agency, or a translator.

    key: the outlet's or contributor's number; the name where an author or agency has no row of its own.
    The account begins with a month: what was before it was settled elsewhere.
    """

    class Kind(models.TextChoices):
        """With whom."""

        OUTLET = "outlet", _("outlet")
        AUTHOR = "author", _("author")
        AGENCY = "agency", _("agency")
        TRANSLATOR = "translator", _("translator")

    kind = models.CharField(_("with"), max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=200, editable=False)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(
        _("statements go to"),
        blank=True,
        help_text=_("Empty: the outlet's contact, the translator's account."),
    )
    language = models.CharField(
        _("language of the statements"), max_length=20, blank=True, help_text=_("Empty: the party's own.")
    )
    sends_itself = models.BooleanField(
        _("send by itself"),
        default=False,
        help_text=_("When a month is over, without anybody pressing a button."),
    )
    begins_on = models.DateField(_("from the month"))

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ("kind", "name", "pk")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_account_a_party"),
            models.CheckConstraint(
                condition=models.Q(begins_on__day=1), name="an_account_begins_with_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_kind_display()})"


class Rate(models.Model):
    """What a translator is paid, from a month on until the next rate. Never changed: a new one is written."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="rates")
    fee_kind = models.CharField(_("fee"), max_length=8, choices=Agreement.Fee.choices)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=4, default=Decimal(0))
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    starts_on = models.DateField(_("from the month"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        ordering = ("starts_on",)
        constraints = [
            models.UniqueConstraint(
                fields=["account", "starts_on"],
                name="one_rate_a_month",
                violation_error_message=_("There is a rate from that month on already."),
            ),
            models.CheckConstraint(condition=models.Q(starts_on__day=1), name="a_rate_begins_with_a_month"),
            models.CheckConstraint(
                condition=models.Q(fee_kind="none") | (models.Q(amount__gt=0) & ~models.Q(currency="")),
                name="a_rate_has_an_amount",
                violation_error_message=_("Give the amount and its currency."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_fee_kind_display()}: {self.amount} {self.currency}"


class Statement(models.Model):
    """A month of an account, closed: never changed. What turns out otherwise later is a line of the next.

    pieces: what was used, as it was told then. standing: how many pieces from before stood through the month.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="statements")
    month = models.DateField(_("month"))
    pieces = models.JSONField(_("pieces"), default=list)
    standing = models.PositiveIntegerField(_("pieces from before"), default=0)
    letter = models.OneToOneField(
        Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="statement"
    )
    closed_at = models.DateTimeField(_("closed"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("statement of use")
        verbose_name_plural = _("statements of use")
        ordering = ("-month",)
        constraints = [
            models.UniqueConstraint(fields=["account", "month"], name="a_month_is_closed_once"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="a_statement_is_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.account.name}, {self.month:%Y-%m}"


class Line(models.Model):
    """What one contract costs for one month, or by how much a closed month was wrong. minor: smallest coins.

    The terms are those of the day on which it was first stated: new terms do not change old months.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    contract = models.CharField(max_length=60, editable=False)
    title = models.CharField(_("under"), max_length=300)
    month = models.DateField(_("for the month"))
    fee_kind = models.CharField(_("fee"), max_length=8, choices=Agreement.Fee.choices)
    fee_amount = models.DecimalField(_("rate"), max_digits=12, decimal_places=4)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    pieces = models.IntegerField(_("pieces"))
    words = models.IntegerField(_("words"))
    minor = models.BigIntegerField(_("amount in the smallest coin"))

    class Meta:
        verbose_name = _("line of a statement")
        verbose_name_plural = _("lines of statements")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "contract", "month"], name="a_contract_once_in_a_statement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.month:%Y-%m}: {self.minor} {self.currency}"


class Payment(models.Model):
    """What we paid, noted by hand: a line of the statement closed next. A wrong one is taken back by its like."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="payments")
    statement = models.ForeignKey(
        Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="payments", editable=False
    )
    paid_on = models.DateField(_("paid on"))
    currency = models.CharField(_("currency"), max_length=3)
    minor = models.BigIntegerField(_("amount in the smallest coin"))
    reference = models.CharField(_("reference"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("noted"))

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ("paid_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(minor=0),
                name="a_payment_has_an_amount",
                violation_error_message=_("Nothing was paid."),
            ),
            models.CheckConstraint(condition=~models.Q(currency=""), name="a_payment_has_a_currency"),
            models.CheckConstraint(condition=~models.Q(reference=""), name="a_payment_has_a_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.paid_on}: {self.minor} {self.currency}, {self.reference}"
