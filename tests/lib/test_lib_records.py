"""Records cannot be changed, left out, moved or cut off without being noticed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from soaking import budget

from dateline.lib.records import (
    FIRST,
    BadKey,
    NotGenuine,
    NotSealable,
    faults_of,
    hash_of,
    make_key,
    name_of,
    open_record,
    public_part,
    seal,
    seal_head,
    spelled,
)

KEY = make_key()
PUBLIC = public_part(KEY)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(codec="utf-8"), max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
bodies = st.dictionaries(st.sampled_from(["piece", "kind", "people", "original"]), values, max_size=4)


def chain(given_bodies):
    lines, previous = [], FIRST
    for number, body in enumerate(given_bodies, start=1):
        lines.append(seal(body, number=number, previous=previous, key=KEY))
        previous = hash_of(lines[-1])
    return lines


def head_of(lines):
    last = hash_of(lines[-1]) if lines else FIRST
    return seal_head(number=len(lines), last=last, at="2026-11-23", key=KEY)


def faults(lines, head=None):
    return list(faults_of(lines, public=PUBLIC, head=head))


@given(st.lists(bodies, max_size=5))
def test_a_chain_as_it_was_written_is_whole_and_gives_back_what_was_sealed(given_bodies):
    lines = chain(given_bodies)
    assert not faults(lines, head_of(lines))
    assert [open_record(line, public=PUBLIC).body for line in lines] == [
        {**body, "key": name_of(PUBLIC)} for body in given_bodies
    ]


LONG = chain(
    [{"piece": f"p{number}", "kind": "translation", "people": ["Vera", "Tomas"]} for number in range(60)]
)
WHOLE = budget(400, whole=20_000)


def test_every_change_of_one_byte_is_found():
    raw = "\n".join(LONG).encode()
    step = max(1, len(raw) * 255 // WHOLE)
    tried = 0
    for place in range(0, len(raw) * 255, step):
        at, other = divmod(place, 255)
        changed = bytearray(raw)
        changed[at] = (changed[at] + 1 + other) % 256
        lines = bytes(changed).decode("utf-8", "surrogateescape").split("\n")
        number = raw[:at].count(b"\n")
        beside = lines[max(0, number - 1) : number + 3]  # elsewhere nothing changed
        assert faults(beside, head_of(LONG) if len(beside) < 2 else None), (at, other)
        tried += 1
    assert tried >= min(WHOLE, 300)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda lines: lines[:20] + lines[21:], "number"),
        (lambda lines: [*lines[:20], lines[21], lines[20], *lines[22:]], "number"),
        (lambda lines: [*lines[:20], lines[20], *lines[20:]], "number"),
        (lambda lines: lines[:-1], "cut"),
        (lambda _: [], "cut"),
    ],
)
def test_a_record_left_out_moved_doubled_or_cut_off_is_missed(spoil, code):
    assert code in {fault.code for fault in faults(spoil(LONG), head_of(LONG))}


def test_a_record_replaced_by_another_of_the_same_key_breaks_the_chain():
    forged = seal({"piece": "other"}, number=21, previous=hash_of(LONG[19]), key=KEY)
    assert [(one.number, one.code) for one in faults([*LONG[:20], forged, *LONG[21:]])] == [(22, "chain")]
    last = seal({"piece": "other"}, number=60, previous=hash_of(LONG[58]), key=KEY)
    assert [one.code for one in faults([*LONG[:-1], last], head_of(LONG))] == ["chain"]


def test_an_extract_is_whole_by_itself_and_later_records_do_not_trouble_an_old_head():
    assert not faults(LONG[10:20])
    assert not faults(LONG, head_of(LONG[:40]))


def test_another_key_proves_nothing():
    other = public_part(make_key())
    with pytest.raises(NotGenuine, match="signed with the key"):
        open_record(LONG[0], public=other)
    for bad in (b"", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", KEY):
        with pytest.raises(BadKey):
            name_of(bad)


@given(st.text(max_size=60) | values.map(json.dumps))
def test_what_is_no_record_is_said_to_be_none(text):
    with pytest.raises(NotGenuine):
        open_record(text, public=PUBLIC)


def test_only_what_has_one_spelling_is_sealed():
    assert spelled({"b": 1, "a": ["é"]}) == '{"a":["é"],"b":1}'.encode()
    for value in (1.5, float("nan"), {"x": [0.1]}, object(), "\ud800"):
        with pytest.raises(NotSealable):
            spelled(value)


def test_a_signature_has_one_spelling():
    line = seal({"piece": "p"}, number=1, previous=FIRST, key=KEY)
    letter = line[line.index('=="') - 1]
    others = {chr(ord(letter) + step) for step in range(-15, 16)} - {letter}
    for other in sorted(one for one in others if one.isalnum() or one in "+/"):
        changed = line.replace(f'{letter}=="', f'{other}=="')
        with pytest.raises(NotGenuine):
            open_record(changed, public=PUBLIC)
