"""`dateline lab duplicates` and `stories`: JSON lines, in order, online, with a file or standard input."""

import json
import subprocess
import sys

import pytest

FERRY = "The ferry between the two harbours sailed again on Sunday after three weeks of repairs in the yard."


def lab(*arguments, given=""):
    done = subprocess.run(
        [sys.executable, "-m", "dateline.cli.lab", *arguments],
        input=given.encode(),
        capture_output=True,
        check=False,
        timeout=120,
    )
    return (
        done.returncode,
        [json.loads(line) for line in done.stdout.decode().splitlines()],
        done.stderr.decode(),
    )


@pytest.fixture
def file(tmp_path):
    def write(*lines):
        path = tmp_path / "lines.jsonl"
        path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
        return str(path)

    return write


def test_duplicates_names_the_earlier_line_and_who_was_first(file):
    path = file(
        {"id": 1, "text": FERRY, "host": "a.example", "published_at": "2026-05-02T10:00:00Z"},
        {"id": "two", "text": FERRY.upper(), "host": "b.example", "published_at": "2026-05-01"},
        {"id": 3, "text": "Nothing like it."},
    )
    status, answers, _ = lab("duplicates", path)
    assert status == 0
    assert answers[0] == {
        "id": 1,
        "duplicate_of": None,
        "kind": None,
        "containment": 0.0,
        "contained": None,
        "first": None,
    }
    assert answers[1] == {
        "id": "two",
        "duplicate_of": 1,
        "kind": "exact",
        "containment": 1.0,
        "contained": "both",
        "first": "two",
    }
    assert answers[2]["duplicate_of"] is None


def test_a_bad_line_has_its_answer_in_its_place_and_harms_no_other(file):
    path = file(
        {"id": 1, "text": FERRY},
        "no json",
        {"id": 2},
        {"id": 3, "text": FERRY, "published_at": "x"},
        {"id": 4, "text": FERRY},
    )
    status, answers, _ = lab("duplicates", path)
    assert status == 1
    assert [answer.get("error", {}).get("code") for answer in answers] == [
        None,
        "bad_line",
        "missing_key",
        "bad_value",
        None,
    ]
    assert answers[4]["duplicate_of"] == 1


def test_stories_gathers_and_says_why(file):
    told = [
        {
            "id": "a",
            "title": "Harbour of Lindholm floods, 4500 leave",
            "language": "en",
            "published_at": "2026-05-01",
        },
        {
            "id": "b",
            "title": "Chess player wins the northern cup",
            "language": "en",
            "published_at": "2026-05-01",
        },
        {"id": "c", "title": "In Lindholm 4500 flee from harbour water", "text": None, "language": "en"},
    ]
    status, answers, _ = lab("stories", "--embedder", "char-tfidf", file(*told))
    assert (status, answers) == (
        0,
        [{"id": "a", "story": 0}, {"id": "b", "story": 1}, {"id": "c", "story": 0}],
    )
    _, answers, _ = lab(
        "stories", "--embedder", "char-tfidf", "--why", "--jsonl", given="\n".join(map(json.dumps, told))
    )
    assert answers[2]["why"][0]["id"] == "a"
    assert "Lindholm" in answers[2]["why"][0]["shared"]


@pytest.mark.parametrize("verb", ["duplicates", "stories"])
def test_a_call_without_a_file_makes_no_sense(verb, tmp_path):
    for arguments in ((verb,), (verb, str(tmp_path / "missing"))):
        status, answers, said = lab(*arguments)
        assert (status, answers) == (2, [])
        assert said.startswith(f"dateline lab {verb}: ")


def test_an_unknown_embedder_is_refused(file):
    status, _, said = lab("stories", "--embedder", "crystal-ball", file({"id": 1, "title": "x"}))
    assert status == 2
    assert "nano-e5" in said
