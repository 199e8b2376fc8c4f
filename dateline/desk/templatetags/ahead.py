"""A line above the newslist where rights end soon."""

from typing import Any

from django import template
from django.utils import timezone

from dateline.desk.queries import ahead

register = template.Library()


@register.inclusion_tag("desk/rights_ahead_line.html", takes_context=True)
def rights_ahead_line(context: dict[str, Any]) -> dict[str, Any]:
    """Say how many things end soon, to those who can do something about it."""
    may_see = context["request"].user.has_perm("rights.view_permission")
    count, days = ahead.most_pressing(now=timezone.now()) if may_see else (0, 0)
    return {"count": count, "days": days}
