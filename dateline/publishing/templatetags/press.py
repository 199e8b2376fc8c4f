"""What page templates need beyond Django's own: clean markup, safe addresses, days as readers say them."""

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import nh3
from django import template
from django.conf import settings
from django.utils.formats import date_format, get_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from wagtail.rich_text import RichText, expand_db_html

from dateline.lib import scripts
from dateline.lib.sanitise import ATTRIBUTES, BLOCKS, INLINE, REL, sanitise, web_address
from dateline.lib.scripts import in_digits_of, script_of
from dateline.lib.solar_hijri import MONTHS, solar_day
from dateline.publishing.first_script import FIRST_SCRIPT
from dateline.publishing.pages import Link, Name, PictureView
from dateline.publishing.queries.render import once

register = template.Library()

# In our pages pictures come from the house with their credit, and there is one first heading: the headline.
_ON_PAPER = set(BLOCKS | INLINE) - {"img", "h1", "main"}
_CAPITAL_LANGUAGE_NAMES = frozenset({"de", "en", "nl"})
# Languages that are written with the first of our Latin files alone.
_PLAIN_LATIN = frozenset({"ca", "da", "de", "en", "es", "fi", "fr", "id", "it", "nl", "no", "pt", "sv"})
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACES = re.compile(r"\s+")
_AROUND = re.compile(r" ?([{};]) ?")
# Paragraphs with nothing in them but words, bold and italic, as the desk writes most: cleaning would change none.
_PLAIN = re.compile(
    r'(?:<p(?: data-block-key="[a-z0-9]+")?>(?:[^<>&]++|<b>[^<>&]++</b>|<i>[^<>&]++</i>)++</p>)+'
)
_BLOCK_KEY = re.compile("<p [^>]*>")
_IN_SCRIPT = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


@register.filter
def clean(value: Any) -> SafeString:
    """Return rich text, or markup, as markup in which nothing can act: the one place where a body becomes HTML.

    Wagtail does not sanitise what it renders. Links into our own site stay paths.
    """
    written = value.source if isinstance(value, RichText) else str(value or "")
    if written.isprintable() and _PLAIN.fullmatch(written):
        return mark_safe(_BLOCK_KEY.sub("<p>", written))  # noqa: S308 - words and five marks, as just matched
    markup = expand_db_html(written) if isinstance(value, RichText) else written
    base = f"{settings.DATELINE_URL}/"
    safe = sanitise(markup.replace("<h1", "<h2").replace("</h1", "</h2"), base=base)
    safe = nh3.clean(safe, tags=_ON_PAPER, attributes=ATTRIBUTES, link_rel=REL)
    return mark_safe(safe.replace(f'href="{base}', 'href="/'))  # noqa: S308 - sanitised in the two lines above


@register.filter
def jsonld(value: str) -> SafeString:
    """Return JSON that can stand in a script element: what could end the element is written as an escape."""
    return mark_safe(str(value).translate(_IN_SCRIPT))  # noqa: S308 - no mark of markup is left in it


@register.filter
def address(value: str) -> str:
    """Return an address that may stand in a link: a path or fragment of ours, http, https or mail; else nothing."""
    text = str(value or "").strip()
    if text.startswith(("#", "mailto:")):
        return text
    return ours(text) or web_address(text) or ""


@register.filter
def ours(value: str) -> str:
    """Return a path on our own site, else nothing: pictures and all else that a page loads by itself."""
    text = str(value or "").strip()
    return text if text.startswith("/") and not text.startswith(("//", "/\\")) else ""


register.simple_tag(once)


@register.simple_tag
def stylesheet() -> SafeString:
    """Return the site's styles, ready to stand in a style element."""
    return mark_safe(site_styles().replace("</", "<\\/"))  # noqa: S308 - our own file, unable to end the element


@register.simple_tag
def first_script() -> SafeString:
    """Return what runs before the first paint, ready to stand in a script element."""
    return mark_safe(FIRST_SCRIPT)  # noqa: S308 - our own constant


@cache
def site_styles() -> str:
    """Return the components' styles in the order of static/css/order.txt, comments and idle spaces left out."""
    folder = Path(settings.BASE_DIR) / "static" / "css"
    names = (folder / "order.txt").read_text(encoding="utf-8").split()
    return squeeze("\n".join((folder / name).read_text(encoding="utf-8") for name in names))


def squeeze(styles: str) -> str:
    """Return a stylesheet without comments and idle spaces. Strings in it must hold no brace, `;` or `, `."""
    bare = _COMMENT.sub("", styles)
    tight = _AROUND.sub(r"\1", _SPACES.sub(" ", bare))
    return tight.replace(": ", ":").replace(", ", ",").replace(";}", "}").strip()


@register.simple_tag
def foreign(text: str, language: str, dir: str, page_language: str) -> SafeString:  # noqa: A002 - as in HTML
    """Return words in a language of their own, so marked; `dir` may be empty. In another script: `class=other`."""
    if not language or language == page_language:
        return format_html("<bdi>{}</bdi>", text)
    is_other = other_script(language, page_language) or _needs_more_letters(text, page_language)
    style = SafeString(' class="other"') if is_other else ""
    return format_html(
        '<bdi lang="{}" dir="{}"{}>{}</bdi>', language, dir or direction(language), style, text
    )


def _needs_more_letters(text: str, page_language: str) -> bool:
    """Would a name bring a font file onto a page whose own language does without it? Then the reader's serves."""
    is_plain = page_language.split("-", maxsplit=1)[0] in _PLAIN_LATIN
    return is_plain and any(
        "\u0100" <= letter <= "\u02af" and letter not in "\u0152\u0153" for letter in text
    )


@register.simple_tag
def listed(names: tuple[Name | str, ...]) -> SafeString:
    """Return names in a row as the page's language sets them, each with its page where it has one."""
    shown = [_linked(name) for name in names]
    if len(shown) < 2:  # noqa: PLR2004 - a row begins with two
        return shown[0] if shown else SafeString("")
    row = shown[0]
    for name in shown[1:-1]:
        row = format_html("{}{}{}", row, pgettext("between names", ", "), name)
    return format_html("{}{}{}", row, pgettext("between the last two names", " and "), shown[-1])


@register.filter
def direction(language: str) -> str:
    """Return `rtl` or `ltr`."""
    return scripts.direction(language or "")


@register.filter
def other_script(language: str, page_language: str) -> bool:
    """Tell whether text in `language` needs other letters than the page's, and so the reader's own fonts."""
    return script_of(language or page_language) != script_of(page_language)


@register.filter
def numerals(value: Any) -> str:
    """Return a number or a text in the digits of the page's language."""
    return in_digits_of(_page_language(), str(value))


@register.filter
def iso(value: date) -> str:
    """Return a day or moment for machines, to the minute."""
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


@register.filter
def day(value: date) -> str:
    """Return the day in full: 23 November 2026."""
    if _is_persian():
        solar = solar_day(value)
        return numerals(f"{solar.day} {MONTHS[solar.month - 1]} {solar.year}")
    return numerals(date_format(value, _pattern("DATE_FORMAT", english="j F Y")))


@register.filter
def weekday(value: date) -> str:
    """Return the name of the day in the week."""
    name = str(date_format(value, "l"))
    # In Persian it is one word, whatever the catalogue says: its parts are kept apart by no space.
    return name.replace(" ", "\N{ZERO WIDTH NON-JOINER}") if _is_persian() else name


@register.filter
def clock(value: datetime) -> str:
    """Return the time of day in the zone that the moment carries: 07:10."""
    return numerals(f"{value:%H:%M}")


@register.filter
def shortened(value: datetime, today: date) -> str:
    """Return the time for a moment of today, day and month for this year, else the day in full."""
    if value.date() == today:
        return clock(value)
    if value.year != today.year:
        return day(value)
    if _is_persian():
        solar = solar_day(value)
        return numerals(f"{solar.day} {MONTHS[solar.month - 1]}")
    return numerals(date_format(value, _pattern("MONTH_DAY_FORMAT", english="j F")))


@register.filter
def year(value: int) -> str:
    """Return a Gregorian year as the page's readers count it (the one that most of it falls into)."""
    return numerals(value - 621) if _is_persian() else str(value)


@register.filter
def within(language_name: str) -> str:
    """Return the name of a language as it stands in a sentence: few languages write it with a capital."""
    keeps_capital = _page_language().split("-")[0] in _CAPITAL_LANGUAGE_NAMES
    return language_name if keeps_capital else language_name.lower()


@register.filter
def credited(names: tuple[Name, ...], role: str) -> tuple[Name, ...]:
    """Return those of the byline who did one thing."""
    return tuple(name for name in names if name.role == role)


@register.filter
def is_wordmark(logo: PictureView) -> bool:
    """Tell whether a logo is wide enough to be the name written out, and not a mark that stands beside it."""
    return logo.width >= 2 * logo.height


@register.filter
def second_row(menu: tuple[Link, ...]) -> Link | None:
    """Return the item whose children stand below the main menu: the current one, else the first that has any."""
    parents = [item for item in menu if item.children]
    current = [
        item for item in parents if item.is_current or any(child.is_current for child in item.children)
    ]
    return next(iter(current or parents), None)


def _linked(name: Name | str) -> SafeString:
    if isinstance(name, str):
        return format_html("<bdi>{}</bdi>", name)
    href = address(name.href)
    if href:
        return format_html('<a href="{}"><bdi>{}</bdi></a>', href, name.name)
    return format_html("<bdi>{}</bdi>", name.name)


def _page_language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _is_persian() -> bool:
    return _page_language().split("-")[0] == "fa"


def _pattern(name: str, *, english: str) -> str:
    return english if _page_language().startswith("en") else str(get_format(name))
