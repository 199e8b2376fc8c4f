"""The newslist's keys, each in a real browser; and what the page is without them."""

from datetime import timedelta

import cast
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dateline.articles.models import Article
from dateline.desk.models import Pick, PressVoice, Spike
from dateline.intake.models import Membership, Original, Story
from dateline.people.apps import lay_groups

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
        page.goto(f"{live_server.url}/desk/login/")
        page.get_by_label("Username").fill("ines")
        page.get_by_label("Password").fill("a long pass phrase")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Newslist", exact=True)).to_be_visible()
        if address != "/desk/":
            page.goto(f"{live_server.url}{address}")
        return page

    return opened


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


def test_j_and_k_go_down_and_up_and_stop_at_the_ends(pieces, desk):
    page = desk()
    keys(page, "j")
    expect(page.get_by_role("link", name="First piece")).to_be_focused()
    keys(page, "j", "j", "j")
    expect(page.get_by_role("link", name="Third piece")).to_be_focused()
    keys(page, "k")
    expect(page.get_by_role("link", name="Second piece")).to_be_focused()


@pytest.mark.parametrize("key", ["o", "Enter"])
def test_a_piece_is_opened(pieces, desk, key):
    page = desk()
    keys(page, "j", key)
    page.wait_for_url(f"**/desk/originals/{pieces[0].pk}/", wait_until="commit")


def test_o_opens_a_story_where_it_stands_and_closes_it_again(pieces, desk):
    a_story(pieces[0], pieces[1])
    page = desk()
    expect(page.get_by_role("link", name="Second piece")).to_have_count(0)
    keys(page, "j", "o")
    inside = page.locator(".newsroom-inside")
    expect(inside.get_by_role("link", name="Second piece")).to_be_visible()
    expect(page.get_by_role("link", name="2 pieces")).to_have_attribute("aria-expanded", "true")
    keys(page, "j")
    assert page.evaluate("document.activeElement.closest('.newsroom-inside') !== null")
    keys(page, "k", "o")
    expect(inside).to_be_hidden()


def test_p_leads_to_the_ways_to_pick(pieces, desk):
    page = desk()
    keys(page, "j", "p")
    page.wait_for_url("**/#pick-heading", wait_until="commit")
    expect(page.get_by_role("button", name="Pick as a reprint in Français")).to_be_visible()


def test_t_picks_a_translation(pieces, desk):
    page = desk()
    keys(page, "j", "t")
    page.wait_for_url("**/translate/**", wait_until="commit")
    pick = Pick.objects.get()
    assert (pick.original, pick.kind, pick.language) == (pieces[0], "translation", "en")


def test_s_spikes_at_once_goes_on_and_u_brings_it_back(pieces, desk):
    page = desk()
    keys(page, "j", "s")
    expect(page.get_by_text("Spiked: First piece")).to_be_visible()
    expect(page.get_by_role("link", name="First piece")).to_be_hidden()
    expect(page.get_by_role("link", name="Second piece")).to_be_focused()
    assert Spike.objects.get().original == pieces[0]
    keys(page, "u")
    expect(page.get_by_role("link", name="First piece")).to_be_focused()
    assert not Spike.objects.exists()


def test_a_leads_to_an_assignment(pieces, desk):
    page = desk()
    keys(page, "j", "a")
    page.wait_for_url(f"**/desk/originals/{pieces[0].pk}/assign/", wait_until="commit")


def test_r_leads_to_asking_for_the_rights(pieces, desk):
    page = desk()
    keys(page, "j", "r")
    page.wait_for_url(f"**/desk/originals/{pieces[0].pk}/ask/", wait_until="commit")


def test_x_chooses_and_capital_s_asks_before_it_spikes_them(pieces, desk):
    page = desk()
    expect(page.get_by_role("button", name="Spike the chosen…")).to_be_disabled()
    keys(page, "j", "x", "j", "x", "Shift+S")
    expect(page.get_by_text("2 pieces will be put aside.")).to_be_visible()
    assert not Spike.objects.exists()
    keys(page, "Enter")
    expect(page.get_by_text("2 pieces were spiked.")).to_be_visible()
    assert Spike.objects.count() == 2
    keys(page, "u")
    expect(page.get_by_role("link", name="First piece")).to_be_visible()
    assert not Spike.objects.exists()


def test_v_makes_a_press_review_of_the_chosen(pieces, desk):
    page = desk()
    keys(page, "j", "x", "j", "x", "v")
    page.wait_for_url("**/article/edit/**", wait_until="commit")
    article = Article.objects.get()
    assert article.kind == "press-review"
    assert [voice.original for voice in PressVoice.objects.all()] == pieces[:2]


def test_the_slash_goes_to_the_search_and_keys_are_off_while_typing(pieces, desk):
    page = desk()
    keys(page, "/")
    box = page.get_by_role("searchbox", name="Words")
    expect(box).to_be_focused()
    page.keyboard.type("sos")
    expect(box).to_have_value("sos")
    assert not Spike.objects.exists()


def test_m_lays_a_piece_back_and_capital_a_takes_everything_as_seen(pieces, desk):
    page = desk()
    expect(page.get_by_role("link", name="Unread: 3")).to_be_visible()
    keys(page, "Shift+A")
    expect(page.get_by_role("link", name="Unread: 0")).to_be_visible()
    keys(page, "j", "m")
    expect(page.get_by_text("It is unread again.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Unread: 1")).to_be_visible()


def test_w_turns_stories_into_single_pieces(pieces, desk):
    a_story(*pieces)
    page = desk()
    expect(page.locator("[data-newsroom-piece]")).to_have_count(1)
    keys(page, "w")
    expect(page.locator("[data-newsroom-piece]")).to_have_count(3)


def test_g_and_a_letter_go_elsewhere(pieces, desk):
    page = desk()
    keys(page, "g", "o")
    page.wait_for_url("**/desk/outlets/", wait_until="commit")


def test_the_question_mark_shows_the_keys_and_keeps_the_focus_inside(pieces, desk):
    page = desk()
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
    expect(page.get_by_role("link", name="First piece")).to_be_focused()


def test_the_keys_can_be_turned_off(pieces, desk):
    page = desk()
    keys(page, "?")
    page.get_by_label("Keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    keys(page, "j")
    expect(page.get_by_role("link", name="First piece")).not_to_be_focused()


def test_what_comes_in_is_told_and_moves_nothing_until_it_is_asked_for(pieces, desk):
    page = desk()
    keys(page, "j", "x")
    before = page.get_by_role("link", name="Second piece").bounding_box()
    cast.an_original(pieces[0].outlet, headline="Fresh piece", taken_at=timezone.now())
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    new = page.get_by_role("link", name="1 new piece: show it")
    expect(new).to_be_visible()
    assert page.get_by_role("link", name="Second piece").bounding_box() == before
    expect(page.get_by_role("link", name="First piece")).to_be_focused()
    keys(page, "n")
    expect(page.get_by_role("link", name="Fresh piece")).to_be_visible()
    expect(page.get_by_role("link", name="First piece")).to_be_focused()
    assert page.locator(".newsroom-choose:checked").count() == 1


def test_the_whole_list_works_without_script(pieces, live_server, scriptless_page):
    a_story(pieces[0], pieces[1])
    page = scriptless_page
    page.goto(f"{live_server.url}/desk/login/")
    page.get_by_label("Username").fill("ines")
    page.get_by_label("Password").fill("a long pass phrase")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="2 pieces").click()
    expect(page.locator(".newsroom-inside").get_by_role("link", name="Second piece")).to_be_visible()
    page.locator(f"#piece-{pieces[2].pk}").get_by_role("button", name="Spike").click()
    expect(page.get_by_text("Spiked: Third piece")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    assert not Spike.objects.exists()
    page.locator(f"#piece-{pieces[2].pk}").get_by_role("checkbox").check()
    page.get_by_role("button", name="Spike the chosen…").click()
    page.get_by_role("button", name="Spike them").click()
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
    return [...document.querySelectorAll('.newsroom-lines *, .newsroom-over *, .newsroom-filters label')]
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
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(SMALL) == []
    assert page.evaluate(CONTRAST) == []


def test_no_number_is_given_twice_in_the_page(pieces, desk):
    a_story(pieces[0], pieces[1])
    page = desk()
    assert page.evaluate(DOUBLE) == []
