"""Reading a page of an outlet: asked for by the guarded door, its article extracted apart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from dateline.intake import apart
from dateline.intake.actions.asking import NotRead, ask_page, refuse_failure
from dateline.intake.answers import NO_PAGE, charset, may_be_page, media_type
from dateline.intake.channels.page_rules import BadRule
from dateline.intake.extract import NoArticle
from dateline.intake.models import SiteRule
from dateline.intake.reading import AddressTooLong, Beforehand, Reading, reading_of
from dateline.lib.floods import HostileMarkup
from dateline.lib.text import cut
from dateline.lib.urls import NotAWebAddress
from dateline.net.letters import PAGE_BYTES, Response

PAGE_TYPES: Final = "text/html, application/xhtml+xml, */*;q=0.5"


@dataclass(frozen=True, kw_only=True)
class Page:
    """An answer in full, and what was read from it."""

    response: Response
    reading: Reading


def read_page(url: str, *, before: Beforehand, now: datetime, rules_until: datetime | None = None) -> Page:
    """Return the page at `url` and the article in it. Raises NotRead, FetchError, confined.Trouble.

    rules_until: a rule of the site that is younger is not obeyed, so that what it finds is not taken for a change.
    """
    if not url:
        raise NotRead(_("The feed names no page for this entry, so there is nothing to take."), is_final=True)
    response = ask_page(url, headers={"Accept": PAGE_TYPES}, limit_bytes=PAGE_BYTES, now=now)
    return page_in(response, before=before, rules_until=rules_until)


def page_in(response: Response, *, before: Beforehand, rules_until: datetime | None = None) -> Page:
    """Return an answer with the article in it. Raises NotRead, confined.Trouble. rules_until: as for `read_page`."""
    refuse_failure(response)
    _refuse_what_is_no_page(response)
    rules = _rules_for(response.final_url, before=before, until=rules_until)
    return Page(response=response, reading=_article_in(response, before=before, rules=rules))


def _rules_for(url: str, *, before: Beforehand, until: datetime | None) -> dict[str, Any] | None:
    """Return what an editor said of the site's pages, else what the channel says of its articles', else nothing."""
    rule = SiteRule.objects.for_page(url)
    if rule is not None and (until is None or rule.made_at <= until):
        return rule.as_rules()
    return dict(before.rules) or None


def _refuse_what_is_no_page(response: Response) -> None:
    kind = response.header("Content-Type") or ""
    if not may_be_page(kind):
        values = {"url": response.final_url, "kind": cut(media_type(kind), 80)}
        raise NotRead(_(NO_PAGE) % values, answer=response, is_final=True)


def _article_in(response: Response, *, before: Beforehand, rules: dict[str, Any] | None) -> Reading:
    try:
        found = apart.extract(
            response.body,
            url=response.final_url,
            title=before.title or None,
            summary=before.summary or None,
            declared_encoding=charset(response.header("Content-Type") or ""),
            rules=rules,
        )
        return reading_of(found.as_dict(), url=response.url, final_url=response.final_url, before=before)
    except (NoArticle, HostileMarkup, BadRule) as error:
        raise NotRead(_(str(error)), answer=response, is_final=True) from error
    except (AddressTooLong, NotAWebAddress) as error:
        message = _("The address of this page is too long or too odd to be kept.")
        raise NotRead(message, answer=response, is_final=True) from error
