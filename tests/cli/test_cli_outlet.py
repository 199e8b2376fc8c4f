"""Lists of outlets from the command line."""

import io
import sys
from argparse import ArgumentParser

import cast
import pytest

from dateline.cli.verbs import outlet
from dateline.lib.formats import opml
from dateline.lib.formats.opml import Opml, Subscription
from dateline.sources.models import Channel, DirectoryEntry, ImportedList

pytestmark = pytest.mark.django_db


def run(*words):
    parser = ArgumentParser()
    outlet.add_arguments(parser)
    return outlet.run(parser.parse_args([str(word) for word in words]))


@pytest.fixture
def lists(tmp_path):
    """Return a folder with two lists in OPML, and something that is none."""
    for name, addresses in (
        ("lake", ["https://a.example/feed", "ftp://x"]),
        ("sea", ["https://b.example/feed"]),
    ):
        found = tuple(Subscription(address=one, title=name) for one in addresses)
        (tmp_path / f"{name}.opml").write_bytes(opml.write(Opml(title=name, subscriptions=found)))
    (tmp_path / "notes.txt").write_text("nothing")
    return tmp_path


def test_a_folder_of_lists_is_watched_and_a_second_time_there_is_nothing_new(lists, capsys):
    assert run("import", lists) == 0
    assert set(Channel.objects.values_list("address", flat=True)) == {
        "https://a.example/feed",
        "https://b.example/feed",
    }
    assert "1 added, 0 not, 1 unusable" in capsys.readouterr().out
    assert run("import", lists) == 0
    assert "nothing in it that we do not have" in capsys.readouterr().out
    assert ImportedList.objects.count() == 2


def test_a_preview_adds_nothing(lists, capsys):
    cast.a_channel(address="http://b.example/feed/")
    assert run("import", "--preview", lists / "lake.opml", lists / "sea.opml") == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "new\thttps://a.example/feed\tlake"
    assert told[1].startswith("unusable\t")
    assert told[2] == "watched\thttps://b.example/feed\tsea\thttp://b.example/feed/"
    assert Channel.objects.count() == 1


def test_a_list_may_be_kept_as_a_directory(lists, capsys):
    assert run("import", "--directory", lists / "sea.opml") == 0
    assert DirectoryEntry.objects.get().listing == "sea"
    assert not Channel.objects.exists()


def test_what_is_watched_is_written_into_a_file_or_to_standard_output(tmp_path, monkeypatch):
    cast.a_channel(title="Lake Post")
    assert run("export", tmp_path / "out.opml") == 0
    assert opml.read((tmp_path / "out.opml").read_bytes()).subscriptions[0].title == "Lake Post"
    assert run("export", tmp_path / "out.json") == 0
    assert b'"outlets/1"' in (tmp_path / "out.json").read_bytes()
    out = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", out)
    assert run("export") == 0
    assert out.buffer.getvalue().startswith(b"<?xml")


def test_a_file_that_is_missing_or_no_list_is_told_and_ends_with_one(tmp_path, capsys):
    assert run("import", tmp_path / "none.opml") == 1
    assert "There is no file" in capsys.readouterr().err
    (tmp_path / "page.opml").write_text("<html></html>")
    assert run("import", tmp_path / "page.opml") == 1
    assert "This is a web page" in capsys.readouterr().err


def test_the_list_says_in_words_how_each_channel_does(capsys):
    cast.a_channel(trouble="It is ill.", failures=1)
    assert run("list") == 0
    told = capsys.readouterr().out
    assert "It is ill. The last check went wrong." in told
    assert "Health(" not in told
