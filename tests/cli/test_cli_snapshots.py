"""`dateline snapshots`: room, thinning, checking, handing on."""

from datetime import timedelta
from io import BytesIO

import cast
import pytest
from django.utils import timezone
from warcio.archiveiterator import ArchiveIterator

from dateline.cli.main import build_parser
from dateline.intake.actions.keeping import disk
from dateline.intake.models import Snapshot
from dateline.intake.snapshots_evidence import Evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def snapshot(tmp_path, settings):
    """Return a snapshot of two years ago with its evidence in the store."""
    settings.HOME = type(settings.HOME)(tmp_path / "home")
    settings.HOME.lay()
    settings.DATELINE_SNAPSHOT_DISK_SHARE = "1"
    original = cast.an_original()
    kept = disk().keep(
        Evidence(url=original.url, body=b"<p>Le bac</p>", came_at=original.taken_at, status=200)
    )
    Snapshot.objects.update(
        sha256=kept.sha256, packed_size=kept.packed_bytes, fetched_at=timezone.now() - timedelta(days=700)
    )
    return original.snapshots.get()


def say(capsys, *words):
    """Run a verb; return how it ended, and what it said on both streams."""
    options = build_parser("snapshots").parse_args(["snapshots", *map(str, words)])
    ended = options.act(options)
    told = capsys.readouterr()
    return ended, told.out, told.err


def test_the_room_is_told_with_its_forecast(snapshot, capsys):
    ended, out, _err = say(capsys, "room")
    assert ended == 0
    assert "of 40000 MB are used" in out
    assert "no forecast" in out
    Snapshot.objects.update(fetched_at=timezone.now() - timedelta(hours=3), packed_size=2_000_000)
    _ended, out, _err = say(capsys, "room")
    assert "2.0 MB come a day: the room is used up in" in out


def test_a_dry_run_says_what_would_go(snapshot, capsys):
    ended, out, _err = say(capsys, "thin", "--dry-run")
    assert (ended, out.splitlines()[0][:23]) == (0, "1 snapshots would go: 0")
    snapshot.refresh_from_db()
    assert snapshot.state == Snapshot.State.WHOLE


def test_the_evidence_of_an_original_becomes_a_file_for_archives(snapshot, capsys, tmp_path):
    file = tmp_path / "evidence.warc.gz"
    ended, out, _err = say(capsys, "export", snapshot.original_id, file)
    assert ended == 0
    assert "2 records of 1 snapshots" in out
    kinds = [record.rec_type for record in ArchiveIterator(BytesIO(file.read_bytes()), check_digests="raise")]
    assert kinds == ["warcinfo", "response", "request"]


def test_an_original_that_is_not_there_is_told(snapshot, capsys, tmp_path):
    ended, _out, err = say(capsys, "export", 999_999, tmp_path / "x")
    assert (ended, "no original 999999" in err) == (1, True)


def test_what_is_damaged_is_found(snapshot, capsys):
    assert say(capsys, "verify")[:2] == (0, "Every snapshot is whole.\n")
    [path] = disk().folder.rglob("*.warc.gz")
    path.write_bytes(path.read_bytes()[:-9])
    ended, out, err = say(capsys, "verify")
    assert (ended, "1 snapshots are damaged" in out, "backup" in err) == (1, True, True)
