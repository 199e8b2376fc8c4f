"""Our accounts in the fediverse, and what they have published."""

from collections.abc import Iterator

from django.conf import settings

from dateline.articles.addresses import home_path, section_path
from dateline.articles.models import Article, ArticleQuerySet
from dateline.publishing.fediverse.shapes import Account, actor_uri, followers_path
from dateline.publishing.fediverse.signing import public_part
from dateline.publishing.models import FediverseAccount
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.listed import in_language, of_section
from dateline.publishing.queries.nouns import sections_of
from dateline.publishing.queries.press import Press
from dateline.publishing.stores.account_keys import AccountKeys


def is_on() -> bool:
    """May the site be followed from elsewhere?"""
    return bool(settings.DATELINE_FEDIVERSE)


def site_handle(language: str) -> str:
    """Return the handle of the site in a language: the language itself."""
    return language.lower().replace("-", "_")


def activity_path(article: str) -> str:
    """Return the address of an article, at that address, as servers elsewhere read it."""
    return f"{article}article.activity"


def author_of(press: Press, language: str) -> str:
    """Return who publishes the pieces of a language."""
    return actor_uri(press.base, site_handle(language))


def followers_of(press: Press, handle: str) -> str:
    """Return by which address all followers of an account are meant."""
    return press.absolute(followers_path(handle))


def key_store() -> AccountKeys:
    """Return where the keys of our accounts lie."""
    return AccountKeys(settings.HOME.keys / "fediverse")


def accounts(press: Press) -> list[FediverseAccount]:
    """Return the accounts of the site's languages; none where the site cannot be followed."""
    if not is_on():
        return []
    rows = FediverseAccount.objects.filter(language__in=press.codes)
    return list(rows.select_related("section__locale"))


def account_by(press: Press, handle: str) -> FediverseAccount | None:
    """Return an account of the site's languages by its handle."""
    return next((one for one in accounts(press) if one.handle == handle), None)


def accounts_of(press: Press, article: Article) -> Iterator[FediverseAccount]:
    """Yield the accounts in whose outbox an article stands: the site's first."""
    found = {row.section_id: row for row in accounts(press) if row.language == article.language}
    if None in found:
        yield found[None]
    yield from (found[one.pk] for one in sections_of(article) if one.pk in found)


def account_told(press: Press, row: FediverseAccount) -> Account:
    """Return an account as its document tells it. Call it while the press is making the document."""
    held = frame(press, row.language)
    section = row.section
    if section:
        press.rests_on(f"section:{section.pk}")
    page = (
        section_path(language=row.language, slug=section.slug)
        if section
        else home_path(language=row.language)
    )
    return Account(
        base=press.base,
        handle=row.handle,
        name=f"{held.site_name} | {section.name}" if section else held.site_name,
        summary=(section.blurb if section else "") or held.blurb or held.tagline,
        page=press.absolute(page),
        language=row.language,
        key_pem=public_part(key_store().private(row.handle)),
        made_at=row.made_at,
        icon=press.absolute(held.icon) if held.icon.startswith("/") else "",
    )


def head_of(press: Press, article: Article) -> dict[str, str]:
    """Return what the head of a piece's page tells servers elsewhere; nothing where the site cannot be followed."""
    if not is_on():
        return {}
    host = press.base.partition("://")[2]
    return {
        "activity": activity_path(article.get_absolute_url()),
        "creator": f"@{site_handle(article.language)}@{host}",
    }


def published_by(row: FediverseAccount) -> ArticleQuerySet:
    """Return the pieces of an account, newest first."""
    return of_section(row.section) if row.section else in_language(row.language)
