"""What is needed to check our records without us: the site's key, and every day the head of the chain."""

from collections.abc import Iterator

from dateline.publishing.leaf import JSON, TEXT, Leaf
from dateline.publishing.queries import record
from dateline.publishing.queries.press import Press
from dateline.publishing.recipes.recipe import Recipe

KEY = "/.well-known/dateline-key.pem"
HEAD = "/.well-known/dateline-head.json"


def keys(_press: Press) -> tuple[str, ...]:
    return ("",)


def bake(press: Press, _key: str) -> Iterator[Leaf]:
    yield Leaf(path=KEY, content=record.keys().public(), content_type=TEXT)
    yield Leaf(path=HEAD, content=record.head_line(now=press.now).encode() + b"\n", content_type=JSON)


RECIPE = Recipe(kind="records", keys=keys, bake=bake)
