"""The alarm: whether an extraction looks as bad ones do, and by what signs."""

from collections import Counter
from typing import Final

from dateline.intake.alarm_table import BASE, RISES
from dateline.intake.detector_features import Features

_MOST_SIGNS: Final = 2
_LEAST_WEIGHT: Final = 0.2

# What a measure says to an editor when it weighs in.
_SIGNS: Final = {
    "break_at_heading": "river: Behind a heading the text is about something else; it may hold several articles.",
    "drift": "river: The end of the text shares few words with its beginning; it may hold several articles.",
    "end_elsewhere": "river: The end of the text does not speak of what the headline and summary name.",
    "elsewhere": "elsewhere: The text hardly shares a word with its headline and summary.",
    "headline_elsewhere": "elsewhere: The text hardly shares a word with its headline.",
    "head_elsewhere": "elsewhere: The beginning of the text does not speak of what the headline and summary name.",
    "containers": "scattered: The text was put together from many places on the page; parts may be missing or foreign.",
    "scattered": "scattered: The text was put together from several places on the page.",
    "unplaced": "scattered: Much of the text does not stand on the page as one piece.",
    "outside": "missing: Much running text of the page was left out.",
    "outside_count": "missing: Many paragraphs of the page were left out.",
    "surplus": "missing: The page holds far more running text than was read.",
    "shortness": "short: The text is short; the page may hold a teaser, a picture or a video only.",
    "machine": "witness: The page carries the article a second time for machines, and that text is another.",
    "undercounted": "cut: The page says that the article has more words.",
    "overcounted": "overlong: The page says that the article has fewer words.",
    "disagreement": "disagreement: Two ways of reading the page found different texts.",
    "longer": "disagreement: Another way of reading the page found more text.",
    "shorter": "disagreement: Another way of reading the page found less text.",
    "walled": "paywall: The article is behind a paywall; the text may end early.",
    "open_end": "cut: The text breaks off.",
    "listed": "list: Much of the text is lists and tables.",
    "headings": "list: The text has many headings; it may be a list of pieces.",
    "names_repeated": "list: Headings of the text are links; it may be a list of pieces.",
    "linked": "list: Much of the text is links.",
    "furniture": "calls: Parts of the text call for something else than reading.",
    "repeated": "repeated: Parts of the text come twice.",
    "words": "overlong: The text is very long; it may hold more than the article.",
    "live": "river: A live report; there may be more here than the article.",
}
_ODD: Final = "odd: The text looks as bad readings do; compare it with the page."


def score(features: Features) -> float:
    """Return how far an extraction looks like bad ones; above 0 the alarm is raised (on one good page in fifty)."""
    return BASE + sum(rise for name, threshold, rise in RISES if getattr(features, name) > threshold)


def signs(features: Features) -> list[str]:
    """Return the signs that weigh most, as `code: sentence`, the heaviest first; at least one."""
    weights: Counter[str] = Counter()
    for name, threshold, rise in RISES:
        if rise > 0 and getattr(features, name) > threshold:
            weights[_SIGNS.get(name, "")] += rise  # type: ignore[assignment]
    heavy = [sign for sign, weight in weights.most_common() if sign and weight >= _LEAST_WEIGHT]
    return heavy[:_MOST_SIGNS] or [_ODD]
