"""A store elsewhere has what our own disk has: in order, nothing twice, and everything at last, whatever it does to us."""

import gzip
import json
from datetime import UTC, datetime
from hashlib import sha256

import cast
import pytest
from django.utils import timezone
from publishing.publishing_s3 import BUCKET, KEY, Bucket, serve

from dateline.articles import actions as articles
from dateline.publishing.actions import bake_everything, bringing
from dateline.publishing.actions.bringing import (
    NotBroughtYet,
    bring_those_due,
    compare_elsewhere,
    compare_with_its_list,
)
from dateline.publishing.actions.purging import purge_those_due
from dateline.publishing.models import BakedFile, Copy, PurgeWish
from dateline.publishing.queries.copies import local
from dateline.publishing.stores import s3
from dateline.publishing.stores.base import StoreBusy, StoreFailed
from dateline.publishing.stores.elsewhere import elsewhere
from dateline.publishing.stores.signing import Key, signed
from dateline.rights.models import Withdrawal
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

SOME_DAY = datetime(2013, 5, 24, tzinfo=UTC)


@pytest.fixture
def clock():
    return timezone.now


@pytest.fixture
def bucket(monkeypatch):
    bucket = Bucket()
    end = serve(bucket)
    monkeypatch.setenv("DATELINE_STORE", f"s3://{BUCKET}?region=eu-test-1&endpoint={bucket.address}")
    monkeypatch.setenv("DATELINE_STORE_KEY_ID", KEY.key_id)
    monkeypatch.setenv("DATELINE_STORE_KEY", KEY.secret)
    yield bucket
    end()


@pytest.fixture
def paper(site, clock, settings, tmp_path):
    """Return two pieces that are out, one with a picture; nothing has been brought yet."""
    settings.MEDIA_ROOT = tmp_path / "media"
    section = cast.a_section()
    picture = cast.a_picture("The quay", data=cast.a_photograph(width=60, height=40))
    pieces = [
        cast.published(cast.an_exclusive(headline="The night ferry", section=section), now=clock()),
        cast.published(
            cast.an_exclusive(headline="The quay", section=section, hero=picture, hero_alt="A quay"),
            now=clock(),
        ),
    ]
    (site.root / "static" / "js").mkdir(parents=True)
    (site.root / "static" / "js" / "article.js").write_text("export {}")
    bake_everything(now=clock())
    Job.objects.filter(state=Job.State.READY).delete()
    return pieces


@pytest.fixture
def sheets(site, clock):
    """A few files that stand here, as if they had been baked."""
    named = {
        "index.html": "home",
        "en/index.html": "home",
        "en/ferry/index.html": "article",
        "404.html": "gone",
    }
    for name, kind in named.items():
        content = f"<html><head><title>{name}</title></head><body>{'words ' * 99}</body></html>".encode()
        status = 404 if kind == "gone" else 200
        site.put(name, content, status=status)
        digest = sha256(content).hexdigest()
        BakedFile.objects.create(
            path=f"/{name}", file=name, kind=kind, key=name, status=status, sha256=digest, baked_at=clock()
        )


def brought(clock, **also):
    return bring_those_due(now=clock(), wait=lambda _seconds: None, **also)


def what_stands_here(site):
    return {row.file: (site.root / row.file).read_bytes() for row in BakedFile.objects.all()}


def what_is_there(bucket):
    """The pages as they are there, without forms, pictures and the program."""
    others = (".br", ".gz", ".zst")
    return {
        key: held.content
        for key, held in bucket.held.items()
        if not key.endswith(others)
        and not key.startswith(("static/", "media/"))
        and "x-amz-website-redirect-location" not in held.headers
    }


def test_everything_is_brought_with_its_forms_and_headers_and_nothing_twice(site, paper, bucket, clock):
    assert compare_elsewhere(now=clock()) > 10
    brought(clock)
    assert what_is_there(bucket) == what_stands_here(site)
    page = BakedFile.objects.get(piece=paper[0].uid, kind="article", file__endswith="index.html")
    plain, packed = bucket.held[page.file], bucket.held[page.file + ".gz"]
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["content-encoding"] == "gzip"
    assert {held.headers["content-type"] for held in (plain, packed)} == {"text/html; charset=utf-8"}
    assert plain.headers["cache-control"] == "no-cache"
    assert plain.headers["x-amz-meta-policy"].startswith("default-src 'none'")
    assert bucket.held["404.html"].headers["x-amz-meta-status"] == "404"
    order = bucket.put()
    assert order.index(page.file + ".gz") < order.index(page.file)
    at = {key: number for number, key in enumerate(order)}
    pictures = [at[key] for key in at if key.startswith("media/")]
    assert pictures
    assert (
        max(at["static/js/article.js"], *pictures) < at[page.file] < at["en/index.html"] < at["en/feed.xml"]
    )
    assert compare_elsewhere(now=clock()) == 0
    assert brought(clock) == 0
    assert bucket.put() == []


def test_what_was_taken_back_goes_first_and_the_withdrawal_waits_for_it(
    site, paper, bucket, clock, monkeypatch
):
    monkeypatch.setattr(bringing, "PAUSES", ())
    compare_elsewhere(now=clock())
    brought(clock)
    bucket.put()
    address = paper[0].get_absolute_url()
    bucket.broken = "slow down"
    articles.withdraw(
        article=paper[0], ground=Withdrawal.Ground.EDITORIAL, reason="Wrong", by=None, now=clock()
    )
    with pytest.raises((NotBroughtYet, StoreBusy)):
        run_all_jobs()
    page = BakedFile.objects.get(path=address)
    assert page.status == 410  # ours is gone at once
    assert b"The night ferry" in bucket.held[page.file].content
    assert not Withdrawal.objects.filter(done_at__isnull=False).exists()
    bucket.broken = ""
    bucket.asked.clear()
    Job.objects.filter(state=Job.State.DEAD).update(state=Job.State.READY, attempt=0)
    run_all_jobs()
    assert Withdrawal.objects.get().done_at
    assert bucket.held[page.file].headers["x-amz-meta-status"] == "410"
    order = bucket.put()
    first_list = min(order.index(key) for key in order if key in {"en/index.html", "index.html"})
    assert order.index(page.file) < first_list
    assert not any(
        b"The night ferry" in held.content
        for held in bucket.held.values()
        if held.headers.get("x-amz-meta-status") != "410"
    )
    assert what_is_there(bucket) == what_stands_here(site)


@pytest.mark.parametrize("fault", ["slow down", "internal", "hang up", "cut", "other bytes"])
def test_what_it_does_not_take_at_once_is_brought_again(site, sheets, bucket, clock, fault):
    compare_elsewhere(now=clock())
    bucket.faults = [fault] * 3
    brought(clock)
    assert bucket.faults == []
    assert what_is_there(bucket) == what_stands_here(site)
    assert not Copy.objects.filter(is_due=True).exists()


def test_a_store_that_is_away_is_told_in_words_and_made_good_when_it_is_back(
    site, sheets, bucket, clock, monkeypatch
):
    monkeypatch.setattr(s3, "DEADLINE_SECONDS", 0.2)
    compare_elsewhere(now=clock())
    waits, words = [], []

    def wait(seconds):
        waits.append(seconds)
        words.append(Copy.objects.exclude(trouble="").first().trouble)
        bucket.broken = "slow down"

    bucket.broken = "silent"
    with pytest.raises(StoreBusy, match="SlowDown"):
        bring_those_due(now=clock(), wait=wait)
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0]
    assert "was not reached" in words[0]
    assert "SlowDown" in words[-1]
    bucket.broken = "denied"
    with pytest.raises(StoreFailed, match="DATELINE_STORE_KEY"):
        brought(clock)
    bucket.broken = ""
    brought(clock)
    assert what_is_there(bucket) == what_stands_here(site)
    assert not Copy.objects.exclude(trouble="").exists()


def test_one_file_that_it_does_not_take_keeps_no_other_waiting(site, sheets, bucket, clock):
    compare_elsewhere(now=clock())
    bucket.faults = ["too long"]
    with pytest.raises(StoreFailed, match="KeyTooLong"):
        brought(clock)
    assert Copy.objects.filter(is_due=True).count() == 1
    brought(clock)
    assert what_is_there(bucket) == what_stands_here(site)


def test_what_the_store_lost_is_found_by_its_own_list_and_strangers_are_left(site, sheets, bucket, clock):
    compare_elsewhere(now=clock())
    brought(clock)
    bucket.most = 7  # lists come in pages
    del bucket.held["en/index.html"]
    bucket.held["index.html"].content = b"defaced"
    bucket.held["theirs.txt"] = type(bucket.held["index.html"])(b"not ours", {})
    assert compare_with_its_list(now=clock()) == (2, ["theirs.txt"])
    bucket.put()
    brought(clock)
    assert sorted(bucket.put()) == ["en/index.html", "index.html"]
    assert bucket.held.pop("theirs.txt")
    assert what_is_there(bucket) == what_stands_here(site)


def test_an_old_address_leads_on_and_a_cache_hears_after_the_store(site, sheets, bucket, clock, monkeypatch):
    compare_elsewhere(now=clock())
    brought(clock)
    old = "/en/ferry/"
    (site.root / "_").mkdir(exist_ok=True)
    (site.root / "_" / "redirects.json").write_text(json.dumps({"/en/older/": old}))
    brought(clock)
    assert bucket.held["en/older/index.html"].headers["x-amz-website-redirect-location"] == old
    monkeypatch.setenv("DATELINE_PURGE", "http://127.0.0.1:1")
    PurgeWish.objects.create(path="/en/", asked_at=clock())
    Copy.objects.filter(name="en/index.html").update(is_due=True)
    assert purge_those_due() == 0  # else the cache would fetch the old one again


def test_another_folder_is_a_store_too(site, sheets, clock, monkeypatch, tmp_path):
    share = tmp_path / "share"
    monkeypatch.setenv("DATELINE_STORE", f"file://{share}")
    compare_elsewhere(now=clock())
    with pytest.raises(StoreFailed, match="mounted"):
        brought(clock)
    share.mkdir()
    brought(clock)
    assert all((share / name).read_bytes() == content for name, content in what_stands_here(site).items())
    assert (share / "404.html.status").read_text() == "404"
    assert compare_with_its_list(now=clock()) == (0, [])
    assert local("media/images/a.jpg") != local("images/a.jpg")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("ftp://x", "not known"), ("s3://", "bucket is missing"), ("s3://b?acl=public", "acl"), ("file:///", "whole path"),
        ("s3://b", "DATELINE_STORE_KEY_ID"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_read_is_said_so(monkeypatch, told, words):
    monkeypatch.setenv("DATELINE_STORE", told)
    for name in ("DATELINE_STORE_KEY_ID", "DATELINE_STORE_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(StoreFailed, match=words):
        elsewhere()


@pytest.mark.parametrize(
    ("asked", "headers", "body", "signature"),
    [
        ("GET /test.txt ", {"Range": "bytes=0-9"}, b"", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        (
            "PUT /test%24file.text ",
            {"Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"},
            b"Welcome to Amazon S3.", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        ),
        ("GET / lifecycle=", {}, b"", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        ("GET / max-keys=2&prefix=J", {}, b"", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ],
)  # fmt: skip
def test_requests_are_signed_as_the_documentation_signs_them(asked, headers, body, signature):
    method, path, query = asked.split(" ")
    key = Key("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    every = signed(
        key, method=method, host="examplebucket.s3.amazonaws.com", path=path, query=query, headers=headers, body=body,
        region="us-east-1", now=SOME_DAY,
    )  # fmt: skip
    assert every["authorization"].endswith(f"Signature={signature}")
