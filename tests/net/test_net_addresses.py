"""What is public is decided by our own list, and the operator's exceptions are exact."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.net.addresses import BadAllowEntry, is_public, read_allowed, why_not_public

NOT_PUBLIC = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::8.8.8.8",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2002:a9fe:a9fe::",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%lo",
    "fec0::1",
    "ff02::1",
    "2606:4700::5efe:10.0.0.1",
    "2606:4700::200:5efe:127.0.0.1",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
    "2001:4860:4860::8888",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2002:808:808::1",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_says_what_it_is(address):
    assert not is_public(address)
    assert why_not_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public(address):
    assert is_public(address)
    assert why_not_public(address) == ""


@given(st.ip_addresses())
def test_we_are_never_laxer_than_the_registry_in_python(address):
    if is_public(address):
        tunnelled = address.version == 6 and (address.ipv4_mapped or address.sixtofour or address in NAT64)
        assert tunnelled or address.is_global
        assert not address.is_multicast
        assert not address.is_reserved or tunnelled


NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_by_itself(inner):
    number = int(inner)
    for outer in (0xFFFF << 32 | number, 0x0064_FF9B << 96 | number, 0x2002 << 112 | number << 80):
        assert is_public(ipaddress.IPv6Address(outer)) == is_public(inner)


def test_the_operators_pairs_are_read_exactly():
    assert read_allowed("127.0.0.1:8001, Feeds.Example.:9000,[::1]:80") == {
        ("127.0.0.1", 8001),
        ("feeds.example", 9000),
        ("::1", 80),
    }
    assert read_allowed("") == read_allowed("  ") == frozenset()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("*:80", "wildcard"),
        ("*.example:80", "wildcard"),
        ("10.0.0.0/8:80", "range"),
        ("http://127.0.0.1:80", "path"),
        ("127.0.0.1", "port number"),
        ("127.0.0.1:", "port number"),
        ("127.0.0.1:http", "port number"),
        ("127.0.0.1:٨٠", "port number"),
        ("127.0.0.1:0", "does not exist"),
        ("127.0.0.1:65536", "does not exist"),
        ("127.0.0.1:99999999999999999999", "does not exist"),
        ("127.1:80", "unusual"),
        ("::1:80", "host"),
        (":80", "host"),
        ("127.0.0.1:80,", "empty"),
        ("127.0.0.1:80,,[::1]:80", "empty"),
    ],
)
def test_an_entry_that_is_no_exact_pair_is_named_with_its_fault(text, reason):
    with pytest.raises(BadAllowEntry, match=reason) as caught:
        read_allowed(text)
    assert "DATELINE_NET_ALLOW" in str(caught.value)
    assert "Write exact pairs" in str(caught.value)
