"""May we? Properties of the one function that decides."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dateline.agreements.may import ANY_LANGUAGE, USES, Terms, Wish, may, objections

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
tags = st.sampled_from(["en", "fr", "fa", "az", "pt", "pt-BR"])
languages = st.one_of(st.just(ANY_LANGUAGE), st.frozensets(tags, min_size=1))
limits = st.one_of(st.none(), st.integers(0, 2000))


@st.composite
def grants(draw):
    starts = draw(days)
    ends = draw(st.one_of(st.none(), st.integers(0, 900).map(lambda n: starts + timedelta(days=n))))
    return Terms(
        source=draw(st.text("abc", min_size=1, max_size=4)),
        uses=draw(st.frozensets(st.sampled_from(USES), min_size=1)),
        languages=draw(languages),
        starts_on=starts,
        ends_on=ends,
        max_words=draw(limits),
    )


wishes = st.builds(Wish, use=st.sampled_from(USES), language=tags, on=days, words=st.integers(0, 3000))


@given(wishes, st.lists(grants(), max_size=6))
def test_a_yes_always_comes_from_one_grant_that_alone_allows_it(wish, given_terms):
    answer = may(wish, given_terms)
    alone = [terms for terms in given_terms if not objections(wish, terms)]
    assert answer.is_yes == bool(alone)
    if answer.is_yes:
        assert answer.source == alone[0].source


@given(wishes, st.lists(grants(), max_size=6))
def test_a_no_always_says_why(wish, given_terms):
    answer = may(wish, given_terms)
    assert answer.is_yes or answer.objections


@given(wishes, st.lists(grants(), min_size=1, max_size=6))
def test_no_grant_reaches_past_its_term_language_use_or_length(wish, given_terms):
    if not may(wish, given_terms).is_yes:
        return
    assert any(wish.use in terms.uses for terms in given_terms)
    assert any(
        terms.starts_on <= wish.on and (not terms.ends_on or wish.on <= terms.ends_on)
        for terms in given_terms
    )
    assert any(terms.max_words is None or wish.words <= terms.max_words for terms in given_terms)


@given(wishes, st.lists(grants(), max_size=5), grants())
def test_one_more_grant_never_takes_a_yes_away(wish, given_terms, more):
    if may(wish, given_terms).is_yes:
        assert may(wish, [*given_terms, more]).is_yes


def test_without_any_grant_nothing_is_allowed():
    answer = may(Wish(use="reprint", language="en", on=date(2026, 1, 1)), [])
    assert not answer.is_yes
    assert answer.objections[0].code == "nothing-granted"


def test_a_grant_for_a_language_covers_its_variants_and_not_the_other_way_round():
    terms = {"uses": frozenset({"reprint"}), "starts_on": date(2026, 1, 1), "source": "a"}
    wide = Terms(languages=frozenset({"pt"}), **terms)
    narrow = Terms(languages=frozenset({"pt-BR"}), **terms)
    day = date(2026, 2, 1)
    assert not objections(Wish("reprint", "pt-BR", day), wide)
    assert objections(Wish("reprint", "pt", day), narrow)
