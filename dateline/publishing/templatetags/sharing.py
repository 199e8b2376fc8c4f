"""Ways to hand a piece on, for templates."""

from django import template

from dateline.publishing.sharing import Way, letter_about, ways_to_share

register = template.Library()


@register.simple_tag
def networks(address: str, headline: str) -> tuple[Way, ...]:
    """Return plain links to the usual networks."""
    return ways_to_share(address=address, headline=headline)


@register.simple_tag
def letter(address: str, headline: str) -> str:
    """Return the address of a letter about a piece."""
    return letter_about(address=address, headline=headline)
