"""Outlets on the desk: found, chosen, brought in lists, picked from directories, narrowed, stopped."""

import hashlib
import json
from datetime import timedelta

import cast
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dateline.desk.charts import chart_of
from dateline.intake.models import Entry
from dateline.intake.queries.twins import twin_channels
from dateline.lib.formats import opml
from dateline.lib.formats.opml import Opml, Subscription
from dateline.people.models import AuditEntry
from dateline.sources import finding
from dateline.sources.finding import Findings, FoundFeed
from dateline.sources.models import Channel, Check, Contact, DirectoryEntry, ImportedList, Outlet
from dateline.sources.queries.history import Day
from dateline.work.testing import run_all_jobs

NOW = cast.NOW


@pytest.fixture
def chief(at_desk):
    return at_desk(cast.somebody("ines", role="editor-in-chief", first_name="Ines"))


@pytest.fixture
def looker():
    """Return how another looker for feeds signs in, for one test."""
    before = list(finding._looks)

    def sign_in(findings):
        finding._looks[:] = [lambda _address: findings]

    yield sign_in
    finding._looks[:] = before


def body(answer):
    return answer.content.decode()


NEWS = FoundFeed(
    address="https://lake.example/rss",
    title="Lake Post",
    home_url="https://lake.example/",
    language="ka",
    pieces=2,
    headlines=("Ferry sails", "\u202eBad <script>alert(1)</script>"),
    newest_at="2026-03-14T08:00:00+00:00",
)
SPORT = FoundFeed(address="https://lake.example/sport", title="Lake Post: sport")


def looked_at(client, **fields):
    return client.post(reverse("newsroom:add-outlet"), {"url": "lake.example", "do": "look", **fields})


def codes(answer):
    return [offer.code for offer in answer.context["offers"]]


def test_what_is_to_be_had_at_an_address_is_shown_and_nothing_is_watched_yet(chief, looker):
    looker(Findings(feeds=(NEWS, SPORT), looked_at=(("https://lake.example/dead", "404"),), has_page=True))
    answer = looked_at(chief)
    text = body(answer)
    for shown in (
        "https://lake.example/rss",
        "Ferry sails",
        "2 pieces",
        "14 Mar 2026",
        "https://lake.example/dead",
    ):
        assert shown in text
    assert "<script>alert" not in text
    assert "\u202e" not in text
    assert [offer.is_chosen for offer in answer.context["offers"]] == [True, False]
    assert not Outlet.objects.exists()


def test_several_feeds_are_chosen_with_what_the_desk_knows_of_their_outlet(chief, looker):
    looker(Findings(feeds=(NEWS, SPORT)))
    facts = {
        "name": "ტბის ფოსტა", "name_here": "Lake Post", "kind": "agency", "country": "Georgia",
        "languages": "ka, en", "home": "https://lake.example/",
    }  # fmt: skip
    found = codes(looked_at(chief))
    answer = chief.post(reverse("newsroom:add-outlet"), {"do": "watch-chosen", "feed": found, **facts})
    outlet = Outlet.objects.get()
    assert answer["Location"] == reverse("newsroom:outlet", args=[outlet.pk])
    assert (outlet.name, outlet.name_here, outlet.kind) == ("ტბის ფოსტა", "Lake Post", "agency")
    assert (outlet.country, outlet.language, outlet.languages) == ("GE", "ka", ["ka", "en"])
    assert set(outlet.channels.values_list("address", flat=True)) == {NEWS.address, SPORT.address}
    assert AuditEntry.objects.filter(verb="watch").count() == 1


def test_a_feed_that_we_have_is_told_and_more_of_its_outlet_joins_it(chief, looker):
    ours = cast.an_outlet("Lake Post", home_url="https://www.lake.example/")
    cast.a_channel(ours, address="http://lake.example/rss/")
    looker(Findings(feeds=(NEWS, SPORT)))
    answer = looked_at(chief)
    assert "We have this one:" in body(answer)
    assert answer.context["joins"] == ours
    asked = {"do": "watch-chosen", "feed": codes(answer)[1], "kind": "newspaper", "joins": ours.pk}
    chief.post(reverse("newsroom:add-outlet"), asked)
    assert Outlet.objects.get().channels.count() == 2
    again = chief.post(reverse("newsroom:add-outlet"), asked)
    assert again.status_code == 422
    assert "is already a feed of" in body(again)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"feed": "rubbish"},
        {"feed": ["a:b:c", "\x00"]},
        {"feed": "x" * 5000, "joins": "' OR 1=1", "kind": "nonsense"},
        {"joins": "9" * 40, "languages": "<script>"},
    ],
)
def test_rubbish_in_the_choice_adds_nothing(chief, asked):
    answer = chief.post(reverse("newsroom:add-outlet"), {"do": "watch-chosen", **asked})
    assert answer.status_code == 422
    assert not Outlet.objects.exists()


def test_unfit_facts_are_told_and_add_nothing(chief, looker):
    looker(Findings(feeds=(NEWS,)))
    asked = {
        "do": "watch-chosen",
        "feed": codes(looked_at(chief)),
        "kind": "newspaper",
        "languages": "not a language!",
    }
    answer = chief.post(reverse("newsroom:add-outlet"), asked)
    assert answer.status_code == 422
    assert "Write languages as their codes" in body(answer)
    assert not Outlet.objects.exists()


def test_where_there_is_no_feed_the_desk_is_led_to_the_picker(chief, looker):
    looker(Findings(looked_at=(("https://lake.example/", "This looks like a web page."),), has_page=True))
    text = body(looked_at(chief))
    assert "No feed was found there" in text
    assert reverse("newsroom:add-page") in text


def test_the_record_of_an_outlet_is_written_on_the_desk(chief):
    outlet = cast.an_outlet("Lake Post")
    edit = reverse("outlet-facts:edit", args=[outlet.pk])
    assert chief.get(edit).status_code == 200
    answer = chief.post(
        edit,
        {
            "name": "Lake Post", "name_here": "", "kind": "newspaper", "slug": "lake-post", "home_url": "https://lake.example/",
            "country": "საქართველო", "language": "ka", "languages": "en, ka", "owner": "The Lake Trust",
            "leaning": "centre", "pictures": "agreed", "contact_email": "", "notes": "",
            "contacts-TOTAL_FORMS": 1, "contacts-INITIAL_FORMS": 0, "contacts-MIN_NUM_FORMS": 0,
            "contacts-MAX_NUM_FORMS": 1000, "contacts-0-name": "Nino", "contacts-0-role": "rights desk",
            "contacts-0-email": "rights@lake.example", "contacts-0-phone": "", "contacts-0-note": "",
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.context["form"].errors
    outlet.refresh_from_db()
    assert (outlet.country, outlet.languages, outlet.pictures) == ("GE", ["en", "ka"], "agreed")
    assert Contact.objects.get().email == "rights@lake.example"
    text = body(chief.get(reverse("newsroom:outlet", args=[outlet.pk])))
    for shown in ("Georgia", "The Lake Trust", "as agreed", "rights@lake.example", "centre"):
        assert shown in text


def test_a_contact_that_names_nobody_is_refused(db):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="Write a name"):
        Contact(outlet=cast.an_outlet(), phone="1").full_clean()


# The list


def test_the_list_is_narrowed_by_country_language_kind_health_and_words(chief):
    lake = cast.an_outlet("Lake Post", country="GE", language="ka", languages=["ka", "en"], kind="agency")
    cast.a_channel(lake, last_checked_at=NOW)
    marsh = cast.an_outlet("Marsh Herald", country="FR", language="fr")
    cast.a_channel(marsh, trouble="It is ill.", last_checked_at=NOW)
    hill = cast.an_outlet("Hill Press", language="en")
    cast.a_channel(hill, is_watched=False)

    def named(**asked):
        lines = chief.get(reverse("newsroom:outlets"), asked).context["lines"]
        return [outlet.name for outlet, _channels, _agreements in lines]

    assert named() == ["Hill Press", "Lake Post", "Marsh Herald"]
    assert named(country="GE") == named(kind="agency") == named(health="well") == ["Lake Post"]
    assert named(language="en") == ["Hill Press", "Lake Post"]
    assert named(health="trouble") == named(q="marsh") == ["Marsh Herald"]
    assert named(health="stopped") == ["Hill Press"]
    assert named(health="unread") == []
    assert named(q="no such outlet") == []
    assert named(country="' OR 1", kind="x", health="y", language="\x00", p="-1") != []


def test_the_chosen_are_stopped_and_watched_again_together(chief):
    outlets = [cast.an_outlet(f"Outlet {n}") for n in range(3)]
    channels = [cast.a_channel(outlet) for outlet in outlets]
    address = reverse("newsroom:change-outlets")
    chief.post(address, {"outlet": [outlets[0].pk, outlets[1].pk], "do": "stop"})
    assert [one.is_watched for one in Channel.objects.order_by("pk")] == [False, False, True]
    chief.post(address, {"outlet": [one.pk for one in outlets], "do": "watch"})
    again = [Channel.objects.get(pk=one.pk) for one in channels]
    assert all(one.is_watched for one in again)
    assert again[0].next_check_at != again[1].next_check_at
    for rubbish in (
        {},
        {"outlet": ["x", "-1", "9" * 50], "do": "stop"},
        {"outlet": outlets[0].pk, "do": "burn"},
    ):
        assert chief.post(address, rubbish).status_code == 302
    assert Channel.objects.filter(is_watched=True).count() == 3


def entries(channel, addresses, *, now=None):
    for address in addresses:
        Entry.objects.create(channel=channel, guid=address, url=address, seen_at=now or timezone.now())


def test_two_channels_with_the_same_pieces_are_shown_with_a_way_to_stop_one(chief):
    addresses = [f"https://lake.example/{n}" for n in range(8)]
    kept, spare, other = cast.a_channel(), cast.a_channel(), cast.a_channel()
    entries(kept, addresses)
    entries(spare, addresses[:6])
    entries(other, ["https://marsh.example/1", *addresses[:1]])
    (twins,) = twin_channels(now=timezone.now())
    assert (twins.kept, twins.spare, twins.shared, twins.ratio) == (kept, spare, 6, 1.0)
    for address in (reverse("newsroom:outlets"), reverse("newsroom:outlet", args=[spare.outlet_id])):
        text = body(chief.get(address))
        assert "The same pieces twice" in text
        assert reverse("newsroom:stop-channel", args=[spare.pk]) in text
    assert twin_channels(now=timezone.now() + timedelta(days=30)) == []
    Channel.objects.filter(pk=spare.pk).update(is_watched=False)
    assert twin_channels(now=timezone.now()) == []


# A channel's chart


def test_a_chart_has_a_bar_for_each_day_and_a_mark_for_each_day_in_trouble():
    days = [
        Day(day_date=NOW.date() + timedelta(days=n), checks=c, new=new, troubles=ill)
        for n, (c, new, ill) in enumerate([(0, 0, 0), (4, 10, 0), (4, 1, 2)])
    ]
    chart = chart_of(days)
    assert (chart.most, chart.new, chart.checks, chart.troubles, chart.days_in_trouble) == (10, 11, 8, 2, 1)
    assert [bar.is_silent for bar in chart.bars] == [True, False, False]
    assert [bar.tall for bar in chart.bars] == [0, 40, 4]
    assert all(0 <= bar.y <= chart.height and bar.x < chart.width for bar in chart.bars)
    assert chart_of([]).width > 0


def test_the_page_of_an_outlet_shows_how_its_checks_went_in_a_picture_and_in_words(chief):
    channel = cast.a_channel(trouble="It is ill.", failures=2, trouble_since=timezone.now())
    for n in range(3):
        outcome = Check.Outcome.TROUBLE if n == 0 else Check.Outcome.NEW
        Check.objects.create(channel=channel, at=timezone.now(), outcome=outcome, new=n, size=10)
    text = body(chief.get(reverse("newsroom:outlet", args=[channel.outlet_id])))
    assert 'role="img"' in text
    assert "In 30 days: 3 checks, 3 new pieces." in text
    assert "On 1 day a check went wrong" in text
    assert "What to do:" in text
    assert "Try now" in text


# Lists


def a_list(*addresses):
    found = tuple(Subscription(address=one, title=f"Post {n}") for n, one in enumerate(addresses))
    return opml.write(Opml(title="Around the lake", subscriptions=found))


def uploaded(client, content, *, name="list.opml", do="look"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("newsroom:bring-list"), {"file": file, "do": do})


def test_a_list_is_looked_at_chosen_from_and_added(chief):
    cast.a_channel(address="https://a.example/feed")
    answer = uploaded(
        chief,
        a_list("http://www.a.example/feed", "https://b.example/feed", "https://c.example/feed", "ftp://d"),
    )
    brought = ImportedList.objects.get()
    address = reverse("newsroom:imported-list", args=[brought.pk])
    assert answer["Location"] == address
    text = body(chief.get(address))
    assert "Watched already: 1." in text
    assert "is watched already:" in text
    assert "What cannot be used" in text
    assert Channel.objects.count() == 1
    chief.post(address, {"do": "chosen", "channel": ["1-0", "junk", "0-0"]})
    assert "being added" in body(chief.get(address))
    run_all_jobs(limit=10) if ImportedList.objects.get().state == "adding" else None
    assert ImportedList.objects.get().added == 1
    assert "1 of 1, added 1." in body(chief.get(address))
    assert set(Channel.objects.values_list("address", flat=True)) == {
        "https://a.example/feed",
        "https://b.example/feed",
    }
    assert "already" in body(chief.post(address, {"do": "all"}, follow=True))


def test_a_list_of_thousands_is_taken_whole(chief):
    uploaded(chief, a_list(*(f"https://outlet-{n}.example/feed" for n in range(1200))))
    brought = ImportedList.objects.get()
    address = reverse("newsroom:imported-list", args=[brought.pk])
    text = body(chief.get(address))
    assert "Watch all new ones (1200)" in text
    assert text.count('name="channel"') == 0
    chief.post(address, {"do": "all"})
    assert ImportedList.objects.get().total == 1200


@pytest.mark.parametrize("do", ["look", "directory", "nonsense"])
@pytest.mark.parametrize(
    "content", [b"<html></html>", b"\x00\xff" * 50, b"{", b"<script>alert(1)</script>", b"name\n"]
)
def test_a_file_that_is_no_list_is_told_at_the_field(chief, content, do):
    answer = uploaded(chief, content, do=do, name='"><script>alert(1)</script>.opml')
    assert answer.status_code == 422
    assert "<script>alert" not in body(answer)
    assert not ImportedList.objects.exists()
    assert chief.post(reverse("newsroom:bring-list"), {"do": do}).status_code == 422


def test_a_hostile_list_is_inert_on_its_page(chief):
    evil = "\u202etxt.exe</a><script>alert(1)</script>"
    content = opml.write(
        Opml(
            title=evil,
            subscriptions=(Subscription(address="https://a.example/<script>", title=evil, folders=(evil,)),),
        )
    )
    uploaded(chief, content)
    text = body(chief.get(reverse("newsroom:imported-list", args=[ImportedList.objects.get().pk])))
    assert "<script>alert" not in text
    assert "\u202e" not in text


def test_what_we_watch_is_given_out(chief):
    cast.a_channel(cast.an_outlet("Lake Post"), title="Lake Post")
    answer = chief.get(reverse("newsroom:export-outlets", args=["opml"]))
    assert "attachment" in answer["Content-Disposition"]
    assert opml.read(answer.content).subscriptions[0].title == "Lake Post"
    told = json.loads(chief.get(reverse("newsroom:export-outlets", args=["json"])).content)
    assert told["outlets"][0]["name"] == "Lake Post"
    assert chief.get(reverse("newsroom:export-outlets", args=["exe"])).status_code == 404


# The directory

LAKES = json.dumps(
    {
        "title": "Lakes",
        "outlets": [
            {"name": "Lake Post", "country": "GE", "languages": ["ka"], "home": "https://lake.example/", "feeds": ["https://lake.example/rss"]},
            {"name": "Marsh Herald", "country": "FR", "languages": ["fr"], "home": "https://marsh.example/"},
        ],
    }
).encode()  # fmt: skip


def test_a_directory_is_browsed_by_country_and_language_and_picked_from_with_one_click(chief):
    uploaded(chief, LAKES, name="lakes.json", do="directory")
    address = reverse("newsroom:directory")

    def named(**asked):
        return [line[0].name for line in chief.get(address, asked).context["lines"]]

    assert named() == ["Marsh Herald", "Lake Post"]
    assert named(country="GE") == named(language="ka") == named(q="lake") == ["Lake Post"]
    assert named(listing="no such", country="\x00", p="x") == ["Marsh Herald", "Lake Post"]
    entry = DirectoryEntry.objects.get(name="Lake Post")
    chief.post(reverse("newsroom:watch-entry", args=[entry.pk]))
    assert Channel.objects.get().address == "https://lake.example/rss"
    assert "We have it" in body(chief.get(address))
    chief.post(reverse("newsroom:watch-entry", args=[entry.pk]))
    assert Channel.objects.count() == 1


def test_an_outlet_of_a_directory_without_a_feed_leads_to_looking_for_one(chief):
    uploaded(chief, LAKES, name="lakes.json", do="directory")
    entry = DirectoryEntry.objects.get(name="Marsh Herald")
    answer = chief.post(reverse("newsroom:watch-entry", args=[entry.pk]), follow=True)
    assert 'value="https://marsh.example/"' in body(answer)


def test_a_directory_is_forgotten_and_what_is_watched_stays(chief):
    uploaded(chief, LAKES, name="lakes.json", do="directory")
    chief.post(reverse("newsroom:watch-entry", args=[DirectoryEntry.objects.get(name="Lake Post").pk]))
    chief.post(reverse("newsroom:forget-directory"), {"listing": "Lakes"})
    assert (DirectoryEntry.objects.count(), Outlet.objects.count()) == (0, 1)
    assert chief.post(reverse("newsroom:forget-directory"), {}).status_code == 302


# Who may

DOORS = [
    ("get", "newsroom:bring-list", None, {"owner", "editor-in-chief"}),
    ("get", "newsroom:imported-list", "list", {"owner", "editor-in-chief"}),
    ("post", "newsroom:watch-entry", "entry", {"owner", "editor-in-chief"}),
    ("post", "newsroom:change-outlets", None, {"owner", "editor-in-chief", "rights-manager"}),
    ("post", "newsroom:forget-directory", None, {"owner", "editor-in-chief", "rights-manager"}),
    (
        "get",
        "newsroom:directory",
        None,
        {"owner", "editor-in-chief", "rights-manager", "editor", "translator"},
    ),
]


@pytest.mark.parametrize(
    "role", ["owner", "editor-in-chief", "editor", "translator", "rights-manager", "contributor"]
)
def test_each_role_passes_its_own_doors_of_outlets_and_no_others(newsroom, role):
    brought = ImportedList.objects.create(name="A", brought_at=NOW)
    entry = DirectoryEntry.objects.create(
        listing="A", key=hashlib.sha256(b"a").hexdigest(), name="A", home_url="https://a.example/"
    )
    things = {"list": brought.pk, "entry": entry.pk}
    client = Client()
    client.force_login(cast.somebody(f"one-{role}", role=role, is_superuser=role == "owner"))
    for method, name, of, allowed in DOORS:
        answer = getattr(client, method)(reverse(name, args=[things[of]] if of else []))
        turned_away = answer.status_code == 302 and answer["Location"] in {"/desk/", "/desk/login/"}
        assert (not turned_away and answer.status_code not in {403, 404}) == (role in allowed), (
            name,
            answer.status_code,
        )
