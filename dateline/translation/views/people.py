"""Who translates a piece, who reads it after them, and who reads its language."""

from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from dateline.people.models import User
from dateline.translation.actions.staffing import OnePersonTwice, assign_people
from dateline.translation.views.changes import EDITS, only_with
from dateline.translation.views.shared import UNFIT, address, breadcrumbs, job_for


def _translators() -> QuerySet[User]:
    """Return those who may work on translations."""
    may = Permission.objects.filter(codename__in=["change_job", "change_article"])
    having = Q(groups__permissions__in=may) | Q(user_permissions__in=may) | Q(is_superuser=True)
    able: QuerySet[User] = User.objects.staff().filter(having, is_active=True).distinct()
    return able.order_by("last_name", "first_name", "username")


class PeopleForm(forms.Form):
    """Who does what; an empty place is nobody's."""

    translator = forms.ModelChoiceField(User.objects.none(), label=lazy("Translator"), required=False)
    reviser = forms.ModelChoiceField(
        User.objects.none(),
        label=lazy("Reviser"),
        help_text=lazy("Reads each sentence against the original."),
        required=False,
    )
    language_editor = forms.ModelChoiceField(
        User.objects.none(),
        label=lazy("Language editor"),
        help_text=lazy("Reads the translation alone, last."),
        required=False,
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for field in self.fields.values():
            field.queryset = _translators()  # type: ignore[attr-defined]  # each is a ModelChoiceField


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show who is on a translation, and take others."""
    by = only_with(request, EDITS)
    job = job_for(job_id)
    now_on = {name: getattr(job, f"{name}_id") for name in ("translator", "reviser", "language_editor")}
    form = PeopleForm(request.POST or None, initial=now_on)
    if request.method == "POST" and form.is_valid():
        try:
            assign_people(job=job, **form.cleaned_data, by=by, now=timezone.now())
        except OnePersonTwice as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Each sentence goes through their hands now, in this order."))
            return redirect(address(job))
    context = {
        "job": job,
        "form": form,
        "header_title": _("Who does what"),
        "header_icon": "group",
        "breadcrumbs_items": breadcrumbs((address(job), job.source_title), ("", _("Who does what"))),
    }
    return render(request, "translation/people.html", context, status=UNFIT if form.errors else 200)
