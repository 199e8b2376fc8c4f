"""What the workbench's templates need beyond Django's own."""

from decimal import Decimal

from django import template

from dateline.lib.text import one_line
from dateline.site.queries import own_name

register = template.Library()


@register.filter
def language_name(tag: str) -> str:
    """Return what a language calls itself; the tag where we do not know."""
    return own_name(tag)


@register.filter
def is_number(value: object) -> bool:
    """Whether a cell is a number, to be set under its like."""
    return isinstance(value, int | Decimal)


@register.filter
def inert(text: object) -> str:
    """Return text from outside as one line without what could turn the line around."""
    return one_line(str(text or ""))
