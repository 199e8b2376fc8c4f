"""What terms become when they are narrowed, what licences grant, and what would make a no a yes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dateline.agreements.concerned import Scope, Work, concerns
from dateline.agreements.licences import UnknownLicence, licence, name_of_address, terms_of
from dateline.agreements.may import may, objections
from dateline.agreements.terms import ANY_LANGUAGE, USES, WORLD, Terms, Wish, last_day, narrowed

DAY = date(2026, 6, 15)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
tags = st.sampled_from(["en", "fr", "fa", "az", "pt", "pt-BR"])
places = st.sampled_from(["AZ", "FR", "GE"])
limits = st.one_of(st.none(), st.integers(0, 1500))
LICENCES = [
    "CC0-1.0",
    "CC-BY-4.0",
    "CC-BY-SA-3.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-ND-2.5",
    "OGL-UK-3.0",
]


@st.composite
def terms(draw, source=None):
    starts = draw(days)
    return Terms(
        source=source or draw(st.sampled_from(["a", "b", "c"])),
        uses=draw(st.frozensets(st.sampled_from(USES), min_size=1)),
        languages=draw(st.one_of(st.just(ANY_LANGUAGE), st.frozensets(tags, min_size=1))),
        starts_on=starts,
        ends_on=draw(st.one_of(st.none(), st.integers(0, 600).map(lambda n: starts + timedelta(days=n)))),
        max_words=draw(limits),
        pieces_a_month=draw(st.one_of(st.none(), st.integers(0, 3))),
        stay_days=draw(st.one_of(st.none(), st.integers(1, 400))),
        territory=draw(st.one_of(st.just(WORLD), st.frozensets(places, min_size=1))),
        licence=draw(st.sampled_from(["", *LICENCES])),
        may_by_machine=draw(st.booleans()),
        is_noncommercial=draw(st.booleans()),
    )


wishes = st.builds(
    Wish,
    use=st.sampled_from(USES),
    language=tags,
    on=days,
    words=st.integers(0, 2000),
    published_on=st.none() | days,
    territory=st.one_of(st.just(WORLD), st.frozensets(places, min_size=1)),
    is_commercial=st.sampled_from([None, True, False]),
    is_by_machine=st.booleans(),
    reserved=st.sampled_from([frozenset(), frozenset({"tdm"})]),
)


@given(wishes, terms("a"), terms("b"))
def test_a_narrowed_grant_allows_exactly_what_both_allow_and_never_more(wish, one, other):
    other = replace(other, licence=one.licence)
    both = narrowed(one, by=other)
    used = {"a": 1, "b": 1}
    allowed_by_both = not objections(wish, one, used=used) and not objections(wish, other, used=used)
    assert (both is not None and not objections(wish, both, used=used)) == allowed_by_both


@given(wishes, terms("a"), st.lists(terms("b"), max_size=4))
def test_composing_grants_extends_none_of_them(wish, first, others):
    narrowings = [one for one in (narrowed(first, by=other) for other in others) if one]
    if may(wish, narrowings).is_yes:
        assert may(wish, [first]).is_yes


def generous(grant):
    """Return a grant as limited in time and number, and in nothing else."""
    return replace(grant, uses=frozenset(USES), languages=ANY_LANGUAGE, territory=WORLD, licence="")


@given(wishes, st.lists(terms().map(generous), min_size=1, max_size=5))
def test_a_yes_names_its_last_day_and_still_holds_on_it(wish, grants):
    wish = replace(wish, is_commercial=False, is_by_machine=False, published_on=None)
    answer = may(wish, grants)
    assume(answer.is_yes and answer.until is not None)
    stands = replace(wish, published_on=wish.published_on or wish.on)
    granting = [one for one in grants if not objections(wish, one)][:1]
    assert answer.until >= wish.on
    assert may(replace(stands, on=answer.until), granting).is_yes
    assert not may(replace(stands, on=answer.until + timedelta(days=1)), granting).is_yes


@given(wishes, terms("a").map(generous), st.integers(0, 5))
def test_the_ways_that_are_ours_alone_lead_to_a_yes(wish, grant, pieces):
    answer = may(wish, [grant], used={"a": pieces})
    assume(not answer.is_yes and answer.ways[0].source == "a" and answer.ways[0].is_ours)
    later = wish
    for step in answer.ways[0].steps:
        match step.code:
            case "wait-until":
                later = replace(later, on=max(later.on, date.fromisoformat(step.value)))
            case "shorten-to":
                later = replace(later, words=int(step.value))
            case "work-by-hand":
                later = replace(later, is_by_machine=False)
            case "declare-noncommercial":
                later = replace(later, is_commercial=False)
    # Waiting may reach past the end of the grant; then the way said so only of what was asked for.
    left = {objection.code for objection in objections(later, grant, used={"a": 0})}
    assert left <= {"ended", "stay", "quota"}
    assert "quota" not in left or grant.pieces_a_month == 0


@given(wishes, st.lists(terms(), max_size=4))
def test_every_no_offers_a_way_and_the_last_is_to_ask(wish, grants):
    answer = may(wish, grants)
    assume(not answer.is_yes)
    assert answer.ways[-1].steps[0].code == "ask-for-permission"
    assert len(answer.ways) == len(grants) + 1


def test_a_piece_may_stand_as_many_days_as_were_agreed():
    grant = Terms("a", frozenset({"reprint"}), ANY_LANGUAGE, DAY, stay_days=30)
    assert last_day(grant, published_on=DAY) == date(2026, 7, 14)
    standing = Wish("reprint", "en", date(2026, 7, 15), published_on=DAY)
    assert [one.code for one in objections(standing, grant)] == ["stay"]
    assert not objections(replace(standing, on=date(2026, 7, 14)), grant)


def test_the_month_s_quota_ends_new_pieces_and_not_those_that_stand():
    grant = Terms("a", frozenset({"reprint"}), ANY_LANGUAGE, date(2026, 1, 1), pieces_a_month=4)
    wish = Wish("reprint", "en", date(2026, 12, 9))
    answer = may(wish, [grant], used={"a": 4})
    assert [one.code for one in answer.objections] == ["quota"]
    assert answer.ways[0].steps[0].value == "2027-01-01"
    assert may(replace(wish, published_on=date(2026, 12, 2)), [grant], used={"a": 4}).is_yes


def test_a_reservation_stops_machines_and_not_people_unless_it_was_agreed():
    grant = Terms("a", frozenset({"translation"}), ANY_LANGUAGE, date(2026, 1, 1))
    wish = Wish("translation", "en", DAY, is_by_machine=True, reserved=frozenset({"tdm"}))
    assert [one.code for one in may(wish, [grant]).objections] == ["machine-reserved"]
    assert may(replace(wish, is_by_machine=False), [grant]).is_yes
    assert may(wish, [replace(grant, may_by_machine=True)]).is_yes


@pytest.mark.parametrize("name", [name for name in LICENCES if "ND" in name])
def test_a_licence_without_derivatives_forbids_a_translation_and_says_why(name):
    grant = terms_of(name, source="l", starts_on=date(2020, 1, 1))
    wish = Wish("translation", "en", DAY, is_commercial=False)
    assert [(one.code, one.limit) for one in may(wish, [grant]).objections] == [("no-derivatives", name)]
    assert may(replace(wish, use="reprint"), [grant]).is_yes


def test_a_noncommercial_licence_waits_for_the_owner_s_word():
    grant = terms_of("CC-BY-NC-4.0", source="l", starts_on=date(2020, 1, 1))
    wish = Wish("reprint", "en", DAY)
    assert may(wish, [grant]).objections[0].limit == "undeclared"
    assert may(replace(wish, is_commercial=True), [grant]).objections[0].limit == "commercial"
    assert may(replace(wish, is_commercial=False), [grant]).is_yes


def test_no_open_licence_of_a_text_gives_its_pictures():
    for name in LICENCES:
        assert "picture" not in terms_of(name, source="l", starts_on=DAY).uses


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/", "CC-BY-NC-ND-4.0"),
        ("http://creativecommons.org/licenses/by-sa/3.0/deed.fr", "CC-BY-SA-3.0"),
        ("http://creativecommons.org/licenses/by/2.5/es/", "CC-BY-2.5-ES"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://creativecommons.org/licenses/by-nd-sa/4.0/", ""),
        ("https://creativecommons.org.example/licenses/by/9.9/", ""),
    ],
)
def test_an_address_of_creative_commons_is_read_as_its_licence(address, name):
    assert name_of_address(address) == name
    if name:
        assert licence(name).url.startswith("https://creativecommons.org/")


@given(st.text(max_size=40))
def test_what_is_no_known_licence_is_refused_by_name(text):
    assume(not text.startswith("CC-BY-"))
    if text not in {"CC0-1.0", "PDM-1.0"}:
        with pytest.raises(UnknownLicence, match="no open licence"):
            licence(text)


def test_an_outlet_cannot_give_away_what_it_had_from_an_agency():
    word = Scope(outlets=frozenset({"lake-post"}))
    assert concerns(word, Work("lake-post"))
    assert not concerns(word, Work("lake-post", agencies=frozenset({"hill-press"})))
    assert concerns(
        Scope(agencies=frozenset({"hill-press"})), Work("lake-post", agencies=frozenset({"hill-press"}))
    )


def test_an_author_s_word_covers_what_they_alone_signed():
    word = Scope(authors=frozenset({"Rahim  Əliyev"}))
    assert concerns(word, Work("lake-post", authors=frozenset({"rahim əliyev"})))
    assert not concerns(word, Work("lake-post", authors=frozenset({"Rahim Əliyev", "Vera"})))
    assert not concerns(Scope(), Work("lake-post"))
