"""From a page as data to its markup."""

from typing import Any

from django.template.loader import get_template
from django.utils.translation import get_language
from wagtail.rich_text import expand_db_html


def render(template: str, page: Any) -> bytes:
    """Return the page of templates/pages/`template`.html. Call it while the press is making the page."""
    markup: str = get_template(f"pages/{template}.html").render({"page": page})
    return markup.encode()


def expanded(source: str) -> str:
    """Return the desk's rich text with its links as addresses."""
    markup: str = expand_db_html(source)
    return markup


def once(holder: Any, component: str, **shows: Any) -> str:
    """Return a component that many pages show alike: it is made once, and kept with what it was made of.

    holder: a Frame or a Card. shows: what the component reads; words, numbers and flags tell its ways apart.
    """
    frame = shows.get("frame")
    ways = tuple(one for one in sorted(shows.items()) if isinstance(one[1], (str, int)))
    key = (component, get_language(), frame and frame.today, ways)
    made = holder.parts.get(key)
    if made is None:
        made = holder.parts[key] = get_template(component).render(shows)
    return made  # type: ignore[no-any-return]  # what stands there is what was put there
