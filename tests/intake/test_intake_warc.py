"""Records that we write are read by the tool that archives use, and by our own reader, whatever is in them."""

import gzip
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from dateline.intake.snapshots_evidence import Evidence, brought
from dateline.intake.snapshots_warc import NotAWarc, information, read, records_of, verify, written

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEADERS = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Encoding", "gzip"),
    ("Transfer-Encoding", "chunked"),
    ("X-Odd", "зимний паром"),
)


def answer(**fields):
    told = {
        "url": "https://post.example/a?b=1",
        "final_url": "https://post.example/b?c=ü",
        "body": b"<p>The ferry</p>",
        "came_at": NOW,
        "status": 200,
        "headers": HEADERS,
        "sent": (("Accept", "*/*"), ("User-Agent", "Dateline/1 (+https://digest.example)")),
        "hops": (("https://post.example/a?b=1", 301),),
    }
    return Evidence(**{**told, **fields})


def by_the_tool(content):
    return [
        (record, record.content_stream().read())
        for record in ArchiveIterator(BytesIO(content), check_digests="raise")
    ]


def test_the_tool_of_archives_reads_an_answer_with_its_question_and_its_way():
    found = by_the_tool(written([information(at=NOW, about="a test"), *records_of(answer())]))
    assert [record.rec_type for record, _body in found] == ["warcinfo", "response", "request", "metadata"]
    (response, body), (request, _) = found[1], found[2]
    assert body == b"<p>The ferry</p>"
    assert response.http_headers.get_statuscode() == "200"
    assert response.http_headers.get_header("Content-Type") == "text/html; charset=utf-8"
    assert response.http_headers.get_header("Content-Length") == "16"
    assert response.http_headers.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert response.http_headers.get_header("Content-Encoding") is None
    assert response.rec_headers.get_header("WARC-Date") == "2026-03-01T12:00:00Z"
    assert request.http_headers.get_header("User-Agent").startswith("Dateline/1")
    assert b"redirected-by: 301 https://post.example/a?b=1" in found[3][1]


def test_the_tool_reads_that_the_same_bytes_came_again():
    first = records_of(answer())
    again = records_of(answer(came_at=NOW.replace(day=2)), revisits=first[0])
    (revisit, body), *_rest = by_the_tool(written(again))
    assert (revisit.rec_type, body) == ("revisit", b"")
    assert revisit.rec_headers.get_header("WARC-Refers-To") == first[0].field("WARC-Record-ID")
    assert revisit.http_headers.get_statuscode() == "200"


def test_a_letter_is_a_resource():
    letter = brought(
        b"Subject: Hi\r\n\r\nHello", name="mid:1@post.example", came_at=NOW, content_type="message/rfc822"
    )
    [(record, body)] = by_the_tool(written(records_of(letter)))
    assert (record.rec_type, body) == ("resource", letter.body)


def test_headers_cannot_smuggle_a_line_or_a_record():
    evil = answer(
        headers=(("X-A", "1\r\nX-B: 2\r\n\r\nWARC/1.1"),),
        url="https://post.example/\r\nWARC-Type: conversion",
    )
    found = by_the_tool(written(records_of(evil)))
    assert [record.rec_type for record, _body in found] == ["response", "request", "metadata"]
    assert found[0][0].http_headers.get_header("X-B") is None


def test_the_same_evidence_gives_the_same_bytes():
    assert written(records_of(answer())) == written(records_of(answer()))


@pytest.mark.parametrize(
    "damage",
    [
        b"x",
        gzip.compress(b"", mtime=0),
        gzip.compress(b"WARC/1.1\r\n\r\n", mtime=0),
        gzip.compress(b"WARC/1.1\r\nContent-Length: -1\r\n\r\n\r\n\r\n", mtime=0),
        gzip.compress(b"WARC/1.1\r\nContent-Length: 9\r\n\r\nshort\r\n\r\n", mtime=0),
        gzip.compress(b"WARC/1.1\r\nno colon\r\n\r\n\r\n\r\n", mtime=0),
        written(records_of(answer()))[:-1],
    ],
)
def test_what_is_no_whole_record_is_refused(damage):
    with pytest.raises(NotAWarc):
        list(read(damage))


def test_a_bomb_in_a_file_is_not_unpacked():
    bomb = gzip.compress(b"WARC/1.1\r\nContent-Length: 100000000\r\n\r\n" + b"0" * 100_000_000)
    with pytest.raises(NotAWarc, match="longer"):
        list(read(bomb))


def test_a_record_whose_block_was_changed_is_found_out():
    [response, *_rest] = records_of(answer())
    plain = gzip.decompress(written([response])).replace(b"ferry", b"berry")
    [changed] = read(gzip.compress(plain))
    with pytest.raises(NotAWarc, match="WARC-Block-Digest"):
        verify(changed)


_words = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)
_headers = st.lists(st.tuples(st.from_regex(r"[A-Za-z-]{1,20}", fullmatch=True), _words), max_size=5)


@given(
    st.binary(max_size=3000), _headers, st.integers(100, 599), _words, st.datetimes(timezones=st.just(UTC))
)
def test_whatever_came_is_read_back_by_both_readers(body, headers, status, path, at):
    if at.year < 1000:
        return
    evidence = answer(
        body=body, headers=tuple(headers), status=status, url=f"https://post.example/{path}", came_at=at
    )
    content = written(records_of(evidence))
    ours = list(read(content))
    for record in ours:
        verify(record)
    assert ours[0].payload == body
    theirs = by_the_tool(content)
    assert len(theirs) == len(ours)
    assert theirs[0][0].rec_headers.get_header("WARC-Payload-Digest") == ours[0].field("WARC-Payload-Digest")


@given(st.binary(max_size=300), st.integers(0, 200), st.binary(min_size=1, max_size=4))
def test_a_file_that_was_cut_or_overwritten_is_read_or_refused_and_nothing_else(body, place, other):
    content = written(records_of(answer(body=body)))
    at = place % len(content)
    for broken in (content[:at], content[:at] + other + content[at + len(other) :]):
        try:
            records = list(read(broken))
        except NotAWarc:
            continue
        assert all(record.fields for record in records)
