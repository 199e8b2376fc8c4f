"""What a reader's own device does with a piece: it agrees and takes it back, reads aloud, and reads without a network."""

from dataclasses import replace
from pathlib import Path

import pytest
from browsers import loaded
from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import expect
from publishing.publishing_paper import PAGES

pytestmark = pytest.mark.browser

PIECE = "/en/2026/03/14/the-ferry/"
# A voice that speaks at once and keeps what it was given: machines that test have none.
VOICE = """() => {
  window.heard = [];
  const speech = { getVoices: () => [{ lang: "en-GB", name: "Test" }], cancel: () => {}, speak: (words) => {
    window.heard.push([words.lang, words.text]);
    window.last = words;
  } };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""


@pytest.fixture
def site(tmp_path, serve_folder):
    """A site with one piece, whose bar asks for consent, and the page that is shown without a network."""
    static = Path(settings.BASE_DIR) / "static"
    (tmp_path / "static").symlink_to(static)
    (tmp_path / "service-worker.js").symlink_to(static / "js" / "service-worker.js")
    template, make = PAGES["article"]
    piece = make("en")
    piece = replace(piece, frame=replace(piece.frame, notice="consent"))
    for path, title in ((PIECE, ""), ("/en/offline/", "Without a network")):
        folder = tmp_path / path.strip("/")
        folder.mkdir(parents=True)
        made = render_to_string(template, {"page": replace(piece, headline=title or piece.headline)})
        (folder / "index.html").write_text(made, encoding="utf-8")
    return serve_folder(tmp_path), piece.headline


def test_consent_is_asked_once_with_equal_answers_and_taken_back_at_the_foot(site, browser_page):
    page = browser_page
    page.route("https://**", lambda route: route.abort())
    page.goto(site[0] + PIECE)
    bar = page.get_by_role("complementary", name="Notice")
    loaded(page, bar)
    answers = bar.locator("label")
    expect(answers).to_have_text(["Load them at once", "Only when I ask"])
    looks = answers.evaluate_all(
        "all => all.map((one) => ['fontSize', 'fontWeight', 'color', 'backgroundColor'].map((it) => getComputedStyle(one)[it]))"
    )
    assert looks[0] == looks[1]
    assert page.locator("iframe").count() == 0
    bar.get_by_text("Load them at once").click()
    expect(bar).to_be_hidden()
    page.goto(site[0] + PIECE)
    expect(page.locator("iframe")).to_have_count(1)
    expect(bar).to_be_hidden()
    page.get_by_role("button", name="Ask me again about embedded things").click()
    expect(bar).to_be_visible()
    page.goto(site[0] + PIECE)
    loaded(page, bar)
    expect(page.locator("iframe")).to_have_count(0)


def test_a_piece_is_read_aloud_in_its_language_until_it_is_stopped(site, browser_page):
    page = browser_page
    page.add_init_script(f"({VOICE})()")
    page.goto(site[0] + PIECE)
    button = page.locator("[data-listen]")
    loaded(page, button)
    expect(button).to_have_text("Listen")
    button.click()
    expect(button).to_have_text("Stop")
    heard = page.evaluate("window.heard")
    assert heard[0] == ["en", site[1]]
    assert len(heard) > 3
    button.click()
    expect(button).to_have_text("Listen")
    button.click()
    page.evaluate("window.last.onend()")
    expect(button).to_have_text("Listen")


def test_a_piece_that_was_read_is_there_without_a_network_and_others_say_so(site, browser_page):
    page = browser_page
    page.goto(site[0] + PIECE)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.goto(site[0] + PIECE)  # the first visit was before the worker was there
    page.wait_for_function(f"caches.match('{PIECE}').then((held) => held !== undefined)")
    page.context.set_offline(True)
    page.goto(site[0] + PIECE)
    expect(page.get_by_role("heading", level=1, name=site[1])).to_be_visible()
    page.goto(site[0] + "/en/2026/03/14/never-read/")
    expect(page.get_by_role("heading", level=1, name="Without a network")).to_be_visible()
    page.context.set_offline(False)
