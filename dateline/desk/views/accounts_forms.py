"""What the rights manager fills in about an account."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dateline.agreements.models import Agreement
from dateline.rights.accounts_words import WORDS
from dateline.rights.models import Account
from dateline.site.queries import own_name

CURRENCY = r"[A-Za-z]{3}"


class CurrencyField(forms.RegexField):
    """A currency's code, in capitals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            regex=CURRENCY,
            label=_("Currency"),
            max_length=3,
            error_messages={"invalid": _("Write the ISO code of three letters, such as EUR.")},
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        """Return it in capitals."""
        return str(super().to_python(value)).upper()


class AccountForm(forms.ModelForm[Account]):
    """Where statements go, in which language, and whether by themselves."""

    class Meta:
        model = Account
        fields = ("email", "language", "sends_itself")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("their own")), *((code, own_name(code)) for code in WORDS)]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the statements"), choices=choices, required=False
        )


class PaymentForm(forms.Form):
    """What was paid."""

    amount = forms.DecimalField(
        label=_("Amount"),
        max_digits=15,
        decimal_places=3,
        help_text=_(
            "Less than nothing takes a wrong note back, or carries over what we owed before this account began."
        ),
    )
    currency = CurrencyField()
    paid_on = forms.DateField(label=_("Paid on"), widget=forms.DateInput(attrs={"type": "date"}))
    reference = forms.CharField(
        label=_("Reference"), max_length=200, help_text=_("of the transfer, the invoice or the receipt")
    )


class RateForm(forms.Form):
    """What a translator is paid from a month on."""

    fee_kind = forms.ChoiceField(label=_("Fee"), choices=Agreement.Fee.choices)
    amount = forms.DecimalField(
        label=_("Amount"), max_digits=12, decimal_places=4, min_value=0, required=False
    )
    currency = CurrencyField(required=False)
    starts_on = forms.DateField(
        label=_("From the month of"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("A rate begins with the first day of its month."),
    )

    def clean(self) -> dict[str, Any]:
        """Take an empty amount for nothing."""
        told = super().clean() or {}
        told["amount"] = told.get("amount") or 0
        return told


def month_of(text: str) -> date | None:
    """Return the first day of the month that an address names as 2026-03, None where it names none."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
