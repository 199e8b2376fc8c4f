"""The second opinion takes readability's steps in less work: what comes out is what readability says."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readability import Document
from readability.readability import Unparseable, text_length
from soaking import budget

from dateline.intake.extract_page import parse
from dateline.intake.extract_second import SecondOpinion, length

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
TAGS = (
    "div",
    "p",
    "span",
    "a",
    "b",
    "article",
    "main",
    "pre",
    "img",
    "ul",
    "li",
    "picture",
    "section",
    "br",
    "h2",
)
NAMES = ("", "article-body", "comment", "sidebar", "related", "content", "story lead", "x", "promo main")
WORDS = "The lake froze on Monday, and the ferries, which carry most of the town, stayed in port until noon. "


class AsReadabilityDoes(SecondOpinion):
    """The steps as readability has them."""

    remove_unlikely_candidates = Document.remove_unlikely_candidates
    transform_misused_divs_into_paragraphs = Document.transform_misused_divs_into_paragraphs
    get_link_density = Document.get_link_density


def said(kind, markup):
    page = parse(markup, url="https://example.org/news/1")
    try:
        return kind(page.tree).summary(html_partial=True)
    except Unparseable:
        return "unparseable"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_of_a_page_the_second_opinion_says_what_readability_says(page):
    markup = page.read_text(encoding="utf-8", errors="replace")
    assert said(SecondOpinion, markup) == said(AsReadabilityDoes, markup)


def element(children):
    names = st.sampled_from(TAGS), st.sampled_from(NAMES), st.sampled_from(("", "<p>", "a"))
    return st.builds(
        lambda tag, name, told, inside, tail: (
            f'<{tag} class="{name}" data-x="{told}">{"".join(inside)}</{tag}>{tail}'
        ),
        *names,
        st.lists(children, max_size=4),
        st.sampled_from(("", "\n ", "loose text", "\t\ttold, twice  ")),
    )


markups = st.recursive(st.sampled_from((WORDS, WORDS * 4, "short", " ", "\n")), element, max_leaves=25)


@settings(max_examples=budget(40, whole=2_000), deadline=None)
@given(st.lists(markups, min_size=1, max_size=6))
def test_of_any_markup_the_second_opinion_says_what_readability_says(parts):
    markup = f"<html><body>{''.join(parts)}</body></html>"
    assert said(SecondOpinion, markup) == said(AsReadabilityDoes, markup)


@settings(max_examples=budget(100, whole=5_000), deadline=None)
@given(
    st.text(alphabet="ab ,\n\t\r\x0b\xa0", max_size=60).map(
        lambda text: text + " " * (260 if "," in text else 0)
    )
)
def test_a_text_is_as_long_as_readability_measures_it(text):
    page = parse("<html><body><p></p></body></html>", url="https://example.org/")
    paragraph = page.tree.find(".//p")
    paragraph.text = text.replace("\x0b", "")
    assert length(paragraph) == text_length(paragraph)
