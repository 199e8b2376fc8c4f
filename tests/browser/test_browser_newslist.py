"""The newslist's keys, each in a real browser; and what the page is without them."""

from datetime import timedelta

import cast
import pytest
from browsers import loaded
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from dateline.articles.models import Article
from dateline.desk.models import Pick, Spike
from dateline.editions.models import Voice
from dateline.intake.models import Membership, Original, Story
from dateline.people.apps import lay_groups
from dateline.people.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAMES = ("First piece", "Second piece", "Third piece")


@pytest.fixture
def newsroom():
    identity = cast.an_identity()
    lay_groups()
    cast.somebody("ines", role="editor-in-chief", first_name="Ines", last_name="Molde")
    return identity


@pytest.fixture
def pieces(newsroom):
    """Three pieces of one outlet, the first one on top."""
    outlet = cast.an_outlet()
    now = timezone.now()
    return [
        cast.an_original(outlet, headline=name, taken_at=now - timedelta(minutes=number))
        for number, name in enumerate(NAMES)
    ]


@pytest.fixture
def desk(newsroom, live_server, browser_page):
    """Return how to open the newslist as somebody who is logged in."""

    def opened(address="/desk/"):
        page = browser_page
        sign_in(page.context, live_server)
        page.goto(f"{live_server.url}{address}")
        expect(page.get_by_role("heading", name="Newslist", exact=True)).to_be_visible()
        return page

    return opened


def sign_in(context, live_server):
    client = Client()
    client.force_login(User.objects.get(username="ines"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])


def a_story(*originals, title="The ferry"):
    """Put originals into one story."""
    story = Story.objects.create(
        title=title,
        opened_at=cast.NOW,
        last_at=cast.NOW,
        pieces=len(originals),
        outlets=len({one.outlet_id for one in originals}),
        languages=[{"language": "fr", "pieces": len(originals)}],
    )
    for one in originals:
        Membership.objects.create(original=one, story=story, told_at=one.taken_at)
    return story


def keys(page, *pressed):
    for key in pressed:
        page.keyboard.press(key)


def headline(page, name):
    return page.get_by_role("link", name=name, exact=True)


def stands_on(page, name):
    expect(headline(page, name)).to_be_focused()


def leads_to(page, pattern, *pressed, name=NAMES[0]):
    """Press keys that lead elsewhere, and come back to where one stood."""
    newslist = page.url
    keys(page, *pressed)
    page.wait_for_url(pattern)
    page.goto(newslist)
    expect(page.get_by_role("heading", name="Newslist", exact=True)).to_be_visible()
    stands_on(page, name)


def test_keys_that_move_and_lead_elsewhere_come_back_to_where_one_stood(pieces, desk):
    page, number = desk(), pieces[0].pk
    keys(page, "j")
    stands_on(page, "First piece")
    keys(page, "j", "j", "j")
    stands_on(page, "Third piece")  # and stops there
    keys(page, "k")
    stands_on(page, "Second piece")
    keys(page, "k", "k")
    stands_on(page, "First piece")
    leads_to(page, f"**/desk/originals/{number}/", "o")
    leads_to(page, f"**/desk/originals/{number}/", "Enter")
    leads_to(page, f"**/desk/originals/{number}/#pick-heading", "p")
    leads_to(page, f"**/desk/originals/{number}/assign/", "a")
    leads_to(page, f"**/desk/originals/{number}/ask/", "r")
    leads_to(page, f"**/desk/had/?like={number}", "h")
    leads_to(page, "**/desk/outlets/", "g", "o")
    leads_to(page, "**/desk/stories/", "g", "s")


def test_keys_of_the_page_search_filters_help_and_none_while_one_types(pieces, desk):
    page = desk()
    keys(page, "/")
    box = page.get_by_role("searchbox", name="Words")
    expect(box).to_be_focused()
    page.keyboard.type("sos")
    expect(box).to_have_value("sos")
    assert not Spike.objects.exists()

    page.get_by_role("heading", name="Newslist", exact=True).click()
    keys(page, "f")
    expect(page.get_by_label("Outlet", exact=True)).to_be_focused()
    keys(page, "Escape")
    expect(page.get_by_label("Outlet", exact=True)).to_be_hidden()
    expect(page.locator("summary", has_text="Filters")).to_be_focused()

    keys(page, "j", "?")
    dialog = page.get_by_role("dialog", name="Keys of the newslist")
    expect(dialog).to_be_visible()
    for _ in range(12):
        keys(page, "Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        )
    keys(page, "s")
    assert not Spike.objects.exists()
    keys(page, "Escape")
    expect(dialog).to_be_hidden()
    stands_on(page, "First piece")

    keys(page, "?")
    page.get_by_label("Keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    keys(page, "j")
    stands_on(page, "First piece")
    keys(page, "s")
    assert not Spike.objects.exists()


def test_keys_that_decide_and_take_back(pieces, desk):
    page = desk()
    expect(page.get_by_role("button", name="Spike the chosen…")).to_be_disabled()
    keys(page, "j", "s")
    expect(page.get_by_text("Spiked: First piece")).to_be_visible()
    expect(headline(page, "First piece")).to_be_hidden()
    stands_on(page, "Second piece")
    assert Spike.objects.get().original == pieces[0]
    keys(page, "u")
    stands_on(page, "First piece")
    expect(page.get_by_text("1 piece is back.")).to_be_visible()
    assert not Spike.objects.exists()

    keys(page, "x", "j", "x", "Shift+S")
    expect(page.get_by_text("2 pieces will be put aside.")).to_be_visible()
    assert not Spike.objects.exists()
    expect(page.get_by_role("button", name="Spike them")).to_be_focused()
    keys(page, "Enter")
    loaded(page, page.get_by_text("2 pieces were spiked."))
    assert Spike.objects.count() == 2
    keys(page, "u")
    loaded(page, headline(page, "First piece"))
    assert not Spike.objects.exists()

    expect(page.get_by_role("link", name="Unread: 3")).to_be_visible()
    keys(page, "Shift+A")
    loaded(page, page.get_by_role("link", name="Unread: 0"))
    keys(page, "j", "m")
    expect(page.get_by_text("It is unread again.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Unread: 1")).to_be_visible()

    stands_on(page, "First piece")
    keys(page, "t")
    expect(page.get_by_role("button", name="Approve all")).to_be_visible()
    pick = Pick.objects.get()
    assert (pick.original, pick.kind, pick.language) == (pieces[0], "translation", "en")


def test_keys_of_stories_and_of_the_chosen(pieces, desk):
    a_story(pieces[0], pieces[1])
    page = desk()
    expect(headline(page, "Second piece")).to_have_count(0)
    keys(page, "j", "o")
    inside = page.locator(".newsroom-inside")
    expect(inside.get_by_role("link", name="Second piece", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="2 pieces")).to_have_attribute("aria-expanded", "true")
    keys(page, "j")
    assert page.evaluate("document.activeElement.closest('.newsroom-inside') !== null")
    keys(page, "k", "o")
    expect(inside).to_be_hidden()
    keys(page, "w")
    loaded(page, page.get_by_role("link", name="Show stories"))
    expect(page.locator("[data-newsroom-piece]")).to_have_count(3)
    keys(page, "j", "x", "j", "x", "v")
    expect(page.get_by_label("Question or headline")).to_be_visible()
    article = Article.objects.get()
    assert article.kind == "press-review"
    assert [voice.original for voice in Voice.objects.all()] == pieces[:2]


def test_what_comes_in_is_told_and_moves_nothing_until_it_is_asked_for(pieces, desk):
    page = desk()
    keys(page, "j", "x")
    before = headline(page, "Second piece").bounding_box()
    cast.an_original(pieces[0].outlet, headline="Fresh piece", taken_at=timezone.now())
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    new = page.get_by_role("link", name="1 new piece: show it")
    expect(new).to_be_visible()
    assert headline(page, "Second piece").bounding_box() == before
    stands_on(page, "First piece")
    keys(page, "n")
    expect(headline(page, "Fresh piece")).to_be_visible()
    stands_on(page, "First piece")
    assert page.locator(".newsroom-choose:checked").count() == 1


def test_further_lines_come_by_themselves_and_one_comes_back_to_them(pieces, desk):
    now = timezone.now()
    for number in range(60):
        cast.an_original(
            pieces[0].outlet, headline=f"Old {number}", taken_at=now - timedelta(hours=1 + number)
        )
    page = desk()
    expect(page.locator("[data-newsroom-piece]")).to_have_count(25)
    for _ in range(26):
        keys(page, "j")
    expect(page.locator("[data-newsroom-piece]")).to_have_count(50)
    headline(page, "Old 40").focus()
    leads_to(page, "**/assign/", "a", name="Old 40")
    assert page.evaluate(DOUBLE) == []


def test_the_whole_list_works_without_script(pieces, live_server, scriptless_page):
    a_story(pieces[0], pieces[1])
    page = scriptless_page
    sign_in(page.context, live_server)
    page.goto(f"{live_server.url}/desk/")
    page.locator("summary", has_text="Filters").click()
    page.get_by_label("Language", exact=True).select_option("fr")
    page.locator(".newslist-panel-end").get_by_role("button", name="Show").first.click()
    expect(page.get_by_role("link", name="Language: Français take away")).to_be_visible()
    page.get_by_role("link", name="2 pieces").click()
    expect(page.locator(".newsroom-inside").get_by_role("link", name="Second piece")).to_be_visible()
    page.locator(f"#piece-{pieces[2].pk}").get_by_role("button", name="Spike").click()
    expect(page.get_by_text("Spiked: Third piece")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(headline(page, "Third piece")).to_be_visible()
    assert not Spike.objects.exists()
    page.locator(f"#piece-{pieces[2].pk}").get_by_role("checkbox").check()
    page.get_by_role("button", name="Spike the chosen…").click()
    page.get_by_role("button", name="Spike them").click()
    expect(page.get_by_text("1 piece was spiked.")).to_be_visible()
    assert Spike.objects.get().original == Original.objects.get(pk=pieces[2].pk)


NAMELESS = """() => [...document.querySelectorAll('main a, main button, main input:not([type=hidden]), main select')]
    .filter((one) => one.checkVisibility())
    .filter((one) => !(one.innerText || one.ariaLabel || one.title || one.labels?.[0]?.innerText || '').trim())
    .map((one) => one.outerHTML.slice(0, 120))"""
SMALL = """() => [...document.querySelectorAll('.newsroom-acts a, .newsroom-acts button, .newsroom-choose, .newsroom-over a')]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 23.5)
    .map((one) => one.outerHTML.slice(0, 120))"""
CONTRAST = """() => {
    const light = (rgb) => { const [r, g, b] = rgb.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const behind = (one) => { for (let at = one; at; at = at.parentElement) {
        const [r, g, b, a = 1] = numbers(getComputedStyle(at).backgroundColor); if (a > 0.99) return [r, g, b]; } return [255, 255, 255]; };
    return [...document.querySelectorAll('.newsroom-lines *, .newsroom-over *, .newslist-tools *')]
        .filter((one) => one.checkVisibility() && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        .filter((one) => !one.closest('.w-sr-only') && !one.disabled)
        .map((one) => { const [a, b] = [light(numbers(getComputedStyle(one).color).slice(0, 3)), light(behind(one))];
            return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), one.outerHTML.slice(0, 100)]; })
        .filter(([ratio]) => ratio < 4.5); }"""
DOUBLE = """() => { const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
    return ids.filter((id, at) => ids.indexOf(id) !== at); }"""


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_everything_has_a_name_a_size_that_can_be_hit_and_enough_contrast(pieces, desk, colours):
    cast.an_agreement(pieces[2].outlet)
    a_story(pieces[0], pieces[1])
    page = desk()
    page.emulate_media(color_scheme=colours)
    page.evaluate(f"document.documentElement.classList.add('w-theme-{colours}')")
    page.get_by_role("link", name="2 pieces").click()
    expect(page.locator(".newsroom-inside")).to_be_visible()
    page.locator("summary", has_text="Filters").click()
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(DOUBLE) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate(CONTRAST) == []
