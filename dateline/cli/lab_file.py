"""A file that a verb of the lab reads: as it was fetched, or packed by gzip."""

import gzip
import zlib
from pathlib import Path

from dateline.cli.lab_verb import Refused

LONGEST = 32 * 1024 * 1024
_GZIP = b"\x1f\x8b"


def content_of(path: Path) -> bytes:
    """Return what is in a file, unpacked. Raises Refused where it cannot be read or is longer than LONGEST bytes."""
    try:
        with path.open("rb") as file:
            packed = file.read(len(_GZIP)) == _GZIP
            file.seek(0)
            content = (gzip.GzipFile(fileobj=file) if packed else file).read(LONGEST + 1)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise Refused("unreadable_file", f"{path} cannot be read: {error}") from None
    if len(content) > LONGEST:
        raise Refused("too_large", f"{path} has more than {LONGEST} bytes.")
    return content
