"""Reading a page of an outlet: asked for by the guarded door, its article extracted apart."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from dateline.intake import apart
from dateline.intake.actions.asking import (
    NotRead,
    ask_page,
    refuse_failure,
    refused,
    waiting_for_turns,
    world_in_words,
)
from dateline.intake.actions.reserving import reservations_for
from dateline.intake.answers import NO_PAGE, charset, may_be_page, media_type
from dateline.intake.channels.page_rules import BadRule
from dateline.intake.extract import Extract, NoArticle
from dateline.intake.models import SiteRule
from dateline.intake.pages_joined import as_one
from dateline.intake.pagination import MOST_PAGES, is_page
from dateline.intake.reading import AddressTooLong, Beforehand, Reading, reading_of
from dateline.intake.signals import Signal, settled, signals_of_headers
from dateline.lib.floods import HostileMarkup
from dateline.lib.text import cut
from dateline.lib.urls import NotAWebAddress
from dateline.net.letters import PAGE_BYTES, Response

# For how long a further page of an article may wait for its host's turn: the first is in hand already.
PATIENCE_SECONDS: Final = 20.0
PAGE_TYPES: Final = "text/html, application/xhtml+xml, */*;q=0.5"


@dataclass(frozen=True, kw_only=True)
class Page:
    """An answer in full, and what was read from it.

    further: the answers of an article's second and later pages, in order; `reading` holds the text of all of them.
    Who keeps the answer keeps these beside it. missing: why a further page could not be read, empty where all were.
    """

    response: Response
    reading: Reading
    further: tuple[Response, ...] = ()
    missing: str = ""


def read_page(url: str, *, before: Beforehand, now: datetime, rules_until: datetime | None = None) -> Page:
    """Return the page at `url` and the article in it. Raises NotRead, FetchError, confined.Trouble.

    rules_until: a rule of the site that is younger is not obeyed, so that what it finds is not taken for a change.
    """
    if not url:
        raise NotRead(_("The feed names no page for this entry, so there is nothing to take."), is_final=True)
    response = ask_page(url, headers={"Accept": PAGE_TYPES}, limit_bytes=PAGE_BYTES, now=now)
    return _page_in(response, before=before, rules_until=rules_until, now=now)


def page_in(
    response: Response,
    *,
    before: Beforehand,
    rules_until: datetime | None = None,
    now: datetime | None = None,
) -> Page:
    """Return an answer with the article in it. Raises NotRead, confined.Trouble. rules_until: as for `read_page`.

    now: with it the article's further pages are asked for; without it nothing else is, and this is the one page.
    """
    return _page_in(response, before=before, rules_until=rules_until, now=now)


def _page_in(
    response: Response, *, before: Beforehand, rules_until: datetime | None, now: datetime | None
) -> Page:
    rules = _rules_for(response.final_url, before=before, until=rules_until)
    found = _extract_in(response, before=before, rules=rules)
    further: tuple[Response, ...] = ()
    missing = ""
    said = signals_of_headers(response.headers)
    if now is not None:
        found, further, missing = with_further_pages(found, response, rules=rules, now=now)
        said += reservations_for(response.final_url, now=now)
    found = replace(found, signals=[asdict(one) for one in settled([*_signals(found), *said])])
    reading = _reading(found, response, before=before)
    return Page(response=response, reading=reading, further=further, missing=missing)


def with_further_pages(
    first: Extract, response: Response, *, rules: dict[str, Any] | None, now: datetime
) -> tuple[Extract, tuple[Response, ...], str]:
    """Return the article with the text of its further pages, their answers, and why one of them is missing.

    Where one of them cannot be read, what came before it is kept, and the reading is suspect with the reason.
    """
    found, answers = [first], list[Response]()
    trouble = ""
    address = first.next_page
    while address and is_page(address, number=len(found) + 1, of=response.final_url):
        if len(found) >= MOST_PAGES:
            trouble = _("The article has more pages than are read by themselves.")
            break
        try:
            with world_in_words(), waiting_for_turns(PATIENCE_SECONDS):
                answer = ask_page(address, headers={"Accept": PAGE_TYPES}, limit_bytes=PAGE_BYTES, now=now)
                if not is_page(answer.final_url, number=len(found) + 1, of=response.final_url):
                    break  # passed on to where it begins, or elsewhere: there is no such page
                found.append(_extract_in(answer, before=Beforehand(title=first.headline), rules=rules))
        except NotRead as error:
            values = {"number": len(found) + 1, "detail": str(error)}
            trouble = _("Page %(number)s of the article could not be read: %(detail)s") % values
            break
        answers.append(answer)
        address = found[-1].next_page
    return as_one(found, trouble=trouble), tuple(answers), trouble


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


def _extract_in(response: Response, *, before: Beforehand, rules: dict[str, Any] | None) -> Extract:
    refuse_failure(response)
    _refuse_what_is_no_page(response)
    try:
        return apart.extract(
            response.body,
            url=response.final_url,
            title=before.title or None,
            summary=before.summary or None,
            declared_encoding=charset(response.header("Content-Type") or ""),
            rules=rules,
        )
    except (NoArticle, HostileMarkup, BadRule) as error:
        raise NotRead(refused(error), answer=response, is_final=True) from error


def _reading(found: Extract, response: Response, *, before: Beforehand) -> Reading:
    try:
        return reading_of(found.as_dict(), url=response.url, final_url=response.final_url, before=before)
    except (AddressTooLong, NotAWebAddress) as error:
        message = _("The address of this page is too long or too odd to be kept.")
        raise NotRead(message, answer=response, is_final=True) from error


def _signals(found: Extract) -> list[Signal]:
    return [Signal(**told) for told in found.signals]
