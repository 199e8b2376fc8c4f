"""How an agreement is filled in: uses to tick, languages to choose, and the letter that proves it."""

import re
from pathlib import PurePosixPath
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from dateline.agreements.may import USES
from dateline.agreements.models import Agreement

USE_NAMES: Final = {
    "reprint": _("reprint"),
    "translation": _("translation"),
    "excerpt": _("excerpt"),
    "headline": _("headline and link"),
    "archive": _("archive"),
    "letter": _("letter to readers"),
    "picture": _("pictures"),
}
assert set(USE_NAMES) == set(USES)  # noqa: S101  # a use that has no name could not be chosen
LARGEST_EVIDENCE: Final = 20_000_000
EVIDENCE_TYPES: Final = (".pdf", ".eml", ".txt", ".png", ".jpg", ".jpeg", ".webp", ".odt", ".docx")


class EvidenceInput(forms.ClearableFileInput):
    """A file that only the desk may open: its link leads through the desk."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement_id: int | None = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        """Render the field for a new file, and below it the way to the one that is kept."""
        field = forms.FileInput(attrs=self.attrs).render(name, None, attrs, renderer)
        if not (self.agreement_id and value and getattr(value, "name", "")):
            return field
        kept = PurePosixPath(str(value.name)).name
        address = reverse("agreements:evidence", args=[self.agreement_id])
        return format_html('{} <p><a href="{}">{}</a></p>', field, address, kept)


class AgreementForm(WagtailAdminModelForm):
    """An agreement as a person fills it in."""

    uses = forms.MultipleChoiceField(
        label=_("Uses"),
        choices=list(USE_NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("what we may do with their pieces"),
    )
    languages = forms.MultipleChoiceField(
        label=_("Into the languages"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("none chosen means any"),
    )
    territory = forms.CharField(
        label=_("Countries of readers"),
        required=False,
        help_text=_("ISO codes with commas between them, such as AZ, GE; empty means anywhere"),
    )
    evidence = forms.FileField(
        label=_("Evidence"),
        required=False,
        widget=EvidenceInput,
        help_text=_("the letter or contract, up to 20 MB; only the desk can open it"),
    )

    class Meta:
        model = Agreement
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].widget.agreement_id = self.instance.pk
        self.initial["territory"] = ", ".join(self.instance.territory)

    def clean_territory(self) -> list[str]:
        """Take codes of countries as people type them."""
        codes = [code for code in re.split(r"[\s,;]+", self.cleaned_data["territory"].upper()) if code]
        unknown = [code for code in codes if not re.fullmatch("[A-Z]{2}", code)]
        if unknown:
            raise ValidationError(_("%s is no code of two letters, such as AZ.") % unknown[0])
        return sorted(set(codes))

    def clean_evidence(self) -> Any:
        """Take documents of a reasonable size only."""
        file = self.cleaned_data["evidence"]
        if isinstance(file, UploadedFile):
            if not str(file.name).lower().endswith(EVIDENCE_TYPES):
                raise ValidationError(_("Take one of these: %s.") % ", ".join(EVIDENCE_TYPES))
            if (file.size or 0) > LARGEST_EVIDENCE:
                raise ValidationError(_("The file is larger than 20 MB."))
        return file


class RevokeForm(forms.Form):
    """Why an agreement or a permission is taken back."""

    reason = forms.CharField(
        label=_("Reason"), strip=True, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
