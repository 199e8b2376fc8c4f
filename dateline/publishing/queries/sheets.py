"""A print of what stands around every page: another print, and all pages of the language are due.

It is taken from the very markup that pages get (head, masthead, menus, foot), so that a change that no page shows
makes none of them again; and from the templates, the words of the language and the settings on which all pages rest.
"""

from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings

from dateline import __version__
from dateline.publishing.leaf import HTML, Leaf
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.render import once

_LENGTH: Final = 16
_TEMPLATES: Final = ("pages", "components")
_AROUND: Final[tuple[tuple[str, dict[str, bool]], ...]] = (
    ("components/head_common.html", {}),
    ("components/masthead.html", {"is_small": True}),
    ("components/masthead.html", {"is_heading": True}),
    ("components/menu.html", {}),
    ("components/footer.html", {}),
)


def sheet_of(press: Press, leaf: Leaf) -> str:
    """Return the print that a leaf bears; empty where it is in no language of the site."""
    return (
        sheet(press, leaf.language, is_page=leaf.content_type == HTML) if leaf.language in press.codes else ""
    )


def sheet(press: Press, language: str, *, is_page: bool) -> str:
    """Return the print of what stands around pages, or feeds and data, in a language now."""
    key = (language, is_page)
    if key not in press.sheets:
        told = [*_imprint(press, language), *(_around(press, language) if is_page else ())]
        press.sheets[key] = sha256("\0".join(told).encode()).hexdigest()[:_LENGTH]
    return press.sheets[key]


def _imprint(press: Press, language: str) -> list[str]:
    """What feeds and data say of the site, and what decides how days and addresses are told."""
    held, who = frame(press, language), press.identity
    said = (
        __version__, press.base, press.zone.key, press.codes, held.site_name, held.tagline, held.founded_year,
        who.name, who.republish_licence, who.republish_credit, who.is_commercial, who.is_mining_reserved,
        settings.DATELINE_FEDIVERSE, settings.DATELINE_HUBS,
    )  # fmt: skip
    return [str(one) for one in said]


def _around(press: Press, language: str) -> list[str]:
    held = frame(press, language)
    with press.speaking(language):
        parts = [str(once(held, name, frame=held, **flags)) for name, flags in _AROUND]
    return [*parts, held.email, held.blurb, _files(language)]


def _files(language: str) -> str:
    root = Path(settings.BASE_DIR)
    templates = [file for name in _TEMPLATES for file in (root / "templates" / name).rglob("*.html")]
    words = [
        folder / language.replace("-", "_") / "LC_MESSAGES" / "django.mo"
        for folder in map(Path, settings.LOCALE_PATHS)
    ]
    found = sha256()
    for file in sorted(file for file in (*templates, *words) if file.exists()):
        found.update(file.read_bytes())
    return found.hexdigest()
