"""Both pickers in a real browser: clicked with script, walked with the keyboard, and without any script."""

import re

import cast
import pytest
from browsers import loaded
from page_server import serving
from playwright.sync_api import expect

from dateline.intake.actions import check_channel, take_entry
from dateline.intake.models import Entry, SiteRule
from dateline.intake.queries import reading_for
from dateline.people.apps import lay_groups
from dateline.sources.models import Channel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICKER = re.compile(r"/desk/picker/\d+/\?")
TITLES = [
    "The ferry sails again on Monday",
    "The market moves to the quay",
    "The bridge is painted blue",
    "A school opens late",
]
PERSIAN = [
    "قایق دوباره به راه می‌افتد",
    "بازار به اسکله می‌رود امروز",
    "پل را آبی رنگ کردند دیروز",
    "مدرسه دیر باز شد امروز",
]
TEXT = [
    "The ferry across the lake sails every hour from the first of May, the harbour office said on Monday.",
    "Passengers had asked for it in a letter that more than four thousand of them signed in one winter.",
    "The office first answered that there was no money, and then found it in the budget for dredging.",
]
SHOP = (
    "Our shop has a raincoat for every reader who takes the boat: order it until Sunday and pay half of it."
)


def front_page(titles=TITLES, *, attributes='lang="en"'):
    cards = "".join(
        f'<article class="card"><h2><a href="/n/{n}.html">{title}</a></h2><p class="teaser">A sentence about {title}, and'
        f' another one.</p><time datetime="2026-03-1{n}T08:00:00Z">1{n}.03.</time></article>'
        for n, title in enumerate(titles)
    )
    return (
        f"<!doctype html><html {attributes}><head><title>Lakeside Post</title><script>document.title='hacked'</script>"
        f"</head><body><nav><a href='/'>Home</a><a href='/sport'>Sport</a></nav><main>{cards}</main></body></html>"
    )


def article():
    text = "".join(f"<p>{one}</p>" for one in TEXT)
    return (
        '<!doctype html><html lang="en"><head><title>Lakeside Post</title></head><body>'
        '<div class="masthead"><h1>The Lakeside Post for everybody at the lake</h1></div>'
        '<div class="story"><h2 class="story-head">Ferry to sail every hour</h2><span class="story-byline">By Salma '
        f'Verrin</span><div class="story-text">{text}<div class="shop-box"><p>{SHOP}</p></div></div></div></body></html>'
    )


@pytest.fixture
def site(settings):
    with serving(settings) as server:
        server.put("/news/", front_page())
        yield server


@pytest.fixture
def newsroom():
    identity = cast.an_identity()
    lay_groups()
    cast.somebody("ines", role="editor-in-chief", first_name="Ines", last_name="Molde")
    return identity


@pytest.fixture
def original(newsroom, site):
    channel = cast.a_channel(cast.an_outlet(language="en"))
    entry = Entry.objects.create(
        channel=channel, guid="1", url=site.put("/2026/ferry.html", article()), seen_at=cast.NOW
    )
    take_entry(entry=entry, now=cast.NOW)
    entry.refresh_from_db()
    return entry.original


def log_in(page, address):
    page.goto(f"{address}/desk/login/")
    page.get_by_label("Username").fill("ines")
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Sign in").click()
    loaded(page, page.get_by_role("heading", name="Newslist"))


def lay_out(page, live_server, site, path="/news/"):
    page.goto(f"{live_server.url}/desk/picker/")
    page.get_by_label("Address").fill(site.address + path)
    page.get_by_role("button", name="Fetch the page").click()
    loaded(page, page.get_by_role("heading", name="Point at a headline"))


def frame_of(page):
    return page.frame_locator("[data-picker-frame]")


def finds(page):
    return page.locator('[data-picker-part="finds"] .newsroom-picker-title')


def only_from(page, *addresses):
    """Note every request that goes elsewhere."""
    strangers = []
    page.on(
        "request",
        lambda request: None if request.url.startswith(addresses) else strangers.append(request.url),
    )
    return strangers


def test_an_editor_points_at_a_headline_and_watches_the_page(newsroom, site, live_server, browser_page):
    page = browser_page
    log_in(page, live_server.url)
    strangers = only_from(page, live_server.url, "data:", "blob:")
    lay_out(page, live_server, site)

    frame_of(page).get_by_text(TITLES[1], exact=True).click()
    expect(finds(page)).to_have_text(TITLES)
    expect(page.get_by_label("Blocks", exact=True)).to_have_value("article.card")
    assert "title=m" in page.url

    page.get_by_role("link", name="Date", exact=True).click()
    frame_of(page).get_by_text("12.03.", exact=True).click()
    expect(page.get_by_label("Date", exact=True)).to_have_value("time@datetime")
    expect(page.locator('[data-picker-part="finds"]')).to_contain_text("2026-03-12")

    type_over_while_an_answer_comes(page, page.get_by_label("Blocks", exact=True), "article.card:first-child")
    expect(finds(page)).to_have_text(TITLES[:1])
    page.get_by_label("Blocks", exact=True).fill("article..card")
    expect(page.locator('[data-picker-part="finds"]')).to_contain_text("is no CSS that we can read")
    page.get_by_label("Blocks", exact=True).fill("//article[@class='card']")
    expect(finds(page)).to_have_text(TITLES)

    page.get_by_label("Name of a new outlet").fill("The Lakeside Post")
    page.get_by_role("button", name="Watch the page").click()
    expect(page.get_by_text("is read by these rules now")).to_be_visible()
    channel = Channel.objects.get()
    assert channel.outlet.name == "The Lakeside Post"
    assert check_channel(channel=channel, now=cast.NOW).new == len(TITLES)
    assert not strangers


def type_over_while_an_answer_comes(page, field, text):
    """Select what is in a field, let an answer put a new field there, and type."""
    held = []
    page.route(PICKER, lambda route: held.append(route))  # noqa: PLW0108 - it keeps a mark on its handler
    role = page.get_by_role("link", name="Author", exact=True)
    with page.expect_request(PICKER):
        role.click()
    field.select_text()
    held.pop().continue_()
    page.unroute(PICKER)
    expect(role).to_have_attribute("aria-current", re.compile("."))
    page.keyboard.insert_text(text)
    expect(field).to_have_value(text)


def test_candidates_are_walked_with_the_arrow_keys(newsroom, site, live_server, browser_page):
    page = browser_page
    site.put(
        "/news/",
        front_page().replace(
            "</main>",
            "</main><aside>"
            + "".join(
                f'<div class="also"><a href="/also/{n}">One more thing to read, number {n}</a></div>'
                for n in range(5)
            )
            + "</aside>",
        ),
    )
    log_in(page, live_server.url)
    lay_out(page, live_server, site)
    page.locator("#candidate-0").focus()
    page.keyboard.press("Space")
    expect(finds(page)).to_have_text(TITLES)
    page.keyboard.press("ArrowDown")
    expect(finds(page).first).to_contain_text("One more thing")
    expect(page.locator("#candidate-1")).to_be_focused()


def test_the_links_of_the_frame_are_reached_and_chosen_with_the_keyboard(
    newsroom, site, live_server, browser_page
):
    page = browser_page
    log_in(page, live_server.url)
    lay_out(page, live_server, site)
    frame_of(page).get_by_role("link", name=TITLES[2]).focus()
    page.keyboard.press("Enter")
    expect(finds(page)).to_have_text(TITLES)


def test_the_page_runs_nothing_in_its_frame(newsroom, site, live_server, browser_page):
    page = browser_page
    log_in(page, live_server.url)
    lay_out(page, live_server, site)
    title = "document.querySelector('[data-picker-frame]').contentDocument.title"
    page.wait_for_function(title)
    assert page.evaluate(title) == "Lakeside Post"
    assert page.locator("[data-picker-frame]").get_attribute("sandbox").count("allow-scripts") == 0


def test_all_of_it_works_without_script(newsroom, site, live_server, scriptless_page):
    page = scriptless_page
    log_in(page, live_server.url)
    lay_out(page, live_server, site)

    frame_of(page).get_by_role("link", name=TITLES[0]).click()
    expect(finds(page)).to_have_text(TITLES)
    page.locator("#candidate-0").check()
    page.get_by_role("button", name="Show what it finds").click()
    expect(finds(page)).to_have_text(TITLES)
    page.get_by_label("Author", exact=True).fill('"The Harbour Desk"')
    page.get_by_role("button", name="Try them").last.click()
    expect(page.locator('[data-picker-part="finds"]')).to_contain_text("The Harbour Desk")
    page.get_by_role("button", name="Watch the page").click()
    expect(page.get_by_text("is read by these rules now")).to_be_visible()
    assert Channel.objects.get().rules["xPathItemAuthor"] == '"The Harbour Desk"'


def test_a_page_from_right_to_left_is_picked_as_any_other(newsroom, site, live_server, browser_page):
    page = browser_page
    site.put("/fa/", front_page(PERSIAN, attributes='lang="fa" dir="rtl"'))
    log_in(page, live_server.url)
    lay_out(page, live_server, site, "/fa/")
    expect(frame_of(page).locator("html")).to_have_attribute("dir", "rtl")
    frame_of(page).get_by_text(PERSIAN[3], exact=True).click()
    expect(finds(page)).to_have_text(PERSIAN)
    expect(page.locator(".newsroom-picker-finds")).to_have_attribute("dir", "rtl")


def test_a_bad_reading_is_corrected_by_clicking(original, live_server, browser_page):
    page = browser_page
    log_in(page, live_server.url)
    page.goto(f"{live_server.url}/desk/originals/{original.pk}/")
    page.get_by_role("link", name="Correct the reading").click()
    loaded(page, page.get_by_role("link", name="the headline"))
    reading = page.locator('[data-picker-part="finds"]')

    page.get_by_role("link", name="the headline").click()
    expect(page.locator("[data-picker-role=headline]")).to_have_attribute("aria-current", "true")
    frame_of(page).locator("h2", has_text="Ferry to sail every hour").click()
    expect(reading.get_by_role("heading", name="Ferry to sail every hour")).to_be_visible()
    page.get_by_role("link", name="the body: any paragraph of it").click()
    expect(page.locator("[data-picker-role=body]")).to_have_attribute("aria-current", "true")
    frame_of(page).get_by_text("Passengers had asked").click()
    expect(page.get_by_label("Body", exact=True)).to_have_value("div.story-text")
    page.get_by_role("link", name="a block to leave out").click()
    expect(page.locator("[data-picker-role=leave_out]")).to_have_attribute("aria-current", "true")
    frame_of(page).get_by_text("Our shop has a raincoat").click()
    expect(reading).not_to_contain_text("raincoat")
    expect(page.get_by_label("Left out")).to_have_value("div.shop-box")
    expect(frame_of(page).locator('[data-role="leave-out"]')).to_be_visible()

    page.get_by_role("button", name="Correct it").click()
    expect(page.get_by_text("are read by this rule from now on")).to_be_visible()
    expect(page.get_by_text("Corrected reading, by")).to_be_visible()
    assert reading_for(original).body_text.split("\n\n") == TEXT
    assert SiteRule.objects.get().body == "div.story-text"


def test_a_bad_reading_is_corrected_without_script(original, live_server, scriptless_page):
    page = scriptless_page
    log_in(page, live_server.url)
    page.goto(f"{live_server.url}/desk/originals/{original.pk}/correct/")
    frame_of(page).locator("p", has_text="Passengers had asked").get_by_role("link").click()
    expect(page.get_by_label("Body", exact=True)).to_have_value("div.story-text")
    page.get_by_label("Or choose from the list").select_option("leave_out")
    shop = page.locator("#block option", has_text="Our shop").get_attribute("value")
    page.locator("#block").select_option(shop)
    page.get_by_role("button", name="Choose it").click()
    expect(page.get_by_label("Left out")).to_have_value("div.shop-box")
    expect(page.get_by_label("Body", exact=True)).to_have_value("div.story-text")
    page.get_by_role("button", name="Correct it").click()
    expect(page.get_by_text("are read by this rule from now on")).to_be_visible()
    assert "raincoat" not in reading_for(original).body_text
    assert re.match(r"127\.0\.0\.1", SiteRule.objects.get().host)
