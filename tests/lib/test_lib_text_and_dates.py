"""Text as people wrote it, and dates as machines do."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.lib.dates import iso, parse_moment
from dateline.lib.decoding import decode
from dateline.lib.text import cut, names, one_line, paragraphs, tidy, without_controls, words


def test_controls_and_overrides_go_and_marks_of_direction_stay():
    assert without_controls("a\x00b\u202ec\u200fd\r\ne\rf") == "abc\u200fd\ne\nf"


def test_one_line_has_single_spaces():
    assert one_line("  a\n\tb\u00a0 c ") == "a b c"


def test_blank_lines_set_paragraphs_apart():
    assert paragraphs("a\nb\n \n\nc\n") == ["a\nb", "c"]
    assert tidy(" a  b \n\n\n c ") == "a b\n\nc"


def test_words_are_lower_case_and_bare():
    assert words("Vera’s «Ferry», 3 times!") == ["vera’s", "ferry", "3", "times"]
    assert names("a b a") == {"a", "b"}


def test_a_text_is_cut_between_words():
    assert cut("the ferry sails again", 14) == "the ferry…"
    assert cut("short", 10) == "short"


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-01T10:20:30+04:00", datetime(2026, 3, 1, 10, 20, 30, tzinfo=timezone(timedelta(hours=4)))),
        ("2026-03-01T10:20:30.123Z", datetime(2026, 3, 1, 10, 20, 30, tzinfo=UTC)),
        (
            "2026-03-01 10:20 -0530",
            datetime(2026, 3, 1, 10, 20, tzinfo=timezone(-timedelta(hours=5, minutes=30))),
        ),
        ("2026-03-01T10:20:30", date(2026, 3, 1)),
        ("20260301", date(2026, 3, 1)),
        ("Sun, 01 Mar 2026 10:20:30 GMT", datetime(2026, 3, 1, 10, 20, 30, tzinfo=UTC)),
        ("2026-13-01", None),
        ("yesterday", None),
        ("0000-00-00 00:00:00", None),
    ],
)
def test_a_moment_is_read_with_its_zone_or_as_a_day(written, moment):
    assert parse_moment(written) == moment


def test_moments_are_written_to_the_second():
    assert iso(datetime(2026, 3, 1, 10, 20, 30, 5, tzinfo=UTC)) == "2026-03-01T10:20:30+00:00"
    assert iso(date(2026, 3, 1)) == "2026-03-01"
    assert iso(None) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_dates(text):
    assert isinstance(parse_moment(text), date | None)


@pytest.mark.parametrize(
    ("content", "declared", "text"),
    [
        ("Bakı".encode(), "iso-8859-1", "Bakı"),
        ("\ufeffBakı".encode(), None, "Bakı"),
        ("Bakı".encode("utf-16"), None, "Bakı"),
        ("Тбилиси и Баку".encode("windows-1251"), "windows-1251", "Тбилиси и Баку"),
        ('<meta charset="koi8-r">Москва'.encode("koi8-r"), None, '<meta charset="koi8-r">Москва'),
        ("café – “x”".encode("cp1252"), "iso-8859-1", "café – “x”"),
        ("İstanbul ışık".encode("cp1254"), "iso-8859-9", "İstanbul ışık"),
        (b"+ADw-script+AD4-", "utf-7", "+ADw-script+AD4-"),
        (b"plain", "no-such-charset", "plain"),
        (b"plain", "base64", "plain"),
    ],
)
def test_bytes_are_read_as_browsers_do(content, declared, text):
    assert decode(content, declared=declared) == text


@given(
    st.binary(max_size=300), st.sampled_from([None, "utf-8", "big5", "shift_jis", "idna", "utf-16", "x\x00"])
)
def test_no_bytes_break_the_decoder(content, declared):
    assert isinstance(decode(content, declared=declared), str)
