"""No bytes make a parser raise anything but its named errors, or keep it longer than its child may live.

A few examples in every run; ten minutes each parser in `make soak`, where each is a proof of its own.
"""

import itertools
import signal
import sys
import time

import pytest
from fuzzing import PARSERS, URL, inputs
from hypothesis import HealthCheck, given, seed, settings
from soaking import SOAKING, budget

from dateline.intake import discovery, signals
from dateline.intake.extract import NoArticle, extract

# For one example, of the processor: what takes longer hangs its child.
MOST_SECONDS = 10


class Hangs(Exception):
    """An example took too long."""


def give_up(*_):
    raise Hangs


@pytest.mark.soak
@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: f"fuzz-{parser.name}")
def test_no_bytes_break_a_parser(parser, request, capsys):
    ends, before = time.monotonic() + budget(0, whole=600), signal.signal(signal.SIGVTALRM, give_up)
    first = int(request.config.getoption("--hypothesis-seed") or 1) * 1_000_003
    tried = 0
    try:
        for number in itertools.count(first):
            tried += one_round(parser, seed_of_round=number)
            if time.monotonic() >= ends:
                break
    finally:
        signal.signal(signal.SIGVTALRM, before)
    if SOAKING:
        with capsys.disabled():
            sys.stdout.write(f"{tried} passing examples\n")
    assert tried


def one_round(parser, *, seed_of_round):
    """Try some examples, shrinking the first that breaks the parser; return how many were tried."""
    tried = 0

    @seed(seed_of_round)
    @settings(
        max_examples=budget(12, whole=500),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs(parser))
    def holds(content):
        nonlocal tried
        tried += 1
        signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
        try:
            parser.read(content)
        except parser.named:
            pass
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    holds()
    return tried


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
def test_the_samples_that_are_broken_are_sound_themselves(parser):
    read = 0
    for sample in parser.samples:
        try:
            parser.read(sample)
        except parser.named:
            continue
        read += 1
    assert read


@pytest.mark.parametrize("markup", [b"<!", b"<!DOCTYPE html>", b"<?x"])
def test_a_document_without_any_element_is_an_empty_page(markup):
    with pytest.raises(NoArticle, match="empty"):
        extract(markup, url=URL)


def test_a_second_opinion_without_a_body_is_none():
    # readability leaves of this page a document without a body, which lxml will not take as a fragment
    markup = (
        "<!DOCTYPE html><html lang=az><head><title>T/title><meta property='og:title' content='T'>" + "x" * 9
    )
    with pytest.raises(NoArticle):
        extract(markup.encode(), url=URL)


@pytest.mark.parametrize("base", ["//[x", "http://[good.example]/"])
def test_a_base_that_is_no_address_leaves_links_where_the_page_is(base):
    page = f"<base href='{base}'><link rel=alternate type='application/rss+xml' href='/feed'>"
    assert discovery.candidates(page, url=URL)[0].url == "https://paper.example/feed"


def test_a_licence_in_robots_txt_that_is_no_address_is_passed_over():
    assert (
        signals.signals_of_robots_txt("License: //[x\nLicense: /rsl.xml", base=URL)[0].value
        == "https://paper.example/rsl.xml"
    )


@pytest.mark.parametrize("odd", ["{x}y='1'", "{}b=1", "{b}='x'", "{=2 }=3", ":x=1"])
def test_an_attribute_with_an_odd_name_hides_no_feed(odd):
    assert discovery.candidates(f"<a {odd} href=/rss>News</a>", url=URL)[0].url == "https://paper.example/rss"
