"""Pages of the site that are not baked: made on request, with the frame that stands around every page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dateline.audience.dressing import Dressed
from dateline.publishing import rules
from dateline.publishing.pages import DressedPage, Head, Link
from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.press import open_press
from dateline.publishing.queries.render import render
from dateline.publishing.stores.headers import policy_for


def dress(template: str, title: str, language: str, shows: Mapping[str, Any], *, now: datetime) -> Dressed:
    """Return a page in one of the site's languages, for no search engine, with the policy of a page of ours."""
    press = open_press(now=now)
    code = language if language in press.codes else press.default
    with press.making(code):
        held = frame(press, code)
        page = DressedPage(
            frame=held,
            head=Head(
                title=f"{title} | {held.site_name}",
                description=held.tagline or held.blurb,
                canonical="",
                robots=rules.NOINDEX,
            ),
            shows=shows,
            crumbs=(Link(name=held.site_name, href=held.home),),
        )
        content = render(template, page)
    return Dressed(content=content, policy=policy_for(content))
