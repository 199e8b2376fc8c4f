"""What is filled in to ask an outlet, to file its answer, and to word our letters."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from dateline.agreements.forms import EVIDENCE_TYPES, LARGEST_EVIDENCE, USE_NAMES
from dateline.desk.queries import site_codes
from dateline.rights.actions import Granted
from dateline.rights.models import LetterTemplate

DAY: Final = forms.DateInput(attrs={"type": "date"})


class AskForm(forms.Form):
    """What we ask for."""

    use = forms.ChoiceField(label=_("Use"), choices=list(USE_NAMES.items()))
    language = forms.ChoiceField(label=_("In the language"), choices=settings.LANGUAGES)
    words = forms.IntegerField(
        label=_("Words at most"), required=False, min_value=1, help_text=_("empty: in full")
    )
    with_pictures = forms.BooleanField(
        label=_("With its pictures"), required=False, help_text=_("they need a permission of their own")
    )
    credit_line = forms.CharField(
        label=_("Credit line that we propose"), max_length=300, required=False, help_text=_("empty: its name")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names, own = dict(settings.LANGUAGES), site_codes()
        first = [(code, names.get(code, code)) for code in own]
        rest = [(code, name) for code, name in settings.LANGUAGES if code not in own]
        self.fields["language"].choices = [*first, *rest]  # type: ignore[attr-defined]  # it is a ChoiceField


class LetterForm(forms.Form):
    """A letter before it goes."""

    to = forms.EmailField(label=_("To"), required=False)
    subject = forms.CharField(label=_("Subject"), max_length=300)
    body = forms.CharField(label=_("Letter"), widget=forms.Textarea(attrs={"rows": 22}))


class AnswerForm(forms.Form):
    """What the outlet said: its words or its file."""

    answer = forms.CharField(
        label=_("What they said, who and when"),
        required=False,
        strip=True,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    evidence = forms.FileField(
        label=_("Their mail or contract"),
        required=False,
        help_text=_("up to 20 MB; only the desk can open it"),
    )

    def clean_evidence(self) -> Any:
        """Take documents of a reasonable size only."""
        file = self.cleaned_data["evidence"]
        if isinstance(file, UploadedFile):
            if not str(file.name).lower().endswith(EVIDENCE_TYPES):
                raise ValidationError(_("Take one of these: %s.") % ", ".join(EVIDENCE_TYPES))
            if (file.size or 0) > LARGEST_EVIDENCE:
                raise ValidationError(_("The file is larger than 20 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        """An answer has its words or its file."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not told.get("answer") and not told.get("evidence") and not self.errors:
            self.add_error("answer", _("Write what they said, or add their mail."))
        return told


class GrantedForm(AnswerForm):
    """They said yes, with these conditions."""

    ends_on = forms.DateField(
        label=_("Until"), required=False, widget=DAY, help_text=_("the last day; empty: no end")
    )
    max_words = forms.IntegerField(label=_("Words at most"), required=False, min_value=1)
    stay_days = forms.IntegerField(label=_("Days that the piece may stay"), required=False, min_value=1)
    credit_line = forms.CharField(label=_("Credit line in their words"), max_length=300, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Also into the languages"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    may_by_machine = forms.BooleanField(label=_("Machines may read it"), required=False)
    with_pictures = forms.BooleanField(label=_("With its pictures"), required=False)

    def granted(self) -> Granted:
        """Return the conditions."""
        names = (
            "ends_on",
            "max_words",
            "stay_days",
            "credit_line",
            "languages",
            "may_by_machine",
            "with_pictures",
        )
        return Granted(**{name: self.cleaned_data[name] for name in names})


class DropForm(forms.Form):
    """Why we do not ask after all."""

    reason = forms.CharField(label=_("Why"), strip=True, max_length=300)


class TemplateForm(forms.ModelForm[LetterTemplate]):
    """A letter with its places."""

    class Meta:
        model = LetterTemplate
        fields = ("subject", "body")
        widgets = {"body": forms.Textarea(attrs={"rows": 22})}
