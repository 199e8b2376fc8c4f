"""When two addresses are one piece, and two readings one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake.identity import identity_of, is_one_place, kept_guid, site_of, text_hash, untwinned
from dateline.lib.urls import NotAWebAddress

PAGE = "https://www.post.example/2026/03/ferry.html"


@pytest.mark.parametrize(
    ("final", "canonical"),
    [
        (PAGE, ""),
        (PAGE + "?utm_source=rss#top", ""),
        ("https://m.post.example/x?id=7", PAGE),
        ("https://amp.post.example/ferry", PAGE),
        ("http://www.post.example/ferry", PAGE),
        (PAGE, "javascript:alert(1)"),
    ],
)
def test_twins_of_a_page_are_one_piece(final, canonical):
    assert identity_of(final_url=final, canonical=canonical) == PAGE


@pytest.mark.parametrize(
    "twin",
    [
        PAGE,
        "https://www.post.example/2026/03/ferry.html?amp=1",
        "https://www.post.example/2026/03/ferry.html?utm_medium=x&amp",
        "https://www.post.example/2026/03/ferry.html?outputType=amp",
        "https://www.post.example/2026/03/ferry.amp.html",
        "https://www.post.example/2026/03/ferry.html/amp/",
        "https://www-post-example.cdn.ampproject.org/c/s/www.post.example/2026/03/ferry.html",
        "https://www-post-example.cdn.ampproject.org/v/s/www.post.example/2026/03/ferry.html?amp=1",
        "https://www.google.com/amp/s/www.post.example/2026/03/ferry.html",
    ],
)
def test_an_amp_address_is_the_page_that_it_is_a_version_of(twin):
    assert untwinned(twin) == PAGE
    assert identity_of(final_url=twin, canonical="") == PAGE


@pytest.mark.parametrize(
    "url",
    [
        "https://post.example/amplifiers",
        "https://post.example/camp",
        "https://post.example/news?lamp=1",
        "https://post.example/c/s/other.example/x",
        "https://m.post.example/x",
    ],
)
def test_an_address_that_only_looks_like_a_twin_stays(url):
    assert untwinned(url) == url


def test_the_twins_of_a_site_are_one_site():
    twins = ["https://www.post.example/", "http://m.post.example/x", "https://amp.post.example/"]
    assert {site_of(url) for url in twins} == {"post.example"}
    assert site_of("mailto:x") == ""


@pytest.mark.parametrize(
    "canonical",
    [
        "https://other.example/2026/03/ferry.html",
        "https://post.example.evil.example/x",
        "https://www.post.example:8443/x",
        "https://www.post.example/",
    ],
)
def test_a_page_cannot_pass_itself_off_as_another_sites_or_as_the_front_page(canonical):
    assert identity_of(final_url=PAGE, canonical=canonical) == PAGE


def test_an_address_that_is_none_has_no_identity():
    with pytest.raises(NotAWebAddress):
        identity_of(final_url="ftp://post.example/", canonical="")


def test_white_space_is_nothing_a_reader_notices():
    assert text_hash(headline="A  b", text="c\n\nd") == text_hash(headline="A b ", text="c d")
    assert text_hash(headline="A b", text="c d") != text_hash(headline="A", text="b c d")


@given(st.text(max_size=2000))
def test_a_guid_always_fits_and_stays_the_same(guid):
    kept = kept_guid(guid)
    assert len(kept) <= 500
    assert kept == kept_guid(guid)
    assert kept_guid(kept) == kept


@given(st.from_regex(r"https?://[a-z]{1,8}\.example(/[a-z.?&=/]{0,30})?", fullmatch=True))
def test_taking_a_twin_away_twice_changes_nothing(url):
    assert untwinned(untwinned(url)) == untwinned(url)


def test_a_link_with_another_tracker_leads_to_the_same_page():
    assert is_one_place(PAGE + "?utm_source=rss&fbclid=a", PAGE + "?utm_source=rss&fbclid=b")
    assert not is_one_place(PAGE + "?id=1", PAGE + "?id=2")
    assert is_one_place("", "")
    assert not is_one_place("", PAGE)
