"""Wagtail's views of articles, with the gate's refusal told instead of thrown."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.snippets.views.snippets import CreateView, EditView

from dateline.articles.gate import NotCleared
from dateline.articles.models import NotYourSection


def told(view: Any, publish: Callable[[], HttpResponse | None]) -> HttpResponse | None:
    """Publish; where the gate refuses, say everything that is missing. What was written stays, as a draft."""
    try:
        return publish()
    except NotYourSection as refusal:
        messages.error(view.request, str(refusal))
        return redirect(view.get_edit_url())
    except NotCleared as refusal:
        listed = format_html_join("", "<li>{}</li>", ((lack.message,) for lack in refusal.lacks))
        head = _("It is saved as a draft, and cannot go out yet:")
        messages.error(view.request, format_html("{} <ul>{}</ul>", head, listed))
        return redirect(view.get_edit_url())


class ArticleCreateView(CreateView):
    """A new piece."""

    def publish_action(self) -> HttpResponse | None:
        """Publish through the gate."""
        return told(self, super().publish_action)


class ArticleEditView(EditView):
    """A piece on the desk."""

    def publish_action(self) -> HttpResponse | None:
        """Publish through the gate."""
        return told(self, super().publish_action)
