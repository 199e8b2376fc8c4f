"""What the desk's script adds, in a real browser: saving by itself, the keyboard, and clashes."""

import pytest
from cast import NOW, a_translation, an_identity, an_original, tomas, vera
from django.contrib.auth.models import Permission
from django.urls import reverse

from dateline.translation.actions import save_segment, start_job
from dateline.translation.models import Segment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = "<p>Un pas. <a href='https://courier.example/h'>Deux</a> pas.</p><p>Trois.</p>"
LINKED = "⟦1⟧Deux⟦/1⟧ pas."


@pytest.fixture
def job(settings):
    settings.DATELINE_MACHINES = []
    an_identity()
    article = a_translation(an_original(body_html=BODY, standfirst=""))
    return start_job(article=article, snapshot=None, by=tomas(), now=NOW)


@pytest.fixture
def page(job, live_server, client, browser_page):
    user = tomas()
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_job"]))
    client.force_login(user)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    browser_page.context.add_cookies([session])
    browser_page.faults = []
    browser_page.on("pageerror", lambda fault: browser_page.faults.append(str(fault)))
    browser_page.goto(live_server.url + reverse("translation:job", args=[job.pk]))
    yield browser_page
    assert browser_page.faults == []


def kept(source):
    return Segment.objects.get(source=source)


def row_of(page, source):
    return page.locator(f"#segment-{kept(source).pk}")


def answered(page, status=200):
    return page.expect_response(lambda one: "/segments/" in one.url and one.status == status)


def test_leaving_a_field_saves_it_and_typing_asks_nothing(page, job):
    asked = []
    page.on("request", lambda one: asked.append(one.url) if "/translate/" in one.url else None)
    row_of(page, "Un pas.").locator("textarea").press_sequentially("One step.")
    assert asked == []
    with answered(page):
        row_of(page, "Trois.").locator("textarea").focus()
    assert kept("Un pas.").text == "One step."
    row_of(page, "Un pas.").get_by_text("person").wait_for()


def test_control_and_enter_approve_and_go_on(page, job):
    row_of(page, "Un pas.").locator("textarea").fill("One step.")
    with answered(page):
        page.keyboard.press("Control+Enter")
    page.locator(f"#segment-{kept(LINKED).pk} textarea:focus").wait_for()
    page.get_by_text("1 of 4 sentences approved").wait_for()
    assert kept("Un pas.").state == "approved"


def test_a_mark_of_the_original_is_put_around_the_selected_words(page, job):
    row = row_of(page, LINKED)
    row.locator("textarea").fill("Two")
    with answered(page, 422):
        row.locator("button[name=approve]").click()
    row.get_by_text("missing").wait_for()
    row.locator("textarea").select_text()
    row.locator("[data-desk-mark='⟦1⟧']").click()
    assert row.locator("textarea").input_value() == "⟦1⟧Two⟦/1⟧"
    row.locator("button[name=approve]").click()
    page.get_by_text("1 of 4 sentences approved").wait_for()
    assert kept(LINKED).state == "approved"


def test_after_a_clash_only_a_button_puts_words_over_those_of_another(page, job):
    one = kept("Un pas.")
    save_segment(segment=one, text="Theirs.", version=one.version, by=vera(), now=NOW)
    row = row_of(page, "Un pas.")
    row.locator("textarea").fill("Mine.")
    with answered(page, 409):
        row_of(page, "Trois.").locator("textarea").focus()
    row.get_by_text("Theirs.").wait_for()
    assert row.locator("textarea").input_value() == "Mine."
    row.locator("textarea").focus()
    with answered(page):
        row_of(page, "Trois.").locator("textarea").fill("Three.")
        row_of(page, LINKED).locator("textarea").focus()
    assert kept("Un pas.").text == "Theirs."
    with answered(page):
        row.locator("button[name=save]").click()
    assert kept("Un pas.").text == "Mine."
