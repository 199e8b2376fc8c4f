"""The small texts at the root: robots.txt, security.txt, trust.txt, tdmrep.json, rsl.xml, licence.txt, llms.txt."""

from collections.abc import Iterator

from dateline.publishing import notices
from dateline.publishing.leaf import JSON, TEXT, XML, Leaf
from dateline.publishing.notices import About
from dateline.publishing.queries.notices import about, data_told, pages_told, sections_told
from dateline.publishing.queries.press import Press
from dateline.publishing.recipes.recipe import Recipe


def keys(_press: Press) -> tuple[str, ...]:
    return ("",)


def bake(press: Press, key: str) -> Iterator[Leaf]:
    if key:
        return
    with press.making(press.default):
        said = about(press)
        press.until(notices.next_month(press.today))
        llms = notices.llms(
            said, sections=sections_told(press), pages=pages_told(press), data=data_told(press)
        )
        for path, content, content_type in (
            ("/robots.txt", notices.robots(said), TEXT),
            *_who_we_are(press, said),
            ("/.well-known/tdmrep.json", notices.tdmrep(said), JSON),
            ("/licence.txt", notices.licence(said), TEXT),
            ("/llms.txt", llms, TEXT),
        ):
            yield Leaf(path=path, content=content.encode(), content_type=content_type)
        yield Leaf(path="/rsl.xml", content=notices.rsl(said), content_type=XML)


def _who_we_are(press: Press, said: About) -> Iterator[tuple[str, str, str]]:
    """Both places, where the papers name two: the one below `.well-known`, and the root as it was first."""
    security, trust = notices.security(said, today=press.today), notices.trust(said)
    yield ("/.well-known/trust.txt", trust, TEXT)
    yield ("/trust.txt", trust, TEXT)
    if security:
        yield ("/.well-known/security.txt", security, TEXT)


RECIPE = Recipe(kind="robots", keys=keys, bake=bake)
