"""The translation desk in Wagtail's admin."""

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from dateline.translation.views import may_translate


@hooks.register("register_admin_urls")
def translation_urls() -> list[URLResolver]:
    """Serve the desk under translate/."""
    return [path("translate/", include("dateline.translation.urls"))]


class TranslationMenuItem(MenuItem):
    """Shown to those who may translate."""

    def is_shown(self, request: object) -> bool:
        """Return whether the user may translate."""
        return may_translate(request.user)  # type: ignore[attr-defined]  # Wagtail is untyped


@hooks.register("register_admin_menu_item")
def translation_menu_item() -> MenuItem:
    """Lead to the open translations."""
    return TranslationMenuItem(
        _("Translations"), reverse("translation:index"), name="translations", icon_name="copy", order=130
    )
