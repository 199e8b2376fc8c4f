"""No barrier on the desk's own pages: axe-core looks over each of them, in a newsroom in the middle of a day."""

from pathlib import Path

import axe_playwright_python
import busy_desk
import pytest
from django.test import Client
from soaking import budget

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
# What the admin around our pages brings, and its own editor of forms: theirs to mend.
THEIRS = [".sidebar", "#wagtail-sidebar", "[data-sidebar]", ".Draftail-Editor", "[data-streamfield-block]"]
# A generic form of Wagtail's has its title in the bar above it, and no heading of the first level.
OF_ITS_FORMS = {"page-has-heading-one", "aria-input-field-name", "label"}
LOOK = """(theirs) => axe.run({include: [["main"]], exclude: theirs.map((one) => [one])},
    {resultTypes: ["violations"]}).then((told) => told.violations.flatMap((rule) => rule.nodes.map((node) =>
    [rule.id, node.target.join(" "), node.html.slice(0, 160)])))"""


@pytest.fixture
def owner(tmp_path, settings):
    settings.HOME = type(settings.HOME)(tmp_path / "home")
    settings.HOME.lay()
    settings.MEDIA_ROOT = tmp_path / "media"
    return busy_desk.a_busy_desk()


@pytest.mark.soak
def test_axe_finds_nothing_on_any_page_of_the_desk(owner, live_server, browser_page):
    client = Client()
    client.force_login(owner)
    addresses = busy_desk.pages(client)
    assert len(addresses) > 55
    addresses = addresses[:: budget(4, whole=1)]
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    browser_page.context.add_cookies([session])
    # What pages ask for by themselves would run beside the next page, on the one connection of a test; and the admin's
    # own scripts draw what is theirs alone. Ours run.
    for left_out in (
        "**/newslist/new/**",
        "**/static/wagtail*/js/**",
        "**/static/draftail/**",
        "**/media/**",
    ):
        browser_page.route(left_out, lambda route: route.abort())
    found = []
    for address in addresses:
        browser_page.goto(live_server.url + address, wait_until="domcontentloaded")
        browser_page.evaluate(AXE)
        is_their_form = "/snippets/" in address
        told = browser_page.evaluate(LOOK, THEIRS)
        found += [(address, *one) for one in told if not (is_their_form and one[0] in OF_ITS_FORMS)]
    assert found == []
