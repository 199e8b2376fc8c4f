"""Search in a browser: headlines while one types, walked by keys, and a page that needs no script."""

import cast
import pytest
from playwright.sync_api import expect

from dateline.lib.home import Home
from dateline.work.testing import run_all_jobs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server, settings, tmp_path):
    settings.HOME = Home(tmp_path)
    settings.HOME.lay()
    settings.DATELINE_SEARCH = "embedded"
    cast.an_identity()
    section = cast.a_section()
    for headline in ("The ferry sails again", "The ferry waits for spring"):
        cast.published(
            cast.an_exclusive(
                headline=headline, section=section, body=cast.a_body("Officials of the harbour spoke.")
            )
        )
    run_all_jobs()
    return live_server.url


def test_headlines_come_while_one_types_and_keys_walk_them(site, browser_page):
    page = browser_page
    page.goto(f"{site}/-/search/")
    field = page.get_by_role("combobox", name="What are you looking for?")
    field.focus()
    page.keyboard.type("the fer")
    options = page.locator("#suggested li")
    expect(options).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "suggested-0")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.fill("oficials of harbours")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 pieces found")
    expect(page.locator("mark").first).to_be_visible()
    assert "q=oficials+of+harbours" in page.url
