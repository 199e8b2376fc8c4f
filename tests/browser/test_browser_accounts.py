"""A reader's account, walked once: registered, confirmed by mail, a passkey, saved, signed out and in, taken, deleted."""

import json
import re
from pathlib import Path

import axe_playwright_python
import cast
import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from dateline.lib.home import Home
from dateline.people.models import User
from dateline.publishing.leaf import file_of
from dateline.work.testing import run_all_jobs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
LOOK = """() => axe.run({resultTypes: ["violations"]}).then((told) => told.violations.flatMap(
    (rule) => rule.nodes.map((node) => [rule.id, node.target.join(" "), node.html.slice(0, 160)])))"""
ADDRESS, PASSWORD = "lena@reader.example", "a lamp, a boat, a bridge"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def site(live_server, settings, tmp_path):
    settings.HOME = Home(tmp_path)
    settings.HOME.lay()
    settings.DATELINE_URL = live_server.url
    cast.an_identity(accounts=True)
    cache.clear()
    pieces = [
        cast.published(cast.an_exclusive(headline=f"The {what} comes back")) for what in ("ferry", "tide")
    ]
    run_all_jobs()
    return live_server.url, [piece.get_absolute_url() for piece in pieces]


@pytest.fixture
def reader(site, browser_page, settings):
    """A browser whose baked pages come from their files, as readers get them, and whose device has passkeys."""
    address, paths = site
    held = {f"{address}{path}": (settings.HOME.site / file_of(path)).read_bytes() for path in paths}
    baked = re.compile(r"/en/\d{4}/\d\d/\d\d/")
    browser_page.route(
        baked, lambda route: route.fulfill(body=held[route.request.url], content_type="text/html")
    )
    session = browser_page.context.new_cdp_session(browser_page)
    session.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    return browser_page


def look(page):
    """No barrier on this page, on a desk and on a telephone, in light and in dark."""
    page.evaluate(AXE)
    for size, colours in ((DESK, "light"), (PHONE, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=colours)
        assert page.evaluate(LOOK) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")


def heading(page, name):
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def link_of_the_mail():
    run_all_jobs()
    return re.search(r"(https?://\S+)", mail.outbox[-1].body)[1]


def test_a_reader_walks_from_the_first_page_to_the_last(site, reader):  # noqa: PLR0915  # one walk, told in order
    address, (ferry, tide) = site
    page = reader
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    # Without an account: saved on the device, and nobody is asked who this is.
    page.goto(address + ferry)
    save = page.locator("[data-keep=saved]")
    save.click()
    expect(save).to_have_text("Saved")
    assert not [url for url in asked if "/-/me/" in url or "/-/account/" in url]

    # The dialog above the piece, by keys; the same page without it.
    sign_in = page.get_by_role("link", name="Sign in")
    sign_in.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Sign in")
    expect(dialog.get_by_label("E-mail address")).to_be_focused()
    page.evaluate(AXE)
    assert page.evaluate(LOOK) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(sign_in).to_be_focused()
    page.goto(f"{address}/-/account/?in=en")
    heading(page, "Sign in")
    look(page)

    # Registered and confirmed.
    page.get_by_role("link", name="Register").click()
    heading(page, "Register")
    look(page)
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Register").click()
    heading(page, "Confirm your address")
    expect(page.get_by_role("status")).to_contain_text("We have sent you a mail")
    page.goto(link_of_the_mail())
    page.get_by_role("button", name="Yes, it is mine").click()
    heading(page, "Your account")
    look(page)

    # A passkey, after the password once more.
    page.get_by_role("link", name="Make a passkey").click()
    heading(page, "Is it you?")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    heading(page, "A new passkey")
    look(page)
    page.get_by_label("What do you call it?").fill("This device")
    page.get_by_role("button", name="Make a passkey").click()
    heading(page, "Recovery codes")
    look(page)
    page.get_by_role("link", name="Your account").last.click()
    heading(page, "Your account")
    expect(page.get_by_role("link", name="Remove This device")).to_be_visible()

    # What the device kept is with the account now; another piece is saved on a baked page.
    page.goto(address + tide)
    expect(page.get_by_role("link", name="Your account")).to_be_visible()
    with page.expect_response(lambda answer: answer.url.endswith("/-/saved/")):
        page.locator("[data-keep=saved]").click()
    page.goto(f"{address}/-/saved/?in=en")
    expect(page.locator(".saved li")).to_have_count(2)
    look(page)

    # Signed out, the lists are nobody's here; what the device keeps from then on is merged at the next sign-in.
    page.goto(f"{address}/-/account/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(address + ferry)
    expect(page.locator("[data-keep=saved]")).to_have_text("Save")
    page.goto(f"{address}/-/account/?in=en")
    page.get_by_role("button", name="Sign in with a passkey").click()
    heading(page, "Your account")
    page.goto(address + ferry)
    expect(page.locator("[data-keep=saved]")).to_have_text("Saved")

    # Taken along, and deleted.
    page.goto(f"{address}/-/account/delete/")
    heading(page, "Is it you?")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    heading(page, "Delete your account")
    look(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take everything with you first").click()
    told = json.loads(Path(taken.value.path()).read_text())
    assert [row["name"] for row in told["saved"]] == ["The tide comes back", "The ferry comes back"]
    assert told["keys"][0]["name"] == "This device"
    page.get_by_role("button", name="Yes, delete my account").click()
    heading(page, "Your account is deleted")
    expect(page.get_by_role("status")).to_contain_text("Nothing is left of it")
    assert not User.objects.readers().exists()
    page.goto(address + ferry)
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    expect(page.locator("[data-keep=saved]")).to_have_text("Save")
