"""robots.txt: RFC 9309's own examples, and what sites write besides."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.lib.robots import read_robots


def is_open(text, path, agent="dateline"):
    return read_robots(text).closing_rule(path, agent=agent) is None


def rules(*lines, agent="*"):
    return "\n".join([f"User-agent: {agent}", *lines])


def test_the_longest_pattern_decides_and_of_two_the_open_one():
    text = rules("Allow: /example/page/", "Disallow: /example/page/disallowed.gif", "Disallow: /example/")
    assert is_open(text, "/example/page/")
    assert not is_open(text, "/example/page/disallowed.gif")
    assert not is_open(text, "/example/other")
    assert is_open(rules("Disallow: /a", "Allow: /a"), "/a")


def test_our_own_group_stands_alone_and_groups_of_one_name_are_one():
    text = "User-agent: *\nDisallow: /\n\nUser-Agent: DateLine/2\nDisallow: /closed\n\nuser-agent: dateline\ndisallow: /b"
    assert is_open(text, "/news")
    assert not is_open(text, "/closed/1")
    assert not is_open(text, "/b")
    assert not is_open(text, "/news", agent="otherbot")


def test_several_names_may_head_one_group():
    text = (
        "User-agent: foobot\nUser-agent: dateline\nDisallow: /x\nCrawl-delay: 4\nUser-agent: bar\nDisallow: /"
    )
    assert not is_open(text, "/x")
    assert is_open(text, "/y")
    assert read_robots(text).crawl_delay(agent="dateline") == 4
    assert read_robots(text).crawl_delay(agent="bar") == 0


@pytest.mark.parametrize(
    ("pattern", "path", "closes"),
    [
        ("/*.php$", "/index.php", True),
        ("/*.php$", "/index.php?a=1", False),
        ("/a*b*c", "/axxbyyc/more", True),
        ("/a*b*c", "/acb", False),
        ("/fish*.php", "/fishheads/catfish.php?x", True),
        ("*/private", "/in/private/x", True),
        ("/x$", "/x", True),
        ("/x$", "/xx", False),
        ("/a*aa$", "/aa", False),
        ("/*?", "/page?x=1", True),
        ("/foo/bar/%E3%83%84", "/foo/bar/ツ", True),
        ("/foo/bar/ツ", "/foo/bar/%e3%83%84", True),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz", True),
        ("/a%2Fb", "/a/b", False),
        ("", "/anything", False),
        ("closed", "/closed", True),
    ],
)
def test_patterns(pattern, path, closes):
    assert is_open(rules(f"Disallow: {pattern}"), path) is not closes


def test_robots_txt_itself_is_always_open():
    assert is_open(rules("Disallow: /"), "/robots.txt")


def test_comments_marks_of_order_and_unknown_lines_are_passed_over():
    text = "\ufeffUser-agent: * # everyone\r\n\r\nSitemap: https://x.example/s.xml\rDisallow: /x # not here\nNoindex: /y"
    assert not is_open(text, "/x")
    assert is_open(text, "/y")


def test_who_is_shut_out_is_told_by_name():
    text = "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n\nUser-agent: *\nDisallow: /admin"
    robots = read_robots(text)
    assert robots.agents_shut_out() == ("gptbot", "ccbot")
    assert robots.names("GPTBot")
    assert not robots.names("dateline")


def test_the_rule_is_given_as_it_stands_in_the_file():
    rule = read_robots(rules("  Disallow: /closed  # members")).closing_rule("/closed/1", agent="dateline")
    assert rule.text == "Disallow: /closed  # members"


def test_a_pattern_made_to_hang_a_matcher_takes_no_time():
    text = rules(*[f"Disallow: /{'a*' * 900}b{n}" for n in range(50)])
    began = time.process_time()
    assert is_open(text, "/" + "a" * 8000)
    assert time.process_time() - began < 1


@given(st.text(max_size=300), st.text(max_size=40))
def test_no_text_and_no_path_break_the_reading(text, path):
    robots = read_robots("User-agent: *\n" + text)
    robots.closing_rule("/" + path, agent="dateline")
    assert robots.crawl_delay(agent="dateline") >= 0


@given(st.text(alphabet="ab*", min_size=1, max_size=8), st.text(alphabet="ab", max_size=8))
def test_stars_match_as_the_plain_definition_has_it(pattern, path):
    def fits(pattern, path):
        if not pattern:
            return True
        if pattern[0] == "*":
            return any(fits(pattern[1:], path[n:]) for n in range(len(path) + 1))
        return path[:1] == pattern[0] and fits(pattern[1:], path[1:])

    assert is_open(rules(f"Disallow: /{pattern}"), "/" + path) is not fits(pattern, path)
