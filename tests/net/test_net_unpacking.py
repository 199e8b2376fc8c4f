"""Bodies are unpacked in small pieces, wholly or not at all."""

import contextlib
import gzip
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.net.unpacking import MOST_MEMBERS, PIECE_BYTES, BadPacking, unpacker

PACKED = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda body: brotli.compress(body, quality=3),
    "identity": bytes,
    "": bytes,
}


def unpack(encoding, packed, *, step=1000):
    taken = unpacker(encoding)
    pieces = [
        piece for start in range(0, len(packed), step) for piece in taken.feed(packed[start : start + step])
    ]
    taken.finish()
    return b"".join(pieces)


@pytest.mark.parametrize("encoding", PACKED)
@given(body=st.binary(max_size=3000), times=st.integers(1, 40), step=st.integers(1, 500))
def test_what_was_packed_comes_out_whole_however_it_is_cut(encoding, body, times, step):
    assert unpack(encoding, PACKED[encoding](body * times), step=step) == body * times


@given(body=st.binary(min_size=1, max_size=300), step=st.integers(1, 50))
def test_deflate_without_its_header_is_known(body, step):
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(body) + packer.flush()
    if packed[0] & 0x0F != 8:
        assert unpack("deflate", packed, step=step) == body


@given(st.lists(st.binary(max_size=50), min_size=1, max_size=20), st.integers(1, 30))
def test_gzip_members_follow_one_another(bodies, step):
    assert unpack("gzip", b"".join(map(gzip.compress, bodies)), step=step) == b"".join(bodies)


@given(st.binary(max_size=50).filter(lambda tail: tail[:1] != b"\x1f"), st.integers(1, 30))
def test_what_follows_gzip_and_is_no_member_is_dropped(tail, step):
    assert unpack("gzip", gzip.compress(b"whole") + tail, step=step) == b"whole"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
@given(body=st.binary(min_size=1, max_size=300), data=st.data())
def test_a_body_that_breaks_off_is_no_shorter_body(encoding, body, data):
    packed = PACKED[encoding](body)
    cut = data.draw(st.integers(1, len(packed) - 1))
    with pytest.raises(BadPacking, match="breaks off"):
        unpack(encoding, packed[:cut])


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
@given(st.data())
def test_garbage_is_unpacked_or_refused_by_name(encoding, data):
    garbage = data.draw(st.binary(max_size=200))
    with contextlib.suppress(BadPacking):
        assert isinstance(unpack(encoding, garbage), bytes)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_no_piece_of_a_bomb_is_large(encoding):
    packed = PACKED[encoding](b"0" * 5_000_000)
    pieces = [len(piece) for piece in unpacker(encoding).feed(packed)]
    assert sum(pieces) == 5_000_000
    assert max(pieces) <= 4 * PIECE_BYTES


def test_a_chain_of_empty_members_is_cut():
    with pytest.raises(BadPacking, match="too many parts"):
        unpack("gzip", gzip.compress(b"") * (MOST_MEMBERS + 1), step=10_000)


@pytest.mark.parametrize("encoding", ["zstd", "compress", "gzip, gzip", "br, gzip", "nonsense\x00"])
def test_a_packing_that_was_not_asked_for_is_refused(encoding):
    with pytest.raises(BadPacking, match="not asked for"):
        unpacker(encoding)
