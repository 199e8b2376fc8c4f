"""What people fill in to propose an idea, to hand in a piece, and to answer both."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from dateline.articles.models import Section
from dateline.desk.models import Idea, Submission, SubmittedPicture
from dateline.desk.queries import site_codes
from dateline.desk.queries.given import colleagues
from dateline.desk.views.picture_forms import PictureFileField


def _locales() -> Any:
    return Locale.objects.filter(language_code__in=site_codes()).order_by("language_code")


class LanguageChoice(forms.ModelChoiceField[Locale]):
    """A menu of the site's languages."""

    def label_from_instance(self, obj: Locale) -> str:
        """Return the language's name."""
        code = str(obj.language_code)
        return str(dict(settings.LANGUAGES).get(code, code))


class IdeaForm(forms.ModelForm[Idea]):
    """Something to write, for whom, until when."""

    locale = LanguageChoice(label=_("Language"), queryset=Locale.objects.none())
    due_at = forms.DateTimeField(
        label=_("By when"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    class Meta:
        model = Idea
        fields: ClassVar = ["title", "note", "locale", "section", "who", "due_at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("locale", _locales()), ("who", colleagues()), ("section", Section.objects.all())):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # as the model has them
            field.queryset = rows


class SubmissionForm(forms.ModelForm[Submission]):
    """A piece that somebody hands in."""

    locale = LanguageChoice(label=_("Language"), queryset=Locale.objects.none())

    class Meta:
        model = Submission
        fields: ClassVar = ["locale", "headline", "standfirst", "text", "note"]
        widgets: ClassVar = {
            "standfirst": forms.Textarea(attrs={"rows": 2}),
            "text": forms.Textarea(attrs={"rows": 20}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["locale"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # as declared above
        field.queryset = _locales()
        self.fields["text"].help_text = _("An empty line begins a new paragraph.")


class SubmittedPictureForm(forms.Form):
    """A picture that comes with a piece; without a file it is none."""

    file = PictureFileField(label=_("Picture"), required=False)
    description = forms.CharField(
        label=_("What can be seen"),
        max_length=255,
        required=False,
        help_text=_("for those who cannot see it"),
    )
    credit = forms.CharField(label=_("Who made it"), max_length=200, required=False)
    declared = forms.ChoiceField(
        label=_("May we show it?"),
        choices=[("", _("choose")), *SubmittedPicture.Declared.choices],
        required=False,
    )
    evidence = forms.CharField(
        label=_("Who allowed it, when and how"),
        required=False,
        max_length=4000,
        help_text=_("where somebody else made it"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """Take a picture with all that has to be known of it, or none."""
        cleaned = super().clean() or {}
        if not cleaned.get("file"):
            if "file" not in self.errors and any(cleaned.get(name) for name in ("description", "credit")):
                self.add_error("file", _("Choose the file, or leave the whole picture empty."))
            return cleaned
        for name, words in _NEEDED.items():
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, words)
        is_granted = cleaned.get("declared") == SubmittedPicture.Declared.GRANTED
        if is_granted and not cleaned.get("evidence", "").strip():
            self.add_error("evidence", _("Say who allowed it, when and how."))
        return cleaned

    def wanted(self) -> SubmittedPicture | None:
        """Return the picture, not saved; None where no file was chosen."""
        told = self.cleaned_data
        if not told.get("file"):
            return None
        width, height = told["file"].image.get_size()
        return SubmittedPicture(**told, width=width, height=height)


_NEEDED = {
    "description": _("Say what can be seen."),
    "credit": _("Say who made it."),
    "declared": _("Say why we may show it."),
}


class AnswerForm(forms.Form):
    """What the desk says to a piece that was handed in."""

    section = forms.ModelChoiceField(label=_("Section"), queryset=Section.objects.none(), required=False)
    answer = forms.CharField(
        label=_("Answer"),
        required=False,
        max_length=4000,
        help_text=_("The writer reads it. Who gets a piece back is told why."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, piece: Submission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["section"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # as declared above
        field.queryset = Section.objects.filter(locale=piece.locale_id)
