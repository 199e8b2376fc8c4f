"""A day at the desk, in a real browser: from the newslist past a refusal to a page that is out."""

import cast
import pytest
from browsers import loaded
from playwright.sync_api import expect

from dateline.articles.models import Article
from dateline.people.apps import lay_groups

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def newsroom():
    identity = cast.an_identity()
    lay_groups()
    cast.somebody("ines", role="editor-in-chief", first_name="Ines", last_name="Molde")
    cast.a_section("Le port", language="fr")
    return identity


def log_in(page, address):
    page.goto(f"{address}/desk/login/")
    page.get_by_label("Username").fill("ines")
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Sign in").click()
    loaded(page, page.get_by_role("heading", name="Newslist"))


def publish(page):
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()


def test_an_editor_picks_is_refused_finds_the_permission_and_publishes(newsroom, live_server, browser_page):
    page = browser_page
    original = cast.an_original(headline="Le bac reprend la mer")
    log_in(page, live_server.url)

    page.get_by_role("link", name=original.headline).click()
    page.get_by_label("none yet").first.check()
    page.get_by_role("button", name="Pick as a reprint in Français").click()
    expect(page.get_by_text("nothing covers it yet")).to_be_visible()

    publish(page)
    expect(page.get_by_text("It is saved as a draft, and cannot go out yet:")).to_be_visible()
    expect(page.get_by_text("Choose a section.")).to_be_visible()
    expect(page.get_by_text("There is no permission from Harbour Courier")).to_be_visible()

    page.get_by_role("tab", name="Place").click()
    page.get_by_role("button", name="Choose section").first.click()
    page.get_by_role("dialog").get_by_role("link", name="Le port").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("updated.")).to_be_visible()

    page.get_by_role("button", name="More actions").click()
    page.get_by_role("link", name="What covers it").click()
    page.get_by_role("link", name="Add an agreement with this outlet").click()
    page.get_by_role("textbox", name="Title").fill("Letter of 2026")
    page.get_by_role("checkbox", name="reprint").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("created.")).to_be_visible()

    article = Article.objects.get()
    page.goto(f"{live_server.url}/desk/articles/{article.pk}/cover/")
    page.get_by_label("Letter of 2026").check()
    page.get_by_role("button", name="Let it cover the article").click()
    expect(page.get_by_text("Covered. Publish it when it is ready.")).to_be_visible()

    publish(page)
    expect(page.get_by_text("published.")).to_be_visible()
    article.refresh_from_db()
    assert article.live
    assert article.permission.agreement.title == "Letter of 2026"


def test_the_keys_of_the_newslist_go_down_open_and_spike(newsroom, live_server, browser_page):
    page = browser_page
    outlet = cast.an_outlet()
    cast.an_original(outlet, headline="Older piece")
    cast.an_original(outlet, headline="Newer piece")
    log_in(page, live_server.url)
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Newer piece")).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Older piece")).to_be_focused()
    page.keyboard.press("s")
    expect(page.get_by_text("Spiked: Older piece")).to_be_visible()
    page.keyboard.press("k")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", name="Newer piece").first).to_be_visible()


def test_the_newslist_and_a_pick_work_without_script(newsroom, live_server, scriptless_page):
    page = scriptless_page
    cast.an_original(headline="Le bac reprend la mer")
    log_in(page, live_server.url)
    page.get_by_label("Words", exact=True).fill("bac")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Le bac reprend la mer").click()
    page.get_by_role("button", name="Pick as a reprint in Français").click()
    expect(page.get_by_text("nothing covers it yet")).to_be_visible()
    assert Article.objects.get().kind == "reprint"
