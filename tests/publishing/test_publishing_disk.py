import gzip
import threading

import brotli
import pytest

from dateline.publishing.stores.disk import DiskStore

PAGE = b"<!doctype html><p>" + b"The ferry sails again. " * 50


@pytest.fixture
def disk(tmp_path):
    return DiskStore(tmp_path)


def test_a_page_stands_beside_its_compressed_forms_which_carry_its_very_time(disk):
    disk.put("en/x/index.html", PAGE)
    file = disk.root / "en/x/index.html"
    packed, small = file.with_name("index.html.gz"), file.with_name("index.html.br")
    assert gzip.decompress(packed.read_bytes()) == PAGE
    assert brotli.decompress(small.read_bytes()) == PAGE
    assert len({one.stat().st_mtime_ns for one in (file, packed, small)}) == 1


def test_a_second_page_takes_the_place_of_the_first_with_all_its_forms(disk):
    disk.put("index.html", PAGE)
    first = (disk.root / "index.html").stat()
    disk.put("index.html", b"<p>new")
    second = (disk.root / "index.html").stat()
    assert (first.st_ino, first.st_mtime_ns) != (second.st_ino, second.st_mtime_ns)
    assert gzip.decompress((disk.root / "index.html.gz").read_bytes()) == b"<p>new"


def test_a_picture_is_not_compressed_again(disk):
    disk.put("a.jpg", b"\xff\xd8")
    assert [file.name for file in disk.root.iterdir()] == ["a.jpg"]


def test_a_gone_page_says_so_in_a_file_beside_it_until_another_comes(disk):
    disk.put("x/index.html", PAGE, status=410)
    assert disk.status_of("x/index.html") == 410
    disk.put("x/index.html", b"<p>back")
    assert disk.status_of("x/index.html") == 200
    stamps = {
        (disk.root / "x" / name).stat().st_mtime_ns
        for name in ("index.html", "index.html.gz", "index.html.br")
    }
    assert len(stamps) == 1


def test_what_is_removed_leaves_nothing_behind_and_may_be_removed_again(disk):
    disk.put("x/index.html", PAGE, status=410)
    disk.remove("x/index.html")
    disk.remove("x/index.html")
    assert list((disk.root / "x").iterdir()) == []
    assert disk.digest("x/index.html") == ""


def test_a_write_that_fails_leaves_the_old_page_and_no_rubbish(disk):
    disk.put("x/index.html", PAGE)
    (disk.root / "x" / "index.html.gz").unlink()
    (disk.root / "x" / "index.html.gz").mkdir()
    with pytest.raises(OSError):
        disk.put("x/index.html", b"<p>new")
    assert (disk.root / "x/index.html").read_bytes() == PAGE
    assert not list(disk.root.rglob("*.unfinished"))


def test_the_list_of_pages_leaves_out_what_is_backstage_compressed_or_static(disk):
    disk.put("en/index.html", PAGE)
    disk.put("static/js/a.js", b"1")
    disk.put("x/index.html", PAGE, status=410)
    with disk.holding("x"):
        assert sorted(disk.names(before=2**40)) == ["en/index.html", "x/index.html"]
    assert list(disk.names(before=0)) == []


def test_static_texts_are_compressed_once(disk):
    (disk.root / "static").mkdir()
    (disk.root / "static" / "a.css").write_text("a{}")
    (disk.root / "static" / "a.woff2").write_bytes(b"1")
    assert disk.compress_static() == 1
    assert disk.compress_static() == 0


def test_two_bakers_never_make_the_same_page_at_once(disk):
    inside, most = [], []

    def bake():
        with disk.holding("section:1"):
            inside.append(1)
            most.append(len(inside))
            disk.put("a.html", PAGE)
            inside.pop()

    threads = [threading.Thread(target=bake) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1
