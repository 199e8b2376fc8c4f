"""From a page as data to its markup."""

from typing import Any

from django.template.loader import get_template
from wagtail.rich_text import expand_db_html


def render(template: str, page: Any) -> bytes:
    """Return the page of templates/pages/`template`.html. Call it while the press is making the page."""
    markup: str = get_template(f"pages/{template}.html").render({"page": page})
    return markup.encode()


def expanded(source: str) -> str:
    """Return the desk's rich text with its links as addresses."""
    markup: str = expand_db_html(source)
    return markup
