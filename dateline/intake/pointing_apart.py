"""Pointing at a page in a confined child process: the page may be hostile, and a rule may never end."""

from collections.abc import Mapping
from typing import Any

from dateline.intake import feeds, pointing_article, pointing_look
from dateline.intake.apart import TOO_SLOW
from dateline.intake.channels.page_rules import BadRule
from dateline.intake.extract import NoArticle
from dateline.intake.pointing_fields import FieldChoice
from dateline.intake.pointing_page import NoSuchMark
from dateline.lib.confined import Cell, Failed, Limits, TookTooLong
from dateline.lib.floods import HostileMarkup

# People point now and then; a child that serves a few looks makes the next click quick.
SECONDS = 9.0
_cell = Cell(Limits(seconds=SECONDS, uses=50))

_ERRORS: dict[str, type[Exception]] = {
    error.__name__: error for error in (feeds.NotAFeed, BadRule, HostileMarkup, NoArticle, NoSuchMark)
}


def look(content: bytes, *, cell: Cell = _cell, **words: Any) -> pointing_look.Look:
    """Return what `pointing_look.look` would. Raises what it raises, and `confined.Trouble`."""
    found = _ask(cell, "look_here", content, words)
    return pointing_look.Look(
        **{
            **found,
            "candidates": [pointing_look.Candidate(**one) for one in found["candidates"]],
            "choices": [FieldChoice(**one) for one in found["choices"]],
            "entries": [feeds.FeedEntry(**one) for one in found["entries"]],
        }
    )


def frame(content: bytes, *, cell: Cell = _cell, **words: Any) -> dict[str, str]:
    """Return what `pointing_look.frame` would."""
    found: dict[str, str] = _ask(cell, "frame_here", content, words)
    return found


def look_at_article(content: bytes, *, cell: Cell = _cell, **words: Any) -> pointing_article.ArticleLook:
    """Return what `pointing_article.look` would."""
    found = _ask(cell, "look_at_article_here", content, words)
    blocks = [pointing_article.Numbered(**one) for one in found["blocks"]]
    return pointing_article.ArticleLook(**{**found, "blocks": blocks})


def frame_of_article(content: bytes, *, cell: Cell = _cell, **words: Any) -> dict[str, str]:
    """Return what `pointing_article.frame` would."""
    found: dict[str, str] = _ask(cell, "frame_of_article_here", content, words)
    return found


def look_here(content: bytes, **words: Any) -> dict[str, Any]:
    """Be called in the child: the answer goes as JSON values."""
    return pointing_look.as_json(pointing_look.look(content, **words))


def frame_here(content: bytes, **words: Any) -> dict[str, str]:
    """Be called in the child."""
    return pointing_look.frame(content, **words)


def look_at_article_here(content: bytes, **words: Any) -> dict[str, Any]:
    """Be called in the child."""
    return pointing_article.as_json(pointing_article.look(content, **words))


def frame_of_article_here(content: bytes, **words: Any) -> dict[str, str]:
    """Be called in the child."""
    return pointing_article.frame(content, **words)


def _ask(cell: Cell, function: str, content: bytes, words: Mapping[str, Any]) -> Any:
    try:
        return cell.call(f"dateline.intake.pointing_apart:{function}", content=content, **words)
    except TookTooLong:
        raise BadRule(TOO_SLOW % SECONDS) from None
    except Failed as failed:
        if failed.kind in _ERRORS:
            raise _ERRORS[failed.kind](str(failed)) from None
        raise
