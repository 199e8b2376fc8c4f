"""Files that partners bring, by a folder or by HTTP: kept, read apart, made into originals; updates and kills."""

import gzip
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from dateline.intake import drops as rules
from dateline.intake.actions import NotRead, drops, read_snapshot, take_again
from dateline.intake.actions.rechecking import recheck
from dateline.intake.models import Change, Delivery, Drop, Entry, Original, Particulars
from dateline.sources.models import Outlet
from dateline.work.testing import run_all_jobs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
DATA = Path(__file__).parent.parent / "data" / "deliveries"
TEXT = "The ferry across the lake will sail every hour from the first of May, the harbour office said on Monday. "


@pytest.fixture
def opened(settings, tmp_path):
    """Return a drop and the secret of its address, in a home of its own."""
    settings.HOME = type(settings.HOME)(tmp_path)
    settings.HOME.lay()
    outlet = Outlet.objects.create(
        name="Lake Agency", slug="agency", home_url="https://agency.example/", language="en"
    )
    return drops.open_drop(outlet=outlet, by=None, now=NOW)


@pytest.fixture
def drop(opened):
    return opened[0]


def ninjs(**fields):
    told = {"uri": "urn:agency:1", "type": "text", "headline": "The ferry sails again", "language": "en",
            "versioncreated": "2026-03-03T08:00:00Z", "version": "1", "body_html": f"<p>{TEXT * 3}</p><p>{TEXT}</p>", **fields}  # fmt: skip
    return json.dumps(told).encode()


def lay(drop, name, content, *, age=60):
    path = drops.folder_of(drop) / name
    path.write_bytes(content)
    os.utime(path, (NOW.timestamp() - age,) * 2)
    return path


def bring(drop, content, *, name="piece.json", now=NOW):
    lay(drop, name, content)
    came = drops.look_into(drop=drop, now=now)
    run_all_jobs()
    return came


def files(drop, folder):
    return sorted(path.name for path in (drops.folder_of(drop) / folder).iterdir())


def test_a_file_in_the_folder_becomes_an_original_and_moves_to_done(drop):
    content = ninjs(embargoed="2026-03-09T08:00:00Z", usageterms="Web only.", byline="Jo Lind")
    assert bring(drop, content) == 1
    original = Original.objects.get()
    assert (original.headline, original.language, original.author_names) == (
        "The ferry sails again",
        "en",
        ["Jo Lind"],
    )
    assert original.url == "https://agency.example/"
    assert read_snapshot(original.snapshots.get()) == content
    told = Particulars.objects.get()
    assert told.embargo_until == datetime(2026, 3, 9, 8, tzinfo=UTC)
    assert told.rights == "Web only."
    assert len(files(drop, "done")) == 1
    assert files(drop, "incoming") == files(drop, "refused") == []
    assert Delivery.objects.get().form == "ninjs"


def test_a_file_that_is_still_written_or_not_meant_for_us_waits(drop):
    lay(drop, "growing.json", ninjs(), age=5)
    for name in (".hidden.json", "a.json.part", "b.tmp", "c.json.filepart"):
        lay(drop, name, ninjs())
    (drops.folder_of(drop) / "link.json").symlink_to(DATA / "nitf.xml")
    (drops.folder_of(drop) / "sub").mkdir()
    assert drops.look_into(drop=drop, now=NOW) == 0
    assert drops.look_into(drop=drop, now=NOW + timedelta(minutes=1)) == 1


def test_what_cannot_be_read_moves_to_refused_with_a_text_that_says_why(drop):
    traps = {
        "half.json": b'{"uri": "urn:x", "headl',
        "bomb.gz": gzip.compress(b"0" * 100_000, mtime=0),
        "laughs.xml": b'<!DOCTYPE l [<!ENTITY a "ha">]><newsItem>&a;</newsItem>',
        "deep.xml": b"<newsItem>" * 50_000,
        "empty.json": b"",
        "notes.txt": b"hello",
    }
    for name, content in traps.items():
        lay(drop, name, content)
    lay(drop, "good.json", ninjs())
    drops.look_into(drop=drop, now=NOW)
    run_all_jobs()
    told = {name.split("-")[0]: name for name in files(drop, "refused") if name.endswith(".txt")}
    assert set(told) == {"half", "bomb", "laughs", "deep", "empty", "notes"}
    words = (drops.folder_of(drop) / "refused" / told["bomb"]).read_text()
    assert "packed with gzip" in words
    assert Original.objects.count() == 1
    drop.channel.refresh_from_db()
    assert Delivery.objects.filter(state="refused").count() == 6


def test_a_newer_version_is_a_snapshot_of_the_same_original(drop):
    bring(drop, ninjs())
    bring(
        drop,
        ninjs(version="2", body_html=f"<p>{TEXT * 3}</p><p>And one more thing was added later.</p>"),
        name="b.json",
    )
    original = Original.objects.get()
    assert original.snapshots.count() == 2
    assert "one more thing" in original.snapshots.order_by("-pk").first().body_text
    assert Particulars.objects.get().version == "2"
    change = Change.objects.get()
    assert (change.original, change.after) == (original, original.snapshots.order_by("-pk").first())


def test_the_outlets_front_page_is_never_asked_for_a_piece_that_was_brought(drop):
    bring(drop, ninjs())
    original = Original.objects.get()
    with pytest.raises(NotRead, match="was brought to us"):
        take_again(original=original, now=NOW)
    recheck(original=original, now=NOW)
    assert not Change.objects.exists()
    assert original.watch.next_look_at is None


def test_the_same_file_twice_changes_nothing(drop):
    bring(drop, ninjs())
    bring(drop, ninjs(), name="again.json")
    assert Original.objects.get().snapshots.count() == 1
    assert Entry.objects.count() == 1
    assert Delivery.objects.filter(new=0).count() == 1


def test_a_kill_warns_the_desk_and_a_killed_piece_that_we_never_had_is_not_taken(drop):
    bring(drop, ninjs())
    original = Original.objects.get()
    bring(
        drop,
        ninjs(version="2", pubstatus="canceled", ednote="Names confused.", body_html=""),
        name="kill.json",
    )
    entry = Entry.objects.get()
    assert "canceled this piece" in entry.trouble
    assert "Names confused." in entry.trouble
    told = Particulars.objects.get()
    assert told.is_stopped
    assert told.stopped_at is not None
    change = Change.objects.get()
    assert (change.original, change.kind) == (original, "retraction")
    bring(
        drop,
        ninjs(version="3", pubstatus="canceled", ednote="Names confused.", body_html=""),
        name="kill2.json",
    )
    assert Change.objects.count() == 1
    bring(drop, ninjs(uri="urn:agency:2", pubstatus="canceled"), name="other.json")
    assert Original.objects.count() == 1
    assert Entry.objects.get(guid="urn:agency:2").state == "failed"
    bring(drop, ninjs(uri="urn:agency:2", version="2"), name="alive.json")
    assert Entry.objects.get(guid="urn:agency:2").state == "taken"


def test_a_news_message_and_an_export_bring_their_pieces(drop):
    bring(drop, (DATA / "newsmessage.xml").read_bytes(), name="m.xml")
    bring(drop, (DATA / "export.xml").read_bytes(), name="e.xml")
    urls = set(Original.objects.values_list("url", flat=True))
    assert {"https://agency.example/ferry", "https://marsh.example/2026/03/storm/"} <= urls
    storm = Original.objects.get(url="https://marsh.example/2026/03/storm/")
    assert storm.image["url"] == "https://marsh.example/wp-content/waves.jpg"
    assert read_snapshot(storm.snapshots.get()).startswith(b"<item")
    assert "not public (draft)" in Delivery.objects.get(form="WXR").remarks


def test_a_process_that_died_after_reading_leaves_a_file_that_the_next_one_puts_away(drop):
    lay(drop, "piece.json", ninjs())
    drops.look_into(drop=drop, now=NOW)
    delivery = Delivery.objects.get()
    delivery.state = Delivery.State.READ
    delivery.save()
    assert files(drop, "incoming")
    drops.look_into(drop=drop, now=NOW)
    assert len(files(drop, "done")) == 1


def test_a_process_that_died_before_writing_down_leaves_a_file_that_is_found_again(drop):
    path = drops.folder_of(drop) / "incoming" / "piece-ab.json"
    path.write_bytes(ninjs())
    os.utime(path, (NOW.timestamp() - 60,) * 2)
    drops.look_into(drop=drop, now=NOW)
    drops.look_into(drop=drop, now=NOW)
    run_all_jobs()
    assert (Delivery.objects.count(), Original.objects.count()) == (1, 1)


def send(token, content, *, method="post", kind="application/json"):
    client = Client(enforce_csrf_checks=True)
    return getattr(client, method)(reverse("intake:drop", args=[token]), content, content_type=kind)


@pytest.mark.parametrize("method", ["post", "put"])
def test_a_file_sent_by_http_is_taken_with_a_receipt(opened, method):
    _drop, token = opened
    answer = send(token, ninjs(), method=method)
    assert answer.status_code == 202
    receipt = reverse("intake:receipt", args=[token, answer.json()["id"]])
    assert Client().get(receipt).json()["state"] == "waiting"
    run_all_jobs()
    assert Client().get(receipt).json() == {"id": answer.json()["id"], "state": "read", "pieces": 1, "new": 1}
    assert Original.objects.count() == 1


def test_what_is_wrong_with_a_file_is_said(opened, monkeypatch):
    drop, token = opened
    assert send(token, b"").status_code == 400
    assert send(token, ninjs(), kind="image/png").status_code == 415
    assert send("nobodys", ninjs()).status_code == 404
    assert Client().get(reverse("intake:drop", args=[token])).status_code == 405
    monkeypatch.setattr(rules, "POSTED_BYTES", 100)
    large = send(token, ninjs())
    assert large.status_code == 413
    assert "lay larger ones into the folder" in large.json()["error"]
    assert not Delivery.objects.exists()
    drop.channel.is_watched = False
    drop.channel.save()
    assert send(token, ninjs()).status_code == 404


def test_a_flood_is_asked_to_come_later(opened, monkeypatch):
    _drop, token = opened
    monkeypatch.setattr(rules, "HOURLY_BYTES", len(ninjs()) + 10)
    assert send(token, ninjs()).status_code == 202
    answer = send(token, ninjs(version="2"))
    assert answer.status_code == 429
    assert answer["Retry-After"] == "3600"


def test_a_file_sent_that_is_a_trap_says_so_on_its_receipt(opened):
    _drop, token = opened
    answer = send(token, b"<!DOCTYPE a [<!ENTITY b 'c'>]><newsItem/>", kind="application/xml")
    run_all_jobs()
    told = Client().get(reverse("intake:receipt", args=[token, answer.json()["id"]])).json()
    assert told["state"] == "refused"
    assert "entities of its own" in told["trouble"]


def test_the_secret_is_kept_as_its_hash_alone(opened):
    drop, token = opened
    assert token not in str(Drop.objects.values())
    assert len(token) >= 40
    assert drops.drop_of(token) == drop
    assert drops.drop_of(token[:-1]) is None
