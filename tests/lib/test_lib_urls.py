"""Addresses are read by one strict reader, and two spellings of one page are one address."""

import ipaddress
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.lib.urls import (
    NotAWebAddress,
    absolute,
    canonical_host,
    is_web_address,
    normalise,
    read,
    untracked,
)

HOSTS = st.sampled_from(
    ["Paper.example", "zeitung.example.", "газета.example", "8.8.8.8", "[2606:4700::1111]"]
)
LETTERS = string.ascii_letters + string.digits + "-._~%/ ?&=+:@!$'()*,;äяخ\"<>[]\\^`{|}"
ADDRESSES = st.builds(
    lambda scheme, host, port, path, query, fragment: f"{scheme}://{host}{port}{path}{query}{fragment}",
    st.sampled_from(["http", "https", "HTTPS"]),
    HOSTS,
    st.sampled_from(["", ":", ":80", ":443", ":8080"]),
    st.text(LETTERS.replace("?", ""), max_size=30).map(lambda text: "/" + text if text else ""),
    st.text(LETTERS, max_size=30).map(lambda text: "?" + text if text else ""),
    st.sampled_from(["", "#", "#top"]),
)


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [
        ("HTTP://Paper.Example", "http://paper.example/"),
        ("https://paper.example:443/a", "https://paper.example/a"),
        ("https://paper.example:80/a", "https://paper.example:80/a"),
        ("https://paper.example./a#part", "https://paper.example/a"),
        ("https://paper.example/a/./b/../c", "https://paper.example/a/c"),
        ("https://paper.example/a/%2e%2E/c/.", "https://paper.example/c/"),
        ("https://paper.example/%7euser/%d0%b0", "https://paper.example/~user/%D0%B0"),
        ("https://paper.example/статья", "https://paper.example/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F"),
        ("https://paper.example/100%", "https://paper.example/100%25"),
        ("https://paper.example/a?b=2&utm_source=x&a=1&fbclid=y&gclid=z", "https://paper.example/a?b=2&a=1"),
        ("https://paper.example/a?UTM_Source=x&amp;utm_medium=y", "https://paper.example/a"),
        ("https://paper.example/a?", "https://paper.example/a"),
        ("https://ГАЗЕТА.example/", "https://xn--80aahjj1e.example/"),
        ("http://[2606:4700:0:0::1111]:80/", "http://[2606:4700::1111]/"),
        (" https://paper.example/a\n", "https://paper.example/a"),
    ],
)
def test_spellings_of_one_page_become_one_address(spelling, canonical):
    assert normalise(spelling) == canonical


@given(ADDRESSES)
@example("https://paper.example/%25%32%65/a")
@example("https://paper.example/a?%75tm_source=x&b")
@example("https://paper.example//../..//a")
def test_normalising_twice_changes_nothing(url):
    once = normalise(url)
    assert normalise(once) == once


@given(ADDRESSES)
def test_a_normal_address_is_plain_and_carries_no_tracking(url):
    address = normalise(url)
    assert address.isascii()
    assert "#" not in address
    assert "utm_" not in address
    assert not {" ", '"', "<", ">", "\\"} & set(address)
    assert is_web_address(address)


@given(st.text())
def test_any_text_is_an_address_or_is_refused_by_name(text):
    try:
        read(text)
    except NotAWebAddress:
        assert not is_web_address(text)
    else:
        assert is_web_address(text)


@given(st.text(max_size=40), st.sampled_from(["http://", "https://", "//", ""]))
def test_a_link_on_a_page_is_a_web_address_or_nothing(text, start):
    found = absolute(start + text, "https://paper.example/news/today.html")
    assert found is None or is_web_address(found)


@given(st.ip_addresses())
def test_every_ip_address_has_one_spelling_and_keeps_its_meaning(address):
    host = f"[{address.exploded}]" if address.version == 6 else str(address)
    assert ipaddress.ip_address(canonical_host(host)) == address


@pytest.mark.parametrize(
    "url",
    [
        "",
        "paper.example/a",
        "//paper.example/a",
        "http:///a",
        "ftp://paper.example/",
        "javascript:alert(1)",
        "http://user@paper.example/",
        "http://user:word@paper.example/",
        "http://paper.example\\@other.example/",
        "http://paper.example:0/",
        "http://paper.example:65536/",
        "http://paper.example:-1/",
        "http://paper.example:８０/",
        "http://pap er.example/",
        "http://paper.example/\x00",
        "http://paper.example/a\nb",
        "http://paper..example/",
        "http://-paper.example/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://٣٤.٣٤.٣٤.٣٤/",
        "http://[fe80::1%25eth0]/",
        "http://[fe80::1%eth0]/",
        "http://[paper.example]/",
        "http://%6c%6f/",
        "http://" + "a" * 300 + "/",
        "http://paper.example/" + "a" * 9000,
        "http://paper.example/" + "я" * 2000,
        "http://paper.example/\ud800",
    ],
)
def test_what_is_no_web_address_is_refused(url):
    assert not is_web_address(url)
    with pytest.raises(NotAWebAddress):
        normalise(url)


@pytest.mark.parametrize(
    ("link", "meant"),
    [
        ("a.html", "https://paper.example/news/a.html"),
        ("../b#c", "https://paper.example/b#c"),
        ("//other.example/x", "https://other.example/x"),
        (" https://other.\nexample/y ", "https://other.example/y"),
        ("mailto:desk@paper.example", None),
        ("javascript:void(0)", None),
        ("http://[::1", None),
    ],
)
def test_a_link_means_an_address_on_its_page(link, meant):
    assert absolute(link, "https://paper.example/news/today.html") == meant


def test_what_is_dialled_keeps_the_path_as_the_outlet_wrote_it():
    assert str(read("http://paper.example/%7Ea/../b?x=%2f y")) == "http://paper.example/%7Ea/../b?x=%2f%20y"


@pytest.mark.parametrize(
    ("url", "without"),
    [
        ("https://paper.example/a?id=7&utm_source=x&utm_medium=rss", "https://paper.example/a?id=7"),
        ("https://paper.example/a?fbclid=IwAR0", "https://paper.example/a"),
        ("https://paper.example/a?GCLID=1&page=2", "https://paper.example/a?page=2"),
        ("https://paper.example/a#xtor=RSS-1", "https://paper.example/a"),
        ("https://Paper.example/%7ea/?b=&&c#part", "https://Paper.example/%7ea/?b=&&c#part"),
        ("https://paper.example/a?", "https://paper.example/a?"),
    ],
)
def test_what_tracks_readers_goes_and_all_else_stays_as_it_is_written(url, without):
    assert untracked(url) == without
    assert untracked(without) == without
