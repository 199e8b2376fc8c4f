"""Rules that stand: make, drop, and see what they found."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.desk.actions.looking import drop_rule, make_rule, see_notices
from dateline.desk.forms import OutletChoice
from dateline.desk.models import StandingRule
from dateline.desk.queries import beat_labels
from dateline.desk.views.page import UNFIT, next_url, shown, told, user_of
from dateline.sources.models import Outlet


class RuleForm(forms.Form):
    """What must all be so of a piece; what is empty asks nothing."""

    outlet = OutletChoice(
        label=lazy("Outlet"), queryset=Outlet.objects.all(), required=False, empty_label=lazy("every outlet")
    )
    language = forms.CharField(
        label=lazy("Language"), required=False, max_length=20, help_text=lazy("its tag: ka, pt-BR")
    )
    words = forms.CharField(
        label=lazy("Words"),
        required=False,
        max_length=300,
        help_text=lazy("all of them stand in the piece; a comma means “or”: harbour ferry, quay"),
    )
    person = forms.CharField(label=lazy("Signed by"), required=False, max_length=160)
    label = forms.ChoiceField(label=lazy("Label of the beat"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        label = self.fields["label"]
        assert isinstance(label, forms.ChoiceField)  # noqa: S101  # as declared above
        label.choices = [("", "–"), *((one, one) for one in beat_labels())]


@permission_required("intake.view_original")
@require_http_methods(["GET", "POST"])
def standing_rules(request: HttpRequest) -> HttpResponse:
    """Show my rules and make a new one."""
    user, form = user_of(request), RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rule = make_rule(owner=user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, told(_("You are told from now on: %s"), str(rule)))
            return redirect("newsroom:standing-rules")
    return shown(
        request,
        "desk/standing.html",
        title=_("Tell me when"),
        icon="tag",
        trail=[(_("My work today"), reverse("newsroom:today"))],
        form=form,
        rules=user.standing_rules.select_related("outlet"),
        status=UNFIT if form.errors else 200,
    )


@permission_required("intake.view_original")
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of my rules away."""
    rule = get_object_or_404(StandingRule, pk=pk, owner=user_of(request))
    drop_rule(rule=rule, by=user_of(request), now=timezone.now())
    messages.success(request, told(_("You are not told any more: %s"), str(rule)))
    return redirect("newsroom:standing-rules")


@permission_required("intake.view_original")
@require_POST
def notices_seen(request: HttpRequest) -> HttpResponse:
    """Note that I have seen what my rules found."""
    see_notices(of=user_of(request), now=timezone.now())
    return redirect(next_url(request) or reverse("newsroom:today"))
