"""Judges a body as read, and takes another opinion where that is the better one by the same evidence."""

from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from dateline.intake import alarm
from dateline.intake.detector import Witnesses
from dateline.intake.detector_features import features_of
from dateline.intake.extract_blocks import Block, blocks, inner_text
from dateline.intake.extract_body import Body
from dateline.intake.extract_page import Page
from dateline.intake.extract_trim import trimmed

if TYPE_CHECKING:
    from lxml import etree

# How much better another opinion must look before it is taken: a doubtful one for a doubtful one is no gain.
_MARGIN: Final = 1.0
_SOUND: Final = -0.3
_PROSE: Final = 60
_MOST_NODES: Final = 6_000


def judged(page: Page, body: Body, witnesses: Witnesses, *, authors: list[str]) -> tuple[Body, list[str]]:
    """Return the body to keep and why to doubt it (`code: sentence`); nothing where it looks sound."""
    measures = features_of(page, body.blocks, body.other, witnesses)
    doubt = alarm.score(measures)
    if doubt <= 0:
        return body, []
    for other in (body.other, _plainest(page, headline=witnesses.headline, authors=authors)):
        if other and other != body.blocks:
            theirs = alarm.score(features_of(page, other, body.blocks, witnesses))
            if theirs < min(_SOUND, doubt - _MARGIN):
                return Body(blocks=other, other=body.blocks), []
    return body, alarm.signs(measures)


def _plainest(page: Page, *, headline: str, authors: list[str]) -> list[Block]:
    """Return a third opinion, the simplest: what stands in the one container with the most paragraphs."""
    lengths: Counter[etree._Element] = Counter()
    for count, element in enumerate(page.tree.iter("p")):
        text = inner_text(element)
        if len(text) >= _PROSE and element.getparent() is not None:
            lengths[element.getparent()] += len(text)
        if count > _MOST_NODES:
            break
    if not lengths:
        return []
    container = deepcopy(lengths.most_common(1)[0][0])
    for element in container.xpath(".//script|.//style|.//aside|.//nav|.//form|.//figure"):
        element.drop_tree()
    return trimmed(blocks(container), headline=headline, authors=authors)
