"""What people fill in at the editions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dateline.articles.models import Article
from dateline.editions.models import Edition, LateChange, Run
from dateline.editions.queries.contents import placed
from dateline.editions.slots import SLOTS

DAYS = [
    ("", "—"),
    *((str(number), name) for number, name in enumerate(
        (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    )),
]  # fmt: skip
_CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class WordsForm(forms.Form):
    """The text on top of an edition."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    foreword = forms.CharField(
        label=_("Foreword"), widget=forms.Textarea(attrs={"rows": 4}), required=False, max_length=5000
    )


class LateForm(forms.Form):
    """What is added to a closed edition, or put right in it."""

    kind = forms.ChoiceField(label=_("What it is"), choices=LateChange.Kind.choices)
    said = forms.CharField(
        label=_("What readers are told"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    article = forms.ModelChoiceField(
        label=_("About the piece"), queryset=Article.objects.none(), required=False, empty_label=_("no piece")
    )
    slot = forms.ChoiceField(
        label=_("Give it a place in"),
        choices=[("", _("no place")), *((one.code, one.name) for one in SLOTS.values())],
        required=False,
    )

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pieces = [row.article_id for row in placed(edition)]
        newest = Article.objects.live().in_language(edition.language).newest().values_list("pk", flat=True)
        field = self.fields["article"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # declared above
        field.queryset = Article.objects.filter(pk__in=[*pieces, *newest[:40]]).newest()


class ReopenForm(forms.Form):
    """Until when an edition is open again."""

    closes_at = forms.DateTimeField(
        label=_("Closes again"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )


class RunForm(forms.ModelForm[Run]):
    """A run: its name, rhythm and hour; and for each slot how many pieces it holds (empty: none) and its place."""

    weekday = forms.TypedChoiceField(
        label=_("Day of the week"), choices=DAYS, coerce=int, empty_value=None, required=False
    )

    class Meta:
        model = Run
        fields = ("name", "code", "rhythm", "weekday", "closes", "is_running")
        widgets = {"closes": _CLOCK}

    def __init__(self, *args: Any, template: tuple[tuple[str, int], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = {code: place for place, (code, _most) in enumerate(template, start=1)}
        most = dict(template)
        for code, kind in SLOTS.items():
            self.fields[f"most-{code}"] = forms.IntegerField(
                label=kind.name, min_value=0, max_value=30, required=False, initial=most.get(code)
            )
            self.fields[f"place-{code}"] = forms.IntegerField(
                label=_("Place"), min_value=1, max_value=30, required=False, initial=order.get(code)
            )

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        """The slots with their places, for the page."""
        return [(self[f"most-{code}"], self[f"place-{code}"]) for code in SLOTS]

    @property
    def facts(self) -> list[Any]:
        """The fields of the run itself."""
        return [self[name] for name in self.Meta.fields]

    def template(self) -> list[tuple[str, int]]:
        """Return the slots in their order; those without a number of pieces are left out."""
        asked = self.cleaned_data
        used = [code for code in SLOTS if asked.get(f"most-{code}")]
        used.sort(key=lambda code: asked.get(f"place-{code}") or len(SLOTS))
        return [(code, int(asked[f"most-{code}"])) for code in used]
