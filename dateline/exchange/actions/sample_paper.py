"""The sample's own paper: pictures, sections, articles and identity, written as rows."""

import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.models import Collection, Page
from wagtail.models import Site as WagtailSite

from dateline.articles.actions import publish
from dateline.articles.addresses import home_path
from dateline.articles.models import Answer, Article, Contributor, Credit, Picture, Section, Topic
from dateline.exchange.actions.sample_loading import FAMILY, Loading, locale_of, note
from dateline.exchange.models import SampleRow
from dateline.exchange.sample import shapes
from dateline.exchange.sample.marks import draw_mark
from dateline.exchange.sample.pictures import draw
from dateline.exchange.sample.raw import HOME, body_html, raw_body
from dateline.intake.models import Original
from dateline.publishing.models import PlainPage
from dateline.rights.actions import take_from_agreement
from dateline.rights.models import Permission, PicturePermission
from dateline.site.models import Identity, MenuItem, SiteLanguage, SocialLink, UsefulLink

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db import models


def pictures(loading: Loading) -> None:
    today = loading.now.date()
    permission = PicturePermission(
        ground=PicturePermission.Ground.OWN,
        holder=loading.newsroom.identity.name["en"],
        starts_on=today - timedelta(days=400),
    )
    permission.full_clean()
    permission.save()
    note(permission)
    Collection.get_first_root_node() or Collection.add_root(name="Root")
    for name, told in loading.newsroom.pictures.items():
        picture = Picture(
            title=told.alt["en"][:255],
            description=told.alt["en"][:255],
            file=ImageFile(io.BytesIO(draw(name)), name=f"{name}.jpg"),
            credit=told.credit["en"],
            permission=permission,
        )
        picture.full_clean()
        picture.save()
        note(picture)
        loading.pictures[name] = picture


def sections(loading: Loading) -> None:
    for order, told in enumerate(loading.newsroom.sections.values()):
        for language in loading.newsroom.identity.languages:
            section = Section(
                locale=locale_of(language),
                translation_key=uuid5(FAMILY, f"section {told.slug}"),
                name=told.name[language],
                slug=told.slug,
                parent=loading.sections.get((told.parent, language)),
                blurb=told.about[language],
                sort_order=order,
            )
            section.full_clean()
            section.save()
            note(section)
            loading.sections[told.slug, language] = section


def topics(loading: Loading) -> None:
    for told in loading.newsroom.topics.values():
        for language in loading.newsroom.identity.languages:
            topic = Topic(
                locale=locale_of(language),
                translation_key=uuid5(FAMILY, f"topic {told.slug}"),
                name=told.name[language],
                slug=told.slug,
                blurb=told.about[language],
                starts_on=told.starts_date,
                ends_on=told.ends_date,
            )
            topic.full_clean()
            topic.save()
            note(topic)
            loading.topics[told.slug, language] = topic


def contributors(loading: Loading) -> None:
    default = loading.newsroom.identity.default_language
    for slug, told in loading.newsroom.contributors.items():
        contributor = Contributor(
            name=told.name[default], slug=slug, is_house=told.house, bio=told.bio[default]
        )
        contributor.full_clean()
        contributor.save()
        note(contributor)
        loading.contributors[slug] = contributor


def shelf_of_pages(root: Page, language: str) -> Page:
    """Return the folder of a language's pages: siblings may not share a slug, pages of two languages do."""
    found = root.get_children().filter(slug=language).first()
    if found:
        return found
    shelf: Page = root.add_child(
        instance=Page(title=language, slug=language, locale=locale_of(language), live=False)
    )
    note(shelf)
    return shelf


def pages(loading: Loading) -> None:
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale_of("en"))
    WagtailSite.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": root}
    )
    shelves = {code: shelf_of_pages(root, code) for code in loading.newsroom.identity.languages}
    for (slug, language), told in loading.newsroom.pages.items():
        page = PlainPage(
            title=told.title,
            slug=slug,
            locale=locale_of(language),
            translation_key=uuid5(FAMILY, f"page {slug}"),
        )
        page.search_description = told.summary
        page.body = body_html(told.blocks)
        shelves[language].refresh_from_db()
        shelves[language].add_child(instance=page)
        page.save_revision().publish()
        note(page)
        loading.pages[slug, language] = page


def article(loading: Loading, told: shapes.Article) -> None:
    language = told.language
    original = loading.originals.get(told.original)
    hero = told.picture
    article = Article(
        locale=locale_of(language),
        translation_key=uuid5(FAMILY, f"article {told.key}"),
        kind=told.kind,
        genre=told.genre.replace(" ", "-"),
        slugline=told.key,
        kicker=told.kicker,
        headline=told.headline,
        standfirst=told.standfirst,
        slug=told.key,
        filed_from=told.filed_from,
        section=loading.sections[told.section, language],
        hero=loading.pictures[hero.name] if hero else None,
        hero_alt=hero.alt if hero else "",
        hero_caption=hero.caption if hero else "",
        original=original,
        permission=_permission(loading, told, original),
        is_unsigned_at_source=bool(original and not original.authors),
        issued_by=", ".join(told.issuers),
        issued_on=loading.moment(told.days_ago, told.time).date() if told.issuers else None,
        body=json.dumps(raw_body(told.blocks, {name: row.pk for name, row in loading.pictures.items()})),
        live=False,
    )
    article.first_published_at = loading.moment(told.days_ago, told.time)
    article.credits = _byline(loading, told, original)
    article.other_sections = [loading.sections[slug, language] for slug in told.other_sections]
    article.topics = [loading.topics[slug, language] for slug in told.topics]
    article.full_clean()
    article.save()
    note(article)
    loading.articles[told.key, language] = article


def _byline(loading: Loading, told: shapes.Article, original: Original | None) -> list[Credit]:
    names = [
        Credit(
            role=credit.role,
            contributor=loading.contributors[credit.contributor],
            name=loading.newsroom.contributors[credit.contributor].name[told.language],
            sort_order=order,
        )
        for order, credit in enumerate(told.credits)
    ]
    if original and original.authors and not told.by("author"):
        names += [Credit(role="author", name=name, sort_order=0) for name in original.author_names]
    return names


def _permission(loading: Loading, told: shapes.Article, original: Original | None) -> Permission | None:
    agreement = (
        loading.agreements.get(loading.newsroom.originals[told.original].outlet) if told.original else None
    )
    if original is None or agreement is None:
        return None
    permission = take_from_agreement(
        original=original,
        agreement=agreement,
        use=told.kind,
        language=told.language,
        by=None,
        now=loading.now,
    )
    if not SampleRow.objects.filter(
        kind=ContentType.objects.get_for_model(Permission), key=permission.pk
    ).exists():
        note(permission)
    return permission


def answers(loading: Loading) -> None:
    for key, told in loading.newsroom.articles.items():
        if told.answers is None:
            continue
        article = loading.articles[key]
        answer = Answer(
            relation=told.answers.relation.replace("_", "-"),
            to_original=loading.originals.get(told.answers.original),
            to_article=loading.articles.get((told.answers.article, told.language)),
            claim=told.answers.claim,
        )
        article.answers = [answer]
        article.save()


def put_out(loading: Loading, article: Article, told: shapes.Article) -> None:
    publish(article=article, by=None, now=loading.now)
    at = loading.moment(told.days_ago, told.time)
    Article.objects.filter(pk=article.pk).update(last_published_at=at)


def identity(loading: Loading) -> None:
    told = loading.newsroom.identity
    identity: Identity = Identity.load()
    identity.name = told.name[told.default_language]
    identity.founded_year, identity.email = told.founded, told.mail
    identity.time_zone, identity.is_commercial = told.zone, told.commercial
    identity.notice, identity.accounts = told.notice, told.accounts
    identity.languages = [
        SiteLanguage(
            code=code, name=told.name[code], tagline=told.tagline[code], blurb=told.blurb[code], sort_order=n
        )
        for n, code in enumerate(told.languages)
    ]
    default = told.default_language
    identity.social_links = [SocialLink(name=one.name[default], link=one.url) for one in told.social]
    identity.useful_links = [UsefulLink(name=one.name[default], link=one.url) for one in told.useful]
    identity.menu_items = [
        *_menu(loading, MenuItem.Menu.MAIN, loading.newsroom.main_menu),
        *_menu(loading, MenuItem.Menu.SIDE, loading.newsroom.side_menu),
    ]
    # No logos with letters: each language's own name stands in type.
    for name in ("logo_small", "icon"):
        mark = name.replace("_", "-")
        getattr(identity, name).save(f"{mark}.png", ContentFile(draw_mark(mark)), save=False)
    identity.full_clean()
    identity.save()


def _menu(loading: Loading, menu: str, entries: tuple[shapes.MenuEntry, ...]) -> list[MenuItem]:
    rows: list[tuple[shapes.MenuEntry, bool]] = []
    for entry in entries:
        rows.append((entry, False))
        rows += [(child, True) for child in entry.children]
    items = [
        item for entry, is_child in rows for item in _menu_items(loading, menu, entry, is_child=is_child)
    ]
    for order, item in enumerate(items):
        item.sort_order = order
    return items


def _menu_items(loading: Loading, menu: str, entry: shapes.MenuEntry, *, is_child: bool) -> list[MenuItem]:
    if entry.kind == "home":
        codes = loading.newsroom.identity.languages
        return [
            MenuItem(menu=menu, link=home_path(language=code), label=HOME[code], language=code)
            for code in codes
        ]
    default = loading.newsroom.identity.default_language
    item = MenuItem(menu=menu, is_child=is_child)
    shelves: dict[str, Mapping[tuple[str, str], models.Model]] = {
        "section": loading.sections,
        "topic": loading.topics,
        "page": loading.pages,
    }
    item.target = shelves[entry.kind][entry.slug, default]
    return [item]
