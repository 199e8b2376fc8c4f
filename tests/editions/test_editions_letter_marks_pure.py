"""What the letter's MJML becomes: every word of an alternative text arrives as it was written."""

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from dateline.editions.letter_page import html_of

LETTER = (
    '<mjml lang="fa"><mj-body><mj-section><mj-column><mj-image alt="{alt}" src="https://digest.example/a.jpg" />'
    "<mj-text>{text}</mj-text></mj-column></mj-section></mj-body></mjml>"
)
# What may stand in XML, and is no break of a line that a parser may make another of.
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=60).map(
    lambda text: re.sub(r"[\ufdd0-\ufdef\ufffe\uffff]", "", text)
)


def arrived(words):
    page = document_fromstring(html_of(LETTER.format(alt=escape(words), text=escape(f"·{words}·"))))
    return page.xpath("string(//img/@alt)"), page.xpath("string(//body)")


@pytest.mark.parametrize(
    "said",
    ["پنجره\u200cهای روشن", "नमस्ते दुनिया", "C:\\new\\table", "a\u00adb\u00a0c", "it’s “so” & <so>"],
)
def test_an_alternative_text_arrives_as_it_was_written(said):
    alt, text = arrived(said)
    assert alt == said
    assert f"·{said}·" in text


@given(words)
def test_whatever_is_written_arrives(said):
    alt, text = arrived(said)
    assert alt == said
    assert f"·{said}·" in text
