"""An index of sitemaps is watched as one channel: its freshest sitemaps are read, each asked in its host's turn."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.intake.actions import check_channel, check_round
from dateline.intake.actions.parts import read_parts
from dateline.intake.models import Entry
from dateline.sources.models import Channel, Host, Outlet
from dateline.work.models import Job

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def index(outlet_server):
    """Return the channel on an index of a sitemap for each of three months and one that is older."""
    for month, headline in (
        ("03", "Ferry sails"),
        ("02", "Ferry stays"),
        ("01", "Ferry is built"),
        ("00", "No ferry"),
    ):
        put_month(outlet_server, month, headline)
    put_index(outlet_server, "03", "02", "01", "00")
    outlet = Outlet.objects.create(name="Lakeside Post", slug="post", home_url="https://post.example/")
    address = outlet_server.address + "/sitemap.xml"
    return Channel.objects.create(outlet=outlet, address=address, kind="sitemap", next_check_at=NOW)


def put_month(server, month, *headlines):
    places = "".join(
        f"<url><loc>{server.address}/{month}/{headline.replace(' ', '-').lower()}</loc><news:news>"
        f"<news:publication_date>2026-02-28</news:publication_date><news:title>{headline}</news:title></news:news></url>"
        for headline in headlines
    )
    content = f"<urlset xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>{places}</urlset>"
    server.put(f"/{month}.xml", content, content_type="text/xml", ETag=f'"{month} {len(headlines)}"')


def put_index(server, *months):
    inside = "".join(f"<sitemap><loc>{server.address}/{month}.xml</loc></sitemap>" for month in months)
    server.put(
        "/sitemap.xml", f"<sitemapindex>{inside}</sitemapindex>", content_type="text/xml", ETag=f'"{months}"'
    )


def titles():
    return set(Entry.objects.values_list("title", flat=True))


def waiting():
    return Job.objects.ready().filter(task="intake.read_parts").count()


def asked(server, month):
    return server.asked_for(f"/{month}.xml")


def test_the_three_freshest_are_read_and_what_they_list_is_the_channels(index, outlet_server):
    assert check_channel(channel=index, now=NOW).trouble == ""
    assert waiting() == 1
    assert read_parts(channel=index, now=NOW).new == 3
    assert titles() == {"Ferry sails", "Ferry stays", "Ferry is built"}
    assert not asked(outlet_server, "00")
    index.refresh_from_db()
    assert (index.trouble, index.last_new_at) == ("", NOW)


def test_an_index_that_stays_as_it_is_has_its_sitemaps_asked_with_their_validators(index, outlet_server):
    check_channel(channel=index, now=NOW)
    read_parts(channel=index, now=NOW)
    put_month(outlet_server, "03", "Ferry sails", "Ferry sails again")
    Channel.objects.update(next_check_at=NOW + HOUR)
    assert check_round(clock=lambda: NOW + HOUR).unchanged == 1
    index.refresh_from_db()
    assert read_parts(channel=index, now=NOW + HOUR).new == 1
    assert "Ferry sails again" in titles()
    assert [headers.get("If-None-Match") for headers in asked(outlet_server, "02")] == [None, '"02 1"']


def test_a_look_that_was_broken_off_asks_only_for_the_rest(index, outlet_server):
    check_channel(channel=index, now=NOW)
    index.parts[f"{outlet_server.address}/03.xml"]["at"] = NOW.timestamp()
    index.save()
    assert read_parts(channel=index, now=NOW).new == 2
    assert not asked(outlet_server, "03")


def test_a_host_whose_turn_has_not_come_is_asked_later(index, outlet_server):
    check_channel(channel=index, now=NOW)
    Host.objects.update(free_at=NOW + timedelta(days=9000))
    told = read_parts(channel=index, now=NOW)
    assert (told.new, told.trouble) == (0, "")
    assert told.put_off_until > NOW


def test_a_sitemap_that_fails_is_named_and_the_others_are_read(index, outlet_server):
    outlet_server.put("/02.xml", "gone", status=404)
    check_channel(channel=index, now=NOW)
    told = read_parts(channel=index, now=NOW)
    assert told.new == 2
    assert "/02.xml" in told.trouble
    index.refresh_from_db()
    assert "/02.xml" in index.trouble


def test_a_new_month_takes_the_place_of_the_oldest(index, outlet_server):
    check_channel(channel=index, now=NOW)
    read_parts(channel=index, now=NOW)
    put_month(outlet_server, "04", "Ferry arrives")
    put_index(outlet_server, "04", "03", "02", "01")
    check_channel(channel=index, now=NOW + HOUR)
    assert [address.rpartition("/")[2] for address in index.parts] == ["04.xml", "03.xml", "02.xml"]
    assert read_parts(channel=index, now=NOW + HOUR).new == 1
