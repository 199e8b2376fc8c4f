"""Lay the pages with which an empty installation begins: policies, contact, and a draft of who we are."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from wagtail.models import Locale, Page, Site

from dateline.exchange.sample.markup import read_blocks, read_front_matter
from dateline.exchange.sample.raw import body_html
from dateline.publishing.models import PlainPage

TEXTS: Final = Path(__file__).resolve().parent.parent / "starter"
# In the order in which they stand at the foot of a page.
SLUGS: Final = ("who-we-are", "contact", "privacy-policy", "terms-of-use", "cookies")
# What nobody but the owner can say: it waits for them.
DRAFTS: Final = frozenset({"who-we-are"})
WITHOUT_A_TEXT: Final = "en"


@transaction.atomic
def lay_starter_pages(*, languages: Iterable[str]) -> list[PlainPage]:
    """Lay the pages that a language does not have, by their slugs. Safe to repeat; returns those that are new.

    A language without texts of ours gets the English ones, as drafts that are to be translated.
    """
    root = _root()
    return [page for language in languages for page in _laid(root, language)]


def _laid(root: Page, language: str) -> Iterator[PlainPage]:
    locale, _made = Locale.objects.get_or_create(language_code=language)
    shelf = root.get_children().filter(slug=language).first() or root.add_child(
        instance=Page(title=language, slug=language, locale=locale, live=False)
    )
    held = set(PlainPage.objects.filter(locale=locale).values_list("slug", flat=True))
    for slug in SLUGS:
        if slug not in held:
            shelf.refresh_from_db()
            yield _page(shelf, slug, locale)


def _page(shelf: Page, slug: str, locale: Locale) -> PlainPage:
    own = TEXTS / f"{slug}.{locale.language_code}.md"
    file = own if own.exists() else TEXTS / f"{slug}.{WITHOUT_A_TEXT}.md"
    fields, body = read_front_matter(file.read_text(encoding="utf-8"), file=file.name)
    page = PlainPage(
        title=fields["title"],
        slug=slug,
        locale=locale,
        translation_key=uuid5(NAMESPACE_URL, f"dateline starter {slug}"),
        search_description=fields["summary"],
        body=body_html(read_blocks(body)),
        live=False,
    )
    shelf.add_child(instance=page)
    revision = page.save_revision()
    if own.exists() and slug not in DRAFTS:
        revision.publish()
    return page


def _root() -> Page:
    root = Page.get_first_root_node()
    if root is None:
        locale, _made = Locale.objects.get_or_create(language_code=WITHOUT_A_TEXT)
        root = Page.add_root(title="Root", slug="root", locale=locale)
    Site.objects.get_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": root})
    return root
