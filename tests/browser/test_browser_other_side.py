"""A reader without script writes about an error; it is answered on the desk; and no barrier stands on these pages."""

import os
from datetime import timedelta
from pathlib import Path

import axe_playwright_python
import cast
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from dateline.audience import views
from dateline.audience.models import ReaderLetter
from dateline.desk.actions import accounts
from dateline.people.apps import lay_groups
from dateline.rights.accounts import month_before
from dateline.rights.models import Account, Use

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
LOOK = """(within) => axe.run(within, {resultTypes: ["violations"]}).then((told) => told.violations.flatMap((rule) =>
    rule.nodes.map((node) => [rule.id, node.target.join(" "), node.html.slice(0, 160)])))"""


@pytest.fixture
def article(settings):
    cache.clear()
    cast.an_identity(email="desk@digest.example")
    lay_groups()
    outlet = cast.an_outlet()
    cast.an_agreement(outlet, fee_kind="piece", fee_amount=12, fee_currency="EUR")
    return cast.published(cast.a_translation(cast.an_original(outlet), headline="The ferry sails again"))


def sit(page, address, user):
    client = Client()
    client.force_login(user)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}]
    )


def shot(page, name):
    folder = os.environ.get("DATELINE_SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def barriers(page, within="main"):
    page.evaluate(AXE)
    return page.evaluate(LOOK, within)


def test_a_reader_without_script_reports_an_error_and_it_is_answered(
    article, live_server, scriptless_page, browser_page, monkeypatch
):
    monkeypatch.setattr(views, "QUICKEST_SECONDS", -1)
    reader = scriptless_page
    reader.goto(f"{live_server.url}/-/post/?about={article.get_absolute_url()}")
    expect(reader.get_by_role("link", name="The ferry sails again")).to_be_visible()
    shot(reader, "post")
    reader.get_by_role("button", name="Send the letter").click()
    expect(reader.get_by_role("alert")).to_be_visible()
    shot(reader, "post-unfit")
    reader.get_by_label("Your letter").fill("It was Monday, not Tuesday.")
    reader.get_by_label("Your e-mail address").fill("lea@reader.example")
    reader.get_by_role("button", name="Send the letter").click()
    expect(reader.get_by_role("status")).to_contain_text("Your letter is with us")

    desk = browser_page
    sit(desk, live_server.url, cast.somebody("sol", role="reader-support"))
    desk.goto(f"{live_server.url}/desk/today/")
    shot(desk, "today")
    desk.get_by_role("link", name="It was Monday, not Tuesday.").click()
    desk.get_by_role("button", name="I see to it").click()
    expect(desk.get_by_text("It is yours.")).to_be_visible()
    shot(desk, "letter")
    desk.get_by_role("button", name="Send and file it").click()
    expect(desk.get_by_text("The answer is filed.")).to_be_visible()
    assert ReaderLetter.objects.get().state == "answered"


def test_no_barrier_stands_on_the_page_for_readers_or_on_the_desks(article, live_server, browser_page):
    page, last = browser_page, month_before(timezone.now().date())
    found = []
    for asked in ("in=en", "in=fa", f"about={article.get_absolute_url()}", "sent=1"):
        page.goto(f"{live_server.url}/-/post/?{asked}")
        shot(page, f"post-{asked[:5]}".replace("/", ""))
        found += barriers(page, "body")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}/-/post/?in=fr")
    shot(page, "post-small")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1280, "height": 900})

    Use.objects.update(began_at=timezone.now() - timedelta(days=timezone.now().day + 3))
    accounts.open_accounts(now=timezone.now())
    outlet = Account.objects.get(kind="outlet")
    accounts.keep(account=outlet, now=timezone.now())
    sit(page, live_server.url, cast.somebody("olga", role="owner", is_superuser=True))
    for name, arguments in (
        ("accounts", []),
        ("account", [outlet.pk]),
        ("account-month", [outlet.pk, f"{last:%Y-%m}"]),
        ("account", [Account.objects.get(kind="translator").pk]),
        ("my-account", []),
        ("readers-post", []),
    ):
        page.goto(live_server.url + reverse(f"newsroom:{name}", args=arguments))
        shot(page, f"desk-{name}-{len(found)}-{len(arguments)}")
        found += barriers(page)
    assert found == []
