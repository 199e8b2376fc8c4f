"""What a story says of itself: its title, its span, its outlets and languages, written anew with its members."""

from collections import Counter
from datetime import datetime

from django.conf import settings

from dateline.intake.models import Membership, Story
from dateline.intake.stories import WINDOW
from dateline.intake.stories_title import Headline, title_of


def retell(story: Story, *, now: datetime) -> Story:
    """Write down what the story's members make of it. One without members is left as it is."""
    members = list(
        Membership.objects.filter(story=story)
        .order_by("told_at", "pk")
        .values_list("told_at", "score", "original__headline", "original__language", "original__outlet")
    )
    if not members:
        return story
    story.opened_at, story.last_at = members[0][0], members[-1][0]
    story.pieces = len(members)
    story.outlets = len({outlet for *_, outlet in members})
    counted = Counter(language for *_, language, _ in members)
    story.languages = [{"language": code, "pieces": count} for code, count in counted.most_common()]
    story.state = _state(story, now=now)
    if not story.is_renamed:
        named = title_of(
            [Headline(text, language, at, score) for at, score, text, language, _ in members],
            languages=[settings.LANGUAGE_CODE],
        )
        story.title, story.title_language = named.text, named.language
    story.save()
    return story


def close_old(*, now: datetime) -> int:
    """Close the stories that nothing joined for as long as anything could; return how many."""
    old = Story.objects.filter(state=Story.State.OPEN, is_pinned=False, last_at__lt=now - WINDOW)
    return old.update(state=Story.State.CLOSED)


def _state(story: Story, *, now: datetime) -> str:
    if story.state == Story.State.MERGED:
        return story.state
    return Story.State.OPEN if story.is_pinned or story.last_at >= now - WINDOW else Story.State.CLOSED
