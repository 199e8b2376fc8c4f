"""Our letters to outlets, as templates that the newsroom may word itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.desk.queries import site_codes
from dateline.desk.views.asking_forms import TemplateForm
from dateline.desk.views.page import UNFIT, shown, user_of
from dateline.rights.actions.wording import forget_template, keep_template
from dateline.rights.letters import NEEDED, PLACES
from dateline.rights.letters_shipped import SHIPPED
from dateline.rights.models import LetterTemplate
from dateline.site.queries import own_name
from dateline.sources.models import Outlet


@permission_required("rights.view_permission")
@require_GET
def templates(request: HttpRequest) -> HttpResponse:
    """List every letter by language: those of the site, of the outlets, and those that are shipped."""
    outlets = set(Outlet.objects.exclude(language="").values_list("language", flat=True))
    own = {(row.kind, row.language) for row in LetterTemplate.objects.all()}
    codes = sorted({*SHIPPED, *site_codes(), *outlets, *(language for _kind, language in own)})
    rows = [
        (code, own_name(code), [_cell(kind, code, own) for kind in LetterTemplate.Kind]) for code in codes
    ]
    return shown(
        request,
        "desk/letters.html",
        title=_("Letters"),
        icon="mail",
        trail=[(_("Requests"), reverse("newsroom:requests"))],
        kinds=LetterTemplate.Kind.choices,
        rows=rows,
    )


@permission_required("rights.change_permission")
@require_http_methods(["GET", "POST"])
def template(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """Change one letter in one language, or take the shipped one back."""
    if kind not in LetterTemplate.Kind.values or not 2 <= len(language) <= 20:  # noqa: PLR2004
        raise Http404(_("There is no such letter."))
    row = LetterTemplate.objects.filter(kind=kind, language=language).first()
    if request.method == "POST" and "shipped" in request.POST:
        forget_template(kind=kind, language=language, by=user_of(request), now=timezone.now())
        messages.success(request, _("The letter that is shipped is used again."))
        return redirect("newsroom:letters")
    held = row or _shipped(kind, language)
    form = TemplateForm(request.POST if request.method == "POST" else None, instance=held)
    if request.method == "POST" and form.is_valid():
        keep_template(template=form.save(commit=False), by=user_of(request), now=timezone.now())
        messages.success(request, _("The letter is kept."))
        return redirect("newsroom:letters")
    return shown(
        request,
        "desk/letter.html",
        title=capfirst(f"{LetterTemplate.Kind(kind).label}: {own_name(language)}"),
        icon="mail",
        trail=[(_("Letters"), reverse("newsroom:letters"))],
        form=form,
        is_own=row is not None,
        places=[(f"{{{name}}}", name in NEEDED[kind]) for name in sorted(PLACES[kind])],
        status=UNFIT if form.errors else 200,
    )


def _cell(kind: str, code: str, own: set[tuple[str, str]]) -> tuple[str, str]:
    if (kind, code) in own:
        return kind, _("our own")
    return kind, _("shipped") if code in SHIPPED else _("none: English is sent")


def _shipped(kind: str, language: str) -> LetterTemplate:
    subject, body = SHIPPED.get(language, SHIPPED["en"])[kind]
    return LetterTemplate(kind=kind, language=language, subject=subject, body=body)
