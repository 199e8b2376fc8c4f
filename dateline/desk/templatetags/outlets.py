"""What the pages of outlets need beyond the workbench's own."""

from babel import Locale, UnknownLocaleError
from django import template
from django.utils.translation import get_language, gettext

from dateline.lib.countries import country_name
from dateline.site.queries import own_name

register = template.Library()


@register.filter
def country(code: str) -> str:
    """Return a country's name in the desk's language; what is no code comes back as it is."""
    return country_name(code or "", get_language() or "en")


@register.filter
def language_here(tag: str) -> str:
    """Return a language's name in the desk's language, what it calls itself, or its tag."""
    try:
        told = Locale.parse((get_language() or "en").replace("-", "_")).languages.get(
            tag.partition("-")[0].lower()
        )
    except (UnknownLocaleError, ValueError):
        told = None
    own = own_name(tag)
    return told if told and own == tag else own


@register.filter
def reason(text: str) -> str:
    """Return a reason of a list, in the desk's language."""
    return gettext(text) if text else ""
