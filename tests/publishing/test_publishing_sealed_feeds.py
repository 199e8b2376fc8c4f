"""A feed is checked with the site's key alone; with an export of records each of its pieces, too."""

import json

import cast
import pytest
from lxml import etree
from soaking import budget

from dateline.cli.main import main
from dateline.lib.formats.sealed import NoFeed, looks_like_feed, open_feed, seal_feed
from dateline.lib.records import NotGenuine, make_key, public_part
from dateline.publishing import actions
from dateline.publishing.queries import record as records
from dateline.publishing.verifying import verify_feed

KEY = make_key()
PUBLIC = public_part(KEY)
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>D</title><entry><title>One</title>
<link href="https://d.example/1/"/><link rel="describedby" href="https://d.example/1/record.json"/></entry></feed>"""
RSS = b"<rss version='2.0'><channel><title>D</title><item><title>One</title><link>https://d.example/1/</link></item></channel></rss>"
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "D",
        "items": [
            {
                "title": "One",
                "url": "https://d.example/1/",
                "_dateline": {"record": {"url": "r", "sha256": "s"}},
            }
        ],
    }
).encode()


@pytest.mark.parametrize("feed", [ATOM, RSS, JSON])
def test_each_format_is_sealed_and_opened(feed):
    assert looks_like_feed(feed)
    sealed = seal_feed(feed, address="https://d.example/feed", key=KEY)
    assert sealed == seal_feed(feed, address="https://d.example/feed", key=KEY)
    (item,) = open_feed(sealed, public=PUBLIC)
    assert (item.title, item.href) == ("One", "https://d.example/1/")
    with pytest.raises(NotGenuine, match="key at hand"):
        open_feed(sealed, public=public_part(make_key()))
    with pytest.raises(NotGenuine, match="no seal"):
        open_feed(feed, public=PUBLIC)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b"<p>x</p>", b"<rss/>", b"\xff<", b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss/>"],
)
def test_what_is_no_feed_is_refused_by_name(content):
    with pytest.raises(NoFeed):
        open_feed(content, public=PUBLIC)


@pytest.mark.soak
@pytest.mark.parametrize("feed", [ATOM, RSS, JSON])
def test_every_change_of_one_byte_of_a_feed_is_found(feed):
    sealed = seal_feed(feed, address="https://d.example/feed", key=KEY)
    step = max(1, len(sealed) * 255 // budget(300, whole=40_000))
    found = 0
    for place in range(0, len(sealed) * 255, step):
        at, other = divmod(place, 255)
        changed = bytearray(sealed)
        changed[at] = (changed[at] + 1 + other) % 256
        if says_the_same(bytes(changed), sealed):
            continue
        with pytest.raises((NotGenuine, NoFeed)):
            open_feed(bytes(changed), public=PUBLIC)
        found += 1
    assert found > 200


def says_the_same(one, other):
    """Quotes, the spelling of the encoding and blanks between marks are no part of what XML or JSON says."""
    try:
        if one[:1] == b"{":
            return json.loads(one) == json.loads(other)
        return etree.tostring(etree.fromstring(one), method="c14n") == etree.tostring(
            etree.fromstring(other), method="c14n"
        )
    except (ValueError, etree.XMLSyntaxError, etree.C14NError):
        return False


@pytest.fixture
def feed(site, read):
    for number in range(3):
        live = cast.published(cast.a_translation(headline=f"Piece {number}"))
        actions.bake_around(piece=live.uid, now=cast.NOW)
    actions.bake_everything(now=cast.NOW)
    return read("/en/feed.xml").encode()


def test_the_feed_that_readers_get_names_the_record_of_each_piece(feed):
    verdict = verify_feed(feed, public=records.keys().public(), records=records.lines())
    assert verdict.is_genuine
    assert verdict.checked == 4
    cut = verify_feed(feed, public=records.keys().public(), records=list(records.lines())[1:])
    assert [fault.code for fault in cut.faults] == ["no-record"]


def test_the_command_checks_a_feed_offline(feed, tmp_path, capsys):
    file, key, export = tmp_path / "feed.xml", tmp_path / "key.pem", tmp_path / "records.jsonl"
    file.write_bytes(feed)
    key.write_bytes(records.keys().public())
    export.write_text("".join(f"{line}\n" for line in records.lines()))
    assert verify(file, "--key", key, "--records", export) == 0
    assert "Piece 1" in capsys.readouterr().out
    file.write_bytes(feed.replace(b"Piece 1", b"Piece 9"))
    assert verify(file, "--key", key) == 1
    assert "was changed" in capsys.readouterr().out


def verify(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(["verify", *map(str, arguments)])
    return ended.value.code
