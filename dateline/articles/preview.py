"""How a draft is shown before it is baked: the room that renders pages signs in here."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.articles.models import Article

Render = Callable[["Article"], str]
_render: list[Render] = []


class NoPreview(LookupError):
    """No room has signed in that can render an article."""


def sign_in(render: Render) -> None:
    """Let `render` make the page of an article that is not baked."""
    _render[:] = [render]


def page_of(article: "Article") -> str:
    """Return the page as readers would see it. Raises NoPreview."""
    if not _render:
        raise NoPreview("No room renders articles, so there is no preview.")
    return _render[0](article)
