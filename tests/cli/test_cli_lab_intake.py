"""The lab's verbs for feeds, languages and addresses keep their shapes."""

import json
import subprocess
import sys

import pytest

FEED = """<rss version="2.0"><channel><title>The Lake</title><link>https://lake.example/</link>
<item><title>The ferry sails</title><link>https://lake.example/1</link><description>It &lt;b onclick=x&gt;sails&lt;/b&gt;</description></item>
<item><title>Quiet</title><link>/2</link></item></channel></rss>"""
ENTRY = [
    "guid",
    "url",
    "title",
    "summary",
    "content_html",
    "authors",
    "published_at",
    "language",
    "image_url",
    "via_url",
    "via_name",
]


def lab(*arguments, given=""):
    done = subprocess.run(
        [sys.executable, "-m", "dateline.cli.lab", *map(str, arguments)],
        input=given.encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    return (
        done.returncode,
        [json.loads(line) for line in done.stdout.decode().splitlines()],
        done.stderr.decode(),
    )


@pytest.fixture
def feed(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(FEED, encoding="utf-8")
    return path


def test_feed_prints_an_entry_a_line(feed):
    status, (first, second), _ = lab("feed", feed, "--url", "https://lake.example/feed")
    assert (status, list(first)) == (0, ENTRY)
    assert (first["title"], first["content_html"]) == ("The ferry sails", "It <b>sails</b>")
    assert second["url"] == "https://lake.example/2"


def test_feed_answers_many_and_says_what_is_none(feed, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<html><body>x</body></html>", encoding="utf-8")
    asked = [
        {"id": 1, "path": str(feed)},
        {"id": 2, "path": str(page)},
        {"id": 3, "path": str(tmp_path / "none")},
    ]
    status, answers, _ = lab("feed", "--jsonl", given="\n".join(map(json.dumps, asked)))
    assert (status, answers[0]["title"]) == (1, "The Lake")
    assert [entry["url"] for entry in answers[0]["entries"]] == ["https://lake.example/1", "/2"]
    assert [answer["error"]["code"] for answer in answers[1:]] == ["no_feed", "unreadable_file"]


def test_language_answers_each_line_by_its_number_or_its_id():
    given = (
        'Das Schiff fährt wieder über den See\n\n{"id": "a", "text": "Բարև ձեզ, բարեկամներ"}\n{no object}\n'
    )
    status, answers, _ = lab("language", given=given)
    assert status == 0
    assert [answer["id"] for answer in answers] == [1, 2, "a", 4]
    assert [answer["language"] for answer in answers[:3]] == ["de", None, "hy"]
    assert all(set(answer) == {"id", "language", "confidence"} for answer in answers)


def test_a_prior_decides_what_is_doubtful_and_no_clear_text():
    doubtful = "Biblioteka otvorena\n"
    assert lab("language", "--prior", "sr", given=doubtful)[1][0]["language"] == "sr"
    clear = json.dumps(
        {"id": 1, "text": "The minister said on Monday that the bridge would open", "prior": "sr"}
    )
    assert lab("language", "--jsonl", given=clear)[1][0]["language"] == "en"


def test_url_judges_by_every_address_of_the_hosts_file(tmp_path):
    hosts = tmp_path / "hosts"
    hosts.write_text(
        "# names\n93.184.216.34 Lake.example www.lake.example\n8.8.8.8 two.example # one\n10.0.0.1 two.example\n"
        "2606:4700::1 bücher.example\n",
        encoding="utf-8",
    )
    given = "https://lake.example/a\r\nhttp://two.example/\n\nhttp://127.0.0.1/\nfile:///etc\nhttps://bücher.example/\nhttps://none.example/\n"
    status, answers, _ = lab("url", "--hosts", hosts, given=given)
    assert status == 0
    assert [(answer["verdict"], answer["addresses"]) for answer in answers] == [
        ("allow", ["93.184.216.34"]), ("refuse", ["8.8.8.8", "10.0.0.1"]), ("refuse", ["127.0.0.1"]), ("refuse", []),
        ("allow", ["2606:4700::1"]), ("refuse", []),
    ]  # fmt: skip
    assert all(bool(answer["reason"]) == (answer["verdict"] == "refuse") for answer in answers)
    status, (answer,), _ = lab(
        "url", "--hosts", hosts, "--jsonl", given='{"id": 7, "url": "http://two.example/"}'
    )
    assert (status, answer["id"], answer["verdict"]) == (0, 7, "refuse")


@pytest.mark.corpus
def test_url_refuses_every_address_that_must_not_be_fetched(corpus, tmp_path):
    rows = [json.loads(line) for line in (corpus / "security" / "ssrf.jsonl").read_text().splitlines()]
    status, answers, _ = lab(
        "url", "--jsonl", given="\n".join(json.dumps({"id": n, **row}) for n, row in enumerate(rows))
    )
    assert status == 0
    through = [row["url"] for row, answer in zip(rows, answers, strict=True) if row["must_block"] and answer["verdict"] != "refuse"]  # fmt: skip
    assert not through


@pytest.mark.parametrize(
    "arguments",
    [("feed",), ("feed", "x", "--jsonl"), ("language", "--prior", "../x"), ("url", "--hosts", "/no/such")],
)
def test_a_call_that_makes_no_sense_is_a_matter_of_usage(arguments):
    status, answers, err = lab(*arguments)
    assert (status, answers) == (2, [])
    assert err


def test_no_verb_loads_django_or_opens_a_socket(feed):
    for arguments in (["feed", str(feed)], ["language"], ["url"]):
        code = (
            "import io, sys\nfrom dateline.cli.lab import main\nsys.stdin = io.TextIOWrapper(io.BytesIO(b'x y'))\n"
            f"main({arguments!r})\nsys.stderr.write(' '.join(sys.modules))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
        loaded = set(done.stderr.split())
        assert not {name for name in loaded if name.split(".")[0] in ("django", "wagtail", "aiohttp")}, (
            arguments
        )
        assert "socket" not in loaded or arguments[0] != "url"
