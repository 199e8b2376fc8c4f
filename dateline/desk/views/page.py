"""What every page of the workbench shares: its furniture, its way back, and who asks."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_valid_next_url_from_request

from dateline.articles.models import Article
from dateline.lib.text import cut, one_line
from dateline.people.models import User
from dateline.site.queries import identity, zone

UNFIT: Final = 422
LONGEST_NUMBER: Final = 18  # digits that every database can compare


def shown(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    icon: str,
    trail: list[tuple[str, str]],
    label: str = "",
    **context: Any,
) -> HttpResponse:
    """Return a page of the desk, with its times in the publication's zone.

    trail: names and addresses above it. label: what the trail ends with, where that is not the title.
    """
    title = cut(one_line(title), 120)
    crumbs = [{"url": address, "label": name} for name, address in [(_("Newslist"), home_url()), *trail]]
    status = context.pop("status", 200)
    furniture = {
        "header_title": title,
        "page_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [*crumbs, {"url": "", "label": label or title}],
    }
    with timezone.override(zone(identity())):
        return render(request, template, {**furniture, **context}, status=status)


def user_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  # Wagtail's door lets nobody else in
    return request.user


def home_url() -> str:
    return reverse("wagtailadmin_home")


def next_url(request: HttpRequest) -> str:
    """Return where a form asks to be led back to: a path of ours, or nothing."""
    asked = str(get_valid_next_url_from_request(request) or "")
    # What is no path would be taken for the name of a page.
    return asked if asked.startswith("/") and asked.isprintable() else ""


def number(asked: str | None) -> int:
    """Return the number of a row that a form names; 0, which no row has, for what is none."""
    is_one = bool(asked and asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER)
    return int(asked or 0) if is_one else 0


def is_fetch(request: HttpRequest) -> bool:
    """Does the page's script ask, which wants a few words and not a page?"""
    return request.headers.get("X-Newsroom") == "fetch"


def edit_url(request: HttpRequest, article: Article) -> str:
    return AdminURLFinder(user_of(request)).get_edit_url(article) or home_url()


def told(sentence: str, headline: str) -> str:
    """Return a sentence about a headline from outside, set apart so that it cannot turn the sentence around."""
    return format_html(
        sentence.replace("%s", "{}"), format_html("<bdi>{}</bdi>", cut(one_line(headline), 120))
    )
