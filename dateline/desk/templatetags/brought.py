"""What came with a piece besides its text, for the page of an original."""

from typing import Any

from django import template
from django.utils import timezone

from dateline.intake.models import Original
from dateline.intake.queries.brought import particulars_of

register = template.Library()


@register.inclusion_tag("desk/particulars.html")
def particulars(original: Original) -> dict[str, Any]:
    """Show embargo, status, terms, first publisher and credits of pictures, where a publisher told any."""
    told = particulars_of(original.pk)
    is_embargoed = bool(told and told.embargo_until and told.embargo_until > timezone.now())
    return {"told": told, "is_embargoed": is_embargoed}
