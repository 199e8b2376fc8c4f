"""The translation desk with its script, in a real browser: keys, saving by itself, a lost line, two editors."""

import re

import pytest
from browsers import loaded
from cast import NOW, a_translation, an_identity, an_original, tomas, vera
from django.conf import settings as django_settings
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from dateline.translation.actions import approve_segment, save_segment, start_job
from dateline.translation.models import Segment, Term, TermForm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    "<p>Le bac part lundi. <a href='https://courier.example/h'>Deux</a> pas.</p>"
    "<p>Le Parlement a payé 40 euros.</p><p>Trois.</p>"
)
LINKED = "⟦1⟧Deux⟦/1⟧ pas."
PAID = "Le Parlement a payé 40 euros."


@pytest.fixture
def job(settings):
    settings.DATELINE_MACHINES = []
    an_identity()
    remembered("Le bac part mardi.", "The ferry leaves on Tuesday.")
    term = Term.objects.create(name="Parliament", changed_at=NOW)
    TermForm.objects.create(term=term, language="fr", form="Parlement")
    TermForm.objects.create(term=term, language="en", form="Parliament")
    article = a_translation(an_original(body_html=BODY, standfirst=""))
    return start_job(article=article, snapshot=None, by=tomas(), now=NOW)


def remembered(source, text):
    """Have Vera translate a sentence of another article."""
    other = a_translation(an_original(body_html=f"<p>{source}</p>", standfirst="", headline="Autre"))
    job = start_job(article=other, snapshot=None, by=vera(), now=NOW)
    one = job.segments.get(source=source)
    saved = save_segment(segment=one, text=text, version=one.version, by=vera(), now=NOW)
    approve_segment(segment=saved, version=saved.version, by=vera(), now=NOW)


def sign_in(context, live_server, user):
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_job"]))
    client = Client()
    client.force_login(user)
    session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    context.add_cookies([cookie])
    return cookie


def opened(page, live_server, job):
    page.faults = []
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))
    page.goto(live_server.url + reverse("translation:job", args=[job.pk]))
    loaded(page, page.locator("[data-desk-aside] [data-desk-pane]"))
    return page


@pytest.fixture
def page(job, live_server, browser_page):
    sign_in(browser_page.context, live_server, tomas())
    yield opened(browser_page, live_server, job)
    assert browser_page.faults == []


def kept(job, source):
    return Segment.objects.get(job=job, source=source)


def row_of(page, job, source):
    return page.locator(f"#segment-{kept(job, source).pk}")


def field_of(page, job, source):
    return row_of(page, job, source).locator("textarea")


def is_saved(page):
    expect(page.locator("[data-desk-saved]")).to_have_text(re.compile(r"^Saved \d"))


def test_a_translator_works_by_the_keyboard(page, job):  # noqa: PLR0915 - one walk, so that one page is opened
    asked = []
    page.on("request", lambda one: asked.append(one.url) if "/segments/" in one.url else None)
    # An offer of the memory by its number, with what differs marked in words; the machine's key alone says why not.
    field_of(page, job, "Le bac part lundi.").focus()
    pane = page.locator("[data-desk-aside-pane]")
    expect(pane.locator("del")).to_have_text("[gone: mardi]")
    expect(pane.locator("ins")).to_have_text("[new: lundi]")
    expect(pane).to_contain_text("Vera Lindholm")
    page.keyboard.press("Alt+1")
    expect(field_of(page, job, "Le bac part lundi.")).to_have_value("The ferry leaves on Monday.")
    assert asked == []
    page.keyboard.press("Control+Enter")
    expect(field_of(page, job, LINKED)).to_be_focused()
    expect(page.locator("[data-desk-count=approved]")).to_have_text("1")
    is_saved(page)
    one = kept(job, "Le bac part lundi.")
    assert (one.state, one.origin) == ("approved", "memory")

    # Marks of the original, and what keeps a sentence from being approved.
    page.keyboard.type("Two steps.")
    page.keyboard.press("Control+Enter")
    expect(row_of(page, job, LINKED).locator("[data-desk-trouble]")).to_contain_text("missing")
    field_of(page, job, LINKED).evaluate("one => one.setSelectionRange(0, 3)")
    page.keyboard.press("Alt+m")
    expect(field_of(page, job, LINKED)).to_have_value("⟦1⟧Two⟦/1⟧ steps.")
    page.keyboard.press("Control+Enter")

    # What an input method composes is its own; the checks speak after a pause, and are answered where they speak.
    expect(field_of(page, job, PAID)).to_be_focused()
    field_of(page, job, PAID).evaluate(
        "one => one.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', ctrlKey: true, isComposing: true, bubbles: true}))"
    )
    page.keyboard.press("Alt+o")
    found = row_of(page, job, PAID).locator("[data-severity=block]").first
    expect(found).to_be_visible()
    expect(page.locator("[data-desk-faults-block]")).to_be_visible()
    page.keyboard.press("Alt+ArrowUp")
    expect(field_of(page, job, LINKED)).to_be_focused()
    is_saved(page)
    page.keyboard.press("Alt+j")
    expect(field_of(page, job, PAID)).to_be_focused()
    row = row_of(page, job, PAID)
    while row.locator("[data-severity=block][data-open]").count():
        left = row.locator("[data-severity=block][data-open]").count()
        row.locator("[data-severity=block][data-open] [data-desk-answer]").first.click()
        page.keyboard.type("The source says so")
        page.keyboard.press("Enter")
        expect(row.locator("[data-severity=block][data-open]")).to_have_count(left - 1)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-desk-count=approved]")).to_have_text("3")

    # Past translations of selected words, history, and the list of keys.
    field_of(page, job, "Trois.").focus()
    page.keyboard.type("bac")
    page.keyboard.press("Control+a")
    page.keyboard.press("Alt+k")
    expect(page.locator("[data-desk-past-hits] mark").first).to_have_text("bac")
    page.keyboard.press("Alt+h")
    expect(page.locator("[data-desk-part=history] [data-desk-fill]")).to_contain_text("written")
    page.keyboard.press("F1")
    expect(page.get_by_role("heading", name="Keys of the translation desk")).to_be_visible()
    page.keyboard.press("Escape")
    assert kept(job, PAID).state == "approved"


def test_no_word_is_lost_without_a_line_or_a_session(page, job, live_server):
    context = page.context
    said = page.locator("[data-desk-saved]")
    context.set_offline(True)
    field_of(page, job, "Trois.").fill("Three.")
    field_of(page, job, PAID).focus()
    expect(said).to_contain_text("No connection")
    context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    is_saved(page)
    assert kept(job, "Trois.").text == "Three."

    session = next(one for one in context.cookies() if one["name"] == django_settings.SESSION_COOKIE_NAME)
    context.clear_cookies(name=django_settings.SESSION_COOKIE_NAME)
    field_of(page, job, PAID).fill("They paid 40 euros.")
    field_of(page, job, "Trois.").focus()
    expect(said).to_contain_text("You are signed out")
    expect(page.locator("[data-desk-sign-in]")).to_be_visible()

    # The page is closed without a word to the server: what was typed comes back on the next visit.
    context.add_cookies([session])
    page.evaluate("document.querySelector('[data-translation-desk]').desk.isLeaving = true")
    page.route("**/segments/**", lambda route: route.abort())
    page.reload()
    expect(field_of(page, job, PAID)).to_have_value("They paid 40 euros.")
    expect(row_of(page, job, PAID).locator("[data-desk-trouble]")).to_contain_text("kept on this device")
    page.unroute("**/segments/**")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    is_saved(page)
    assert kept(job, PAID).text == "They paid 40 euros."


def test_two_editors_see_one_another_and_overwrite_nothing(page, job, live_server, chromium):
    other = chromium.new_context()
    sign_in(other, live_server, vera())
    second = opened(other.new_page(), live_server, job)
    field_of(second, job, "Trois.").fill("Three, of Vera.")
    field_of(second, job, PAID).focus()
    is_saved(second)
    second.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(second.locator("[data-desk-company]")).to_contain_text("Tomas Arden")

    # What nobody touched here is brought up to date; what somebody typed here is not.
    field_of(page, job, LINKED).fill("Mine.")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(field_of(page, job, "Trois.")).to_have_value("Three, of Vera.")
    expect(page.locator("[data-desk-company]")).to_contain_text("Vera Lindholm is at sentence")
    expect(page.locator(".desk-row--visited")).to_have_count(1)

    field_of(second, job, LINKED).fill("Hers.")
    field_of(second, job, PAID).focus()
    expect(row_of(page, job, LINKED).locator("[data-desk-state]")).to_have_text("draft")
    field_of(page, job, PAID).focus()
    expect(second.locator("[data-desk-trouble]:visible, [data-desk-theirs]:visible").first).to_be_visible()
    other.close()
