"""The addresses of what we publish: paths that begin with the language and end with a slash."""

from datetime import date
from urllib.parse import quote, urlencode


def home_path(*, language: str) -> str:
    """Return the address of a language's home page."""
    return f"/{language}/"


def article_path(*, language: str, day: date, slug: str) -> str:
    """Return the address of an article: unique by language, day and slug."""
    return f"/{language}/{day:%Y/%m/%d}/{quote(slug)}/"


def section_path(*, language: str, slug: str) -> str:
    """Return the address of a section's front."""
    return f"/{language}/section/{quote(slug)}/"


def topic_path(*, language: str, slug: str) -> str:
    """Return the address of a topic's hub."""
    return f"/{language}/topic/{quote(slug)}/"


def contributor_path(*, language: str, slug: str) -> str:
    """Return the address of a contributor's page in one language."""
    return f"/{language}/by/{quote(slug)}/"


def kind_path(*, language: str, kind: str) -> str:
    """Return below which address the feeds of a kind of pieces stand: `/en/kind/translation/`."""
    return f"/{language}/kind/{kind}/"


def ninjs_path(article: str) -> str:
    """Return the address of an article, at that address, as ninjs."""
    return f"{article}ninjs.json"


def markdown_path(article: str) -> str:
    """Return the address of an article, at that address, as Markdown."""
    return f"{article}article.md"


def lite_path(path: str) -> str:
    """Return the address of the page that says in text alone what the page at `path` says."""
    return f"/lite{path}"


def corrections_path(*, language: str) -> str:
    """Return the address of the list of what was put right in a language."""
    return f"/{language}/corrections/"


def republish_path(article: str) -> str:
    """Return the address of the page beside an article, at that address, that lets others take it."""
    return f"{article}republish/"


def side_by_side_path(article: str) -> str:
    """Return the address of the page beside an article, at that address, that shows original and translation."""
    return f"{article}side-by-side/"


def card_path(article: str) -> str:
    """Return the address of the picture that stands for an article, at that address, where it is linked."""
    return f"{article}card.png"


def republish_terms_path(*, language: str) -> str:
    """Return the address of what we say of republishing in a language."""
    return f"/{language}/republish/"


def readers_post_path(about: str = "", *, language: str = "") -> str:
    """Return where a reader writes to us, about a piece of ours by its address, or in a language about anything."""
    return f"/-/post/?{urlencode({'about': about} if about else {'in': language}, safe='/')}"


def search_path() -> str:
    """Return where a reader searches; the language goes with the query. Python answers there."""
    return "/-/search/"


def account_path(*, language: str) -> str:
    """Return where a reader signs in, and finds the account once signed in. Python answers there."""
    return f"/-/account/?{urlencode({'in': language})}"


def saved_path(*, language: str) -> str:
    """Return where a reader finds what was saved. Python answers there."""
    return f"/-/saved/?{urlencode({'in': language})}"


def day_path(*, language: str, day: date) -> str:
    """Return the address of all that came out on a day: the pieces of the day stand below it."""
    return f"/{language}/{day:%Y/%m/%d}/"


def archive_path(*, language: str) -> str:
    """Return the address of the list of all months."""
    return f"/{language}/archive/"


def offline_path(*, language: str) -> str:
    """Return the address of the page that is shown without a network."""
    return f"/{language}/offline/"


def outlet_path(*, language: str, slug: str) -> str:
    """Return the address of the page of an outlet: all that we took from it."""
    return f"/{language}/outlet/{quote(slug)}/"


def page_path(*, language: str, slug: str) -> str:
    """Return the address of a plain page."""
    return f"/{language}/{quote(slug)}/"
