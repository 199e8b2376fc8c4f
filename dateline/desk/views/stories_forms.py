"""What people fill in at the stories."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dateline.intake.actions.stories import LONGEST_TITLE
from dateline.intake.queries.stories import STATES, StoryFilters, place_name, places, story_languages
from dateline.site.queries import own_name

STATE_NAMES = {"open": _("open"), "closed": _("closed"), "all": _("all")}


class StoryFilterForm(forms.Form):
    """What the list of stories is narrowed to. Nonsense in the address narrows nothing."""

    state = forms.ChoiceField(
        label=_("Show"), choices=[(code, STATE_NAMES[code]) for code in STATES], required=False
    )
    words = forms.CharField(label=_("In a headline"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Told in"), required=False)
    country = forms.ChoiceField(label=_("Told from"), required=False)
    least = forms.TypedChoiceField(
        label=_("Pieces"),
        choices=[(1, _("any number")), (2, _("2 or more")), (5, _("5 or more")), (10, _("10 or more"))],
        coerce=int,
        empty_value="1",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tongues = [(tag, own_name(tag)) for tag in story_languages()]
        countries = [(place, place_name(place)) for place in places()]
        self._offer("language", [("", _("any language")), *tongues])
        self._offer("country", [("", _("anywhere")), *countries])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = choices

    def filters(self) -> StoryFilters:
        """Return what was asked for, where it makes sense."""
        self.is_valid()
        asked = getattr(self, "cleaned_data", {})
        return StoryFilters(
            state=asked.get("state") or "open",
            words=asked.get("words") or "",
            language=asked.get("language") or "",
            country=asked.get("country") or "",
            least=int(asked.get("least") or 1),
        )


class TitleForm(forms.Form):
    """A title for a story; empty: its pieces name it again."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE, required=False)
