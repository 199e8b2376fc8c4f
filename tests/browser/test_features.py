"""One test for each line of docs/reference/features.md, S1 to S40, on pages that are loaded once."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import expect
from publishing.publishing_paper import PAGES, frame, picture

from dateline.articles.gate import REQUIRED
from dateline.articles.kinds import Genre, Kind
from dateline.articles.models import Article, Picture
from dateline.audience.shortening import shortened
from dateline.publishing.pages import DressedPage
from dateline.publishing.paging import PAGE_SIZE, page_count
from dateline.publishing.reading_time import reading_minutes
from dateline.rights.models import PicturePermission

pytestmark = pytest.mark.browser

SEEN = ("article", "home", "section", "contributor", "plain", "topic")


@pytest.fixture(scope="module")
def pages(chromium, tmp_path_factory, serve_folder):
    """Return the pages, open in one browser. Nobody in these tests changes what another one looks at."""
    folder = tmp_path_factory.mktemp("features")
    (folder / "static").symlink_to(Path(settings.BASE_DIR) / "static")
    for name in SEEN:
        template, make = PAGES[name]
        with translation.override("en"):
            (folder / f"{name}.html").write_text(
                render_to_string(template, {"page": make("en")}), encoding="utf-8"
            )
    address = serve_folder(folder)
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    opened = {name: context.new_page() for name in SEEN}
    for name, page in opened.items():
        page.goto(f"{address}/{name}.html")
        expect(page.locator("h1")).to_be_visible()
    yield opened
    context.close()


@pytest.fixture(scope="module")
def piece(pages):
    return pages["article"]


@pytest.fixture(scope="module")
def home(pages):
    return pages["home"]


def test_s01_a_bar_names_privacy_policy_and_terms_and_goes_when_it_was_accepted(pages):
    page = pages["plain"]
    bar = page.get_by_role("complementary", name="Notice")
    expect(bar.get_by_role("link", name="Privacy policy")).to_be_visible()
    expect(bar.get_by_role("link", name="Terms of use")).to_be_visible()
    bar.get_by_text("Accept").click()
    expect(bar).to_be_hidden()
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    expect(bar).to_be_hidden()


def test_s02_the_logo_has_a_form_for_light_ground_dark_ground_and_small_places():
    logos = {"logo_light": picture("light"), "logo_dark": picture("dark"), "logo_small": picture("small")}
    held = replace(frame("en"), **logos)
    front, inner = (
        render_to_string("components/masthead.html", {"frame": held, "is_small": small})
        for small in (False, True)
    )
    assert "on-light" in front
    assert "on-dark" in front
    assert "small-800.jpg" in inner


def test_s03_the_main_menu_has_a_level_below(home):
    menu = home.get_by_role("navigation", name="Main menu")
    expect(menu.get_by_role("link", name="News")).to_be_visible()
    expect(home.get_by_role("navigation", name="News").get_by_role("link", name="Economy")).to_be_visible()


def test_s04_a_hub_says_when_its_event_was_and_closes_into_an_archive(pages):
    page = pages["topic"]
    expect(page.locator(".event time").first).to_have_text("2 November 2026")
    expect(page.get_by_text("This is over: what stands here is the archive.")).to_be_visible()


def test_s05_the_side_menu_has_an_order_of_its_own(home):
    mine, theirs = (
        home.locator(f"{place} > ul > li > a").all_text_contents() for place in (".first-row", ".side-menu")
    )
    assert set(mine) < set(theirs)
    assert mine != [name for name in theirs if name in mine]


def test_s06_the_text_has_four_sizes_and_keeps_the_chosen_one(pages):
    page = pages["article"]
    size = "parseFloat(getComputedStyle(document.querySelector('.body')).fontSize)"
    usual = page.evaluate(size)
    page.locator("label[for=text-largest]").click()
    assert page.evaluate(size) > usual * 1.4
    assert page.evaluate("localStorage.getItem('text-size')") == "largest"
    page.locator("label[for=text-usual]").click()
    assert page.evaluate(size) == usual


def test_s07_every_page_can_search(piece):
    form = piece.get_by_role("search")
    expect(form.get_by_role("searchbox", name="Search")).to_be_visible()
    assert form.get_attribute("action") == "/-/search/"


def test_s08_follow_us_leads_elsewhere(home):
    links = home.get_by_role("navigation", name="Follow us").get_by_role("link")
    assert links.all_text_contents() == ["Mastodon", "News feed (RSS)"]


def test_s09_the_last_line_has_year_name_and_tagline(home):
    expect(home.locator(".legal")).to_contain_text(
        "© 2021–2026 The Velmora Digest · What the world’s press says"
    )


def test_s10_a_breadcrumb_leads_up(piece):
    assert piece.locator(".crumbs li").all_text_contents() == ["The Velmora Digest", "News"]


def test_s11_the_section_is_named_and_linked(piece):
    assert piece.locator(".facts a", has_text="News").first.get_attribute("href") == "/en/section/news/"


def test_s12_there_is_one_headline(piece):
    expect(piece.locator("h1")).to_have_count(1)
    expect(piece.locator("h1")).to_have_text("The night ferry comes home")


def test_s13_the_standfirst_is_no_part_of_the_body(piece):
    words = piece.locator(".article-head .standfirst").inner_text()
    assert words.startswith("Eleven winters")
    assert words not in piece.locator(".body").inner_text()


def test_s14_the_byline_leads_to_the_page_of_who_signed(piece, pages):
    expect(piece.locator(".byline").get_by_role("link", name="Tomas Verel")).to_be_visible()
    expect(pages["contributor"].locator("h1")).to_have_count(1)
    assert piece.locator(".byline").inner_text().count("Odile Marchetti") == 1


def test_s15_the_day_of_publication_is_there_for_people_and_machines(piece):
    expect(piece.locator(".facts time").first).to_have_text("23 November 2026, 07:10")
    assert piece.locator(".facts time").first.get_attribute("datetime") == "2026-11-23T07:10+00:00"


def test_s16_views_are_shown_short_and_only_once_they_are_known(piece):
    assert shortened(1234, language="en") == "1.2K" or shortened(1234, language="en") == "1.2k"
    expect(piece.locator("[data-views]")).to_be_hidden()


def test_s17_reading_time_follows_a_stated_speed(piece):
    expect(piece.locator(".facts")).to_contain_text("6 min read")
    assert reading_minutes(2000, language="en") > reading_minutes(500, language="en") >= 1


def test_s18_no_caption_is_made_from_a_file_name_and_pictures_say_what_they_show(piece):
    assert piece.locator("figcaption").first.inner_text().startswith("The Halcyon leaves Quay Four.")
    assert all(piece.locator("main figure img").evaluate_all("all => all.map(it => it.alt)"))
    assert "pictures" in REQUIRED


def test_s19_the_body_has_what_a_body_has(piece):
    for part in ("p", "h2", ".quote", "ul", ".note", ".table", ".chart", ".embed"):
        expect(piece.locator(f".body > {part}").first).to_be_visible()


def test_s20_five_titles_end_the_body(piece):
    assert piece.locator(".reads-on li").count() == 5


def test_s21_no_date_is_hidden_or_said_twice(piece):
    hidden = piece.locator("main time").evaluate_all("all => all.filter(it => !it.checkVisibility()).length")
    assert hidden == 0
    assert piece.locator(".facts time").count() == 1  # nothing was changed since: there is no second date


def test_s22_a_rail_has_the_ten_newest_with_picture_section_and_day(piece):
    rows = piece.locator(".article-rail li")
    assert rows.count() == 10
    assert rows.first.locator("img").count() == 1
    expect(rows.first).to_contain_text("News · 16 November")


def test_s23_a_grid_of_eight_has_no_piece_that_ended_the_body(piece):
    cards = piece.locator(".related .card")
    assert cards.count() == 8
    expect(cards.first).to_contain_text("min read")
    grid, titles = (
        set(piece.locator(f"{place} a").evaluate_all("all => all.map(it => it.pathname)"))
        for place in (".related .card", ".reads-on")
    )
    assert not grid & titles


def test_s24_useful_links_have_logos_with_words(home):
    links = home.get_by_role("navigation", name="Useful links")
    assert links.locator("img").get_attribute("alt") == "A white boat"
    assert links.get_by_role("link").count() == 2


def test_s25_who_we_are_is_said_at_the_foot(home):
    expect(home.locator(".footer")).to_contain_text("our own reporting, translations, and reprints")


def test_s26_policies_are_linked_from_every_page(pages):
    for page in pages.values():
        expect(page.get_by_role("navigation", name="Policies").get_by_role("link")).to_have_count(2)


def test_s27_the_address_to_write_to_is_visible(home):
    expect(home.locator(".footer").get_by_role("link", name="editor@digest.example")).to_be_visible()


def test_s28_the_foot_has_the_name_again(home):
    expect(home.locator(".footer .plate")).to_have_text("The Velmora Digest")


def test_s29_signing_in_is_a_page_that_opens_as_a_dialog(home):
    form = "<main><h1>Welcome back</h1><form method=post><input name=login></form></main>"
    home.route("**/-/account/?next=*", lambda route: route.fulfill(body=form, content_type="text/html"))
    link = home.get_by_role("link", name="Sign in")
    link.click()
    dialog = home.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Welcome back")).to_be_visible()
    assert "/-/account/" in dialog.locator("form").get_attribute("action")
    home.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()


def test_s30_the_way_to_a_lost_password_is_the_account_page(home):
    assert home.get_by_role("link", name="Sign in").get_attribute("href") == "/-/account/"
    form = DressedPage(frame=frame("en"), head=PAGES["home"][1]("en").head, shows={})
    page = render_to_string("pages/account/login.html", {"page": form})
    assert '<a href="/-/account/password/reset/">Lost your password?</a>' in page


def test_s31_what_is_saved_has_a_page(piece):
    assert piece.get_by_role("link", name="Saved").get_attribute("href") == "/-/saved/"


def test_s32_a_piece_is_handed_on_by_copy_mail_and_plain_links(piece):
    piece.locator(".share summary").click()
    expect(piece.get_by_role("button", name="Copy link")).to_be_visible()
    hrefs = piece.locator(".share a").evaluate_all("all => all.map(it => it.href)")
    assert hrefs[0].startswith("mailto:?subject=")
    assert all("digest.example" in href for href in hrefs)
    piece.locator(".share summary").click()


def test_s33_colours_are_light_dark_or_as_the_machine_has_them(home):
    paper = "getComputedStyle(document.body).backgroundColor"
    home.locator("label[for=theme-dark]").click()
    assert home.evaluate(paper) == "rgb(19, 22, 25)"
    home.locator("label[for=theme-auto]").click()
    assert home.evaluate(paper) == "rgb(255, 255, 255)"


def test_s34_the_days_edition_is_numbered_above_every_page(piece):
    assert (
        piece.locator(".edition-line").get_by_role("link", name="No. 1284").get_attribute("href")
        == "/en/edition/"
    )


def test_s35_machines_find_feed_and_canonical_address(piece):
    assert piece.locator("link[type='application/rss+xml']").get_attribute("href") == "/en/feed.xml"
    assert piece.locator("link[rel=canonical]").count() == 1


def test_s36_a_section_has_pages(pages):
    expect(pages["section"].locator(".pager a").first).to_be_visible()
    assert page_count(PAGE_SIZE * 3) > 1


def test_s37_whoever_signs_has_an_archive(pages):
    assert pages["contributor"].locator(".list .card").count() > 1


def test_s38_pictures_come_in_widths_and_formats_with_their_measure(piece):
    sources = piece.locator("main figure source")
    assert sources.count() >= 2
    assert re.search(r"480w, .*800w", sources.first.get_attribute("srcset"))
    assert piece.locator("main figure img").first.evaluate("it => it.width > 0 && it.height > 0")


def test_s39_genre_is_apart_from_kind_and_from_section(home):
    assert not {value for value, _ in Genre.choices} & {value for value, _ in Kind.choices}
    assert {"genre", "kind", "section"} <= {field.name for field in Article._meta.get_fields()}


def test_s40_a_picture_has_a_right_of_its_own_and_the_gate_asks_for_it(piece):
    assert Picture._meta.get_field("permission").related_model is PicturePermission
    assert "pictures" in REQUIRED
    expect(piece.locator("main figcaption cite").first).to_have_text("Drawing: The Velmora Digest")


def test_every_line_of_the_list_names_its_test_and_a_picture_that_is_there():
    text = (Path(settings.BASE_DIR) / "docs" / "reference" / "features.md").read_text(encoding="utf-8")
    here = Path(__file__).read_text(encoding="utf-8")
    named = re.findall(r"^\| S\d+ \|.*`(test_s\d\d_\w+)`", text, flags=re.MULTILINE)
    assert len(set(named)) == 40
    assert [name for name in named if f"def {name}(" not in here] == []
    pictures = re.findall(r"\(\.\./(screens/[\w-]+\.jpg)\)", text)
    assert [name for name in pictures if not (Path(settings.BASE_DIR) / "docs" / name).exists()] == []
