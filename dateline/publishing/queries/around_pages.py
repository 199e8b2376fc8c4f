"""What else stands around every page: the latest edition, the bar, policies, the pages that Python answers."""

from typing import Any, Final

from django.conf import settings
from django.utils import translation

from dateline.articles.addresses import (
    account_path,
    republish_terms_path,
    saved_path,
    search_path,
)
from dateline.publishing.models import PlainPage
from dateline.publishing.pages import Link
from dateline.publishing.queries.edition_numbers import numbered, out_in
from dateline.publishing.queries.press import Press
from dateline.publishing.republishing import known

# The pages that the bar and the foot name, by the slugs that the starter texts have.
POLICIES: Final = ("privacy-policy", "terms-of-use", "cookies")


def around(press: Press, language: str) -> dict[str, Any]:
    """Return the fields of a Frame that are looked up here."""
    with translation.override(language):
        return {
            "issue": _issue(language),
            "notice": press.identity.notice,
            "policies": _policies(language),
            "licence": _licence(press, language),
            "search": search_path() if settings.DATELINE_SEARCH != "off" else "",
            "saved": saved_path(language=language),
            "account": account_path(language=language) if press.identity.accounts else "",
        }


def _issue(language: str) -> Link | None:
    latest = out_in(language).first()
    return Link(name=numbered(latest), href=latest.path) if latest else None


def _policies(language: str) -> tuple[Link, ...]:
    rows = PlainPage.objects.live().filter(locale__language_code=language, slug__in=POLICIES)
    found = {row.slug: row for row in rows.select_related("locale")}
    return tuple(
        Link(name=found[slug].title, href=found[slug].path_here) for slug in POLICIES if slug in found
    )


def _licence(press: Press, language: str) -> Link | None:
    """Under which others may take our own pieces, with the way to our terms."""
    chosen = known(press.identity.republish_licence)
    return Link(name=chosen.name, href=republish_terms_path(language=language)) if chosen else None
