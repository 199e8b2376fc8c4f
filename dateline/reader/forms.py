"""What a reader may ask of the search, and fill in for an account."""

from typing import Any, Final

from allauth.account.forms import ResetPasswordForm, SignupForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dateline.reader.actions import account_mail

LONGEST: Final = 200
ALL: Final = "all"
RELEVANCE: Final = ""
NEWEST: Final = "newest"


class SearchForm(forms.Form):
    """The words and the filters. All of it stands in the address, which can be handed on."""

    q = forms.CharField(label=_("Search"), max_length=LONGEST, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    outlet = forms.ChoiceField(label=pgettext_lazy("the outlet to search in", "From"), required=False)
    since = forms.DateField(
        label=_("Not before"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("Not after"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    order = forms.ChoiceField(
        label=_("Order"), required=False, choices=[(RELEVANCE, _("Best first")), (NEWEST, _("Newest first"))]
    )

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, told in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = told

    @property
    def has_filters(self) -> bool:
        """Is anything asked for besides words?"""
        return any(
            self.data.get(name)
            for name in ("language", "section", "kind", "outlet", "since", "until", "order")
        )


class Register(SignupForm):
    """A new account. An address that has one already is answered alike, and in the same time."""

    def try_save(self, request: HttpRequest) -> Any:
        """Make the account, or tell the address by mail that there is one."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class AskReset(ResetPasswordForm):
    """A lost password. Nobody is looked up while the reader waits, so neither answer nor time can tell."""

    def clean_email(self) -> str:
        """Return the address, whoever's it is."""
        return str(self.cleaned_data["email"]).lower()

    def save(self, _request: HttpRequest, **_kwargs: Any) -> str:
        """Let the worker look."""
        address = str(self.cleaned_data["email"])
        account_mail.post(what=account_mail.RESET, to=address, link="", language=str(get_language() or "en"))
        return address
