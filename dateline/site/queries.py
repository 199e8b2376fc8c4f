"""Reading the publication: who it is, in which languages, in which zone, with which menus."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.text import capfirst

from dateline.site.menus import MenuLine, hang, kinds, place_of, safe_link
from dateline.site.models import Identity, MenuItem, SiteLanguage


def identity() -> Identity:
    """Return the publication's identity, with what the owner has saved until now."""
    return Identity.load()  # type: ignore[no-any-return]  # Wagtail is untyped


def languages(publication: Identity) -> tuple[SiteLanguage, ...]:
    """Return the languages of the site in the owner's order; the first is the default.

    Where none is set yet, the installation's own language stands in.
    """
    rows = tuple(publication.languages.all())
    return rows or (SiteLanguage(identity=publication, code=settings.LANGUAGE_CODE),)


def zone(publication: Identity) -> ZoneInfo:
    """Return the time zone in which the publication tells the time."""
    return ZoneInfo(publication.time_zone)


def own_name(language: str) -> str:
    """Return what a language calls itself; the tag where we do not know."""
    return dict(settings.LANGUAGES).get(language, language)


def menu(publication: Identity, which: MenuItem.Menu, language: str) -> tuple[MenuLine, ...]:
    """Return one of the menus as it stands in a language: what does not exist in it is left out."""
    items = publication.menu_items.filter(menu=which).select_related("target_type").prefetch_related("target")
    return hang([(item.is_child, _line(item, language)) for item in items])


def menu_targets() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what a menu item may lead to, as groups of choices: `articles.section:12`, `News (en)`."""
    return [
        (
            str(capfirst(kind._meta.verbose_name_plural)),
            [(target_code(row), _named(row)) for row in _rows(kind)],
        )
        for kind in kinds()
    ]


def target_code(target: models.Model) -> str:
    """Return what a form sends for a target; `target_of` reads it."""
    return f"{target._meta.label_lower}:{target.pk}"


def target_of(code: str) -> models.Model | None:
    """Return the row that a form chose, None where a menu may not lead there or it is gone."""
    label, _colon, number = code.partition(":")
    kind = next((kind for kind in kinds() if kind._meta.label_lower == label), None)
    if kind is None or not number.isdigit():
        return None
    row: models.Model | None = _rows(kind).filter(pk=number).first()
    return row


def _rows(kind: type[models.Model]) -> models.QuerySet[models.Model]:
    rows = kind._default_manager.all()
    names = {field.name for field in kind._meta.get_fields()}
    return rows.select_related("locale").order_by("locale__language_code") if "locale" in names else rows


def _named(row: models.Model) -> str:
    locale = getattr(row, "locale", None)
    return f"{row} ({locale.language_code})" if locale else str(row)


def _line(item: MenuItem, language: str) -> MenuLine | None:
    if item.language and item.language != language:
        return None
    if item.target_type_id is None:
        href = safe_link(item.link)
        return MenuLine(item.label or href, href) if href else None
    place = place_of(item.target, language) if item.target else None
    return MenuLine(item.label or place[0], place[1]) if place else None
