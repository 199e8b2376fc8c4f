"""`dateline lab` keeps its shapes: they are how the parts are measured from outside."""

import gzip
import json
import resource
import subprocess
import sys

import pytest

PROSE = (
    "<p>The ferry between the two harbours sailed again on Sunday after three weeks of repairs in the yard.</p>"
    "<p>Its captain said that the new engine was quieter than the birds that follow the boat every morning.</p>"
    "<p>Passengers on the first trip were given tea and a printed map that the harbour office had drawn.</p>"
)
PAGE = f"<html lang=en><head><title>The ferry sails</title></head><body><article><h1>The ferry sails</h1>{PROSE}</article></body></html>"
KEYS = [
    "headline", "standfirst", "authors", "published_at", "language", "body_text", "body_html", "image",
    "canonical_url", "suspect", "reasons", "section", "pictures", "origins", "signals", "is_paywalled",
    "paywall_evidence", "word_count", "next_page",
]  # fmt: skip


def lab(*arguments, given="", module="dateline.cli.lab"):
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        input=given.encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_extract_prints_one_object_with_every_key(page):
    status, out, _ = lab("extract", str(page), "--url", "https://lake.example/1", "--summary", "It sails")
    found = json.loads(out)
    assert (status, list(found)) == (0, KEYS)
    assert (found["headline"], found["language"], found["standfirst"]) == (
        "The ferry sails",
        "en",
        "It sails",
    )


def test_extract_reads_a_packed_page(tmp_path):
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(PAGE.encode()))
    status, out, _ = lab("extract", str(packed), "--url", "https://lake.example/1")
    assert (status, json.loads(out)["headline"]) == (0, "The ferry sails")


def test_many_are_answered_in_order_and_a_bad_one_in_its_place(page, tmp_path):
    broken = tmp_path / "broken.gz"
    broken.write_bytes(b"\x1f\x8bnothing")
    asked = [
        {"id": "a", "path": str(page), "url": "https://lake.example/1"},
        {"id": 2, "path": str(tmp_path / "missing.html"), "url": "https://lake.example/2"},
        {"id": "c", "path": str(broken), "url": "https://lake.example/3"},
        {"id": "d", "url": "https://lake.example/4"},
        {"id": "e", "path": str(page), "url": "https://lake.example/5", "title": 3},
        {"id": "f", "path": str(page), "url": "https://lake.example/6"},
    ]
    given = "\n".join(map(json.dumps, asked)) + "\nnot json\n[1]\n"
    status, out, err = lab("extract", "--jsonl", given=given)
    answers = lines(out)
    assert (status, err) == (1, "")
    assert [answer["id"] for answer in answers] == ["a", 2, "c", "d", "e", "f", None, None]
    assert list(answers[0]) == list(answers[5]) == ["id", *KEYS]
    codes = [answer["error"]["code"] for answer in answers if "error" in answer]
    assert codes == ["unreadable_file", "unreadable_file", "missing_key", "bad_value", "bad_line", "bad_line"]
    assert all(
        set(answer) == {"id", "error"} and answer["error"]["message"]
        for answer in answers
        if "error" in answer
    )


def test_a_page_without_an_article_and_a_flood_have_their_codes(tmp_path):
    for name, content, code in (
        ("none", "<p>x</p>", "no_article"),
        ("flood", "<div>" * 50_000, "hostile_markup"),
    ):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        line = json.dumps({"id": 1, "path": str(path), "url": "https://lake.example/1"})
        status, out, _ = lab("extract", "--jsonl", given=line)
        assert (status, lines(out)[0]["error"]["code"]) == (1, code)


def test_sanitize_takes_one_fragment_or_many():
    assert lab("sanitize", given="<p onclick=x>a<script>b</script>") == (0, "<p>a</p>\n", "")
    status, out, _ = lab(
        "sanitize", "--jsonl", given='{"id": 1, "html": "<b>ö"}\n\n{"id": 2, "html": null}\n'
    )
    first, second = lines(out)
    assert (status, first) == (1, {"id": 1, "html": "<b>ö</b>"})
    assert second["error"]["code"] == "missing_key"


def test_segment_prints_a_sentence_a_line_and_keeps_paragraphs():
    given = "Dr. Lind came.\nHe left. Why?\n\nNobody\nknows.\n"
    assert (
        lab("segment", "--language", "en", given=given)[1]
        == "Dr. Lind came.\nHe left.\nWhy?\n\nNobody knows.\n"
    )


def test_segment_answers_many_with_paragraphs():
    given = '{"id": "a", "text": "Aa b1. Cc dd.\\n\\nEe."}\n{"id": "b", "text": ""}\n{"id": "c", "text": "Նա։ Ո՞ւր։", "language": "hy"}\n'
    status, out, _ = lab("segment", "--language", "en", "--jsonl", given=given)
    assert status == 0
    assert lines(out) == [
        {"id": "a", "paragraphs": [["Aa b1.", "Cc dd."], ["Ee."]]},
        {"id": "b", "paragraphs": []},
        {"id": "c", "paragraphs": [["Նա։", "Ո՞ւր։"]]},
    ]


@pytest.mark.parametrize(
    "arguments",
    [(), ("extract",), ("extract", "x.html"), ("extract", "x.html", "--jsonl"), ("segment",), ("nonsense",), ("segment", "--language", "../x")],
)  # fmt: skip
def test_a_call_that_makes_no_sense_is_a_matter_of_usage(arguments):
    status, out, err = lab(*arguments)
    assert (status, out) == (2, "")
    assert err


def test_no_verb_loads_django_and_help_loads_next_to_nothing(page):
    asks = [
        ["--help"],
        ["extract", str(page), "--url", "https://lake.example/1"],
        ["sanitize"],
        ["segment", "--language", "en"],
    ]
    for arguments in asks:
        code = (
            "import io, sys\nfrom dateline.cli.lab import main\nsys.stdin = io.TextIOWrapper(io.BytesIO(b'x'))\n"
            f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
            "sys.stderr.write(' '.join(sys.modules))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
        loaded = set(done.stderr.split())
        assert not {name for name in loaded if name.split(".")[0] in ("django", "wagtail")}, arguments
        if arguments == ["--help"]:
            assert not loaded & {"lxml", "nh3", "trafilatura", "feedparser"}


def test_help_is_quick_and_one_extraction_within_its_budget(page):
    before = cpu_of_children()
    lab("--help")
    helped = cpu_of_children()
    lab("extract", str(page), "--url", "https://lake.example/1")
    extracted = cpu_of_children()
    assert helped - before < 0.5
    assert extracted - helped < 1.2


def cpu_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
