"""When a machine is left alone, and how what it is asked is divided."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.translation.machines.base import Capability, Unit
from dateline.translation.metering import (
    FAILURES,
    LONGEST_PAUSE,
    PAUSE,
    UNDER_WAY,
    Past,
    affordable,
    batches,
    fingerprint,
    rests_until,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def failed(ago, **told):
    return Past(NOW - ago, NOW - ago, has_failed=True, **told)


def well(ago):
    return Past(NOW - ago, NOW - ago, has_failed=False)


def under_way(ago):
    return Past(NOW - ago, None, has_failed=False)


def test_a_machine_rests_after_some_failures_one_after_the_other():
    assert rests_until([], now=NOW) is None
    few = [failed(SECOND)] * (FAILURES - 1)
    assert rests_until(few, now=NOW) is None
    assert rests_until([*few, well(SECOND), failed(SECOND)], now=NOW) is None
    assert rests_until([*few, failed(SECOND)], now=NOW) == NOW - SECOND + PAUSE


def test_each_further_failure_doubles_the_rest_up_to_the_longest():
    four = [failed(SECOND)] * (FAILURES + 1)
    assert rests_until(four, now=NOW) == NOW - SECOND + 2 * PAUSE
    assert rests_until(four * 5, now=NOW) == NOW - SECOND + LONGEST_PAUSE


def test_after_its_rest_one_call_tries_it_and_no_other():
    past = [failed(2 * PAUSE)] * FAILURES
    assert rests_until(past, now=NOW) is None
    assert rests_until([under_way(SECOND), *past], now=NOW) == NOW - SECOND + UNDER_WAY
    assert rests_until([under_way(UNDER_WAY + SECOND), *past], now=NOW) is None
    assert rests_until([well(SECOND), *past], now=NOW) is None


def test_what_a_machine_asks_for_itself_holds_at_once():
    asked = NOW + timedelta(minutes=7)
    assert rests_until([failed(SECOND, rests_until=asked)], now=NOW) == asked
    assert rests_until([failed(PAUSE, rests_until=NOW - SECOND)], now=NOW) is None
    assert rests_until([under_way(SECOND)], now=NOW) is None


def test_a_call_that_ended_later_than_others_began_does_not_hold_them_up():
    assert rests_until([under_way(SECOND), well(SECOND)], now=NOW) is None


def units(*sizes):
    return [Unit(str(at), "x" * size) for at, size in enumerate(sizes)]


@pytest.mark.parametrize(
    ("sizes", "divided"),
    [
        ((), []),
        ((3, 3, 3), [[3, 3], [3]]),
        ((9, 2, 2), [[9], [2, 2]]),
        ((30, 1), [[30], [1]]),
    ],
)
def test_batches_are_of_so_many_sentences_and_characters(sizes, divided):
    capability = Capability(name="a", label="A", batch=2, most_characters=10)
    assert [[len(one.text) for one in batch] for batch in batches(units(*sizes), capability)] == divided


def test_a_budget_pays_for_the_first_sentences():
    assert [one.id for one in affordable(units(3, 3, 3), 7)] == ["0", "1"]
    assert affordable(units(3), 2) == []
    assert len(affordable(units(3, 3), None)) == 2


def test_a_question_is_the_same_for_the_same_machine_model_languages_words_and_terms():
    capability = Capability(name="a", label="A", model="m", takes_terms=True)
    one = Unit("1", "Ferry", terms=(("a", "b"), ("c", "d")))

    def mark(unit=one, source="en", target="pt", **told):
        return fingerprint(
            unit, capability=Capability(**{**vars(capability), **told}), source=source, target=target
        )

    same = {mark(), mark(Unit("2", "Ferry", context="x", terms=one.terms[::-1])), mark(label="B", batch=3)}
    assert len(same) == 1
    others = {
        mark(name="b"),
        mark(model="n"),
        mark(source="fr"),
        mark(target="pt-BR"),
        mark(Unit("1", "Ferries", terms=one.terms)),
        mark(Unit("1", "Ferry")),
        mark(takes_terms=False),
    }
    assert len(others | same) == 8 - (mark(Unit("1", "Ferry")) == mark(takes_terms=False))
