"""What a person may call things by on the command line: a number, an address, a slug. Needs Django loaded."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.articles.models import Article
    from dateline.intake.models import Original
    from dateline.people.models import User


class NoSuchPiece(LookupError):
    """Nothing is called that."""


def original_called(name: str) -> "Original":
    """Return the original with this number or address. Raises NoSuchPiece."""
    from dateline.intake.models import Original
    from dateline.lib.urls import NotAWebAddress, normalise

    found = Original.objects.filter(pk=int(name)).first() if name.isdigit() else None
    if found is None and not name.isdigit():
        try:
            found = Original.objects.filter(identity=normalise(name)).first()
        except NotAWebAddress:
            found = None
    if found is None:
        raise NoSuchPiece(
            f"There is no original {name!r}. Give its number or its address; the newslist has both."
        )
    return found


def article_called(name: str) -> "Article":
    """Return the article with this number, slug or address of ours. Raises NoSuchPiece."""
    from dateline.articles.models import Article

    found = list(Article.objects.filter(pk=int(name))) if name.isdigit() else _by_address(name)
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(f"{article.pk} ({article.language})" for article in found)
        raise NoSuchPiece(f"Several articles are called {name!r}: give one of their numbers: {several}.")
    raise NoSuchPiece(f"There is no article {name!r}. Give its number, its slug or its address.")


def person_called(name: str) -> "User | None":
    """Return the member of staff with this user name; None for no name. Raises NoSuchPiece."""
    from dateline.people.models import User

    if not name:
        return None
    try:
        found: User = User.objects.staff().get(username=name)
    except User.DoesNotExist:
        raise NoSuchPiece(
            f"Nobody at the desk is called {name!r}. `dateline staff list` has the names."
        ) from None
    return found


def _by_address(name: str) -> "list[Article]":
    from dateline.articles.models import Article

    path = "/" + name.split("://", 1)[-1].split("/", 1)[-1] if "://" in name else name
    slug = path.strip("/").rsplit("/", 1)[-1]
    found = list(Article.objects.filter(slug=slug).select_related("locale"))
    if path.strip("/") == slug:
        return found
    return [article for article in found if article.get_absolute_url().strip("/") == path.strip("/")]
