"""Looking for a site's feeds in a confined child process: its page may be as hostile as any other."""

from dataclasses import asdict

from dateline.intake.channels.sitemap import children_of
from dateline.intake.discovery import Candidate, candidates
from dateline.lib.confined import Cell, Limits
from dateline.lib.formats.sitemap_reader import NotASitemap, read

# People add outlets now and then: no child stays behind for it.
_cell = Cell(Limits(uses=1))


def feed_candidates(
    content: bytes, *, url: str, declared_encoding: str | None, cell: Cell = _cell
) -> list[Candidate]:
    """Return what `discovery.candidates` would, read in a child process.

    Raises `confined.Trouble`; `Failed` with the name of its error where that raises.
    """
    words = {"url": url, "declared_encoding": declared_encoding}
    found = cell.call("dateline.intake.discovery_apart:feed_candidates_here", content=content, **words)
    return [Candidate(**candidate) for candidate in found]


def feed_candidates_here(content: bytes, **words: str) -> list[dict[str, str]]:
    """Be called in the child: the answer goes as JSON values."""
    return [asdict(candidate) for candidate in candidates(content, **words)]


def sitemaps_of_index(content: bytes, *, url: str, cell: Cell = _cell) -> list[str]:
    """Return the freshest sitemaps of an index, read in a child process; empty where it is none.

    Raises `confined.Trouble`.
    """
    found: list[str] = cell.call(
        "dateline.intake.discovery_apart:sitemaps_of_index_here", content=content, url=url
    )
    return found


def sitemaps_of_index_here(content: bytes, url: str) -> list[str]:
    """Be called in the child."""
    try:
        found = read(content)
    except NotASitemap:
        return []
    return [] if found.pages else children_of(found, url)
