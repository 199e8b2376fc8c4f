"""Floods are refused before a parser meets them, and pages that people write are not."""

import contextlib
import gzip
import time

import pytest

from dateline.lib.floods import HostileMarkup, refuse_floods

ORDINARY = [
    "",
    "no markup at all, 1 < 2 and 3 > 2",
    "<p>" * 100_000,
    "<li>one" * 50_000,
    "<div>x</div>" * 50_000,
    '<a href="a > b" title=\'c "d" e\'>x</a>',
    "<script>" + "'<div>'+" * 10_000 + "</script>",
    "<!--" + "<div>" * 10_000 + "-->",
    "<style>" + "<b>" * 5_000 + "</style >",
    '<div data-json="' + "a b c " * 10_000 + '">x</div>',
]
HOSTILE = [
    "<div>" * 200_000,
    "<b>" * 5_000,
    "<b title=1><p>" * 2_000,
    "<i " + " ".join(f"a{n}=1" for n in range(200_000)) + ">",
    "<i " + "a" + "/b" * 2_000 + ">",
    "<svg><style>" + "<div>" * 5_000,
    "<!-->" + "<div>" * 5_000,
    "<script>" + "<div>" * 5_000,
    "<div></span>" * 5_000,
]


@pytest.mark.parametrize("markup", ORDINARY, ids=lambda m: m[:12])
def test_markup_that_people_write_passes(markup):
    assert refuse_floods(markup) is None


@pytest.mark.parametrize("markup", HOSTILE, ids=lambda m: m[:12])
def test_a_flood_is_refused(markup):
    with pytest.raises(HostileMarkup):
        refuse_floods(markup)


def test_more_than_the_longest_is_not_read_at_all():
    with pytest.raises(HostileMarkup, match="11 characters"):
        refuse_floods("x" * 11, longest=10)


@pytest.mark.parametrize("unit", ["<!--", "<script>", '<a b="', "<", "</div>", "<a b='c=\"", "<textarea>"])
def test_the_scan_takes_time_in_line_with_the_length(unit):
    markup = unit * (1_500_000 // len(unit))
    started = time.process_time()
    with contextlib.suppress(HostileMarkup):
        refuse_floods(markup)
    assert time.process_time() - started < 5


@pytest.mark.corpus
def test_no_real_page_is_taken_for_a_flood(corpus):
    pages = sorted((corpus / "intake").glob("article-extraction-*/html/*.gz"))
    assert len(pages) > 100
    for page in pages:
        refuse_floods(gzip.decompress(page.read_bytes()).decode("utf-8", "replace"))
