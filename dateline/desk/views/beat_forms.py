"""The beat as people fill it in: its particulars, a row for each concept, and a text to try it on."""

import json
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dateline.articles.models import Section
from dateline.intake.beat import KINDS, WEIGHTS, Beat
from dateline.intake.beat_reading import BadBeat, read_beat, written
from dateline.intake.models import Original

KIND_NAMES: Final = {"name": _("name"), "place": _("place"), "term": _("term")}
WEIGHT_NAMES: Final = {
    "decisive": _("decisive"),
    "strong": _("strong"),
    "usual": _("usual"),
    "weak": _("weak"),
}
NEW_ROWS: Final = 3
_ROWS: Final = {"rows": 2}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _commas(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


class ParticularsForm(forms.Form):
    """What is said of a beat once."""

    name = forms.CharField(label=_("Subject"), max_length=200)
    about = forms.CharField(
        label=_("In a sentence or two"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=_ROWS),
        help_text=_("What it is about. Where an embedder is installed it reads this, in any language."),
    )
    line = forms.FloatField(
        label=_("Line"),
        min_value=0.05,
        max_value=0.95,
        help_text=_("Pieces with a lower score are folded away; 0.5 is usual."),
        widget=forms.NumberInput(attrs={"step": "0.05"}),
    )
    labels = forms.CharField(
        label=_("Labels"), required=False, help_text=_("of every piece over the line, with commas")
    )
    outlets = forms.CharField(
        label=_("Outlets that count by themselves"),
        required=False,
        widget=forms.Textarea(attrs=_ROWS),
        help_text=_("One a line, as “Harbour Courier: decisive”. Weights: decisive, strong, usual, weak."),
    )
    examples_for = forms.CharField(
        label=_("Examples for"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One text a line: a headline and its first sentences, in any language."),
    )
    examples_against = forms.CharField(
        label=_("Examples against"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_outlets(self) -> dict[str, str]:
        """Return the weight of each outlet."""
        told = {}
        for line in _lines(self.cleaned_data["outlets"]):
            name, colon, weight = line.rpartition(":")
            told[(name if colon else line).strip()] = (weight.strip() if colon else "strong").lower()
        return told

    def told(self) -> dict[str, Any]:
        """Return what was filled in as the beat's JSON has it, without concepts."""
        asked = self.cleaned_data
        languages = self.initial.get("example_languages", {})
        return {
            "name": asked["name"],
            "about": asked["about"],
            "line": asked["line"],
            "labels": _commas(asked["labels"]),
            "outlets": asked["outlets"],
            "examples": {
                which: [
                    {"text": text, "language": languages.get(text, "")}
                    for text in _lines(asked[f"examples_{which}"])
                ]
                for which in ("for", "against")
            },
        }


class ConceptForm(forms.Form):
    """One name, place or term. A row without a name is no concept."""

    name = forms.CharField(label=_("Concept"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind, KIND_NAMES[kind]) for kind in KINDS])
    weight = forms.ChoiceField(
        label=_("Weight"), choices=[(weight, WEIGHT_NAMES[weight]) for weight in WEIGHTS]
    )
    words = forms.CharField(
        label=_("Forms"),
        required=False,
        widget=forms.Textarea(attrs=_ROWS),
        help_text=_("A line for each language, as “en: lake, the great lake”. Endings are known."),
    )
    needs_company = forms.BooleanField(label=_("Needs company"), required=False)
    not_with = forms.CharField(label=_("Something else beside"), required=False)
    labels = forms.CharField(label=_("Labels"), required=False)

    def clean_words(self) -> dict[str, list[str]]:
        """Return the forms by language. Raises ValidationError for a line without one."""
        told: dict[str, list[str]] = {}
        for line in _lines(self.cleaned_data["words"]):
            language, colon, words = line.partition(":")
            if not colon:
                raise ValidationError(
                    gettext("Begin each line with a language and a colon, as in “en: %s”.") % line
                )
            told.setdefault(language.strip(), []).extend(_commas(words))
        return told

    def clean(self) -> dict[str, Any]:
        """A concept with forms has a name."""
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        if asked.get("words") and not asked.get("name"):
            self.add_error("name", _("Give the concept a name."))
        return asked

    def told(self) -> dict[str, Any]:
        """Return the concept as the beat's JSON has it."""
        asked = self.cleaned_data
        return {
            "name": asked["name"],
            "kind": asked["kind"],
            "weight": asked["weight"],
            "forms": asked["words"] or {"en": [asked["name"]]},
            "needs_company": asked["needs_company"],
            "not_with": _commas(asked["not_with"]),
            "labels": _commas(asked["labels"]),
        }


ConceptRows = forms.formset_factory(ConceptForm, extra=NEW_ROWS, max_num=1_000, validate_max=True)


class BeatForm:
    """Both together: what a page shows and sends back."""

    def __init__(self, beat: Beat | None, *, version: int, data: Any = None) -> None:
        self.particulars = ParticularsForm(data, initial=_particulars(beat, version), prefix="beat")
        concepts = [_row(concept) for concept in written(beat)["concepts"]] if beat else []
        self.rows = ConceptRows(data, initial=concepts, prefix="concept")
        self.faults: list[str] = []

    def is_valid(self) -> bool:
        """Whether it can be read; what is wrong stands beside its field or in `faults`."""
        is_filled = self.particulars.is_valid() and self.rows.is_valid()
        if not is_filled:
            return False
        try:
            read_beat(self.description)
        except BadBeat as error:
            self.faults = faults_in_words(error)
        return not self.faults

    @property
    def description(self) -> dict[str, Any]:
        """The beat as JSON values."""
        concepts = [row.told() for row in self.rows if row.cleaned_data.get("name")]
        return {**self.particulars.told(), "concepts": concepts}

    @property
    def version(self) -> int:
        """The version that was changed."""
        return int(self.particulars.cleaned_data["version"])


def faults_in_words(error: BadBeat) -> list[str]:
    """Return what is wrong with a description in the reader's language."""
    return [gettext(fault.sentence) % dict(fault.values) for fault in error.faults]


class FileForm(forms.Form):
    """A beat from a file, as the lab and another desk write it."""

    file = forms.FileField(label=_("File"), help_text=_("JSON, as “Save as a file” gives it."))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_file(self) -> object:
        """Return the JSON values. Raises ValidationError where it is none, or longer than a beat can be."""
        file = self.cleaned_data["file"]
        if file.size > 4_000_000:  # noqa: PLR2004
            raise ValidationError(gettext("The file is larger than 4 MB: it is no beat."))
        try:
            return json.loads(file.read().decode("utf-8-sig"))
        except (ValueError, RecursionError):
            raise ValidationError(gettext("The file is not JSON.")) from None


class TrialForm(forms.Form):
    """A text, or an original that we have, to be held against the beat."""

    original = forms.ModelChoiceField(
        label=_("Number of an original"),
        queryset=Original.objects.select_related("outlet"),
        required=False,
        widget=forms.NumberInput,
    )
    title = forms.CharField(label=_("Headline"), required=False, max_length=500)
    text = forms.CharField(
        label=_("Text"), required=False, max_length=100_000, widget=forms.Textarea(attrs={"rows": 5})
    )
    language = forms.CharField(label=_("Language"), required=False, max_length=20)

    def clean(self) -> dict[str, Any]:
        """Something must be there to be judged."""
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (asked.get("original") or asked.get("title") or asked.get("text")):
            raise ValidationError(gettext("Give a headline or a text, or the number of an original."))
        return asked


class RouteForm(forms.Form):
    """To which section a label leads."""

    label = forms.CharField(label=_("Label"), max_length=80)
    section = forms.ModelChoiceField(
        label=_("Section"),
        queryset=Section.objects.select_related("locale"),
        required=False,
        empty_label=_("no section"),
    )


def _particulars(beat: Beat | None, version: int) -> dict[str, Any]:
    if beat is None:
        return {"line": 0.5, "version": version}
    examples = (*beat.examples_for, *beat.examples_against)
    return {
        "name": beat.name,
        "about": beat.about,
        "line": beat.line,
        "labels": ", ".join(beat.labels),
        "outlets": "\n".join(f"{name}: {weight}" for name, weight in beat.outlets.items()),
        "examples_for": "\n".join(one.text for one in beat.examples_for),
        "examples_against": "\n".join(one.text for one in beat.examples_against),
        "example_languages": {one.text: one.language for one in examples},
        "version": version,
    }


def _row(told: dict[str, Any]) -> dict[str, Any]:
    return {
        **told,
        "words": "\n".join(f"{language}: {', '.join(words)}" for language, words in told["forms"].items()),
        "not_with": ", ".join(told.get("not_with", [])),
        "labels": ", ".join(told.get("labels", [])),
    }
