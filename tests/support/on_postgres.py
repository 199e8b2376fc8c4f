"""Run a command with DATABASE_URL set to a throw-away PostgreSQL of whatever version is installed.

`on_postgres.py COMMAND…`. Without PostgreSQL it says so and ends with 0: the run is skipped, not failed.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Return the folder of the newest installed PostgreSQL server, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    return Path(on_path).resolve().parent if on_path and shutil.which("initdb") else None


def as_owner() -> dict[str, object]:
    """PostgreSQL refuses to run as root: then it runs as the user that Debian made for it."""
    if os.geteuid() != 0:
        return {}
    owner = pwd.getpwnam("postgres")
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """Start a cluster on a local socket and yield its DATABASE_URL; remove it whole at the end."""
    with tempfile.TemporaryDirectory(prefix="dateline-pg-") as name:
        folder, owner = Path(name), as_owner()
        folder.chmod(0o755)
        if owner:
            os.chown(folder, owner["user"], owner["group"])
        data = folder / "data"
        quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, **owner}
        subprocess.run(
            [programs / "initdb", "-D", data, "-A", "trust", "-U", "dateline", "-E", "UTF8", "--no-sync"],
            check=True,
            **quiet,
        )
        options = (
            f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=60"
        )
        control = [programs / "pg_ctl", "-D", data, "-w", "-t", "60"]
        subprocess.run([*control, "-l", folder / "log", "-o", options, "start"], check=True, **quiet)
        try:
            yield f"postgres://dateline@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, **quiet)


def main(command: list[str]) -> int:
    programs = binaries()
    if programs is None:
        print(
            "No PostgreSQL server is installed: its run is skipped. On Debian: apt install postgresql",
            file=sys.stderr,
        )
        return 0
    with cluster(programs) as address:
        print(f"On PostgreSQL from {programs}:", flush=True)
        return subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": address}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
