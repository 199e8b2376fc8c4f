"""Newsletters: what they say, without what counts readers and how one leaves; no bytes break the reader."""

import base64
import quopri
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from imap_server import a_letter
from soaking import budget

from dateline.lib.formats.letter import NotALetter, envelope, read
from dateline.lib.formats.pieces import Unreadable
from dateline.lib.sanitise import sanitise

SENTENCE = "The ferry across the lake will sail every hour from the first of May, the harbour office said. "
PIECE = f"""<html lang="en"><head><title>x</title><style>p {{color: red}}</style></head><body>
<div style="display:none;max-height:0">Preheader that nobody sees</div>
<table role="presentation"><tr><td><a href="https://mail.example/view?u=1">View this email in your browser</a></td></tr>
<tr><td><h1>The ferry sails again</h1><p>{SENTENCE * 4}</p><p>{SENTENCE * 4}</p>
<img src="https://post.example/ferry.jpg" alt="The ferry" width="600"><img src="cid:logo" alt="Logo">
<table><tr><th>Day</th><th>Boats</th></tr><tr><td>Monday</td><td>18</td></tr></table></td></tr>
<tr><td><p>You get this because you asked for it. <a href="https://mail.example/u?id=1">Unsubscribe</a> |
<a href="https://mail.example/p?id=1">Manage your preferences</a></p></td></tr></table>
<img src="https://mail.example/open.gif?id=1" width="1" height="1">
<img src="https://mail.example/o2.gif" style="width:1px;height:1px"></body></html>"""


def listing(number=6):
    items = "".join(
        f'<tr><td><h2><a href="https://post.example/{n}?utm_source=letter">Headline number {n} about the lake</a></h2>'
        f'<p>What happened in story {n} in short. <a href="https://post.example/{n}">Read more</a></p></td></tr>'
        for n in range(number)
    )
    return f'<body><table>{items}</table><p><a href="https://mail.example/u">Abmelden vom Newsletter</a></p></body>'


def test_a_letter_that_is_a_piece_keeps_its_text_and_loses_its_wrapping():
    letter = read(a_letter("The ferry sails again", html=PIECE))
    assert letter.letter_is == "piece"
    assert "running text" in letter.because or "hardly a headline" in letter.because
    assert letter.body_html.count("The ferry across the lake") == 8
    for gone in (
        "Unsubscribe",
        "preferences",
        "Preheader",
        "View this email",
        "open.gif",
        "o2.gif",
        "cid:",
        "color",
    ):
        assert gone not in letter.body_html
    assert "https://post.example/ferry.jpg" in letter.body_html
    assert "<th>Boats</th>" in letter.body_html
    assert letter.language == "en"


def test_a_letter_that_lists_pieces_gives_their_headlines_and_summaries():
    letter = read(a_letter("This week", html=listing()))
    assert letter.letter_is == "links"
    assert "6 headlines" in letter.because
    assert [link["title"] for link in letter.links] == [
        f"Headline number {n} about the lake" for n in range(6)
    ]
    assert letter.links[0]["url"] == "https://post.example/0?utm_source=letter"
    assert letter.links[0]["summary"].startswith("What happened in story 0")


def test_headers_are_read_with_their_encoded_words():
    subject = "=?koi8-r?B?" + base64.b64encode("Паром снова ходит".encode("koi8-r")).decode() + "?="
    sender = "=?utf-8?Q?Pr=C3=A9fecture?= <Lettre@Courrier.EXAMPLE>"
    content = a_letter(subject, sender=sender, text="x", headers="List-Id: News <NEWS.courrier.example>\r\n")
    told = envelope(content)
    assert told.subject == "Паром снова ходит"
    assert (told.sender, told.sender_name) == ("lettre@courrier.example", "Préfecture")
    assert told.list_id == "news.courrier.example"
    assert read(content).published_at == "2026-03-02T08:00:00+01:00"


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("koi8-r", "Паром через озеро снова ходит каждый час."),
        ("windows-1251", "Паром через озеро снова ходит каждый час."),
        ("windows-1254", "Göl vapuru yeniden çalışıyor."),
        ("iso-8859-1", "Le bac de l'île reprend la mer."),
        ("utf-8", "گذرگاه دریاچه دوباره باز شد."),
    ],
)
@pytest.mark.parametrize("packing", ["base64", "quoted-printable", "8bit"])
def test_every_charset_and_packing_is_read(charset, text, packing):
    raw = text.encode(charset)
    packed = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}[packing](
        raw
    )
    head = (
        f"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {packing}\r\n\r\n"
    )
    assert text.replace("'", "&#x27;") in read(head.encode() + packed).body_html.replace("'", "&#x27;")


def test_utf_7_is_refused():
    content = a_letter("x", text="+ADw-script+AD4-").replace(b"charset=utf-8", b"charset=utf-7")
    with pytest.raises(NotALetter, match="utf-7"):
        read(content)


def test_of_alternatives_the_marked_up_one_is_read_and_attachments_are_named():
    content = (
        b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=M\r\n\r\n"
        b"--M\r\nContent-Type: multipart/alternative; boundary=A\r\n\r\n"
        b"--A\r\nContent-Type: text/plain\r\n\r\nplain words\r\n"
        b"--A\r\nContent-Type: text/html\r\n\r\n<p>rich words</p>\r\n--A--\r\n"
        b'--M\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename="trap.html"\r\n\r\n<p>no</p>\r\n'
        b'--M\r\nContent-Type: application/pdf; name="=?utf-8?q?Bericht_M=C3=A4rz.pdf?="\r\n\r\n%PDF\r\n'
        b"--M\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nletter within\r\n--M--\r\n"
    )
    letter = read(content)
    assert "rich words" in letter.body_html
    assert "plain words" not in letter.body_html
    assert letter.attachments == ["trap.html", "Bericht März.pdf", "message/rfc822"]


def test_lines_broken_for_the_way_are_joined():
    text = "The ferry will sail \r\nevery hour from May.\r\n\r\nIt is free.\r\n\r\n-- \r\nThe office\r\n"
    content = (
        a_letter("x", text="").replace(b"charset=utf-8", b"charset=utf-8; format=flowed") + text.encode()
    )
    body = read(content).body_html
    assert "<p>The ferry will sail every hour from May.</p>" in body
    assert "The office" not in body


def test_a_charset_that_nothing_knows_is_guessed():
    content = a_letter("x", text="Göl vapuru").replace(b"charset=utf-8", b'charset="u\x00tf"')
    assert "Göl vapuru" in read(content).body_html


def test_a_letter_without_text_says_so():
    with pytest.raises(NotALetter, match="no text"):
        read(b"From: a@b.example\r\nSubject: x\r\nContent-Type: application/pdf\r\n\r\n%PDF")


@pytest.mark.parametrize("content", [
    b"", b"\r\n\r\nbody", b"X" * 2000,
    b"From: a@b.c\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\n" * 20_000,
    b"".join(b"H%d: x\r\n" % n for n in range(5_000)) + b"\r\nbody",
    a_letter("deep", html="<div>" * 200_000), a_letter("flood", html="<p " + "a=1 " * 100_000 + ">x</p>"),
])  # fmt: skip
def test_traps_are_refused_in_words(content):
    with pytest.raises(Unreadable):
        read(content)


def test_deeply_nested_parts_are_refused():
    head = b"From: a@b.c\r\nSubject: x\r\n"
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(400)
    )
    with pytest.raises(Unreadable):
        read(head + parts + b"Content-Type: application/pdf\r\n\r\nx")


HEADERS = st.sampled_from([
    b"From: ", b"Subject: =?", b"Content-Type: multipart/mixed; boundary=", b"Content-Type: text/html; charset=",
    b"Content-Transfer-Encoding: base64\r\n", b"Date: ", b"List-Id: <", b"?=", b"\r\n", b"\r\n\r\n", b"--x\r\n", b"utf-8",
    b"Content-Disposition: attachment; filename*=", b"=?utf-8?b?", b"a@b.c", b"<p>", b"<table><tr><td>", b"</a>", b"boundary=x",
])  # fmt: skip


@given(st.lists(st.one_of(HEADERS, st.binary(max_size=30)), max_size=60).map(b"".join))
@settings(max_examples=budget(150, whole=200_000), deadline=None)
def test_no_bytes_break_the_reader(content):
    with suppress(Unreadable):
        envelope(content)
    with suppress(Unreadable):
        letter = read(content)
        assert sanitise(letter.body_html) == letter.body_html
        assert all(link["url"].startswith(("http://", "https://")) for link in letter.links)
