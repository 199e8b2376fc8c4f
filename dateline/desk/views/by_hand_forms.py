"""What people fill in to take a piece by hand."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dateline.desk.forms import OutletChoice
from dateline.intake.language import detect
from dateline.sources.models import Outlet

LONGEST_TEXT = 300_000
_ADDRESS = {"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}


class AddressForm(forms.Form):
    """A piece by its address."""

    url = forms.CharField(
        label=_("Address of the piece"), max_length=2000, widget=forms.TextInput(attrs=_ADDRESS)
    )


class TextForm(forms.Form):
    """A piece as a text."""

    headline = forms.CharField(label=_("Headline"), max_length=500)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        help_text=_("A blank line begins a paragraph."),
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        help_text=_("Told by the text; correct it here, for what was taken is never changed."),
    )
    author = forms.CharField(label=_("Signed by"), max_length=200, required=False)
    published_at = forms.DateTimeField(
        label=_("Published"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    url = forms.CharField(
        label=_("Address, if it has one"),
        max_length=2000,
        required=False,
        widget=forms.TextInput(attrs=_ADDRESS),
    )
    outlet = OutletChoice(
        label=_("Outlet"),
        queryset=Outlet.objects.order_by("name"),
        required=False,
        empty_label=_("the one of the address, or a new one"),
    )
    outlet_name = forms.CharField(label=_("Name of a new outlet"), max_length=160, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = str((self.data or self.initial).get("text") or "")
        self.guess = _guess(text)
        names = dict(settings.LANGUAGES)
        known = {self.guess: names.get(self.guess, self.guess), **names} if self.guess else names
        self.fields["language"].choices = [  # type: ignore[attr-defined]  # it is a ChoiceField
            ("", gettext("told by the text")),
            *sorted(known.items(), key=lambda one: str(one[1])),
        ]

    def wants_its_language_confirmed(self) -> bool:
        """Whether nobody has said yet in which language the text is; from now on the guess stands in the field."""
        if self.cleaned_data.get("language"):
            return False
        self.data = (
            {**self.data.dict(), "language": self.guess} if isinstance(self.data, QueryDict) else self.data
        )
        return True


def _guess(text: str) -> str:
    found = detect(text[:20_000]) if text.strip() else None
    return found.language if found else ""
