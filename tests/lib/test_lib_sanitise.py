"""The one sanitiser: nothing that acts comes through, everything that is read does."""

import json
import re
from html.parser import HTMLParser

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.lib.sanitise import ATTRIBUTES, BLOCKS, INLINE, REL, HostileMarkup, sanitise, web_address

ALLOWED = BLOCKS | INLINE
EVERY_ATTRIBUTE = {"rel"}.union(*ATTRIBUTES.values())
PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<a href='https://example.org/x'>", "</a>", "<table>", "<tr>", "<td>", "</table>",
     "<svg>", "<math>", "<style>", "<script>", "</script>", "<img src=x onerror=alert(1)>", "<pre>\n\n", "<li>", "<ul>",
     "<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&#106;", "\x00", "\u202e", "<template>", "<select>", "<noscript>",
     "<a href='java\tscript:alert(1)'>", "<mglyph>", "<annotation-xml encoding='text/html'>", "text", "\n", '"', "'"]
)  # fmt: skip


def faults(markup):
    """Return what in `markup` could act, as a parser of the standard sees it, scripting on and off."""
    found = []
    for scripting in (True, False):
        tree = html5lib.HTMLParser(namespaceHTMLElements=True).parseFragment(markup, scripting=scripting)
        for element in tree.iter():
            namespace, _, name = str(element.tag).rpartition("}")
            if name == "DOCUMENT_FRAGMENT":
                continue
            if name not in ALLOWED or not namespace.endswith("xhtml"):
                found.append(f"<{element.tag}>")
            for key, value in element.attrib.items():
                if key not in EVERY_ATTRIBUTE:
                    found.append(f"{name} {key}")
                if key in ("href", "src") and not re.match(r"(https?://|mailto:)[^\s]", value, re.IGNORECASE):
                    found.append(f"{key}={value}")
    return found


class Text(HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.parts = []
        self.feed(markup)
        self.close()

    def handle_data(self, data):
        self.parts.append(data)


def words_of(markup):
    return " ".join(Text(markup).parts).split()


@pytest.mark.parametrize(
    ("markup", "clean"),
    [
        ("<p onclick=x id=a class=b style=c>y</p>", "<p>y</p>"),
        ("a<script>alert(1)</script>b", "ab"),
        ("<a href='javascript:alert(1)'>x</a>", f'<a rel="{REL}">x</a>'),
        ("<a href=' jav\tascript:alert(1)'>x</a>", f'<a rel="{REL}">x</a>'),
        (
            "<a href='https://example.org/?a=1&b=2'>x</a>",
            f'<a href="https://example.org/?a=1&amp;b=2" rel="{REL}">x</a>',
        ),
        (
            "<a href='mailto:vera@example.org?subject=x'>x</a>",
            f'<a href="mailto:vera@example.org" rel="{REL}">x</a>',
        ),
        ("<a href='https://example.org@evil.example/'>x</a>", f'<a rel="{REL}">x</a>'),
        ("<img src='data:image/png;base64,AAAA' alt=x>", '<img alt="x">'),
        ("<img src='//example.org/x.png' alt=x>", '<img src="https://example.org/x.png" alt="x">'),
        ("<blockquote cite='https://example.org/'>x</blockquote>", "<blockquote>x</blockquote>"),
        ("<td>x", "x"),
        ("<p dir=rtl lang=fa>سلام</p>", '<p dir="rtl" lang="fa">سلام</p>'),
        ("<p dir='x\" onload=y'>x</p>", "<p>x</p>"),
        ("a\u202eb\x00c&#x1;d", "abcd"),
        ("<form action=x><input name=y><button>go</button></form>", "go"),
    ],
)
def test_each_thing_becomes_what_it_should(markup, clean):
    assert sanitise(markup) == clean


def test_relative_addresses_start_from_the_base():
    clean = sanitise("<a href='/x'>a</a><img src='y.png' alt=b>", base="https://example.org/news/1")
    assert 'href="https://example.org/x"' in clean
    assert 'src="https://example.org/news/y.png"' in clean


def test_structure_is_kept():
    markup = (
        '<h2>a</h2><ol start="3"><li>b</li></ol><table><tbody><tr><th scope="col">c</th><td colspan="2">d</td></tr>'
        '</tbody></table><figure><img src="https://example.org/x.jpg" alt="e"><figcaption>f</figcaption></figure>'
    )
    assert sanitise(markup) == markup


def test_a_flood_is_refused():
    with pytest.raises(HostileMarkup):
        sanitise("<div>" * 200_000)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_cleaning_twice_changes_nothing_and_nothing_acts(markup):
    clean = sanitise(markup)
    assert sanitise(clean) == clean
    assert faults(clean) == []


@given(st.text(max_size=200))
def test_any_text_can_be_cleaned(text):
    clean = sanitise(text)
    assert sanitise(clean) == clean
    assert faults(clean) == []


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_an_address_is_http_or_nothing(text):
    address = web_address(text)
    assert address is None or re.match(r"https?://", address, re.IGNORECASE)


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["xss", "naughty"])
def test_no_known_vector_comes_through(corpus, name):
    lines = (corpus / "security" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    vectors = [json.loads(line) for line in lines]
    payloads = [vector.get("payload", vector.get("text")) for vector in vectors][:: 5 if name == "xss" else 1]
    assert len(payloads) > 200
    for payload in payloads:
        clean = sanitise(payload)
        assert faults(clean) == [], payload
        assert sanitise(clean) == clean, payload


@pytest.mark.corpus
def test_what_people_read_stays(corpus):
    truth = json.loads(
        (corpus / "intake/article-extraction-dataset/ground-truth.json").read_text(encoding="utf-8")
    )
    before = after = 0
    for article in truth.values():
        paragraphs = article["articleBody"].replace("&", "&amp;").replace("<", "&lt;").split("\n")
        markup = "".join(f"<p class=x>{paragraph}</p>" for paragraph in paragraphs)
        read, kept = words_of(markup), words_of(sanitise(markup))
        before += len(read)
        after += sum(a == b for a, b in zip(read, kept, strict=False))
    assert after >= 0.995 * before
