"""Reading letters and files in a confined child process: one that is a trap ends there alone."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from dateline.intake.brought import extract_brought
from dateline.intake.extract import Extract, NoArticle
from dateline.lib.confined import Cell, Failed, Limits
from dateline.lib.floods import HostileMarkup
from dateline.lib.formats import letter, sniffing
from dateline.lib.formats.letter import Envelope, Letter
from dateline.lib.formats.newsml import NotNewsML
from dateline.lib.formats.ninjs import NotNinjs
from dateline.lib.formats.pieces import Delivered, Unreadable, restored
from dateline.lib.formats.wxr import NotWXR

# One child for all files, which may be exports of a whole site; letters wait behind none of them.
_cell = Cell(Limits(seconds=60.0, uses=50))
_letter_cell = Cell(Limits(uses=50))

_ERRORS: Final[dict[str, type[Exception]]] = {
    error.__name__: error
    for error in (
        Unreadable, sniffing.UnknownForm, NotNinjs, NotNewsML, NotWXR, letter.NotALetter, NoArticle, HostileMarkup
    )
}  # fmt: skip


def read_file(path: Path, *, start: int = 0, count: int = 200, cell: Cell = _cell) -> Delivered:
    """Return what `sniffing.read_file` would, read in a child process.

    Raises what it raises (Unreadable), and `confined.Trouble` where the child was ended or broke.
    """
    return restored(_ask(cell, "read_file_here", path=str(path), start=start, count=count))


def read_letter(content: bytes, *, cell: Cell = _letter_cell) -> Letter:
    """Return what `letter.read` would, read in a child process. Raises NotALetter, Unreadable, confined.Trouble."""
    return Letter(**_ask(cell, "read_letter_here", content=content))


def envelope(content: bytes, *, cell: Cell = _letter_cell) -> Envelope:
    """Return what `letter.envelope` would, read in a child process. Raises NotALetter, confined.Trouble."""
    return Envelope(**_ask(cell, "envelope_here", content=content))


def extract(markup: str, *, cell: Cell = _letter_cell, **words: Any) -> Extract:
    """Return what `brought.extract_brought` would, read in a child process.

    Raises NoArticle, HostileMarkup, confined.Trouble.
    """
    return Extract(**_ask(cell, "extract_here", markup=markup, **words))


def read_file_here(path: str, *, start: int, count: int) -> dict[str, object]:
    """Be called in the child."""
    return asdict(sniffing.read_file(Path(path), start=start, count=count))


def read_letter_here(content: bytes) -> dict[str, object]:
    """Be called in the child."""
    return asdict(letter.read(content))


def envelope_here(content: bytes) -> dict[str, object]:
    """Be called in the child."""
    return asdict(letter.envelope(content))


def extract_here(markup: str, **words: Any) -> dict[str, object]:
    """Be called in the child."""
    return extract_brought(markup, **words).as_dict()


def _ask(cell: Cell, function: str, **words: Any) -> dict[str, Any]:
    try:
        found: dict[str, Any] = cell.call(f"dateline.intake.brought_apart:{function}", **words)
    except Failed as failed:
        if failed.kind in _ERRORS:
            raise _ERRORS[failed.kind](str(failed)) from None
        raise
    return found
