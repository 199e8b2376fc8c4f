"""The edition and the press review in a real browser: by dragging and by keys; and how many actions a review takes."""

from datetime import time, timedelta

import cast
import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from dateline.articles.models import Article
from dateline.editions import actions
from dateline.editions.models import Run, Voice
from dateline.editions.queries.contents import placed
from dateline.intake.models import Membership, Story
from dateline.people.apps import lay_groups
from dateline.rights.models import Use
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAPERS = (
    (
        "Le Courrier",
        "fr",
        "FR",
        "Le bac reprend la mer lundi. Les insulaires attendaient depuis neuf semaines.",
    ),
    ("La Dépêche", "fr", "BE", "Le port respire enfin. Les commerces rouvrent leurs portes."),
    ("Küstenbote", "de", "DE", "Die Fähre fährt wieder. Auf der Insel wurde lange gewartet."),
    ("Abendpost", "de", "AT", "Neun Wochen ohne Schiff sind vorbei. Die Preise bleiben hoch."),
    ("El Puerto", "es", "ES", "El barco vuelve al mar. Los isleños esperaban desde hacía semanas."),
    ("La Costa", "es", "PT", "La isla vuelve a respirar. Quedan preguntas sobre el precio."),
    ("Harbour Post", "en", "GB", "The ferry sails again. The island waited nine weeks for it."),
    ("Island News", "en", "IE", "The boat is back. Nobody says who paid for the repair."),
)
# What an editor takes for one action on this page, everything counted, reading too: 300 seconds hold 20 of them.
SECONDS_AN_ACTION = 15
SECONDS = 300


@pytest.fixture
def newsroom():
    cast.an_identity()
    lay_groups()
    cast.a_section()
    return cast.somebody("ines", role="editor-in-chief", first_name="Ines", last_name="Molde")


@pytest.fixture
def desk(newsroom, live_server, browser_page):
    """Return how to open a page of the desk as somebody who is logged in."""
    client = Client()
    client.force_login(newsroom)
    name = django_settings.SESSION_COOKIE_NAME
    told = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    browser_page.context.add_cookies([told])

    def opened(name, pk):
        browser_page.goto(f"{live_server.url}{reverse(f'newsroom:{name}', args=[pk])}")
        return browser_page

    return opened


class Counted:
    """Somebody's hand: each click and each text written is one action."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def click(self, role, name):
        self.actions += 1
        self.page.get_by_role(role, name=name, exact=True).click()

    def write(self, label, text):
        self.actions += 1
        self.page.get_by_label(label, exact=True).first.fill(text)


def a_story_of_eight():
    originals = []
    for name, language, country, text in PAPERS:
        outlet = cast.an_outlet(name, language=language, country=country)
        cast.an_agreement(outlet, max_words=60)
        fields = {"headline": text.split(".")[0], "standfirst": "", "body_text": text}
        originals.append(cast.an_original(outlet, language=language, **fields))
    story = Story.objects.create(
        title="The ferry", opened_at=cast.NOW, last_at=cast.NOW, pieces=8, outlets=8, languages=[]
    )
    for one in originals:
        Membership.objects.create(original=one, story=story, told_at=one.taken_at)
    return story


def test_a_review_of_eight_papers_in_four_languages_is_out_within_five_minutes_of_a_hand(desk, settings):
    settings.DATELINE_MACHINES = ["pseudo"]
    story = a_story_of_eight()
    page = desk("story", story.pk)
    hand = Counted(page)
    hand.click("link", "Write a press review")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(8)
    hand.click("button", "Begin the press review")
    expect(page.get_by_label("Question or headline")).to_be_visible()
    Job.objects.exclude(task__contains="draft_voices").delete()
    run_all_jobs(limit=20)
    expect(page.locator("[data-drafts]")).to_be_hidden()
    hand.write("Question or headline", "Who gains from the ferry?")
    hand.write("Introduction", "The boat is back, and the papers of four languages ask who paid.")
    first = page.locator("[data-voice]").filter(has_text="Küstenbote")
    hand.actions += 2
    first.get_by_label("Excerpt in our language").fill("The ferry sails again. The island waited long.")
    first.get_by_label("Its headline here").fill("A long wait is over")
    expect(first.locator("[data-count]")).to_have_text("10 of 60 words")
    hand.click("button", "Save")
    expect(page.get_by_text("Saved.")).to_be_visible()
    hand.actions += 1
    page.get_by_role("checkbox", name="I have read the").check()
    hand.click("button", "Save and publish")
    expect(page.get_by_text("It is out")).to_be_visible()
    article = Article.objects.get(kind="press-review")
    assert article.live
    assert Voice.objects.filter(article=article, is_shown=True).count() == 8
    assert Use.objects.filter(piece=article.uid, ended_at=None).count() == 8
    assert hand.actions * SECONDS_AN_ACTION <= SECONDS, f"{hand.actions} actions"


def test_an_edition_is_ordered_by_dragging_and_by_keys(desk):
    now = timezone.now()
    run = Run.objects.create(code="evening", name="The evening", closes=time(23, 59))
    edition = actions.open_edition(
        run=run, language="en", day=now.date() + timedelta(days=1), by=None, now=now
    )
    section = cast.a_section()
    for headline in ("The harbour opens", "Snow comes late", "The bridge stays"):
        cast.published(cast.an_exclusive(headline=headline, section=section))
    page = desk("edition", edition.pk)
    page.set_viewport_size({"width": 1280, "height": 2400})  # nothing scrolls under the hand
    places = page.locator("[data-place]")
    page.get_by_role("button", name="Fill the free places").click()
    expect(page.locator('[data-place][draggable="true"]')).to_have_count(3)
    last = page.locator("[data-place]", has_text="Snow comes late")
    last.drag_to(
        page.locator('[data-slot="opinion"]'),
        source_position={"x": 6, "y": 6},
        target_position={"x": 10, "y": 10},
    )
    expect(page.locator('[data-slot="opinion"] [data-place]')).to_have_count(1)
    expect(page.get_by_text("The order is saved.")).to_be_visible()
    expect(page.locator('[data-place][draggable="true"]')).to_have_count(3)
    page.keyboard.press("j")
    expect(places.first).to_be_focused()
    page.keyboard.press("J")
    expect(page.get_by_text("Moved down")).to_be_visible()
    expect(page.locator('[data-slot="lead"] [data-place]')).to_have_count(0)
    expect(page.locator('[data-slot="five"] [data-place][draggable="true"]')).to_have_count(2)
    expect(page.locator("[data-place]:focus")).to_have_count(1)
    page.keyboard.press("x")
    expect(page.get_by_text("Taken out")).to_be_visible()
    expect(places).to_have_count(2)
    assert len(placed(edition)) == 2
