"""Pages in a real browser: at every width, in both directions, with and without script, under a strict policy."""

import base64
import hashlib
from dataclasses import replace
from pathlib import Path

import axe_playwright_python
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from PIL import Image
from publishing.publishing_paper import LANGUAGES, PAGES, card, frame
from soaking import budget

from dateline.publishing.first_script import FIRST_SCRIPT_HASH
from dateline.publishing.pages import NewestPage
from dateline.publishing.templatetags.press import site_styles

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 1280)
PICTURES = ("harbour", "hills", "marsh")
FRESH = "Came in a moment ago"
FONTS_KB = {"en": 70, "fr": 80, "fa": 90}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
LOOK = """() => axe.run({resultTypes: ["violations"]}).then((told) => told.violations.flatMap(
  (one) => one.nodes.map((node) => `${one.id}: ${node.target}`)))"""
# Width, colours and direction take turns on a few templates; a soak looks at all of all.
TURNS = [
    ("en", 1280, "light"),
    ("fa", 390, "dark"),
    ("en", 320, "dark"),
    ("fr", 390, "light"),
    ("fa", 1280, "light"),
]
FEW = ["article", "home", "side-by-side", "outlet", "archive", "topic", "404"]
WHOLE = [(one, wide, scheme) for one in LANGUAGES for wide in WIDTHS for scheme in ("light", "dark")]


def strict_policy():
    digest = base64.b64encode(hashlib.sha256(site_styles().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; script-src 'self' '{FIRST_SCRIPT_HASH}'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def draw_pictures(folder):
    folder.mkdir()
    Image.new("RGB", (64, 32), (10, 84, 116)).save(folder / "ferries.png")
    for name in PICTURES:
        for width in (480, 800):
            picture = Image.linear_gradient("L").resize((width, width * 9 // 16)).convert("RGB")
            for ending in ("jpg", "webp"):
                picture.save(folder / f"{name}-{width}.{ending}")


def the_present_of(language):
    """Return the fragment of a language, with a piece that no page has yet: each language has one where it is baked."""
    page = NewestPage(
        frame=frame(language), new_articles=(replace(card(language, 1), headline=FRESH), card(language, 2))
    )
    with translation.override(language):
        return render_to_string("pages/newest.html", {"page": page})


@pytest.fixture(scope="module")
def paper(tmp_path_factory, serve_folder):
    """Return the address of a site with every page in every language, `/article.en.html` and so on."""
    folder = tmp_path_factory.mktemp("paper")
    (folder / "static").symlink_to(Path(settings.BASE_DIR) / "static")
    (folder / "service-worker.js").symlink_to(Path(settings.BASE_DIR) / "static/js/service-worker.js")
    draw_pictures(folder / "media")
    for name, (template, make) in PAGES.items():
        for language in LANGUAGES:
            with translation.override(language):
                html = render_to_string(template, {"page": make(language)})
            (folder / f"{name}.{language}.html").write_text(html, encoding="utf-8")
    for language in LANGUAGES:
        (folder / language).mkdir()
        (folder / language / "newest.html").write_text(the_present_of(language), encoding="utf-8")
    return serve_folder(folder, headers=[("Content-Security-Policy", strict_policy())])


def luminance(page):
    """Return how light the paper is, from 0 to 255."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(int(part) for part in colour.strip("rgb()").split(",")[:3]) / 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(PAGES))
def test_nothing_sticks_out_of_the_page(browser_page, paper, name, language):
    for width in WIDTHS:
        browser_page.set_viewport_size({"width": width, "height": 800})
        browser_page.goto(f"{paper}/{name}.{language}.html")
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
    browser_page.set_viewport_size({"width": 320, "height": 800})
    # The word on the button of search is long in some languages, and in the letters of some machines.
    browser_page.evaluate("document.querySelectorAll('.find button').forEach((one) => one.append('xxxx'))")
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 320
    # A headline may be one word, and longer than a telephone is wide.
    browser_page.evaluate("""() => document.querySelectorAll("main :is(h1, h2, h3)").forEach((one) => {
        (one.querySelector("a") ?? one).textContent = "წარმომადგენლობითობისთვისაც".repeat(2); })""")
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", ["article", "statement", "home", "section"])
def test_nothing_sticks_out_where_text_is_twice_as_large(browser_page, paper, name):
    browser_page.set_viewport_size({"width": 640, "height": 800})
    browser_page.goto(f"{paper}/{name}.en.html")
    browser_page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["article", "home", "404"])
def test_a_strict_policy_has_nothing_to_complain_of(browser_page, paper, name, language):
    complaints, strangers = [], []
    browser_page.on("console", lambda message: complaints.append(message.text))
    browser_page.on("pageerror", lambda error: complaints.append(str(error)))
    browser_page.on("requestfailed", lambda request: complaints.append(request.url))
    browser_page.on(
        "request", lambda request: request.url.startswith((paper, "data:")) or strangers.append(request.url)
    )
    browser_page.goto(f"{paper}/{name}.{language}.html", wait_until="networkidle")
    assert (complaints, strangers) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_newest_of_the_moment_take_the_place_of_those_of_the_day_the_page_was_made(
    browser_page, scriptless_page, paper, language
):
    for page in (browser_page, scriptless_page):
        page.goto(f"{paper}/article.{language}.html", wait_until="networkidle")
    assert FRESH in browser_page.locator(".article-rail").inner_text()
    assert browser_page.locator(".article-rail li").count() == 2
    assert scriptless_page.locator(".article-rail li").count() > 0
    assert FRESH not in scriptless_page.locator(".article-rail").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_loads_the_letters_it_needs_and_no_more(browser_page, paper, language):
    fonts = {}
    browser_page.on(
        "response",
        lambda answer: (
            answer.url.endswith(".woff2") and fonts.update({answer.url: answer.headers["content-length"]})
        ),
    )
    browser_page.goto(f"{paper}/article.{language}.html", wait_until="networkidle")
    assert fonts
    assert sum(map(int, fonts.values())) <= FONTS_KB[language] * 1024
    assert all(("naskh" in url or "vazir" in url) == (language == "fa") for url in fonts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_opens_by_keyboard_without_script(scriptless_page, paper, language):
    scriptless_page.set_viewport_size({"width": 390, "height": 800})
    scriptless_page.goto(f"{paper}/article.{language}.html")
    inside = scriptless_page.locator(".panel nav a").first
    assert not inside.is_visible()
    scriptless_page.locator(".panel summary").focus()
    scriptless_page.keyboard.press("Enter")
    assert inside.is_visible()
    scriptless_page.keyboard.press("Tab")
    assert inside.evaluate("link => link === document.activeElement")


def test_the_first_stop_of_the_keyboard_leads_past_the_menus(browser_page, paper):
    browser_page.goto(f"{paper}/article.en.html")
    browser_page.keyboard.press("Tab")
    skip = browser_page.locator(".skip")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.bounding_box()["width"] > 40
    browser_page.keyboard.press("Enter")
    assert browser_page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("name", ["article", "home"])
def test_every_stop_of_the_keyboard_is_seen(browser_page, paper, name):
    browser_page.goto(f"{paper}/{name}.en.html")
    unseen = []
    for _ in range(40):
        browser_page.keyboard.press("Tab")
        seen = browser_page.evaluate(
            "() => { const at = document.activeElement;"
            " const ring = at.matches('.choice input') ? at.nextElementSibling : at;"
            " return getComputedStyle(ring).outlineStyle !== 'none' || at === document.body }"
        )
        if not seen:
            unseen.append(browser_page.evaluate("document.activeElement.outerHTML"))
    assert unseen == []


def test_colours_and_text_size_work_without_script(scriptless_page, paper):
    scriptless_page.goto(f"{paper}/article.en.html")
    size = "parseFloat(getComputedStyle(document.querySelector('.body')).fontSize)"
    light, usual = luminance(scriptless_page), scriptless_page.evaluate(size)
    scriptless_page.locator("label[for=theme-dark]").click()
    scriptless_page.locator("label[for=text-largest]").click()
    assert light == 255
    assert luminance(scriptless_page) < 40
    assert scriptless_page.evaluate(size) == pytest.approx(usual * 1.5, rel=0.01)


def test_colours_and_text_size_are_remembered_on_the_device(browser_page, paper):
    browser_page.goto(f"{paper}/article.en.html")
    browser_page.locator("label[for=theme-dark]").click()
    browser_page.locator("label[for=text-large]").click()
    browser_page.goto(f"{paper}/statement.fr.html")
    assert browser_page.locator("#theme-dark").is_checked()
    assert browser_page.locator("#text-large").is_checked()
    assert luminance(browser_page) < 40


def test_the_page_follows_the_readers_machine(browser_page, paper):
    browser_page.emulate_media(color_scheme="dark")
    browser_page.goto(f"{paper}/home.en.html")
    assert luminance(browser_page) < 40


def test_escape_closes_the_menu(browser_page, paper):
    browser_page.goto(f"{paper}/home.en.html")
    browser_page.locator(".panel summary").click()
    browser_page.keyboard.press("Escape")
    assert browser_page.locator(".panel").get_attribute("open") is None
    assert browser_page.locator(".panel summary").evaluate("it => it === document.activeElement")


@pytest.mark.parametrize(("language", "begins_left"), [("en", True), ("fa", False)])
def test_a_page_begins_on_the_side_its_script_does(browser_page, paper, language, begins_left):
    browser_page.goto(f"{paper}/article.{language}.html")
    middles = []
    for part in (".article-side", ".article-main", ".article-rail"):
        box = browser_page.locator(part).bounding_box()
        middles.append(box["x"] + box["width"] / 2)
    assert middles == sorted(middles, reverse=not begins_left)


def test_a_persian_day_is_not_torn_apart_by_a_latin_name(browser_page, paper):
    browser_page.goto(f"{paper}/statement.fa.html")
    name = browser_page.locator(".chain .meta bdi").first.bounding_box()
    day = browser_page.locator(".chain .meta time").first.bounding_box()
    assert day["x"] + day["width"] <= name["x"]


def test_a_page_on_paper_keeps_where_it_comes_from(browser_page, paper):
    browser_page.goto(f"{paper}/article.en.html")
    browser_page.emulate_media(media="print")
    for left_out in (".menu", ".article-rail", ".text-size", ".related"):
        assert not browser_page.locator(left_out).first.is_visible()
    assert browser_page.locator(".provenance").is_visible()
    written = browser_page.evaluate(
        "getComputedStyle(document.querySelector('.source-link'), '::after').content"
    )
    assert "https://courrier.example/bac-de-nuit" in written


def test_the_first_picture_is_not_held_back_and_later_ones_wait(browser_page, paper):
    browser_page.goto(f"{paper}/home.en.html")
    first, *later = browser_page.locator("main img").evaluate_all(
        "all => all.map(it => [it.fetchPriority, it.loading])"
    )
    assert first in (["high", "eager"], ["high", "auto"])
    assert {loading for _, loading in later} == {"lazy"}


@pytest.mark.soak
def test_no_page_has_a_barrier_whatever_its_width_colours_and_direction(browser_page, paper):
    found = {}
    for number, name in enumerate(budget(FEW, whole=list(PAGES))):
        for language, width, scheme in budget([TURNS[number % len(TURNS)]], whole=WHOLE):
            browser_page.set_viewport_size({"width": width, "height": 900})
            browser_page.emulate_media(color_scheme=scheme)
            browser_page.goto(f"{paper}/{name}.{language}.html")
            browser_page.evaluate(AXE)
            if violations := browser_page.evaluate(LOOK):
                found[name, language, width, scheme] = violations
    assert found == {}


def test_what_opens_has_no_barrier_either(browser_page, paper):
    browser_page.goto(f"{paper}/article.en.html")
    browser_page.evaluate(AXE)
    browser_page.locator(".share summary").click()
    browser_page.locator(".panel summary").click()
    assert browser_page.evaluate(LOOK) == []
