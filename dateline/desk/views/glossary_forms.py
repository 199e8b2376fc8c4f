"""What the glossary's pages send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dateline.lib.formats.terms import PREFERRED, Concept, Form
from dateline.lib.text import one_line
from dateline.translation.models import Term, TermForm

_EMPTY_LINES = 3


class GlossaryFilterForm(forms.Form):
    """What the list is narrowed to."""

    q = forms.CharField(label=_("Look for"), required=False, max_length=200)
    language = forms.CharField(label=_("Language"), required=False, max_length=20)


class GlossaryFileForm(forms.Form):
    """A glossary of another tool."""

    file = forms.FileField(
        label=_("File"), help_text=_("CSV with the columns concept, language, form, status; or TBX.")
    )


class TermDetailsForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker alone
    """What a term is; its forms are lines of their own."""

    class Meta:
        model = Term
        fields = ("name", "definition", "domain", "note")
        widgets = {"definition": forms.Textarea(attrs={"rows": 2}), "note": forms.Textarea(attrs={"rows": 2})}


class TermLineForm(forms.Form):
    """A form of a term in one language; a line without a form is no line."""

    language = forms.CharField(label=_("Language"), required=False, max_length=20)
    form = forms.CharField(label=_("Form"), required=False, max_length=300)
    status = forms.ChoiceField(
        label=_("Status"), choices=TermForm.Status.choices, required=False, initial=PREFERRED
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        """Say that a form has a language."""
        told = super().clean() or self.cleaned_data
        if told.get("form") and not one_line(told.get("language", "")):
            self.add_error("language", _("Say which language this is, such as az or en."))
        return told


TermLines = forms.formset_factory(TermLineForm, extra=_EMPTY_LINES, max_num=200)


def concept_of(details: dict[str, Any], lines: list[dict[str, Any]]) -> Concept:
    """Return what a valid form says."""
    return Concept(
        concept=details["name"],
        definition=details["definition"],
        domain=details["domain"],
        note=details["note"],
        forms=tuple(
            Form(
                language=one_line(line["language"]),
                form=one_line(line["form"]),
                status=line["status"] or PREFERRED,
                note=line["note"],
            )
            for line in lines
            if one_line(line.get("form", ""))
        ),
    )
