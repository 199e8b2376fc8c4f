"""Where the project's own files are, and by what one version of it is told from another."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent


@cache
def fingerprint() -> str:
    """Return a hash that changes when an installation must be laid anew: migrations, templates, styles, locks.

    Made from names, sizes and times only: a few milliseconds.
    """
    rows = [
        f"{path.relative_to(PROJECT)} {path.stat().st_size} {path.stat().st_mtime_ns}"
        for pattern in (
            "dateline/*/migrations/*.py",
            "templates/**/*",
            "static/**/*",
            "requirements/run.txt",
            "locale/**/*.mo",
        )
        for path in sorted(PROJECT.glob(pattern))
        if path.is_file()
    ]
    return sha256("\n".join(rows).encode()).hexdigest()


def what_is_laid(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what an installation was laid for: where one of these differs, it must be laid again.

    The site's address is among them, because feeds, sitemaps and structured data hold it in full.
    """
    address = environment.get("DATELINE_URL") or f"port {environment.get('PORT') or 8000}"
    return {"version": fingerprint(), "database": environment.get("DATABASE_URL", ""), "address": address}
