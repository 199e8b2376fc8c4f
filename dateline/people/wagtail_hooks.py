"""The room's pages in Wagtail's admin."""

from django.templatetags.static import static
from django.urls import URLResolver, include, path
from django.utils.html import format_html
from wagtail import hooks

from dateline.people import urls


@hooks.register("register_admin_urls")
def account_urls() -> list[URLResolver]:
    """Serve the pages of one's own account."""
    return [path("", include(urls))]


@hooks.register("insert_global_admin_css")
def account_styles() -> str:
    """Bring the style of what stands above every page of a newsroom without second factors."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk-account.css"))
