"""What an original's page says of the desk's work."""

from django import template

from dateline.desk.queries.had import HadBefore
from dateline.desk.queries.had import had_before as before
from dateline.intake.models import Original

register = template.Library()


@register.simple_tag
def had_before(original: Original) -> list[HadBefore]:
    """Return what we made of earlier pieces like this one, or of its story."""
    return before(original)
