"""What people fill in about the desk's work."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dateline.articles.kinds import Kind
from dateline.desk.models import Assignment
from dateline.desk.queries.board import BoardFilters
from dateline.desk.queries.given import colleagues
from dateline.desk.stages import Stage
from dateline.people.models import User

STAGE_NAMES = {
    Stage.PROPOSED: _("proposed"),
    Stage.ACCEPTED: _("accepted"),
    Stage.ASKED: _("rights asked"),
    Stage.GRANTED: _("granted"),
    Stage.TRANSLATION: _("in translation"),
    Stage.EDIT: _("in edit"),
    Stage.READY: _("ready"),
    Stage.SCHEDULED: _("scheduled"),
    Stage.LIVE: _("live"),
    Stage.CORRECTED: _("corrected"),
    Stage.RECALLED: _("recalled"),
    Stage.KILLED: _("killed"),
}


class PersonChoice(forms.ModelChoiceField[User]):
    """A menu of those who work here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), **kwargs)


class BoardFilterForm(forms.Form):
    """What the board is narrowed to. Nonsense in the address narrows nothing."""

    who = PersonChoice(label=_("Given to"), required=False, empty_label=_("everybody"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("every kind")), *Kind.choices], required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    stage = forms.ChoiceField(
        label=_("Stands at"), choices=[("", _("every step")), *STAGE_NAMES.items()], required=False
    )
    q = forms.CharField(label=_("In the headline"), required=False, max_length=200)
    late = forms.BooleanField(label=_("overdue only"), required=False)

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person, tongue = self.fields["who"], self.fields["language"]
        assert isinstance(person, PersonChoice)  # noqa: S101  # as declared above
        assert isinstance(tongue, forms.ChoiceField)  # noqa: S101
        person.queryset = colleagues()
        names = dict(settings.LANGUAGES)
        tongue.choices = [("", _("every language")), *((code, names.get(code, code)) for code in languages)]

    def filters(self) -> BoardFilters:
        """Return what was asked and makes sense."""
        self.is_valid()
        told = self.cleaned_data
        who = told.get("who")
        return BoardFilters(
            who=who.pk if who else None,
            kind=told.get("kind", ""),
            language=told.get("language", ""),
            words=told.get("q", "").strip(),
            stage=told.get("stage", ""),
            is_overdue=told.get("late", False),
        )


class AssignForm(forms.Form):
    """Who is to do what, by when."""

    who = PersonChoice(label=_("Who"))
    task = forms.ChoiceField(label=_("What"), choices=Assignment.Task.choices)
    idea = forms.CharField(label=_("The idea, in a sentence"), max_length=300)
    due_at = forms.DateTimeField(
        label=_("By when"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("in the publication's time"),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, is_idea: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["who"]
        assert isinstance(person, PersonChoice)  # noqa: S101  # as declared above
        person.queryset = colleagues()
        if not is_idea:
            del self.fields["idea"]
