"""Evidence on the disk: whole, once, as WARC, and checked; what older versions kept stays readable."""

import errno
import gzip
import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake.snapshots import SnapshotDamaged, SnapshotMissing, body_in, name_of
from dateline.intake.snapshots_evidence import Evidence, brought
from dateline.intake.snapshots_warc import read, records_of, written
from dateline.intake.stores.disk import DiskStore

BODY = b"<p>The ferry is late.</p>" * 1000
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def answer(body=BODY, *, at=NOW, url="https://post.example/ferry"):
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", "12"))
    return Evidence(url=url, body=body, came_at=at, status=200, headers=headers, sent=(("Accept", "*/*"),))


@pytest.fixture
def store(tmp_path):
    return DiskStore(tmp_path)


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_kept_is_read_back(store):
    assert store.read(store.keep(answer()).sha256) == BODY


def test_a_body_lies_compressed_under_its_hash_and_the_same_answer_lies_there_once(store):
    kept = store.keep(answer())
    assert store.keep(answer()) == kept
    assert kept.sha256 == name_of(BODY)
    [path] = files(store.folder)
    assert path == store.folder / kept.sha256[:2] / kept.sha256[2:4] / f"{kept.sha256}.warc.gz"
    assert kept.packed_bytes == path.stat().st_size < len(BODY) / 10


def test_the_same_bytes_at_another_time_cost_a_small_record_that_refers_to_the_first(store):
    body = os.urandom(30_000)
    first = store.keep(answer(body))
    second = store.keep(answer(body, at=NOW + timedelta(days=1)))
    assert second.sha256 == first.sha256
    assert second.packed_bytes < 1_000 < first.packed_bytes
    kinds = [record.kind for record in store.records(first.sha256)]
    assert kinds == ["response", "request", "revisit", "request"]
    response, _request, revisit, _question = store.records(first.sha256)
    assert revisit.field("WARC-Refers-To") == response.field("WARC-Record-ID")
    assert revisit.field("WARC-Date") == "2026-03-02T12:00:00Z"
    assert revisit.payload == b""


def test_what_was_brought_is_kept_as_a_resource_with_its_own_name(store):
    kept = store.keep(
        brought(b"Dear desk", name="mid:1@post.example", came_at=NOW, content_type="text/plain")
    )
    [record] = store.records(kept.sha256)
    assert (record.kind, record.payload) == ("resource", b"Dear desk")
    assert record.field("WARC-Target-URI") == "mid:1@post.example"
    assert record.field("Content-Type") == "text/plain"


DAMAGES = [
    b"",
    b"not gzip",
    written(records_of(answer()))[:-20],
    written(records_of(answer(b"another page"))),
    written(records_of(answer()))[:50] + b"\xff" * 50,
    gzip.compress(b"WARC/1.1\r\nContent-Length: 5\r\n\r\nabc", mtime=0),
]


@pytest.mark.parametrize("damage", DAMAGES, ids=["empty", "no gzip", "cut", "another", "mixed", "short"])
def test_a_damaged_snapshot_is_never_returned_and_is_healed_when_its_body_comes_again(store, damage):
    sha256 = store.keep(answer()).sha256
    [path] = files(store.folder)
    path.write_bytes(damage)
    with pytest.raises(SnapshotDamaged, match="backup"):
        store.records(sha256)
    store.keep(answer())
    assert store.read(sha256) == BODY
    assert len(store.records(sha256)) == 2


def test_a_body_that_was_tampered_with_is_found_out(store):
    sha256 = store.keep(answer(b"<p>five</p>")).sha256
    [path] = files(store.folder)
    plain = gzip.decompress(path.read_bytes())
    path.write_bytes(gzip.compress(plain.replace(b"<p>five</p>", b"<p>nine</p>")))
    with pytest.raises(SnapshotDamaged):
        store.read(sha256)


def test_a_missing_snapshot_says_where_it_should_be(store):
    with pytest.raises(SnapshotMissing, match=str(store.folder)):
        store.read(name_of(BODY))
    with pytest.raises(SnapshotMissing):
        store.records(name_of(BODY))


def test_a_body_that_an_older_version_kept_is_read_and_can_be_handed_on(store):
    sha256 = name_of(BODY)
    folder = store.folder / sha256[:2] / sha256[2:4]
    folder.mkdir(parents=True)
    (folder / f"{sha256}.gz").write_bytes(gzip.compress(BODY))
    assert store.read(sha256) == BODY
    [record] = store.records(sha256)
    assert (record.kind, record.payload) == ("resource", BODY)
    (folder / f"{sha256}.gz").write_bytes(gzip.compress(b"other"))
    with pytest.raises(SnapshotDamaged):
        store.read(sha256)


def test_what_is_forgotten_is_gone_with_all_that_refers_to_it(store):
    first = store.keep(answer())
    second = store.keep(answer(at=NOW + timedelta(days=1)))
    later = datetime.now(tz=UTC).timestamp() + 10
    assert store.forget(first.sha256, untouched_since=later) == first.packed_bytes + second.packed_bytes
    assert files(store.folder) == []
    assert store.forget(first.sha256, untouched_since=later) == 0


def test_what_was_just_kept_again_is_not_forgotten(store):
    sha256 = store.keep(answer()).sha256
    [path] = files(store.folder)
    os.utime(path, (1_000, 1_000))
    store.keep(answer(at=NOW + timedelta(days=1)))
    os.utime(next(path for path in files(store.folder) if path.name.count(".") == 3), (1_000, 1_000))
    assert store.forget(sha256, untouched_since=2_000) is None
    assert store.read(sha256) == BODY


def test_a_full_disk_is_told_and_leaves_nothing(store, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        store.keep(answer())
    assert files(store.folder) == []


@given(st.binary())
def test_every_body_survives_packing_and_packs_alike(body):
    packed = written(records_of(answer(body)))
    assert body_in(packed, sha256=name_of(body), where="here") == body
    assert written(records_of(answer(body))) == packed
    assert next(read(packed)).payload == body
