"""What people fill in to put a piece right, and about the right of reply."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dateline.articles.models import Correction, ReplyTask

CORRECTION, UPDATE = Correction.Kind.CORRECTION, Correction.Kind.UPDATE
RECALL, KILL = Correction.Kind.RECALL, Correction.Kind.KILL
NAMES = {
    CORRECTION: _("correct: something was wrong"),
    UPDATE: _("update: there is more, and nothing was wrong"),
    RECALL: _("recall: take it back, with a note for readers at its address"),
    KILL: _("kill: take it back, and tell readers nothing"),
}


class PutRightForm(forms.Form):
    """What is done to a piece that readers see, and in which words."""

    kind = forms.ChoiceField(label=_("What is to be done"), widget=forms.RadioSelect, initial=CORRECTION)
    was_wrong = forms.CharField(
        label=_("What was wrong"),
        required=False,
        max_length=2000,
        help_text=_("for a correction; readers see it"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    said = forms.CharField(
        label=_("What is right now, what is new, or the note"),
        max_length=2000,
        help_text=_("Readers see it; of a kill it is the reason, which the staff alone sees."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, may_correct: bool, may_withdraw: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = [*([CORRECTION, UPDATE] if may_correct else []), *([RECALL, KILL] if may_withdraw else [])]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101  # as declared above
        kind.choices = [(one.value, NAMES[one]) for one in allowed]
        kind.initial = allowed[0] if allowed else None

    def clean(self) -> dict[str, Any]:
        """A correction says what was wrong."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("kind") == CORRECTION and not told.get("was_wrong"):
            self.add_error("was_wrong", _("Say what was wrong."))
        return told

    @property
    def is_for_good(self) -> bool:
        """Whether what was chosen cannot be undone."""
        return self.cleaned_data["kind"] in {RECALL, KILL}


class ReplyForm(forms.Form):
    """Who is to be asked for a reply."""

    of_whom = forms.CharField(label=_("Who is to be asked"), max_length=160)
    contact = forms.CharField(label=_("How to reach them"), max_length=300, required=False)
    due_on = forms.DateField(
        label=_("Answer by"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class ReplyNoteForm(forms.Form):
    """How far it is."""

    state = forms.ChoiceField(label=_("Stands at"), choices=ReplyTask.State.choices)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False)
