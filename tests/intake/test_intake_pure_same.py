"""Two answers are held to read the same only where nothing that is read differs."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from soaking import budget

from dateline.intake.changes_same import reads_the_same

PAGE = (
    b'<html><head><meta name="csrf-token" content="%(secret)s"><title>Ferry sails</title>'
    b'<script nonce="%(secret)s">var at = %(secret)s;</script><style>.a%(secret)s{}</style>'
    b'<script type="application/ld+json">{"headline": "Ferry sails"}</script></head>'
    b'<body class="news"><!-- served in %(secret)s ms --><form><input type="hidden" value="%(secret)s"></form>'
    b"<p>The ferry sails on Monday.</p></body></html>"
)


def page(secret=b"1", **changes):
    content = PAGE % {b"secret": secret}
    for old, new in changes.items():
        assert old.encode() in content
        content = content.replace(old.encode(), new.encode())
    return content


def test_a_page_with_another_secret_reads_the_same():
    assert reads_the_same(page(b"17"), page(b"4711"))


@pytest.mark.parametrize(
    "changes",
    [{"Monday": "Tuesday"}, {"sails": "sinks"}, {"news": "video"}, {"headline": "name"}, {"title": "h1"}],
    ids=str,
)
def test_a_page_with_another_word_is_read_again(changes):
    assert not reads_the_same(page(b"17"), page(b"17", **changes))


def test_what_is_told_to_machines_counts_as_read():
    assert not reads_the_same(
        page(), page().replace(b'{"headline": "Ferry sails"}', b'{"headline": "Ferry sinks"}')
    )


def test_a_script_that_never_ends_hides_nothing():
    left, right = (b"<p>One</p><script>let a = 1;<p>%s</p>" % word for word in (b"Two", b"Three"))
    assert not reads_the_same(left, right)


def test_a_text_behind_a_script_is_compared():
    left, right = (
        b"<script>1</script><p>%s</p><script>2</script><!-- x -->" % word for word in (b"Two", b"Three")
    )
    assert not reads_the_same(left, right)


@settings(max_examples=budget(100, whole=5_000), deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [b"<script", b">", b"</script>", b"<!--", b"-->", b"<p>word</p>", b"<style>", b"</style>"]
        )
    )
)
def test_whatever_is_left_out_is_left_out_on_both_sides(parts):
    content = b"".join(parts)
    assert reads_the_same(content, bytes(content))
    assert not reads_the_same(content + b"<p>one</p>", content + b"<p>other</p>") or content.count(b"<")


@pytest.mark.parametrize(
    "part", [b"<script>", b"<!--", b"<style", b"<input ", b"<meta ", b' nonce="', b"</script"]
)
def test_a_flood_is_compared_in_time_that_grows_with_its_length(part):
    started = time.process_time()
    reads_the_same(part * 100_000 + b"a", part * 100_000 + b"b")
    assert time.process_time() - started < 3
