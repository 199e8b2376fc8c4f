"""What the desk's pages say of accounts."""

from django import template
from django.conf import settings

from dateline.people.exempting import exemption

register = template.Library()


@register.simple_tag
def no_second_factor() -> str:
    """Return why this installation asks nobody for a second factor now; nothing: it asks."""
    return exemption() if settings.DATELINE_SECOND_FACTOR else ""
