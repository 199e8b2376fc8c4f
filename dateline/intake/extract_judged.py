"""Judges a body as read, and takes the other opinion where that is the better one by the same evidence."""

from typing import Final

from dateline.intake import alarm
from dateline.intake.detector import Witnesses
from dateline.intake.detector_features import features_of
from dateline.intake.extract_body import Body
from dateline.intake.extract_page import Page

# How much better the other opinion must look before it is taken: the first is right more often than its looks.
# A third opinion, the container with the most paragraphs, was tried on the public sets: it was never the best.
_MARGIN: Final = 2.0


def judged(page: Page, body: Body, witnesses: Witnesses) -> tuple[Body, list[str]]:
    """Return the body to keep and why to doubt it (`code: sentence`); nothing where it looks sound."""
    measures = features_of(page, body.blocks, body.other, witnesses)
    doubt = alarm.score(measures)
    if doubt <= 0:
        return body, []
    if body.other and body.other != body.blocks:
        others = features_of(page, body.other, body.blocks, witnesses)
        theirs = alarm.score(others)
        if theirs < doubt - _MARGIN:
            swapped = Body(blocks=body.other, other=body.blocks)
            return swapped, alarm.signs(others) if theirs > 0 else []
    return body, alarm.signs(measures)
