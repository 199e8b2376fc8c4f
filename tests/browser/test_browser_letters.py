"""An edition closes on the desk in three languages and goes to its readers; what arrived is read as readers read it."""

import email
import email.policy
import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import axe_playwright_python
import cast
import letters_world
import pytest
from browsers import loaded
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from mail_sink import mail_sink, settings_for
from soaking import budget

from dateline.articles.models import Article
from dateline.editions.actions import sending
from dateline.editions.models import Delivery, Edition, Issue, Subscription
from dateline.people.apps import lay_groups
from dateline.publishing.actions import store
from dateline.publishing.leaf import file_of
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
LOOK = """() => axe.run({resultTypes: ["violations"]}).then((told) => told.violations.flatMap(
    (rule) => rule.nodes.map((node) => [rule.id, node.target.join(" "), node.html.slice(0, 160)])))"""
LANGUAGES = ("en", "fr", "fa")
READERS = budget(30, whole=1002)
HOURS = ((None, "UTC"), (23, "UTC"), (5, "Asia/Tehran"))


@pytest.fixture
def sink(settings, tmp_path):
    settings.HOME = type(settings.HOME)(tmp_path / "home")
    settings.HOME.lay()
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATELINE_URL = "https://digest.example"
    settings.DATELINE_MAIL_PACE = "*=0"
    with mail_sink() as held:
        for name, value in settings_for(held).items():
            setattr(settings, name, value)
        yield held


@pytest.fixture
def editions(sink):
    """Three editions of today that the desk has made, a third of the readers for each, at three hours each."""
    cast.an_identity(email="desk@digest.example")
    lay_groups()
    now, made = timezone.now(), []
    for code in LANGUAGES:
        letter = letters_world.a_letter(code, footer="Tideway, Harbour Street 1")
        rows = letters_world.readers(READERS // 3, letter)
        for number, row in enumerate(rows):
            row.hour, row.zone = HOURS[number % 3]
        Subscription.objects.bulk_update(rows, ["hour", "zone"])
        told = (
            {"hero": cast.a_picture(f"The ferry {code}"), "hero_alt": "A white ferry"} if code == "en" else {}
        )
        pieces = [
            cast.an_exclusive(
                headline=f"The ferry sails ({code})", standfirst="A standfirst.", language=code, **told
            ),
            cast.a_translation(headline=f"A bridge <{code}> & a tide", language=code, kicker="Letters"),
        ]
        pieces = [cast.published(piece, now=now) for piece in pieces]
        made.append(
            letters_world.an_edition(
                code,
                articles=pieces,
                now=now,
                day=now.date(),
                foreword="Good morning.",
                closes_at=now + timedelta(days=1),
            )
        )
    run_all_jobs()
    Job.objects.all().delete()
    return made


def read(one):
    return email.message_from_bytes(one.content, policy=email.policy.default)


def body(message, subtype):
    return next(part.get_content() for part in message.walk() if part.get_content_type() == f"text/{subtype}")


@pytest.mark.soak
@pytest.mark.soak
def test_an_edition_in_three_languages_goes_from_the_desk_to_everybodys_mailbox(
    editions, sink, live_server, browser_page
):
    owner = cast.somebody("ines", role="editor-in-chief", email="ines@digest.example")
    desk = Client()
    desk.force_login(owner)
    cookie = {"name": "sessionid", "value": desk.cookies["sessionid"].value, "url": live_server.url}
    browser_page.context.add_cookies([cookie])
    browser_page.route("**/media/**", lambda route: route.abort())
    for edition in editions:
        browser_page.goto(live_server.url + reverse("newsroom:edition", args=[edition.pk]))
        close = browser_page.get_by_role("button", name="Close it now")
        loaded(browser_page, close)
        close.click()
        loaded(browser_page, browser_page.get_by_role("heading", name="Since it closed"))
    browser_page.goto("about:blank")
    began = timezone.now()
    run_all_jobs()
    whom = {row.email: row for row in Subscription.objects.select_related("letter")}
    at_once = {address for address, row in whom.items() if row.hour is None}
    assert at_once <= set(sink.to())
    hours_pass(began)
    assert Counter(sink.to()) == Counter(whom.keys())
    assert set(Issue.objects.values_list("state", flat=True)) == {"sent"}
    for row in Delivery.objects.select_related("subscription"):
        there = row.due_at.astimezone(ZoneInfo(row.subscription.zone))
        if row.subscription.hour is not None and row.due_at > row.issue.released_at:
            assert (there.hour, there.minute) == (row.subscription.hour, 0)
    stands = [letter_and_page(edition, sink, whom) for edition in editions]
    look_at(browser_page, stands)
    one_request_stops(sink, whom)


def hours_pass(began):
    """Let a day and a half go by for those who have an hour of their own."""
    clock = [began]
    for _hour in range(36):
        clock[0] += timedelta(hours=1)
        sending.send_due(now=lambda: clock[0], seconds=120)
        Job.objects.all().delete()


def letter_and_page(edition, sink, whom):
    """See that every letter of an edition is whole, and says what its page says; return one of them."""
    mine = [one for one in sink.taken if whom[one.to].letter.language == edition.language]
    edition = Edition.objects.get(pk=edition.pk)
    page = (store().root / file_of(edition.path)).read_text()
    linked = re.findall(r'href="(/[^"]+)"', page.partition("<main")[2].partition("</main")[0])
    on_page = [href for href in dict.fromkeys(linked) if re.search(r"/\d{4}/\d\d/\d\d/[^/]+/$", href)]
    assert len(mine) == READERS // 3
    for one in mine:
        message = read(one)
        html = body(message, "html")
        hrefs = re.findall(r'<h3[^>]*><a href="https://digest\.example(/[^"]+)"', html)
        assert message["List-Id"].endswith(f"<daily.{edition.language}.digest.example>")
        assert message["List-Archive"] == f"<https://digest.example{edition.path}>"
        assert [href for href in on_page if "/edition/" not in href] == hrefs
        assert len(hrefs) == 2
        assert all((store().root / file_of(href)).exists() for href in hrefs)
        assert message["Message-ID"].count("@digest.example>") == 1
        assert set(re.findall(r'https?://[^/"]+', html)) <= {"https://digest.example", "http://www.w3.org"}
        assert len(one.content) <= 60 * 1024
    assert len({read(one)["Message-ID"] for one in mine}) == len(mine)
    assert Article.objects.get(headline=f"The ferry sails ({edition.language})").get_absolute_url() in html
    return body(read(mine[0]), "html")


def look_at(page, letters):
    """Look at the letters in narrow and wide windows, by day and by night, without pictures: no barrier anywhere."""
    found = []
    for html in letters:
        page.set_content(html)
        page.evaluate(AXE)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for width in (320, 700):
                page.set_viewport_size({"width": width, "height": 900})
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, f"{wide} in {width}"
            found += [(scheme, *one) for one in page.evaluate(LOOK)]
    assert found == []
    assert page.locator("h1").count() == 1


def one_request_stops(sink, whom):
    """One POST of a mail program is enough, and whoever opens every link stops nobody."""
    message = read(sink.taken[0])
    address = message["List-Unsubscribe"].strip("<>").removeprefix("https://digest.example")
    row = whom[sink.taken[0].to]
    program = Client(enforce_csrf_checks=True)
    for link in re.findall(r"https://digest\.example(/-/letters/[^\s]+)", body(message, "plain")):
        assert program.get(link).status_code == 200
    row.refresh_from_db()
    assert row.state == "confirmed"
    assert program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    row.refresh_from_db()
    assert row.state == "ended"
    assert isinstance(row.ended_at, datetime)
