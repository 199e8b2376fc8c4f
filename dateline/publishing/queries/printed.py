"""A page for readers, and beside it the same in text alone: one errand, one look at what it shows."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dateline.articles.addresses import lite_path
from dateline.publishing.leaf import Leaf
from dateline.publishing.lite import STYLE, lite_href, lite_main
from dateline.publishing.pages import Link, LitePage
from dateline.publishing.queries.press import Press
from dateline.publishing.queries.render import render

_HERE = b"<!--lite-->"


def printed(press: Press, template: str, page: Any, *, path: str, **leaf: Any) -> Iterator[Leaf]:
    """Yield a page of templates/pages/`template`.html and its text-only version. leaf: the other fields of the page's.

    Call it while the press is making the page.
    """
    page = replace(page, head=replace(page.head, lite=lite_path(path)))
    content = render(template, page)
    yield Leaf(path=path, content=content, **leaf)
    yield Leaf(
        path=lite_path(path),
        content=_lite(press, page, content, path=path),
        language=leaf.get("language", ""),
        status=leaf.get("status", 200),
        is_beside=True,
    )


def _lite(press: Press, page: Any, content: bytes, *, path: str) -> bytes:
    codes = press.codes
    main = lite_main(content, languages=codes)
    around = LitePage(
        frame=page.frame,
        title=page.head.title,
        canonical=page.head.canonical or press.absolute(path),
        full=path,
        home=lite_path(page.frame.home),
        sections=tuple(_lite_link(one, codes) for one in page.frame.sections),
        languages=tuple(_lite_link(one, codes) for one in page.frame.languages),
        style=STYLE,
        robots=page.head.robots,
        is_headed=b"<h1" in main,
    )
    return render("lite", around).replace(_HERE, main, 1)


def _lite_link(link: Link, codes: tuple[str, ...]) -> Link:
    return replace(link, href=lite_href(link.href, languages=codes))
