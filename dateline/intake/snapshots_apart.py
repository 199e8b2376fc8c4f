"""Snapshots and changes read in a confined child process: what hangs a parser there hangs nobody else."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from dateline.intake.changes import Comparison
from dateline.intake.changes_pages import Fallback, Sheet, compare_pages
from dateline.intake.changes_text import seen_key
from dateline.intake.changes_told import Kind
from dateline.intake.changes_words import NOT_THERE, PAY, RETRACTED
from dateline.intake.extract import NoArticle
from dateline.lib.confined import Cell, Failed, Limits
from dateline.lib.decoding import decode
from dateline.lib.floods import HostileMarkup, refuse_floods
from dateline.lib.sanitise import sanitise_page
from dateline.lib.text import cut

_cell = Cell(Limits(seconds=30.0))
_ERRORS: dict[str, type[Exception]] = {error.__name__: error for error in (NoArticle, HostileMarkup)}
_SENTENCE_ENDS = re.compile(r"[.!?…։؟۔。](?=\s)\s")
_BEFORE, _AFTER = 60, 100  # characters around what says so, where no sentence ends
_NOTICE = 3_000  # characters: a notice stands at the top of its page, or the page is longer than a notice


@dataclass(frozen=True)
class Notice:
    """What a page without an article says instead. words: the sentence that says so, empty where none does."""

    says_gone: bool
    asks_for_money: bool
    takes_back: bool
    words: str


def compare_apart(
    before: Sequence[Sheet],
    after: Sequence[Sheet],
    *,
    fallback: Fallback,
    common: Iterable[str] = (),
    cell: Cell = _cell,
) -> Comparison | None:
    """Return what `changes_pages.compare_pages` would. Raises what it raises, and confined.Trouble."""
    found = _ask(
        cell,
        "compare_here",
        before=[asdict(sheet) for sheet in before],
        after=[asdict(sheet) for sheet in after],
        fallback=asdict(fallback),
        common=list(common),
    )
    return Comparison(**{**found, "kind": Kind(found["kind"])}) if found else None


def notice_apart(sheet: Sheet, *, cell: Cell = _cell) -> Notice:
    """Return what a page says that holds no article. Raises HostileMarkup, confined.Trouble."""
    return Notice(**_ask(cell, "notice_here", sheet=asdict(sheet)))


def readable_apart(sheet: Sheet, *, picture: str, cell: Cell = _cell) -> str:
    """Return a page as inert markup, for its reader on the desk. Raises HostileMarkup, confined.Trouble."""
    return str(_ask(cell, "readable_here", sheet=asdict(sheet), picture=picture))


def compare_here(
    before: list[dict[str, Any]], after: list[dict[str, Any]], fallback: dict[str, str], common: list[str]
) -> dict[str, Any] | None:
    """Be called in the child."""
    found = compare_pages(
        [Sheet(**sheet) for sheet in before],
        [Sheet(**sheet) for sheet in after],
        fallback=Fallback(**fallback),
        common=common,
    )
    return asdict(found) if found else None


def notice_here(sheet: dict[str, Any]) -> dict[str, Any]:
    """Be called in the child."""
    return asdict(notice_on(_markup(sheet)))


def notice_on(markup: str) -> Notice:
    """Return what the text of a page without an article says of the piece."""
    seen = seen_key(markup)
    found = NOT_THERE.search(seen[:_NOTICE]) or RETRACTED.search(seen[:_NOTICE])
    words = _sentence_around(seen, found.start(), found.end()) if found else ""
    return Notice(
        says_gone=NOT_THERE.search(seen[:_NOTICE]) is not None,
        asks_for_money=PAY.search(seen) is not None,
        takes_back=RETRACTED.search(seen[:_NOTICE]) is not None,
        words=cut(words.strip(), 160),
    )


def _sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence that holds what is between `start` and `end`; of a long one its words around that."""
    breaks = [found.end() for found in _SENTENCE_ENDS.finditer(text, max(0, start - _BEFORE), start)]
    begins = breaks[-1] if breaks else max(0, start - _BEFORE)
    if not breaks and begins:
        begins = text.find(" ", begins, start) + 1 or start
    ends = _SENTENCE_ENDS.search(text, end)
    return text[begins : ends.start() + 1 if ends else end + _AFTER]


def readable_here(sheet: dict[str, Any], picture: str) -> str:
    """Be called in the child."""
    return sanitise_page(_markup(sheet), base=sheet["url"], picture=picture)


def _ask(cell: Cell, function: str, **words: Any) -> Any:
    try:
        return cell.call(f"dateline.intake.snapshots_apart:{function}", **words)
    except Failed as failed:
        if failed.kind in _ERRORS:
            raise _ERRORS[failed.kind](str(failed)) from None
        raise


def _markup(sheet: Mapping[str, Any]) -> str:
    markup = decode(sheet["content"], declared=sheet["charset"])
    refuse_floods(markup)
    return markup
