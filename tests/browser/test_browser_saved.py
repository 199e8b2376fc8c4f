"""What a reader keeps on the device: a piece is saved beside it, stands in the reading list, and is let go by keys."""

from pathlib import Path

import pytest
from browsers import loaded
from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import expect
from publishing.publishing_paper import PAGES

from dateline.publishing.pages import DressedPage

pytestmark = pytest.mark.browser


@pytest.fixture
def site(tmp_path, serve_folder):
    (tmp_path / "static").symlink_to(Path(settings.BASE_DIR) / "static")
    template, make = PAGES["article"]
    piece = make("en")
    reading = DressedPage(frame=piece.frame, head=piece.head, shows={})
    (tmp_path / "piece.html").write_text(render_to_string(template, {"page": piece}), encoding="utf-8")
    (tmp_path / "saved.html").write_text(
        render_to_string("pages/saved.html", {"page": reading}), encoding="utf-8"
    )
    return serve_folder(tmp_path), piece.headline


def test_a_piece_is_saved_on_the_device_and_let_go(site, browser_page):
    address, headline = site
    page = browser_page
    page.goto(f"{address}/piece.html")
    save = page.locator("[data-keep=saved]")
    loaded(page, save)
    expect(save).to_have_text("Save")
    save.focus()
    page.keyboard.press("Enter")
    expect(save).to_have_text("Saved")
    expect(save).to_have_attribute("aria-pressed", "true")
    page.goto(f"{address}/saved.html")
    expect(page.get_by_role("heading", name="Reading list")).to_be_visible()
    link = page.locator(".saved").get_by_role("link", name=headline)
    expect(link).to_have_attribute("href", "/piece.html")
    expect(page.locator(".saved .none:visible")).to_have_count(1)
    page.get_by_role("button", name=f"Remove: {headline}").focus()
    page.keyboard.press("Enter")
    expect(link).to_have_count(0)
    expect(page.locator(".saved .none:visible")).to_have_count(2)
    page.goto(f"{address}/piece.html")
    expect(page.locator("[data-keep=saved]")).to_have_text("Save")
