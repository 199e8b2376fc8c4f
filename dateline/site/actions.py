"""Verbs about the publication itself."""

from collections.abc import Iterable

from django.db import transaction
from wagtail.models import Locale

from dateline.site.models import Identity, SiteLanguage

DEFAULT_LANGUAGE = "en"


@transaction.atomic
def lay_identity() -> Identity:
    """Return the identity, with at least one language. Safe to repeat."""
    identity: Identity = Identity.load()
    if not identity.languages.exists():
        SiteLanguage.objects.create(identity=identity, code=DEFAULT_LANGUAGE, sort_order=0)
    speak(code for code in identity.languages.values_list("code", flat=True))
    return identity


def speak(codes: Iterable[str]) -> None:
    """Make sure that pieces can be written in these languages."""
    for code in codes:
        Locale.objects.get_or_create(language_code=code)
