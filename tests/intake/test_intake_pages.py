"""Articles on several pages, and what their hosts say of machine use."""

from datetime import timedelta

import pytest
from cast import NOW

from dateline.intake.actions.pages import read_page
from dateline.intake.actions.reserving import GOOD_FOR, read_policy, reservations_for
from dateline.intake.models import TdmPolicy
from dateline.intake.reading import Beforehand
from dateline.sources.models import Host
from dateline.work.models import Job

pytestmark = pytest.mark.django_db

FIRST = "The harbour office published its report on the ferry on Monday, and it is longer than anybody had expected it to be."
PARTS = [
    [f"{FIRST} Part {number}: {text}" for text in (
        "the engine was built in a yard that no longer exists, and nobody has the drawings.",
        "the crew of seven wrote down every crossing, with the weather and the number of passengers.",
        "the council will read it in public in May, and people may ask questions afterwards.",
    )]
    for number in (1, 2, 3)
]  # fmt: skip
SUMMARY = "All parts of the report are read by a committee of three, which will answer within a month of its publication."


def a_page(paragraphs, *, following=""):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in [SUMMARY, *paragraphs])
    link = f'<nav class="pager"><a href="{following}">Next page</a></nav>' if following else ""
    return (
        "<!doctype html><html lang=en><head><title>The report on the ferry</title>"
        "<meta property='og:title' content='The report on the ferry'><meta property='og:type' content='article'>"
        f"</head><body><article><h1>The report on the ferry</h1>{text}{link}</article></body></html>"
    )


@pytest.fixture(autouse=True)
def _open_to_robots(outlet_server):
    outlet_server.put("/robots.txt", "User-agent: *\nAllow: /\nCrawl-delay: 0\n", content_type="text/plain")


def read(url):
    return read_page(url, before=Beforehand(title="The report on the ferry"), now=NOW)


def test_an_article_on_three_pages_is_one_text_without_what_each_page_repeats(outlet_server):
    url = outlet_server.put("/report", a_page(PARTS[0], following="/report?page=2"))
    outlet_server.put("/report?page=2", a_page(PARTS[1], following="/report?page=3"))
    outlet_server.put("/report?page=3", a_page(PARTS[2]))
    page = read(url)
    assert page.reading.body_text.split("\n\n") == [SUMMARY, *PARTS[0], *PARTS[1], *PARTS[2]]
    assert page.reading.body_html.count(SUMMARY) == 1
    assert [response.final_url for response in page.further] == [f"{url}?page=2", f"{url}?page=3"]
    assert not any(reason.startswith("pages:") for reason in page.reading.reasons)


def test_a_page_that_fails_leaves_what_came_before_it_and_says_so(outlet_server):
    url = outlet_server.put("/report", a_page(PARTS[0], following="/report/2/"))
    outlet_server.put("/report/2/", a_page(PARTS[1], following="/report/3/"))
    outlet_server.put("/report/3/", b"broken", status=500)
    page = read(url)
    assert page.reading.body_text.split("\n\n") == [SUMMARY, *PARTS[0], *PARTS[1]]
    assert page.reading.is_suspect
    assert any(reason.startswith("pages: Page 3") for reason in page.reading.reasons)
    assert len(page.further) == 1


def test_the_next_article_is_not_taken_for_the_next_page(outlet_server):
    url = outlet_server.put("/news/7", a_page(PARTS[0], following="/news/8"))
    outlet_server.put("/news/8", a_page(PARTS[1]))
    assert read(url).further == ()
    assert outlet_server.asked_for("/news/8") == []


def test_headers_and_the_hosts_policy_tell_what_is_reserved(outlet_server):
    url = outlet_server.put("/report", a_page(PARTS[0]), X_Robots_Tag="noarchive, noai")
    policy = '[{"location": "/rep*", "tdm-reservation": 1, "tdm-policy": "https://post.example/terms.json"}]'
    outlet_server.put("/.well-known/tdmrep.json", policy, content_type="application/json")
    read_policy(origin=outlet_server.address, now=NOW)
    told = {(signal["signal"], signal["value"]) for signal in read(url).reading.signals}
    assert told >= {
        ("robots", "noarchive"),
        ("robots", "noai"),
        ("tdm-reservation", "1"),
        ("tdm-policy", "https://post.example/terms.json"),
    }


def test_a_hosts_policy_is_asked_for_once_a_week_and_by_a_job(outlet_server):
    url = f"{outlet_server.address}/report"
    assert reservations_for(url, now=NOW) == []
    reservations_for(url, now=NOW)
    assert Job.objects.filter(task="intake.read_tdm_policy").count() == 1
    read_policy(origin=outlet_server.address, now=NOW)
    assert TdmPolicy.objects.get().text == ""  # the server has none
    Job.objects.all().delete()
    reservations_for(url, now=NOW + GOOD_FOR / 2)
    assert not Job.objects.exists()
    reservations_for(url, now=NOW + GOOD_FOR + timedelta(hours=1))
    assert Job.objects.count() == 1


def test_a_licence_in_robots_txt_is_told(outlet_server):
    name = outlet_server.address.removeprefix("http://")
    Host.objects.create(name=name, robots_text="User-agent: *\nAllow: /\nLicense: /license.xml\n")
    told = reservations_for(f"{outlet_server.address}/report", now=NOW)
    assert [(s.signal, s.value) for s in told] == [("rsl", f"{outlet_server.address}/license.xml")]
