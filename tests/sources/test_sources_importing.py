"""Lists brought, looked at and added: nothing twice, nothing half, nothing all at once."""

from datetime import timedelta
from urllib.parse import urlsplit

import cast
import pytest

from dateline.lib.formats import opml
from dateline.lib.formats.opml import Opml, Subscription
from dateline.sources.actions import importing
from dateline.sources.actions.directories import drop_directory, load_directory, watch_entry
from dateline.sources.actions.importing import (
    AlreadyBegun,
    NotAList,
    add_list,
    bring_list,
    export_directory,
    export_opml,
    go_on_adding,
    plan_of,
)
from dateline.sources.actions.listed import NothingToWatch
from dateline.sources.models import Channel, DirectoryEntry, ImportedList, Outlet
from dateline.sources.queries.known import Verdict
from dateline.work.testing import run_all_jobs

pytestmark = pytest.mark.django_db
NOW = cast.NOW


def a_list(*addresses, **fields):
    subscriptions = tuple(
        Subscription(address=one, title=f"Post {number}", **fields) for number, one in enumerate(addresses)
    )
    return opml.write(Opml(title="Around the lake", subscriptions=subscriptions))


def bring(content, name="list.opml"):
    return bring_list(content=content, name=name, by=None, now=NOW)


def verdicts(brought):
    return [channel.verdict for outlet in plan_of(brought) for channel in outlet.channels]


def test_what_was_brought_is_only_looked_at():
    brought = bring(a_list("https://a.example/feed", "https://b.example/feed"))
    assert verdicts(brought) == [Verdict.NEW, Verdict.NEW]
    assert not Channel.objects.exists()
    assert brought.name == "Around the lake"


def test_what_we_have_is_known_in_any_spelling_and_its_outlet_by_its_host():
    outlet = cast.an_outlet("Lake Post", home_url="https://www.lake.example/")
    cast.a_channel(outlet, address="https://www.lake.example/rss/")
    cast.a_channel(outlet, address="https://lake.example/old", is_watched=False)
    brought = bring(
        a_list(
            "http://lake.example/rss",
            "https://lake.example/old?utm_source=x",
            "https://lake.example/rss?format=xml",
            "https://lake.example/sport",
            "https://www.lake.example/sport/",
        )
    )
    assert verdicts(brought) == [
        Verdict.WATCHED, Verdict.STOPPED, Verdict.PERHAPS, Verdict.NEW, Verdict.TWICE,
    ]  # fmt: skip
    assert {one.joins for one in plan_of(brought)} == {outlet}


def test_a_channel_that_moved_is_known_where_it_was():
    cast.a_channel(address="https://new.example/rss", former_addresses=["https://old.example/rss"])
    assert verdicts(bring(a_list("https://old.example/rss"))) == [Verdict.WATCHED]


def test_a_list_is_added_by_one_job_and_its_first_checks_are_spread():
    brought = bring(a_list(*(f"https://outlet-{number}.example/feed" for number in range(30))))
    add_list(brought=brought, by=cast.vera(), now=NOW)
    assert not Channel.objects.exists()
    go_on_adding(brought=ImportedList.objects.get(), now=NOW)
    brought.refresh_from_db()
    assert (brought.state, brought.done, brought.added, brought.refused) == ("added", 30, 30, [])
    moments = sorted(Channel.objects.values_list("next_check_at", flat=True))
    assert len(set(moments)) == 30
    assert timedelta(minutes=1) < moments[-1] - moments[0] < timedelta(hours=6)
    assert Outlet.objects.count() == 30


def test_thousands_are_spread_over_hours_and_no_longer():
    waits = [importing._wait(number, 20_000) for number in (0, 1, 19_999)]
    assert waits[0] == timedelta(0)
    assert timedelta(hours=5) < waits[2] < importing.LONGEST_SPREAD


def test_a_list_that_was_broken_off_goes_on_where_it_was(monkeypatch):
    brought = add_list(
        brought=bring(a_list(*(f"https://outlet-{n}.example/feed" for n in range(6)))), by=None, now=NOW
    )
    stops = iter([False, False, True])
    monkeypatch.setattr(importing, "should_stop", lambda: next(stops))
    go_on_adding(brought=brought, now=NOW)
    brought.refresh_from_db()
    assert (brought.state, brought.done, Channel.objects.count()) == ("adding", 2, 2)
    monkeypatch.setattr(importing, "should_stop", lambda: False)
    go_on_adding(brought=brought, now=NOW)
    go_on_adding(brought=ImportedList.objects.get(), now=NOW)
    brought.refresh_from_db()
    assert (brought.state, brought.done, brought.added, Channel.objects.count()) == ("added", 6, 6, 6)


def test_a_death_between_two_channels_leaves_no_outlet_without_its_channel(monkeypatch):
    brought = add_list(
        brought=bring(a_list("https://a.example/feed", "https://b.example/feed")), by=None, now=NOW
    )
    write = importing.write_channel

    def die(told, **words):
        if "b.example" in told.address:
            raise KeyboardInterrupt
        return write(told, **words)

    monkeypatch.setattr(importing, "write_channel", die)
    with pytest.raises(KeyboardInterrupt):
        go_on_adding(brought=brought, now=NOW)
    assert [outlet.channels.count() for outlet in Outlet.objects.all()] == [1]
    monkeypatch.undo()
    go_on_adding(brought=ImportedList.objects.get(), now=NOW)
    assert [outlet.channels.count() for outlet in Outlet.objects.all()] == [1, 1]


def test_what_somebody_added_meanwhile_is_told_and_does_not_stop_the_rest():
    brought = add_list(
        brought=bring(a_list("https://a.example/feed", "https://b.example/feed")), by=None, now=NOW
    )
    cast.a_channel(address="http://www.a.example/feed/")
    go_on_adding(brought=brought, now=NOW)
    brought.refresh_from_db()
    assert (brought.done, brought.added) == (2, 1)
    assert brought.refused[0][0] == "https://a.example/feed"
    assert "is already a feed of" in brought.refused[0][1]


def test_only_what_was_chosen_is_added_and_only_once():
    brought = bring(a_list("https://a.example/feed", "https://b.example/feed"))
    with pytest.raises(NothingToWatch):
        add_list(brought=brought, by=None, now=NOW, chosen={"7-0", "nonsense"})
    add_list(brought=brought, by=None, now=NOW, chosen={"1-0"})
    with pytest.raises(AlreadyBegun):
        add_list(brought=brought, by=None, now=NOW)
    assert run_all_jobs() >= 1
    assert Channel.objects.get().address == "https://b.example/feed"


def test_pages_without_a_feed_keep_their_rules_and_go_out_with_them():
    rules = {"xPathItem": "//article", "cssFullContent": ".body"}
    content = opml.write(
        Opml(
            subscriptions=(
                Subscription(
                    address="https://a.example/news",
                    title="A",
                    home="https://a.example/",
                    type="HTML+XPath",
                    rules=rules,
                    folders=("Lakes", "North"),
                ),
            )
        )
    )
    go_on_adding(brought=add_list(brought=bring(content), by=None, now=NOW), now=NOW)
    channel = Channel.objects.get()
    assert (channel.kind, channel.rules, channel.categories) == ("page", rules, ["Lakes", "North"])
    (again,) = opml.read(export_opml(title="T")).subscriptions
    assert (again.type, again.rules, again.folders) == ("HTML+XPath", rules, ("Lakes", "North"))


def test_what_goes_out_comes_in_again_as_nothing_new():
    outlet = cast.an_outlet("Lake Post", country="GE", languages=["ka"], owner="The Lake Trust")
    cast.a_channel(outlet)
    cast.a_channel(outlet, kind=Channel.Kind.MAILBOX, address="mailbox:lake@desk.example")
    cast.a_channel(outlet, is_watched=False)
    written = opml.read(export_opml(title="Ours"))
    assert (written.title, len(written.subscriptions)) == ("Ours", 1)
    assert verdicts(bring(export_opml(title="Ours"))) == [Verdict.WATCHED]
    told = importing.read_list(export_directory(title="Ours"), name="x.json").outlets[0]
    assert (told.name, told.country, told.languages, told.owner) == (
        "Lake Post", "GE", ("ka",), "The Lake Trust",
    )  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"{", b"\x00\x01\x02", b"PK\x03\x04rubbish"])
def test_a_file_that_is_no_list_is_refused_in_words(content):
    with pytest.raises(NotAList) as caught:
        bring(content)
    assert len(str(caught.value)) > 15
    assert not ImportedList.objects.exists()


def test_lists_that_were_left_lying_are_cleared_away():
    bring(a_list("https://a.example/feed"))
    bring_list(content=a_list("https://b.example/feed"), name="b", by=None, now=NOW + timedelta(days=8))
    assert ImportedList.objects.count() == 1


DIRECTORY = b"""{"title": "Lakes", "outlets": [
 {"name": "Lake Post", "country": "Georgia", "languages": ["ka"], "home": "https://lake.example/",
  "feeds": ["https://lake.example/rss", "https://lake.example/sport"]},
 {"name": "Lake Office", "country": "Georgia", "home": "https://office.example/"}]}"""


def test_a_directory_is_loaded_in_place_of_the_one_that_was_there():
    assert load_directory(content=DIRECTORY, name="lakes.json") == ("Lakes", 2)
    assert load_directory(content=DIRECTORY, name="lakes.json") == ("Lakes", 2)
    assert DirectoryEntry.objects.filter(country="GE").count() == 2
    assert not Outlet.objects.exists()
    assert drop_directory(listing="Lakes", by=None, now=NOW) == 2


def test_an_outlet_of_a_directory_is_watched_by_the_feeds_that_we_do_not_have():
    load_directory(content=DIRECTORY, name="lakes.json")
    cast.a_channel(address="https://lake.example/sport/")
    outlet = watch_entry(entry=DirectoryEntry.objects.get(name="Lake Post"), by=None, now=NOW)
    assert (outlet.country, outlet.language, outlet.languages) == ("GE", "ka", ["ka"])
    assert [one.address for one in outlet.channels.all()] == ["https://lake.example/rss"]
    for entry in DirectoryEntry.objects.all():
        with pytest.raises(NothingToWatch):
            watch_entry(entry=entry, by=None, now=NOW)


def test_the_real_directories_load_into_one(corpus):
    folder = corpus / "intake" / "news-feed-list-of-countries"
    files = sorted(folder.glob("*.json"))
    loaded = [load_directory(content=path.read_bytes(), name=path.name) for path in files]
    assert len({listing for listing, _count in loaded}) == len(files)
    assert DirectoryEntry.objects.count() == sum(count for _listing, count in loaded)
    assert not DirectoryEntry.objects.filter(country="").exists()
    if len(files) == 76:
        assert DirectoryEntry.objects.count() == 448


def test_the_real_lists_are_watched_whole(corpus):
    files = sorted((corpus / "intake" / "awesome-rss-feeds").rglob("*.opml"))
    for path in files[::4]:
        brought = bring(path.read_bytes(), name=path.name)
        new = [one for one in verdicts(brought) if one == Verdict.NEW]
        before = Channel.objects.count()
        if new:
            go_on_adding(brought=add_list(brought=brought, by=None, now=NOW), now=NOW)
        brought.refresh_from_db()
        assert (Channel.objects.count() - before, brought.refused) == (len(new), [])
    assert all(urlsplit(outlet.home_url).hostname for outlet in Outlet.objects.all())
