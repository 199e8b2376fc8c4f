"""What the desk fills in about letters and their readers."""

from datetime import datetime, time
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dateline.editions.forms import hours
from dateline.editions.models import Letter
from dateline.editions.reader_lists import Assumed
from dateline.lib.decoding import decode
from dateline.site.queries import identity, languages, own_name, zone
from dateline.site.zones import zone_choices

MOST_BYTES: Final = 20 * 2**20


class LetterForm(forms.ModelForm[Letter]):
    """What the owner says of a letter."""

    class Meta:
        model = Letter
        fields = ("is_on", "is_by_hand", "run", "name", "sender_name", "hour", "footer")
        widgets = {"footer": forms.Textarea(attrs={"rows": 4})}
        help_texts: ClassVar[dict[str, Any]] = {
            "run": _("Of which edition it is made; empty: the first that fits its rhythm."),
            "name": _("Empty: its kind’s own name in this language."),
            "sender_name": _("Empty: the name of the site."),
            "hour": _(
                "0 to 23, in each reader’s own time zone, which they choose as they sign up; empty: as soon as the "
                "edition is out."
            ),
        }


class CorrectionForm(forms.Form):
    """A correction that follows a letter."""

    subject = forms.CharField(label=_("Subject"), max_length=120)
    said = forms.CharField(
        label=_("What is right"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5000,
        help_text=_("It goes to exactly those who got the letter and read us still."),
    )


class ImportForm(forms.Form):
    """A list of subscribers, and what holds for lines that do not say it themselves."""

    file = forms.FileField(
        label=_("List"), help_text=_("CSV. The first line names the columns; one of them is email.")
    )
    language = forms.ChoiceField(label=_("Language"))
    hour = forms.ChoiceField(label=_("When it comes"), choices=hours, required=False)
    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    consent_source = forms.CharField(
        label=_("Proof of the consent"),
        max_length=300,
        required=False,
        help_text=_(
            "Where and how they agreed, for example: form and confirmation at the old site. Kept with each."
        ),
    )
    consent_on = forms.DateField(
        label=_("When they agreed, at the latest"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        publication = identity()
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (row.code, own_name(row.code)) for row in languages(publication)
        ]
        self.fields["zone"].initial = publication.time_zone

    def clean_file(self) -> str:
        """Return the list as text."""
        held = self.cleaned_data["file"]
        if held.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 20 MB. Bring it in parts."))
        return decode(held.read())

    def assumed(self, known: frozenset[str]) -> Assumed:
        """Return what holds for lines that do not say it. known: languages of which there is a letter."""
        told = self.cleaned_data
        there = zone(identity())
        return Assumed(
            language=told["language"],
            languages=known,
            zone=told["zone"],
            hour=int(told["hour"]) if told["hour"] else None,
            consent_at=datetime.combine(told["consent_on"], time(), tzinfo=there)
            if told["consent_on"]
            else None,
            consent_source=told["consent_source"],
        )
