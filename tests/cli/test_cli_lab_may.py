"""`lab may` keeps its shape."""

import json
import subprocess
import sys

ASKED = {
    "use": "translation",
    "language": "en",
    "on": "2026-06-01",
    "words": 900,
    "is_by_machine": True,
    "original": {"outlet": "lake-post", "reserved": ["tdm"]},
    "agreements": [
        {"source": "contract", "outlet": "lake-post", "uses": ["translation"], "starts_on": "2026-01-01",
         "max_words": 700, "credit_line": "Lake Post"},
        {"source": "licence", "licence": "CC-BY-ND-4.0"},
        {"source": "another's", "outlet": "hill-press", "uses": ["translation"]},
    ],
}  # fmt: skip


def ask(question, *arguments):
    given = question if isinstance(question, str) else json.dumps(question)
    done = subprocess.run(
        [sys.executable, "-m", "dateline.cli.lab", "may", *arguments],
        input=given.encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_no_gives_each_reason_with_its_source_and_what_would_make_it_a_yes():
    code, printed, _ = ask(ASKED)
    answer = json.loads(printed)
    assert code == 0
    assert not answer["may"]
    assert [(one["code"], one["source"]) for one in answer["objections"]] == [
        ("words", "contract"),
        ("machine-reserved", "contract"),
        ("no-derivatives", "licence"),
        ("machine-reserved", "licence"),
    ]
    first = answer["ways"][0]
    assert first["source"] == "contract"
    assert [(step["code"], step["value"]) for step in first["steps"]] == [
        ("shorten-to", "700"),
        ("work-by-hand", "tdm"),
    ]


def test_doing_what_it_said_makes_it_a_yes_with_its_conditions():
    code, printed, _ = ask({**ASKED, "words": 700, "is_by_machine": False})
    answer = json.loads(printed)
    assert code == 0
    assert (answer["may"], answer["source"], answer["conditions"]["credit_line"]) == (
        True,
        "contract",
        "Lake Post",
    )


def test_many_questions_are_answered_in_order_and_a_bad_one_stops_none():
    lines = [json.dumps({"id": 1, **ASKED}), '{"id": 2, "use": "sale"}', '{"id": 3}', "{", json.dumps(ASKED)]
    code, printed, _ = ask("\n".join(lines), "--jsonl")
    answers = [json.loads(line) for line in printed.splitlines()]
    assert code == 1
    assert [answer.get("error", {}).get("code") for answer in answers] == [
        None, "bad_value", "missing_key", "bad_line", None,
    ]  # fmt: skip


def test_what_is_no_question_is_refused_in_words():
    for given, words in [
        ("[1]", "not an object"),
        ("nonsense", "not JSON"),
        (json.dumps({**ASKED, "on": "soon"}), "no day"),
        (json.dumps({**ASKED, "agreements": [{"licence": "MINE-1.0"}]}), "no open licence"),
        (json.dumps({**ASKED, "agreements": [{"uses": ["sale"]}]}), "no use"),
        (json.dumps({**ASKED, "words": -1}), "whole number"),
    ]:
        code, _, told = ask(given)
        assert code == 1
        assert words in told
