"""What a reader fills in about a letter."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from dateline.editions.mornings import HOURS
from dateline.editions.reader_address import NotAnAddress, read_address
from dateline.site.zones import zone_choices

AS_SOON: Final = ""
# For how long a letter can be paused, in days; none until the reader says so.
PAUSES: Final = (
    ("7", _("for a week")),
    ("14", _("for two weeks")),
    ("31", _("for a month")),
    ("", _("until I come back")),
)


def hours() -> list[tuple[str, Any]]:
    """Return the hours of a day as choices."""
    return [(AS_SOON, _("as soon as it is out")), *((str(hour), f"{hour:02}:00") for hour in HOURS)]


class SignUpForm(forms.Form):
    """A sign-up. website: nobody sees it, so whoever fills it in is a machine."""

    email = forms.CharField(label=_("Your e-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language"), required=False)
    hour = forms.ChoiceField(label=_("When it comes"), choices=hours, required=False)
    zone = forms.ChoiceField(label=_("Your time zone"), choices=zone_choices, required=False)
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, languages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        """Return the address as it was read."""
        try:
            return read_address(self.cleaned_data["email"]).text
        except NotAnAddress as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean_hour(self) -> int | None:
        """Return the hour; None for as soon as it is out."""
        told = self.cleaned_data["hour"]
        return int(told) if told else None


class OwnForm(forms.Form):
    """What a reader may change of a letter of theirs."""

    language = forms.ChoiceField(label=_("Language"))
    hour = forms.ChoiceField(label=_("When it comes"), choices=hours, required=False)
    zone = forms.ChoiceField(label=_("Your time zone"), choices=zone_choices)

    def __init__(self, *args: Any, languages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages  # type: ignore[attr-defined]

    def clean_hour(self) -> int | None:
        """Return the hour; None for as soon as it is out."""
        told = self.cleaned_data["hour"]
        return int(told) if told else None


class PauseForm(forms.Form):
    """For how long no letter comes."""

    days = forms.ChoiceField(label=_("Pause"), choices=PAUSES, required=False)
