"""Every published piece has a signed record; whoever has the key can check it without us."""

import json

import cast
import pytest

from dateline.articles.actions import withdraw
from dateline.cli.main import main
from dateline.lib.records import faults_of, make_key, open_record, public_part
from dateline.publishing import actions
from dateline.publishing.content import NoContent, told_by
from dateline.publishing.leaf import record_path
from dateline.publishing.models import Record
from dateline.publishing.queries import record as records


@pytest.fixture
def piece(site):
    return published(cast.a_translation())


def published(article):
    live = cast.published(article)
    actions.bake_around(piece=live.uid, now=cast.NOW)
    return live


def line_of(read, live):
    return read(record_path(live.get_absolute_url())).removesuffix("\n")


def test_a_record_says_where_a_piece_comes_from_and_who_answers_for_it(piece, read):
    said = open_record(line_of(read, piece), public=records.keys().public()).body
    assert said["original"]["url"] == piece.original.url
    assert said["original"]["outlet"] == piece.original.outlet.name
    assert said["permission"]["use"] == "translation"
    assert {one["role"] for one in said["credits"]} >= {"translator"}
    assert said["content_sha256"] == told_by(read(piece.get_absolute_url()).encode()).content_sha256
    assert said["address"] == f"https://digest.example{piece.get_absolute_url()}"


def test_baking_again_writes_no_new_record_and_a_change_writes_one(piece, site):
    actions.bake_everything(now=cast.NOW)
    assert Record.objects.filter(piece=piece.uid).count() == 1
    piece.headline = "Another headline"
    piece.save()
    actions.bake_around(piece=piece.uid, now=cast.NOW)
    assert [row.body()["headline"] for row in Record.objects.filter(piece=piece.uid)][
        -1
    ] == "Another headline"
    assert Record.objects.filter(piece=piece.uid).count() == 2


def test_taking_a_piece_back_is_a_record_and_takes_the_file_of_its_record_away(piece, site, read):
    withdraw(article=piece, reason="The outlet asked.", by=cast.vera(), now=cast.NOW)
    actions.bake_around(piece=piece.uid, now=cast.NOW)
    assert [row.event for row in Record.objects.filter(piece=piece.uid)] == ["published", "withdrawn"]
    assert not site.digest(record_path(piece.get_absolute_url()).lstrip("/"))
    assert not list(
        faults_of(records.lines(), public=records.keys().public(), head=records.head_line(now=cast.NOW))
    )


def test_the_chain_of_many_is_whole_and_its_head_and_key_stand_where_all_can_find_them(site, read):
    for number in range(5):
        published(cast.an_exclusive(headline=f"Piece {number}"))
    actions.bake_everything(now=cast.NOW)
    public = read("/.well-known/dateline-key.pem").encode()
    head = read("/.well-known/dateline-head.json").rstrip("\n")
    lines = list(records.lines())
    assert len(lines) == 5
    assert not list(faults_of(lines, public=public, head=head))
    assert [one.code for one in faults_of(lines[:-1], public=public, head=head)] == ["cut"]


def test_the_page_may_be_set_anew_and_not_say_anything_else(piece, read):
    page = read(piece.get_absolute_url())
    told = told_by(page.encode())
    assert told_by(page.replace("<p>", "<p  class='x'>").encode()).content_sha256 == told.content_sha256
    for old, new in [
        (piece.headline, "Another"),
        ("</p>", "!</p>"),
        ('<a href="', '<a href="https://x.example/'),
    ]:
        inside = page.index("<article")
        changed = page[:inside] + page[inside:].replace(old, new)
        if changed != page:
            assert told_by(changed.encode()).content_sha256 != told.content_sha256, old


@pytest.fixture
def files(piece, read, tmp_path):
    page, record, key = tmp_path / "index.html", tmp_path / "record.json", tmp_path / "key.pem"
    page.write_text(read(piece.get_absolute_url()))
    record.write_text(read(record_path(piece.get_absolute_url())))
    key.write_bytes(records.keys().public())
    return page, record, key


def verify(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(["verify", *map(str, arguments)])
    return ended.value.code


def test_a_page_with_its_record_is_genuine_and_the_command_says_what_it_knows(files, piece, capsys):
    page, _record, key = files
    assert verify(page, "--key", key) == 0
    told = capsys.readouterr().out
    assert piece.headline in told
    assert piece.original.url in told


def test_a_changed_page_a_changed_record_and_a_strange_key_are_told(files, capsys):
    page, record, key = files
    genuine = record.read_text()
    record.write_text(genuine.replace('"kind":"translation"', '"kind":"exclusive"'))
    assert verify(page, "--key", key) == 1
    assert "signature does not fit" in capsys.readouterr().out
    record.write_text(genuine)
    page.write_text(page.read_text().replace("</h1>", "!</h1>"))
    assert verify(page, "--key", key) == 1
    assert "something else" in capsys.readouterr().out
    key.write_bytes(public_part(make_key()))
    assert verify(page, "--key", key) == 1
    assert "key at hand" in capsys.readouterr().out


def test_an_export_is_checked_with_its_head(files, piece, tmp_path, capsys):
    _page, _record, key = files
    export, head = tmp_path / "records.jsonl", tmp_path / "head.json"
    export.write_text("".join(f"{line}\n" for line in records.lines()))
    head.write_text(records.head_line(now=cast.NOW))
    assert verify(export, "--key", key, "--head", head) == 0
    assert "1 records" in capsys.readouterr().out
    export.write_text("")
    assert verify(export, "--key", key, "--head", head) == 1


def test_what_is_missing_is_named(files, tmp_path, capsys):
    page, record, key = files
    assert verify(page, "--key", page) == 2
    assert "PEM" in capsys.readouterr().err
    assert verify(tmp_path / "nothing.html", "--key", key) == 2
    assert "cannot be read" in capsys.readouterr().err
    record.unlink()
    assert verify(page, "--key", key) == 2
    assert "--record FILE" in capsys.readouterr().err


def test_what_is_no_page_of_an_article_has_no_content():
    for page in (b"", b"<p>x", b"<article><p>x</p></article>", b"\x00\xff"):
        with pytest.raises(NoContent):
            told_by(page)


def test_a_record_is_json_that_anybody_can_read(files):
    _page, record, _key = files
    assert json.loads(record.read_text())["event"] == "published"
