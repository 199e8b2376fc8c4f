"""A week of intake in a browser: a dozen outlets that misbehave are added, watched by a moved clock, and looked at."""

import json
import re
import urllib.request
from datetime import timedelta

import cast
import pytest
from browsers import loaded
from django.utils import timezone
from imap_server import ImapServer, a_letter
from intake_press import TEXTS
from intake_week import HOSTS, PAUSE_SECONDS, PIECES, SHELF, START, asked_often, week
from playwright.sync_api import expect
from soaking import budget

from dateline.intake.actions import remembering, scoring
from dateline.intake.models import Change, Entry, Original
from dateline.net import turns
from dateline.people.apps import lay_groups
from dateline.sources.actions import HostTurns
from dateline.sources.models import Channel, Check, Outlet
from dateline.work import schedule
from dateline.work.models import Beat, Job
from dateline.work.testing import run_all_jobs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STEP = timedelta(hours=budget(2, whole=1))
WATCHED = {
    "lantern": "/",
    "ozero": "/news.rdf",
    "gol": "/feed.json",
    "tba": "/news-sitemap.xml",
    "tideway": "/feed.xml",
    "pulse": "/feed.xml",
    "gazette": "/feed.xml",
}
LAKE = "en: Lake Orvel\nfr: lac d'Orvel\nru: озеро Орвел\ntr: Orvel Gölü\nfa: دریاچه اورول\nka: ორველის ტბა"
DAM = "en: Velden dam\nfr: barrage de Velden\nru: плотина в Вельдене"
FERRY = "en: Marigold\nfr: Marigold\nru: Мэриголд\ntr: Marigold\nfa: مریگولد\nka: მერიგოლდი"


@pytest.fixture
def world(monkeypatch, settings, tmp_path, live_server):
    """Open the simulated week; whoever asks for the time in this process is told its own."""
    with week() as opened:
        monkeypatch.setattr(timezone, "now", opened.clock.now)
        kept = turns.signed_in()
        turns.sign_in(HostTurns(clock=opened.clock.now, sleep=opened.clock.wait))
        settings.DATELINE_NET_ALLOW = f"{opened.allowed()},{live_server.url.removeprefix('http://')}"
        settings.DATELINE_URL = live_server.url
        settings.DATELINE_HOST_PAUSE_SECONDS = PAUSE_SECONDS
        settings.DATELINE_STORIES_ENGINE = "nano-e5"
        settings.HOME = type(settings.HOME)(tmp_path)
        settings.HOME.lay()
        _forget()
        yield opened
        turns.sign_in(kept)
        _forget()


def _forget():
    remembering.forget()
    scoring._scorer.cache_clear()


@pytest.fixture
def mail(world, settings):
    server = ImapServer()
    settings.DATELINE_MAILBOXES = ((server.address, server.password),)
    yield server
    server.close()


class Watch:
    """Lets the simulated time pass, and the workers do what falls due in it."""

    def __init__(self, world):
        self.world, self.clock = world, world.clock
        schedule.lay_out_beats(now=self.clock.now())
        Beat.objects.exclude(name__regex=r"^(intake|sources)\.").delete()

    def until(self, hour):
        end = START + timedelta(hours=hour)
        while self.clock.now() < end:
            self.work()
            self.clock.move_to(min(self.clock.now() + STEP, end))
        self.work()

    def work(self):
        """Do what is due, and what that puts off by less than a step: a host's turn, mostly."""
        schedule.fire_due_beats(now=self.clock.now())
        end = self.clock.now() + STEP
        while True:
            run_all_jobs()
            soon = Job.objects.filter(state=Job.State.READY, run_after__lt=end).order_by("run_after").first()
            if soon is None:
                return
            self.clock.move_to(soon.run_after)


class Vera:
    """What an editor does with the mouse, by the words on the screen."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        page.set_default_timeout(30_000)
        expect.set_options(timeout=30_000)

    def go(self, path):
        self.page.goto(self.address + path)
        return self.main()

    def main(self):
        return self.page.locator("main").inner_text()

    def press(self, name, **words):
        self.page.get_by_role("button", name=name, **words).click()

    def sign_in(self):
        self.go("/desk/login/")
        self.page.get_by_label("Username").fill("ines")
        self.page.get_by_label("Password").fill("a long pass phrase")
        self.press("Sign in")
        loaded(self.page, self.page.get_by_role("heading", name="Newslist"))

    def watch(self, address):
        self.go("/desk/outlets/add/")
        self.page.get_by_label("Address").fill(address)
        self.press("Watch it")
        expect(self.page.get_by_text("It is watched now").first).to_be_visible()

    def look_and_watch(self, address):
        self.go("/desk/outlets/add/")
        self.page.get_by_label("Address").fill(address)
        self.press("Look what is there")
        expect(self.page.get_by_role("group", name="What is to be had there")).to_contain_text("1 piece")
        self.press("Watch the chosen")
        expect(self.page.get_by_text("It is watched now").first).to_be_visible()

    def point_at(self, address, headline, *, name):
        self.go("/desk/picker/")
        self.page.get_by_label("Address").fill(address)
        self.press("Fetch the page")
        loaded(self.page, self.page.get_by_role("heading", name="Point at a headline"))
        frame = self.page.frame_locator("[data-picker-frame]")
        frame.get_by_text(headline, exact=True).click()
        found = self.page.locator('[data-picker-part="finds"] .newsroom-picker-title')
        expect(found).to_have_count(1 + len(SHELF))
        self.page.get_by_label("Name of a new outlet").fill(name)
        self.press("Watch the page")
        expect(self.page.get_by_text("is read by these rules now")).to_be_visible()

    def describe_beat(self):
        self.go("/desk/beat/describe/")
        self.page.get_by_label("Subject").fill("Lake Orvel")
        for number, (name, words) in enumerate(
            [("the lake", LAKE), ("the Marigold", FERRY), ("the dam", DAM)]
        ):
            self.page.locator(f"[name=concept-{number}-name]").fill(name)
            self.page.locator(f"[name=concept-{number}-weight]").select_option("decisive")
            self.page.locator(f"[name=concept-{number}-words]").fill(words)
        self.press("Save", exact=True)
        expect(self.page.get_by_text("Lake Orvel").first).to_be_visible()

    def claim_letters(self, name):
        self.go("/desk/deliveries/")
        self.page.get_by_text(name).first.click()
        self.page.get_by_label("Name of the new outlet").fill(name)
        self.press("These letters are theirs")
        expect(self.page.get_by_text("are read from now on")).to_be_visible()

    def open_drop(self, outlet):
        self.go("/desk/deliveries/")
        form = self.page.locator("form", has=self.page.get_by_role("button", name="Open a drop"))
        form.get_by_label("Outlet").select_option(label=outlet)
        self.press("Open a drop")
        return self.page.get_by_role("status").locator("code").first.inner_text()

    def read_as_digest(self, address):
        self.go("/desk/deliveries/")
        channel = Channel.objects.get(address=address)
        self.page.get_by_label("Feed").select_option(value=str(channel.pk))
        self.page.locator("form[action$='/channels/digest/'] button").click()
        expect(self.page.get_by_text("is read so from the next check on")).to_be_visible()

    def take_address(self, address):
        self.go("/desk/take/")
        self.page.get_by_label("Address of the piece").fill(address)
        self.press("Fetch and take it")

    def take_text(self, key, *, outlet):
        self.go("/desk/take/")
        self.page.get_by_text("As a text").click()
        self.page.locator("input[name=headline]").fill(TEXTS[key][0])
        self.page.locator("textarea[name=text]").fill("\n\n".join(TEXTS[key][1:]))
        self.page.locator("select[name=language]").select_option("en")
        self.page.locator("select[name=outlet]").select_option(label=outlet)
        self.press("Take the text")
        expect(self.page.get_by_text("Taken. It is on the newslist.")).to_be_visible()

    def open_newslist(self, query=""):
        """Return the headlines of the newslist, a line for each piece."""
        self.go(f"/desk/?view=pieces{query}")
        return set(self.page.locator("main .newsroom-headline").all_inner_texts())

    def outlet(self, outlet):
        return self.go(f"/desk/outlets/{outlet.pk}/")


@pytest.fixture
def vera(world, live_server, browser_page):
    cast.an_identity()
    lay_groups()
    cast.somebody("ines", role="editor-in-chief", first_name="Vera", last_name="Lindholm")
    return Vera(browser_page, live_server.url)


def ninjs(key, **fields):
    body = "".join(f"<p>{one}</p>" for one in TEXTS[key][1:])
    told = {"uri": f"urn:agency:{key}", "type": "text", "headline": TEXTS[key][0], "language": "en", "version": "1",
            "versioncreated": "2026-03-03T08:00:00Z", "body_html": body, **fields}  # fmt: skip
    return json.dumps(told).encode()


def send(address, content):
    request = urllib.request.Request(address, content, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 202


def expected():
    """Return the headline of every original that the week should bring, once for each outlet that has it."""
    closed = {"closed/subscribers"}
    pieces = [(host, piece.headline) for host in PIECES for piece in PIECES[host] if piece.slug not in closed]
    brought = [
        ("harbour", TEXTS["letter/harbour"][0]),
        ("pulse", TEXTS["fish/agency"][0]),
        ("side", TEXTS["pasted/side"][0]),
    ]
    return sorted([*pieces, *brought])


def outlet_of(host):
    return Outlet.objects.get(home_url__contains=f"{HOSTS[host]}:")


@pytest.fixture
def names(world):
    """Return the host in our world of an original's outlet."""
    by_address = {address: host for host, address in HOSTS.items()}

    def host_of(original):
        found = re.search(r"127\.0\.3\.\d+", original.url) or re.search(
            r"127\.0\.3\.\d+", original.outlet.home_url
        )
        return by_address[found[0]] if found else "harbour"

    return host_of


@pytest.mark.soak
def test_a_week_of_ten_channels_that_misbehave_is_watched_politely_and_told_right(world, mail, vera, names):
    watch = Watch(world)
    vera.sign_in()
    for host, path in WATCHED.items():
        vera.watch(world.address(host, path))
    vera.look_and_watch(world.address("matin"))
    vera.point_at(world.address("daryache", "/khabar/"), TEXTS["school/daryache"][0], name="روزنامه دریاچه")
    vera.read_as_digest(world.address("tideway", "/feed.xml"))
    drop = vera.open_drop("Pulse")
    vera.describe_beat()

    watch.until(14)
    _looks_at_the_first_day(vera)
    world.confirm_hub()
    mail.put(_letter())
    send(drop, ninjs("fish/agency"))
    watch.until(26)
    _looks_at_the_trouble_of_the_second(vera)
    vera.claim_letters("Harbour Office")
    vera.take_address(world.address("side", "/n/divers.html"))
    expect(vera.page.get_by_text("The article is behind a paywall").first).to_be_visible()
    vera.take_text("pasted/side", outlet=outlet_of("side").name)
    watch.until(43)
    send(drop, ninjs("fish/agency", version="2", pubstatus="canceled"))
    watch.until(80.2)
    world.push()
    assert world.pushed == [202]
    watch.until(168)

    taken = Original.objects.select_related("outlet").order_by("pk")
    assert sorted((names(one), one.headline) for one in taken) == expected()
    assert world.referee.wrong == []
    _looks_at_what_was_kept(vera)
    _looks_at_the_stories(vera)
    _looks_at_the_changes(vera)
    _looks_at_the_outlets(vera, world)
    _counts_what_was_asked(world)


def _letter():
    html = "".join(f"<p>{one}</p>" for one in TEXTS["letter/harbour"][1:])
    return a_letter(
        TEXTS["letter/harbour"][0],
        html=f"<html lang='en'><body>{html}</body></html>",
        sender="Harbour Office <news@harbour.example>",
    )


def _looks_at_the_first_day(vera):
    """The lake's pieces are on the list, in their own scripts; recipes are folded away and counted."""
    told = vera.open_newslist()
    ferries = {
        TEXTS[f"ferry/{host}"][0] for host in ("lantern", "matin", "ozero", "gol", "daryache", "tba", "pulse")
    }
    aside = {
        TEXTS[key][0]
        for key in ("recipe/lantern", "football/matin", "market/gol", "school/daryache", "bread/tba")
    }
    assert told & (ferries | aside) == ferries
    expect(vera.page.get_by_text("5 pieces under the line are folded away")).to_be_visible()
    assert "names" in vera.main()
    assert aside <= vera.open_newslist("&fold=under")
    assert "robots.txt says" in vera.go("/desk/")
    repeats = Original.objects.get(outlet=outlet_of("gazette"))
    assert "Pulse" in vera.go(f"/desk/originals/{repeats.pk}/")


def _looks_at_the_trouble_of_the_second(vera):
    """Who shuts us out and who sends poison is said in words, beside what to do."""
    told = vera.go("/desk/")
    assert "does not let us in (403)" in told
    assert "Ask the outlet to let this site read its feed" in told
    assert "is built to overwhelm whoever reads it" in told
    assert "does not let us in (403)" in vera.outlet(outlet_of("gol"))


def _looks_at_what_was_kept(vera):
    """A long piece is whole though it has two pages; what came with trackers stands once."""
    ice = Original.objects.get(headline=TEXTS["long/lantern"][0])
    told = vera.go(f"/desk/originals/{ice.pk}/")
    assert "1741 for a monastery" in told
    assert "Both have skated since they were four" in told
    assert "Agnes Holt" in told
    assert not Original.objects.filter(identity__contains="utm_").exists()
    parom = Original.objects.get(outlet=outlet_of("ozero"), headline=TEXTS["ferry/ozero"][0])
    assert "Анна Лебедева" in vera.go(f"/desk/originals/{parom.pk}/")


def _looks_at_the_stories(vera):
    """One event told in three languages is one story that says why it is one."""
    told = vera.go(f"/desk/stories/{_story_of('dam/lantern').pk}/")
    for host in ("lantern", "matin", "ozero", "tideway"):
        assert TEXTS[f"dam/{host}"][0] in told
    vera.page.get_by_text("Why it is here").first.click()
    expect(vera.page.locator(".newsroom-why[open] li").first).to_be_visible()
    told = vera.go(f"/desk/stories/{_story_of('ferry/matin').pk}/")
    assert TEXTS["ferry/pulse"][0] in told
    assert "1 copy of it" in told


def _story_of(key):
    return Original.objects.filter(headline=TEXTS[key][0]).earliest("pk").membership.story


def _looks_at_the_changes(vera):
    """What was corrected, taken back and taken away is told, each once; what turns at every hour is not."""
    kinds = {(one.kind, one.original.headline) for one in Change.objects.select_related("original")}
    assert kinds == {
        ("correction", TEXTS["ferry/lantern"][0]),
        ("retraction", TEXTS["bridge/pulse"][0]),
        ("retraction", TEXTS["fish/agency"][0]),
        ("removed", TEXTS["market/gol"][0]),
    }
    assert Change.objects.count() == len(kinds)
    told = vera.go("/desk/changes/")
    assert "4 changes" in told
    assert "The outlet added a note of correction" in told
    assert "410" in told
    vera.page.get_by_role("link", name=TEXTS["ferry/lantern"][0]).click()
    expect(vera.page.locator("main ins, main del").first).to_be_visible()
    expect(vera.page.locator("main")).to_contain_text("“29” is now “19”")
    assert "canceled" in vera.go("/desk/deliveries/").lower()


def _looks_at_the_outlets(vera, world):
    """Each channel is still there, says how it does, and shows its checks as a chart."""
    assert Channel.objects.filter(is_watched=True).count() == 12
    assert "away for good (410)" in vera.outlet(outlet_of("gazette"))
    assert vera.page.locator("main svg, main .outlet-chart").count()
    moved = Channel.objects.get(outlet=outlet_of("matin"))
    assert moved.address == world.address("matin-new", "/atom.xml")
    assert moved.former_addresses == [world.address("matin", "/atom.xml")]
    assert world.ills == []
    assert Check.objects.filter(channel__outlet=outlet_of("gazette"), outcome="trouble").count() >= 5
    ill = Channel.objects.exclude(trouble="").values_list("outlet__name", flat=True)
    assert list(ill) == ["The Broken Gazette"]
    assert Entry.objects.exclude(state="taken").count() == 1 + len(SHELF)


def _counts_what_was_asked(world):
    """The server's own count: a moved feed is left alone, a busy one rested, no page asked at every turn."""
    asked, referee = asked_often(world.referee), world.referee
    assert 429 in referee.statuses("matin-new", "/atom.xml")
    assert 503 in referee.statuses("ozero", "/news.rdf")
    assert 304 in referee.statuses("lantern", "/feed.xml") + referee.statuses("ozero", "/news.rdf")
    assert 1 <= referee.statuses("matin", "/atom.xml").count(301) <= 3
    pages = {key: count for key, count in asked.items() if key[1].startswith("/n/")}
    assert max(pages.values()) <= 15, pages
    assert len(referee.asked) < 1500
