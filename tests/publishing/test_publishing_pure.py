import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.publishing import rules
from dateline.publishing.leaf import NoSuchPlace, file_of
from dateline.publishing.links import with_whole_addresses
from dateline.publishing.paging import front, page_count, stretch
from dateline.publishing.reading_time import reading_minutes

OURS = "https://digest.example/en/2026/03/14/ferry/"
THEIRS = "https://courier.example/bac.html"
FRIENDLY = rules.Terms(is_canonical_ours=True, is_noindex=False)


def test_a_translation_is_canonical_at_our_own_address():
    assert rules.canonical("translation", own=OURS, original=THEIRS) == OURS
    assert rules.robots("translation") == ""
    assert rules.is_indexed("translation")


def test_a_reprint_under_a_silent_agreement_points_to_its_original_and_stays_out_of_search():
    assert rules.canonical("reprint", own=OURS, original=THEIRS) == THEIRS
    assert rules.robots("reprint") == "noindex"
    assert not rules.is_indexed("reprint")


def test_a_reprint_whose_agreement_says_so_is_ours_to_search_engines():
    assert rules.canonical("reprint", own=OURS, original=THEIRS, terms=FRIENDLY) == OURS
    assert rules.robots("reprint", FRIENDLY) == ""
    assert rules.is_indexed("reprint", FRIENDLY)


def test_a_reprint_that_is_indexed_at_its_original_is_not_in_our_sitemap():
    terms = rules.Terms(is_canonical_ours=False, is_noindex=False)
    assert not rules.is_indexed("reprint", terms)


@pytest.mark.parametrize("kind", ["exclusive", "translation", "excerpt", "press-review"])
def test_only_a_reprint_is_an_excerpt_in_our_feeds(kind):
    assert rules.feed_content(kind) == "full"
    assert rules.feed_content("reprint") == "excerpt"


def test_versions_name_each_other_themselves_and_a_default():
    pairs = [("en", OURS), ("fr", "https://digest.example/fr/x/")]
    assert rules.alternates("exclusive", pairs, default="en") == (*pairs, ("x-default", OURS))
    assert rules.alternates("exclusive", pairs, default="de")[-1] == ("x-default", OURS)


def test_a_page_that_stands_alone_and_a_reprint_have_no_alternates():
    assert rules.alternates("exclusive", [("en", OURS)], default="en") == ()
    assert rules.alternates("reprint", [("en", OURS), ("fr", THEIRS)], default="en") == ()


@given(total=st.integers(0, 3000), size=st.integers(1, 50))
def test_every_piece_stands_on_one_page_and_full_pages_keep_theirs(total, size):
    count = page_count(total, size=size)
    parts = [stretch(number, total, size=size) for number in range(1, count + 1)]
    places = [place for part in parts for place in range(part.start, part.end)]
    assert sorted(places) == list(range(total))
    assert parts[-1] == front(total, size=size)
    for part in parts[:-1]:
        later = stretch(part.number, total + size, size=size)
        assert (total - part.end, total - part.start) == (
            total + size - later.end,
            total + size - later.start,
        )


def test_there_is_no_page_before_the_first_or_after_the_front():
    assert stretch(0, 100) is None
    assert stretch(6, 100) is None


def test_a_text_takes_longer_in_finnish_than_in_english_and_never_no_time():
    assert reading_minutes(3000, language="fi") > reading_minutes(3000, language="en")
    assert reading_minutes(0, language="fa") == 1
    assert reading_minutes(296 * 5, language="en-GB") == 5
    assert reading_minutes(296 * 5, language="en-GB", said=7) == 7


def test_an_address_with_a_slash_at_its_end_is_a_folder_and_others_are_files():
    assert file_of("/en/2026/03/14/ferry/") == "en/2026/03/14/ferry/index.html"
    assert file_of("/") == "index.html"
    assert file_of("/sitemap.xml") == "sitemap.xml"
    assert file_of("/fa/%D8%A8%D8%A7%D8%AF/") == "fa/باد/index.html"


@pytest.mark.parametrize("path", ["/../x", "/en/..%2f..%2fx", "en/", "/en//x/", "/a\\b/", "/%00/", "//x/"])
def test_no_address_leads_out_of_the_site(path):
    with pytest.raises(NoSuchPlace):
        file_of(path)


def test_markup_for_feeds_has_whole_addresses():
    markup = '<p>See <a href="/en/x/">this</a>.</p><img src="/m/a.jpg" srcset="/m/a.jpg 400w, /m/b.jpg 800w">'
    whole = with_whole_addresses(markup, base=OURS)
    assert 'href="https://digest.example/en/x/"' in whole
    assert 'srcset="https://digest.example/m/a.jpg 400w, https://digest.example/m/b.jpg 800w"' in whole
    assert with_whole_addresses("  ", base=OURS) == ""
