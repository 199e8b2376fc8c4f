"""What keeps readers from seeing a piece as it is, told to whoever opens it."""

from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin import messages

from dateline.articles.models import Article
from dateline.lib.text import cut, one_line
from dateline.publishing.queries.trouble import trouble_of

LONGEST = 300


@hooks.register("before_edit_snippet")
def tell_of_trouble(request: HttpRequest, instance: Any) -> None:
    """Say it above the form."""
    if request.method == "GET" and isinstance(instance, Article):
        for one in trouble_of(instance.uid):
            messages.warning(
                request, format_html("{} <bdi>{}</bdi>", one.words, cut(one_line(one.why), LONGEST))
            )
