"""The shelf: what stands on disk is what readers get, at once, and nothing else."""

import gzip
import os
from base64 import b64encode
from hashlib import sha256
from types import SimpleNamespace

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.publishing.first_script import FIRST_SCRIPT
from dateline.publishing.stores.headers import headers_of, media_type, policy_for
from dateline.publishing.stores.ranges import NoSuchPart, part_of
from dateline.publishing.stores.shelf import Shelf, accepts, choose, is_known

PAGE = b"<!doctype html><html><head><style>p{color:red}</style></head><body><p>The ferry sails.</p></body></html>"


def put(root, name, content, *, at=10**18):
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    for suffix, body in ((".gz", gzip.compress(content)), (".br", brotli.compress(content)), ("", content)):
        aside = file.with_name(file.name + suffix + ".new")
        aside.write_bytes(body)
        os.utime(aside, ns=(at, at))
        aside.rename(file.with_name(file.name + suffix))
    return file


@pytest.fixture
def site(tmp_path):
    root = tmp_path / "site"
    put(root, "en/ferry/index.html", PAGE)
    return SimpleNamespace(root=root, shelf=Shelf(root))


def sources(policy, name):
    """Return what one directive of a policy allows; the directive stands there once."""
    found = [one.split()[1:] for one in policy.split("; ") if one.split()[0] == name]
    assert len(found) == 1
    return found[0]


def named_by_hash(content):
    return f"'sha256-{b64encode(sha256(content).digest()).decode()}'"


def body_of(held, encoding=""):
    return held.forms[encoding].body


def test_a_page_is_found_by_its_address_in_each_encoding(site):
    held = site.shelf.find("/en/ferry/")
    assert body_of(held) == PAGE
    assert gzip.decompress(body_of(held, "gzip")) == PAGE
    assert brotli.decompress(body_of(held, "br")) == PAGE


def test_each_encoding_has_its_own_strong_etag(site):
    forms = site.shelf.find("/en/ferry/").forms
    assert len({form.etag for form in forms.values()}) == 3
    assert all(form.etag.startswith('"') for form in forms.values())


def test_a_page_that_was_put_in_place_since_is_read_anew(site):
    site.shelf.find("/en/ferry/")
    put(site.root, "en/ferry/index.html", PAGE.replace(b"sails", b"sinks"))
    held = site.shelf.find("/en/ferry/")
    assert b"sinks" in body_of(held)
    assert b"sinks" in gzip.decompress(body_of(held, "gzip"))


def test_a_page_that_was_taken_down_is_gone_at_once(site):
    site.shelf.find("/en/ferry/")
    (site.root / "en/ferry/index.html").unlink()
    assert site.shelf.find("/en/ferry/") is None


def test_a_compressed_form_of_another_baking_is_never_served(site):
    page = site.root / "en/ferry/index.html"
    page.with_name("index.html.gz").write_bytes(gzip.compress(b"yesterday's page"))
    assert "gzip" not in site.shelf.find("/en/ferry/").forms


def test_a_withdrawn_page_answers_with_its_status(site):
    (site.root / "en/ferry/index.html.status").write_text("410")
    assert site.shelf.find("/en/ferry/").status == 410


def test_a_page_may_only_use_our_own_files_and_the_one_style_in_its_head(site):
    headers = dict(site.shelf.find("/en/ferry/").forms[""].headers)
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert sources(policy, "style-src") == ["'self'", named_by_hash(b"p{color:red}")]
    assert sources(policy, "script-src") == ["'self'", named_by_hash(FIRST_SCRIPT.encode())]
    assert policy.count("'sha256-") == 2
    assert headers["x-content-type-options"] == "nosniff"


def test_frames_are_for_the_two_players_on_pages_that_lead_to_one_and_nothing_else_is_fetched_from_elsewhere(
    site,
):
    put(
        site.root,
        "en/film/index.html",
        PAGE.replace(b"<p>", b'<a href="/" data-embed="https://x">A film</a><p>'),
    )
    policy = dict(site.shelf.find("/en/ferry/").forms[""].headers)["content-security-policy"]
    assert sources(policy, "frame-src") == ["'none'"]
    assert "//" not in policy
    policy = dict(site.shelf.find("/en/film/").forms[""].headers)["content-security-policy"]
    assert sources(policy, "frame-src") == ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]
    others = [one for one in policy.split("; ") if not one.startswith("frame-src ")]
    assert not any("//" in one or "*" in one for one in others)


def test_a_style_in_the_body_gets_no_hash():
    policy = policy_for(b"<head></head><body><style>p{}</style></body>")
    assert sources(policy, "style-src") == ["'self'"]


def test_a_script_in_the_page_gets_no_hash_but_our_own_first_one():
    policy = policy_for(b"<head><script>alert(1)</script></head><body><script>alert(2)</script></body>")
    assert sources(policy, "script-src") == ["'self'", named_by_hash(FIRST_SCRIPT.encode())]


def test_what_people_uploaded_is_shown_and_never_run(tmp_path):
    put(tmp_path, "a.svg", b"<svg onload='alert(1)'/>")
    held = Shelf(tmp_path, prefix="/media/images/", is_upload=True).find("/media/images/a.svg")
    assert dict(held.forms[""].headers)["content-security-policy"] == "default-src 'none'; sandbox"


def test_a_picture_may_stand_in_a_letter_a_feed_reader_and_a_copy_and_a_page_in_none(site, tmp_path):
    put(tmp_path, "pictures/a.png", b"a")
    held = Shelf(tmp_path / "pictures", prefix="/media/images/", is_upload=True).find("/media/images/a.png")
    assert dict(held.headers)["cross-origin-resource-policy"] == "cross-origin"
    assert dict(headers_of("/en/ferry/", b"<p>a"))["cross-origin-resource-policy"] == "same-origin"


def test_feeds_and_data_may_be_read_by_anybodys_page_and_pages_by_none():
    for path in (
        "/feed.xml",
        "/en/feed.json",
        "/en/ferry/ninjs.json",
        "/api/index.json",
        "/en/ferry/text.md",
    ):
        assert dict(headers_of(path, b""))["access-control-allow-origin"] == "*", path
    for path in ("/en/ferry/", "/static/site.js", "/static/a.woff2"):
        assert "access-control-allow-origin" not in dict(headers_of(path, b"")), path


@pytest.mark.parametrize(
    "path",
    [
        "/../secret", "/en/../../secret", "/%2e%2e/secret", "/en/%2e%2e/%2e%2e/secret", "//etc/passwd", "/en//ferry/",
        "/en\\ferry/", "/\0", "/%00", "/en/ferry/index.html.gz", "/en/ferry/index.html.zst", "/en/ferry/index.html.status", "/_/redirects.json",
        "/en/ferry", "/en/%ff/",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder_or_to_what_is_never_served(site, path):
    (site.root.parent / "secret").write_text("a secret")
    put(site.root, "_/redirects.json", b"{}")
    assert site.shelf.find(path) is None


def test_words_of_any_script_are_found_under_their_encoded_address(site):
    put(site.root, "fa/بندر/index.html", PAGE)
    assert site.shelf.find("/fa/%D8%A8%D9%86%D8%AF%D8%B1/") is not None
    assert site.shelf.find("/fa/بندر/") is not None


def test_a_large_file_is_streamed_and_not_held(site):
    (site.root / "film.bin").write_bytes(b"x" * 2_000_001)
    held = site.shelf.find("/film.bin")
    assert held.forms == {}
    assert held.file.endswith("film.bin")


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", ""), ("identity", ""),
        ("BR", ""), ("brotli", ""), ("gzip;q=0", ""), ("x" * 9000 + ",br", ""),
    ],
)  # fmt: skip
def test_the_best_encoding_that_the_reader_takes_is_chosen(site, header, encoding):
    forms = site.shelf.find("/en/ferry/").forms
    assert choose(header, forms) is forms[encoding]


@given(st.text(max_size=200), st.sampled_from(["br", "gzip"]))
def test_an_encoding_that_the_header_does_not_name_is_never_chosen(header, encoding):
    if accepts(header, encoding):
        assert encoding in header.lower()


def test_a_page_that_the_reader_has_is_known_by_its_etag():
    assert is_known('"a", W/"b"', '"b"')
    assert is_known("*", '"a"')
    assert not is_known('"c"', '"a"')
    assert not is_known("", '"a"')


def test_a_file_named_by_its_hash_may_be_kept_for_ever_and_no_other(site):
    put(site.root, "static/site.0123456789ab.css", b"p{}")
    put(site.root, "static/site.css", b"p{}")
    kept = dict(site.shelf.find("/static/site.0123456789ab.css").forms[""].headers)
    asked = dict(site.shelf.find("/static/site.css").forms[""].headers)
    page = dict(site.shelf.find("/en/ferry/").forms[""].headers)
    assert "immutable" in kept["cache-control"]
    assert asked["cache-control"] == "public, max-age=60, stale-while-revalidate=86400"
    assert page["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-9", (0, 9)), ("bytes=90-", (90, 99)), ("bytes=-10", (90, 99)), ("bytes=-200", (0, 99)),
        ("bytes=0-500", (0, 99)), ("BYTES= 5 - 5 ", (5, 5)), ("", None), ("bytes=-", None), ("bytes=9-3", None),
        ("bytes=0-1,5-6", None), ("lines=0-9", None), ("bytes=0-9" * 9, None), ("bytes=١-٢", None),
    ],
)  # fmt: skip
def test_a_part_of_a_file_is_what_was_asked_for_or_the_whole(asked, part):
    assert part_of(asked, 100) == part


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_part_beyond_the_end_is_no_part(asked):
    with pytest.raises(NoSuchPart):
        part_of(asked, 100)


def test_feeds_are_served_as_feeds():
    assert media_type("/x/feed.xml") == "application/rss+xml; charset=utf-8"
    assert media_type("/x/sitemap.xml").startswith("application/xml")
