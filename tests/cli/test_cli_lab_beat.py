"""`dateline lab beat` from outside: scores with reasons, each line for itself, and calls that make no sense."""

import json

import pytest

from dateline.cli.lab import main

LAKE = {
    "name": "The lake",
    "labels": ["water"],
    "concepts": [
        {"name": "Sevan", "kind": "place", "weight": "strong", "forms": {"en": ["Sevan"], "ru": ["Севан"]}},
        {"name": "fish", "forms": {"en": ["trout"], "ru": ["рыба"]}},
    ],
}


@pytest.fixture
def lab(tmp_path, capsys):
    """Return how to hold lines against a beat: exit code, answers, and what stood on standard error."""

    def run(lines, beat=LAKE, *more):
        beat_file, file = tmp_path / "beat.json", tmp_path / "pieces.jsonl"
        beat_file.write_text(beat if isinstance(beat, str) else json.dumps(beat), encoding="utf-8")
        file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
        code = main(["beat", "--beat", str(beat_file), "--embedder", "none", *more, str(file)])
        told = capsys.readouterr()
        return code, [json.loads(line) for line in told.out.splitlines()], told.err

    return run


def test_a_piece_of_the_subject_is_over_the_line_and_says_why(lab):
    code, (own, other), _ = lab(
        [
            {"id": "a", "title": "Рыбу Севана считают", "text": "На Севане считают рыбу.", "language": "ru"},
            {"id": "b", "title": "Elections are held", "language": "en"},
        ]
    )
    assert code == 0
    assert (own["id"], own["is_over_the_line"], own["labels"]) == ("a", True, ["water"])
    assert own["reasons"][0] == {
        "code": "title",
        "values": ["Sevan", "fish"],
        "words": "names Sevan, fish in the headline",
    }
    assert not other["is_over_the_line"]
    assert [reason["code"] for reason in other["reasons"]] == ["nothing"]
    assert 0 <= other["score"] < own["score"] <= 1


def test_an_answer_does_not_depend_on_the_lines_before_it(lab):
    lines = [{"id": n, "title": title} for n, title in enumerate(["Sevan rises", "x", "Sevan trout"])]
    _, forward, _ = lab(lines)
    _, backward, _ = lab(lines[::-1])
    assert forward == backward[::-1]


def test_a_line_without_a_title_is_told(lab):
    code, answers, _ = lab([{"id": 1}, {"id": 2, "title": 3}])
    assert code == 1
    assert [answer["error"]["code"] for answer in answers] == ["missing_key", "bad_value"]


@pytest.mark.parametrize(
    ("beat", "words"),
    [
        ("{", "is not JSON"),
        ({"name": "x", "concepts": []}, "from 1 to"),
        ({**LAKE, "wheight": 1}, "“wheight” means nothing here"),
    ],
)
def test_a_beat_that_cannot_be_used_ends_the_call_with_what_is_wrong(lab, beat, words):
    code, answers, said = lab([], beat)
    assert (code, answers) == (2, [])
    assert words in said


def test_an_embedder_that_there_is_not_ends_the_call(lab):
    code, _, said = lab([], LAKE, "--embedder", "oracle")
    assert code == 2
    assert "there is no embedder «oracle»" in said
