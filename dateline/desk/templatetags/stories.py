"""What the page of an original shows of its story and its copies."""

from typing import Any

from django import template

from dateline.intake.models import Original
from dateline.intake.queries.duplicates import echoes
from dateline.intake.queries.stories import in_words, likeness_in_words, own_reasons, story_of

register = template.Library()


@register.inclusion_tag("desk/story_card.html")
def story_card(original: Original) -> dict[str, Any]:
    """Show which story a piece is in and why, and where else its text was printed."""
    reasons, names = own_reasons(original)
    return {
        "mark": story_of([original]).get(original.pk),
        "reasons": [in_words(reason, names) for reason in reasons],
        "echoes": [(echo, likeness_in_words(echo.likeness)) for echo in echoes(original)],
    }
