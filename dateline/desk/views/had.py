"""“Have we had this?”: one box over what came in and what we made."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET
from wagtail.admin.auth import permission_required
from wagtail.admin.paginator import WagtailPaginator

from dateline.desk.forms import OutletChoice
from dateline.desk.queries.had import Had, like
from dateline.desk.queries.had import had as look
from dateline.desk.views.page import shown, user_of
from dateline.intake.models import Original
from dateline.sources.models import Outlet

PAGE = 30


class HadForm(forms.Form):
    """What is looked for. Nonsense in the address narrows nothing."""

    q = forms.CharField(label=lazy("Words, a name, a topic or an address"), required=False, max_length=300)
    where = forms.ChoiceField(
        label=lazy("Where"),
        choices=[
            ("", lazy("everywhere")),
            ("originals", lazy("what came in")),
            ("ours", lazy("what we made")),
        ],
        required=False,
    )
    outlet = OutletChoice(
        label=lazy("Outlet"), queryset=Outlet.objects.all(), required=False, empty_label=lazy("every outlet")
    )
    since = forms.DateField(
        label=lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=lazy("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, sees_outlets: bool, **kwargs: Any) -> None:
        """Without the outlets for who does not see them: their names are not told either."""
        super().__init__(*args, **kwargs)
        if not sees_outlets:
            del self.fields["outlet"]

    def asked(self) -> Had:
        """Return what was asked and makes sense."""
        self.is_valid()
        told = self.cleaned_data
        outlet = told.get("outlet")
        return Had(
            words=told.get("q", "").strip(),
            where=told.get("where", ""),
            outlet=outlet.pk if outlet else None,
            since=told.get("since"),
            until=told.get("until"),
        )


@permission_required("desk.view_own_work")
@require_GET
def had(request: HttpRequest) -> HttpResponse:
    """Show what we had that has these words."""
    user = user_of(request)
    form = HadForm(request.GET, sees_outlets=user.has_perm("sources.view_outlet"))
    asked = form.asked()
    piece = _like(request) if not asked.words and user.has_perm("intake.view_original") else None
    found = like(piece, user=user) if piece else look(asked, user=user)
    paginator = WagtailPaginator(found, per_page=PAGE)
    page = paginator.get_page(request.GET.get("p"))
    return shown(
        request,
        "desk/had.html",
        title=_("Have we had this?"),
        icon="search",
        trail=[],
        form=form,
        asked=asked,
        piece=piece,
        page=page,
        elided_page_range=paginator.get_elided_page_range(page.number),
    )


def _like(request: HttpRequest) -> Original | None:
    """Return the original that is asked about, where one is."""
    told = request.GET.get("like", "")
    if not (told.isdecimal() and len(told) < 19):  # noqa: PLR2004  # as keys are
        return None
    return Original.objects.select_related("outlet").filter(pk=int(told)).first()
