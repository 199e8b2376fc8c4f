"""The steps of a request, and letters from templates, without a database."""

from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.net.sending_address import BadSendingAddress, sending
from dateline.rights.asking import Asking, BrokenGraph, Graph, WrongStep
from dateline.rights.letters import KINDS, PLACES, filled, fitting, problems
from dateline.rights.letters_shipped import PAGE, SHIPPED, WORDS
from dateline.rights.models import Request


def test_the_steps_are_those_of_the_rows():
    assert set(Asking.steps) == set(Request.State.values)


def test_nothing_leads_away_from_an_answer():
    assert Asking.ends() == {"granted", "refused", "dropped"}


@pytest.mark.parametrize(
    ("was", "wanted"), [("proposed", "asked"), ("accepted", "granted"), ("granted", "asked")]
)
def test_a_step_that_is_left_out_is_refused_with_what_is_possible(was, wanted):
    with pytest.raises(WrongStep) as caught:
        Asking.check(was, wanted)
    assert was in str(caught.value)


def test_an_answer_may_come_after_silence():
    assert Asking.may_become("silent", "granted")


def test_a_graph_that_leads_nowhere_cannot_be_made():
    with pytest.raises(BrokenGraph, match="'gone'"):

        class _Nowhere(Graph):
            start = "here"
            steps: ClassVar = {"here": frozenset({"gone"})}


def test_a_graph_with_a_state_out_of_reach_cannot_be_made():
    with pytest.raises(BrokenGraph, match="leads to 'alone'"):

        class _Island(Graph):
            start = "here"
            steps: ClassVar = {"here": frozenset(), "alone": frozenset({"here"})}


@pytest.mark.parametrize("language", SHIPPED)
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_that_is_shipped_is_fit(language, kind):
    subject, body = SHIPPED[language][kind]
    assert problems(subject=subject, body=body, kind=kind) == []


@pytest.mark.parametrize("table", [WORDS, PAGE])
def test_every_language_has_every_word(table):
    assert {frozenset(words) for words in table.values()} == {frozenset(table["en"])}
    assert table.keys() == SHIPPED.keys()


def test_a_place_that_is_misspelt_is_told_with_the_one_that_was_meant():
    found = problems(subject="x", body="{adress} {use} {language} {address}", kind="request")
    assert found == ["There is no {adress}. Did you mean {address}?"]


def test_what_a_letter_must_say_is_missed():
    found = problems(subject="x", body="Hello {outlet}", kind="request")
    assert len(found) == 3
    assert "{address}" in found[0]


def test_a_brace_without_partner_is_told_with_its_place():
    found = problems(subject="x", body="{address} {use} {language} see {here", kind="request")
    assert found == ["A brace has no partner at “{here”. Write it twice where a brace is meant."]


def test_a_subject_is_there_and_is_one_line():
    body = "{address} {use} {language}"
    assert problems(subject=" ", body=body, kind="request") == ["The subject is empty."]
    assert problems(subject="a\nBcc: b", body=body, kind="request") == ["The subject is one line."]


def test_what_is_filled_in_is_not_filled_in_again():
    assert (
        filled("{headline} {{x}} {sender}", {"headline": "{sender}", "sender": "Vera"}) == "{sender} {x} Vera"
    )


def test_a_place_without_a_value_stays_to_be_seen():
    assert filled("{month}", {}) == "{month}"


@given(st.text(), st.dictionaries(st.sampled_from(sorted(PLACES["request"])), st.text()))
def test_filling_in_and_judging_stand_any_text(text, values):
    assert isinstance(filled(text, values), str)
    assert all(problems(subject=text, body=text, kind="request"))


@pytest.mark.parametrize(
    ("language", "found"), [("pt-BR", "en"), ("de-AT", "de"), ("fr_CA", "fr"), ("", "en")]
)
def test_a_letter_is_in_the_language_or_in_its_first_part_or_in_english(language, found):
    assert fitting(language, SHIPPED) == found


def test_without_a_server_letters_go_to_the_log():
    assert sending({})["EMAIL_BACKEND"].endswith("console.EmailBackend")


def test_a_server_is_read_from_one_address_and_tls_is_the_rule():
    told = sending({"DATELINE_MAIL": "smtp://desk%40digest.example:p%40ss@mail.example"})
    assert (told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"]) == ("desk@digest.example", "p@ss")
    assert (told["EMAIL_PORT"], told["EMAIL_USE_TLS"], told["EMAIL_USE_SSL"]) == (587, True, False)


def test_a_folder_takes_letters_too():
    assert sending({"DATELINE_MAIL": "file:///var/letters"})["EMAIL_FILE_PATH"] == "/var/letters"


@pytest.mark.parametrize("address", ["mail.example", "http://mail.example", "smtp://", "smtp://a:b@c:port"])
def test_an_address_that_is_none_says_how_one_is_written(address):
    with pytest.raises(BadSendingAddress, match="smtp://user:password@host:587"):
        sending({"DATELINE_MAIL": address})
