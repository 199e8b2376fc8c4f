"""From the list to the readers: how many acts that are not typing a piece of 700 words takes."""

import cast
import pytest
from playwright.sync_api import expect

from dateline.articles.models import Article
from dateline.people.apps import lay_groups

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST = 12


class Counted:
    """A browser in which every key chord, click and choice is counted."""

    def __init__(self, page):
        self.page = page
        self.acts = 0

    def key(self, chord):
        self.acts += 1
        self.page.keyboard.press(chord)

    def click(self, place):
        self.acts += 1
        place.click()


def test_a_reprint_under_an_agreement_is_live_in_twelve_acts(live_server, browser_page):
    cast.an_identity()
    lay_groups()
    cast.somebody("ines", role="editor-in-chief")
    cast.a_section("Le port", language="fr")
    outlet = cast.an_outlet()
    agreement = cast.an_agreement(outlet)
    words = " ".join(f"mot{n}" for n in range(700))
    cast.an_original(outlet, body_html=f"<p>{words}.</p>", body_text=words, word_count=700)
    page = browser_page
    page.goto(f"{live_server.url}/desk/login/")
    page.get_by_label("Username").fill("ines")
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("[data-newsroom-piece]")).to_be_visible()

    desk = Counted(page)
    desk.key("j")
    desk.key("p")
    desk.click(page.get_by_role("button", name="Pick as a reprint in Français"))
    desk.click(page.get_by_role("tab", name="Place"))
    desk.click(page.get_by_role("button", name="Choose section").first)
    desk.click(page.get_by_role("dialog").get_by_role("link", name="Le port"))
    expect(page.get_by_role("dialog")).to_be_hidden()
    desk.click(page.get_by_role("button", name="More actions"))
    desk.click(page.get_by_role("button", name="Publish"))
    expect(page.get_by_text("published.")).to_be_visible()

    article = Article.objects.get()
    assert article.live
    assert article.permission.agreement == agreement
    assert [credit.name for credit in article.credits.all()] == ["Salma Verrin"]
    assert desk.acts <= MOST
