"""Languages by their names, and pages by their languages."""

from django.conf import settings
from django.utils.translation import get_language_info, gettext

from dateline.lib.scripts import direction
from dateline.publishing.pages import Link
from dateline.site.queries import own_name


def name_here(language: str) -> str:
    """Return the name of a language in the language that is being spoken; its own name where we have no other."""
    try:
        return gettext(get_language_info(language)["name"])
    except KeyError:
        return dict(settings.LANGUAGES).get(language, language)


def language_link(language: str, href: str, *, is_current: bool = False) -> Link:
    """Return the way to a page in a language, which stands there under its own name."""
    return Link(
        name=own_name(language),
        href=href,
        language=language,
        direction=direction(language),
        is_current=is_current,
    )
