"""What the board says of readers' letters, to those who answer them."""

from typing import Any

from django import template
from django.utils import timezone

from dateline.audience.models import ReaderLetter
from dateline.audience.queries import today
from dateline.lib.text import one_line

register = template.Library()


@register.filter
def inert_lines(text: object) -> str:
    """Return text from outside with its lines, and without what could turn a line around."""
    return "\n".join(one_line(line) for line in str(text or "").splitlines())


@register.inclusion_tag("desk/readers_post_line.html", takes_context=True)
def readers_post_line(context: dict[str, Any]) -> dict[str, Any]:
    """Say how many letters wait, and for how many the law's day is over."""
    if not context["request"].user.has_perm("audience.view_readerletter"):
        return {}
    found = ReaderLetter.objects.all()
    return {"waiting": found.open().count(), "overdue": found.overdue(today=today(timezone.now())).count()}
