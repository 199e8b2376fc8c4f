"""Raw answers on the disk: whole, once, and checked."""

import errno
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake.snapshots import SnapshotDamaged, SnapshotMissing, name_of, pack, unpack
from dateline.intake.stores.disk import DiskStore

BODY = b"<p>The ferry is late.</p>" * 1000


@pytest.fixture
def store(tmp_path):
    return DiskStore(tmp_path)


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_kept_is_read_back(store):
    assert store.read(store.keep(BODY)) == BODY


def test_a_body_lies_compressed_under_its_hash_and_once(store):
    sha256 = store.keep(BODY)
    assert store.keep(BODY) == sha256 == name_of(BODY)
    [path] = files(store.folder)
    assert path == store.folder / sha256[:2] / sha256[2:4] / f"{sha256}.gz"
    assert path.stat().st_size < len(BODY) / 10


@pytest.mark.parametrize(
    "damage", [b"", b"not gzip", pack(BODY)[:-20], pack(b"another page"), pack(BODY)[:50] + b"\xff" * 50]
)
def test_a_damaged_snapshot_is_never_returned_and_is_healed_when_its_body_comes_again(store, damage):
    sha256 = store.keep(BODY)
    [path] = files(store.folder)
    path.write_bytes(damage)
    with pytest.raises(SnapshotDamaged, match="backup"):
        store.read(sha256)
    store.keep(BODY)
    assert store.read(sha256) == BODY


def test_a_missing_snapshot_says_where_it_should_be(store):
    with pytest.raises(SnapshotMissing, match=str(store.folder)):
        store.read(name_of(BODY))


def test_a_full_disk_is_told_and_leaves_nothing(store, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        store.keep(BODY)
    assert files(store.folder) == []


@given(st.binary())
def test_every_body_survives_packing_and_packs_alike(body):
    packed = pack(body)
    assert unpack(packed, sha256=name_of(body), where="here") == body
    assert pack(body) == packed
    assert gzip.decompress(packed) == body
