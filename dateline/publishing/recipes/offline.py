"""Reading without a network: the worker at the root, and in each language the page for what is not kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from dateline.articles.addresses import offline_path
from dateline.publishing import rules
from dateline.publishing.leaf import Leaf
from dateline.publishing.pages import Head, Link, PlainPage
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.render import render
from dateline.publishing.recipes.recipe import Recipe

WORKER: Final = "/service-worker.js"
SCRIPT: Final = "text/javascript; charset=utf-8"


def keys(press: Press) -> tuple[str, ...]:
    return ("", *press.codes)


def bake(press: Press, key: str) -> Iterator[Leaf]:
    if not key:
        # It rules over the pages below its own address, so that it cannot stand among the other scripts.
        source = Path(settings.BASE_DIR) / "static" / "js" / "service-worker.js"
        yield Leaf(path=WORKER, content=source.read_bytes(), content_type=SCRIPT)
    elif key in press.codes:
        with press.making(key):
            yield Leaf(
                path=offline_path(language=key), content=render("offline", _page(press, key)), language=key
            )


def _page(press: Press, language: str) -> PlainPage:
    held = frame(press, language)
    title = _("Without a network")
    return PlainPage(
        frame=held,
        head=Head(title=f"{title} | {held.site_name}", description="", canonical="", robots=rules.NOINDEX),
        name=title,
        html="",
        crumbs=(Link(name=held.site_name, href=held.home),),
    )


RECIPE = Recipe(kind="offline", keys=keys, bake=bake)
