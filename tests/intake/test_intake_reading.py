"""What of an extraction is kept, and how it is made to fit."""

from datetime import UTC, datetime

import pytest

from dateline.intake.reading import AddressTooLong, Beforehand, reading_of

URL = "https://post.example/ferry"
TOLD = Beforehand(
    title="Ferry news", summary="", published_at=datetime(2026, 3, 1, 17, 30, tzinfo=UTC), language="az"
)


def read(*, before=TOLD, url=URL, **changed):
    extract = {
        "headline": "Ferry",
        "standfirst": "",
        "authors": [],
        "published_at": None,
        "language": "en",
        "body_text": "It sails.",
        "body_html": "<p>It sails.</p>",
        "image": None,
        "canonical_url": "",
        "suspect": False,
        "reasons": [],
    }
    return reading_of({**extract, **changed}, url=url, final_url=url, before=before)


def test_a_headline_that_is_too_long_is_cut_between_words():
    kept = read(headline="ferry " * 200).headline
    assert len(kept) <= 500
    assert kept.endswith("ferry…")


def test_what_the_page_does_not_say_is_taken_from_what_the_feed_said():
    kept = read(headline="", language=None)
    assert (kept.headline, kept.language, kept.published_at) == ("Ferry news", "az", TOLD.published_at)


def test_a_language_that_nobody_told_is_undetermined():
    assert read(language=None, before=Beforehand()).language == "und"


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("2026-02-27T10:00:00+02:00", "2026-02-27T10:00:00+02:00"),
        ("2026-03-01", "2026-03-01T17:30:00+00:00"),
        ("2026-03-02", "2026-03-01T17:30:00+00:00"),
        ("2026-02-11", "2026-02-11T00:00:00+00:00"),
    ],
)
def test_the_page_knows_its_moment_best_and_the_feed_the_hour_of_a_day(page, kept):
    assert read(published_at=page).published_at.isoformat() == kept


def test_a_new_address_of_a_picture_is_nothing_that_a_reader_of_the_text_notices():
    assert read(image={"url": "a"}).text_sha256 == read(image={"url": "b"}).text_sha256
    assert read().text_sha256 != read(body_text="It sails no more.").text_sha256


def test_an_address_that_cannot_be_kept_whole_is_refused():
    with pytest.raises(AddressTooLong):
        read(url="https://post.example/" + "x" * 2000)
