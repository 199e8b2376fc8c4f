"""Agreements on the desk."""

from typing import Any, ClassVar

from django.urls import URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from dateline.agreements import urls
from dateline.agreements.actions import note_agreed
from dateline.agreements.forms import AgreementForm
from dateline.agreements.models import Agreement


class AgreementCreateView(CreateView):
    """A new agreement; its outlet may be named in the address."""

    def get_initial_form_instance(self) -> Agreement:
        """Fill in the outlet that the link came from, and today."""
        outlet = self.request.GET.get("outlet", "")
        agreement = Agreement(starts_on=timezone.localdate())
        if outlet.isdigit():
            agreement.outlet_id = int(outlet)
        return agreement

    def save_instance(self) -> Agreement:
        """Save it and enter it into the audit."""
        agreement: Agreement = super().save_instance()
        note_agreed(agreement=agreement, by=self.request.user, now=timezone.now())
        return agreement


class AgreementEditView(EditView):
    """An agreement that is changed."""

    def save_instance(self) -> Agreement:
        """Save it and enter it into the audit."""
        agreement: Agreement = super().save_instance()
        note_agreed(agreement=agreement, by=self.request.user, now=timezone.now(), is_change=True)
        return agreement

    def get_page_subtitle(self) -> str:
        """Name it, and say where it grants nothing any more."""
        if self.object.revoked_at is None:
            return str(self.object)
        day = date_format(timezone.localtime(self.object.revoked_at), "DATE_FORMAT")
        return _("%(agreement)s (revoked on %(day)s)") % {"agreement": self.object, "day": day}

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Lead to its revocation, too, while it grants anything."""
        buttons: list[Button] = list(super().header_more_buttons)
        if self.object.revoked_at is None:
            address = reverse("agreements:revoke", args=[self.object.pk])
            buttons.append(Button(_("Revoke…"), url=address, icon_name="cross", priority=30))
        return buttons


class AgreementViewSet(SnippetViewSet):
    """What outlets allow."""

    model = Agreement
    icon = "clipboard-list"
    menu_label = _("Agreements")
    menu_name = "agreements"
    menu_order = 150
    add_to_admin_menu = True
    list_display: ClassVar = ["title", "party", "starts_on", "ends_on", "revoked_at"]
    list_filter: ClassVar = ["outlet"]
    list_per_page = 50
    search_fields: ClassVar = ["title", "outlet__name", "author", "agency"]
    search_backend_name = None
    copy_view_enabled = False
    inspect_view_enabled = False
    add_view_class = AgreementCreateView
    edit_view_class = AgreementEditView
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            MultiFieldPanel(
                [
                    FieldPanel("outlet"),
                    FieldPanel("other_outlets"),
                    FieldRowPanel([FieldPanel("author"), FieldPanel("agency")]),
                ],
                heading=_("With whom"),
            ),
            FieldPanel("uses"),
            FieldPanel("languages"),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
            MultiFieldPanel(
                [
                    FieldPanel("credit_line"),
                    FieldRowPanel(
                        [FieldPanel("max_words"), FieldPanel("pieces_a_month"), FieldPanel("stay_days")]
                    ),
                    FieldPanel("territory"),
                    FieldPanel("licence"),
                    FieldPanel("is_noncommercial"),
                    FieldPanel("is_exclusive"),
                    FieldPanel("may_by_machine"),
                    FieldPanel("canonical"),
                    FieldPanel("is_noindex"),
                    FieldPanel("may_show_original"),
                    FieldPanel("needs_approval"),
                ],
                heading=_("Conditions"),
            ),
            FieldRowPanel(
                [FieldPanel("fee_kind"), FieldPanel("fee_amount"), FieldPanel("fee_currency")],
                heading=_("Fee"),
            ),
            FieldPanel("evidence"),
            FieldPanel("note"),
        ],
        base_form_class=AgreementForm,
    )

    def get_queryset(self, _request: Any) -> Any:
        """Read each with its outlet."""
        return Agreement.objects.select_related("outlet").order_by("outlet__name", "-starts_on")


register_snippet(AgreementViewSet)


@hooks.register("register_admin_urls")
def agreement_urls() -> list[URLResolver]:
    """Serve the evidence, and revocations."""
    return [path("agreements/", include(urls))]
