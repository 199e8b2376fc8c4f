"""What a reader may ask of the search."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

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
    outlet = forms.ChoiceField(label=_("From"), required=False)
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
