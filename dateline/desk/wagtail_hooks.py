"""The workbench in Wagtail's admin: its pages, and how an original is chosen."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.templatetags.static import static
from django.urls import URLResolver, include, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from dateline.desk import (  # noqa: F401 - what they register is registered by reading them
    hooks_doors,
    hooks_menu,
    hooks_press,
    urls,
)
from dateline.intake.models import Original


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLResolver]:
    """Serve the workbench's pages beside Wagtail's."""
    return [path("", include(urls))]


@hooks.register("insert_global_admin_css")
def desk_styles() -> str:
    """Bring the workbench's few styles."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk.css"))


class OriginalFilterForm(BaseFilterForm):
    """Finds originals by a word of their headline."""

    q = forms.CharField(label=_("In the headline"), required=False)

    def filter(self, objects: Any) -> Any:
        """Return those whose headline has it."""
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        return objects.filter(headline__icontains=self.search_query) if self.search_query else objects


class _Guarded:
    """A chooser for those who may see what came in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("intake.view_original"):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # of the view
        return answer

    def get_object_list(self) -> Any:
        """List them newest first, without their bodies."""
        return Original.objects.newest().defer("body_html", "body_text")


class _Choose(_Guarded, ChooseView):
    filter_form_class = OriginalFilterForm
    per_page = 20


class _ChooseResults(_Guarded, ChooseResultsView):
    filter_form_class = OriginalFilterForm
    per_page = 20


class OriginalChooser(ChooserViewSet):
    """How an article's original is chosen: found by its headline, never from a menu of thousands."""

    model = Original
    icon = "doc-empty"
    choose_one_text = _("Choose an original")
    choose_another_text = _("Choose another original")
    choose_view_class = _Choose
    choose_results_view_class = _ChooseResults


@hooks.register("register_admin_viewset")
def original_chooser() -> ChooserViewSet:
    """Let forms choose originals."""
    return OriginalChooser("original-chooser")
