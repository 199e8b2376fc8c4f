"""A whole page made inert: nothing in it acts, loads or leads anywhere, and what people read is there."""

import json
import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.lib.sanitise import ATTRIBUTES, BLOCKS, INLINE, HostileMarkup, sanitise_page

BASE = "https://post.example/news/ferry.html"
ALLOWED = (BLOCKS | INLINE) - {"a", "img"}
HARMLESS = {"title"}.union(*ATTRIBUTES.values()) - {"href", "src"}
PIECES = st.sampled_from(
    ["<p>", "</p>", "<a href='/x'>", "</a>", "<img src=x alt='\"><script>'>", "<img alt=\"<b>'\">", "<svg>", "<style>",
     "<script>", "</script>", "<form>", "<input>", "<base href=//evil>", "<!--", "-->", "<title>", "</title>", "<u title='x'>",
     "<head>", "<body>", "<template>", "<noscript>", "<table>", "<td>", "&lt;", "\x00", "text", "'", '"', "<a href='\">'>"]
)  # fmt: skip


def inert(markup):
    return sanitise_page(markup, base=BASE, picture="Picture")


def faults(markup):
    found = []
    for scripting in (True, False):
        tree = html5lib.HTMLParser(namespaceHTMLElements=True).parseFragment(markup, scripting=scripting)
        for element in tree.iter():
            namespace, _, name = str(element.tag).rpartition("}")
            if name == "DOCUMENT_FRAGMENT":
                continue
            if name not in ALLOWED or not namespace.endswith("xhtml"):
                found.append(f"<{element.tag}>")
            found += [f"{name} {key}" for key in element.attrib if key not in HARMLESS]
    return found


def test_a_picture_becomes_a_line_with_what_it_shows_and_its_address():
    assert inert('<img src="/a.jpg" alt="The quay" onerror="x">') == (
        "<samp>[Picture: The quay — https://post.example/a.jpg]</samp>"
    )
    assert inert("<img>") == "<samp>[Picture: ]</samp>"


def test_a_link_is_underlined_text_with_its_address_as_title():
    assert inert('<a href="/b?x=1&amp;y=2">on</a>') == '<u title="https://post.example/b?x=1&amp;y=2">on</u>'


def test_forms_frames_heads_and_bases_are_gone_and_their_text_is_not_invented():
    markup = (
        "<html><head><title>T</title><base href='//evil.example/'><meta http-equiv=refresh content='0;url=//evil'></head>"
        "<body><form action=/x><textarea>filled</textarea><input value=v><button>Go</button></form>"
        "<iframe src=//evil></iframe><object>o</object><video><p>no</p></video><p>Text</p></body></html>"
    )
    assert re.sub(r"\s", "", inert(markup)) == "Go<p>Text</p>"


def test_a_flood_is_refused():
    with pytest.raises(HostileMarkup):
        inert("<div>" * 200_000)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_nothing_acts_loads_or_leads_anywhere(markup):
    assert faults(inert(markup)) == []


@given(st.text(max_size=200))
def test_any_text_can_be_shown(text):
    assert faults(inert(text)) == []


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["xss", "naughty"])
def test_no_known_vector_comes_through(corpus, name):
    lines = (corpus / "security" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    vectors = [json.loads(line) for line in lines]
    for payload in [vector.get("payload", vector.get("text")) for vector in vectors][
        :: 10 if name == "xss" else 2
    ]:
        assert faults(inert(payload)) == [], payload
