import cast
import pytest
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils import translation
from lxml import html

from dateline.publishing.queries.frames import frame
from dateline.publishing.queries.press import open_press
from dateline.site.models import Identity


def framed(language="en"):
    return frame(open_press(now=cast.NOW), language)


@pytest.mark.parametrize("bar", ["", "notice", "consent"])
def test_the_bar_is_the_owners_choice_and_there_is_none_by_default(site, bar):
    assert framed().notice == ""
    Identity.objects.update(notice=bar)
    assert framed().notice == bar


def top_of(held):
    """Return what stands above a page's own content, as its reader gets it."""
    with translation.override(held.language):
        parts = [
            render_to_string(f"components/{one}.html", {"frame": held}) for one in ("edition_line", "menu")
        ]
    return html.fromstring(f"<header>{''.join(parts)}</header>")


def test_every_page_leads_to_search_and_to_what_is_saved(site, settings):
    settings.DATELINE_SEARCH = "embedded"
    held = framed("fa")
    assert (held.search, held.saved) == ("/-/search/", "/-/saved/?in=fa")
    top = top_of(held)
    assert [form.get("action") for form in top.findall(".//form[@role='search']")] == ["/-/search/"]
    assert held.saved in top.xpath("//a/@href")


def test_where_search_is_off_no_page_has_a_field_for_it(site, settings):
    settings.DATELINE_SEARCH = "off"
    assert framed("fa").search == ""
    assert top_of(framed("fa")).findall(".//form[@role='search']") == []


def test_pages_lead_to_an_account_where_the_owner_has_accounts_for_readers(site):
    held = framed("fa")
    assert held.account == ""
    own = [href for href in top_of(held).xpath("//a/@href") if href.startswith("/-/")]
    assert own == [held.saved]
    for href in own:
        assert resolve(href.split("?")[0])
    Identity.objects.update(accounts=True)
    assert framed("fa").account in top_of(framed("fa")).xpath("//a/@href")
    assert resolve("/-/account/")


def test_the_foot_says_under_which_licence_others_may_take_our_own_pieces(site):
    assert framed().licence is None
    Identity.objects.update(republish_licence="CC-BY-4.0")
    assert (framed("fr").licence.name, framed("fr").licence.href) == ("CC-BY-4.0", "/fr/republish/")
