"""The long proofs, whole: each in a process of its own, by seed, resumable. Figures go to docs/proofs.md.

`make soak`, `make soak SEED=7`; with DATABASE_URL of a PostgreSQL (on_postgres.py) its proofs are told apart. What a run of the same seed has proved already is not proved again; remove
var/soak-SEED.jsonl to begin anew. Ctrl-C loses the proof under way and nothing else.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
PROOFS = PROJECT / "docs" / "proofs.md"
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
FUZZING = "[fuzz-"  # ten minutes each: long enough to be a proof of its own
PLAIN = ["-q", "-p", "no:cacheprovider", "-W", "error"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--tell", action="store_true", help="write docs/proofs.md from what has run, and run nothing"
    )
    parser.add_argument("only", nargs="*", help="files or node ids (default: every long proof)")
    options = parser.parse_args()
    ledger = ledger_of(options.seed, on_postgresql=ON_POSTGRESQL)
    ledger.parent.mkdir(exist_ok=True)
    rows = known(ledger)
    proofs = collected(options.only)
    for number, proof in enumerate(proofs, 1):
        if options.tell or rows.get(proof, {}).get("held"):
            continue
        print(f"{number}/{len(proofs)} {proof} …", end="", flush=True)
        rows[proof] = run(proof, options.seed)
        with ledger.open("a") as file:
            file.write(json.dumps(rows[proof]) + "\n")
        print(f" {'held' if rows[proof]['held'] else 'BROKEN'} in {rows[proof]['seconds']:.0f} s", flush=True)
    told = [rows[proof] for proof in proofs if proof in rows]
    write_down(options.seed)
    return 0 if len(told) == len(proofs) and all(row["held"] for row in told) else 1


def ledger_of(seed: int, *, on_postgresql: bool) -> Path:
    return PROJECT / "var" / f"soak-{seed}{'-postgresql' if on_postgresql else ''}.jsonl"


def known(ledger: Path) -> dict[str, dict[str, object]]:
    """Return what is known of each proof, by its name: what was said last of it."""
    lines = ledger.read_text().splitlines() if ledger.exists() else []
    return {row["proof"]: row for row in map(json.loads, lines)}


def collected(only: list[str]) -> list[str]:
    """Return the node ids of the long proofs, parametrised ones once for all their cases; a parser's fuzzing by itself."""
    said = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-m", "soak", *PLAIN, *only],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    ).stdout  # fmt: skip
    nodes = [line if FUZZING in line else line.split("[", 1)[0] for line in said.splitlines() if "::" in line]
    return list(dict.fromkeys(nodes))


def run(proof: str, seed: int) -> dict[str, object]:
    """Run one proof whole and return what came of it."""
    begun = time.monotonic()
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", *PLAIN, f"--hypothesis-seed={seed}", "--hypothesis-show-statistics", proof],
        cwd=PROJECT, env={**os.environ, "DATELINE_SOAK": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if answer.returncode:
        print(answer.stdout[-4000:], file=sys.stderr)
    examples = sum(int(count) for count in re.findall(r"(\d+) passing examples", answer.stdout))
    return {
        "proof": proof,
        "held": answer.returncode == 0,
        "seconds": time.monotonic() - begun,
        "examples": examples,
    }


def write_down(seed: int) -> None:
    """Write docs/proofs.md anew: what was proved on SQLite, and on PostgreSQL what must hold there as well."""
    proofs = collected([])
    rows = known(ledger_of(seed, on_postgresql=False))
    told = [rows[proof] for proof in proofs if proof in rows]
    lines = [
        "# Proofs",
        (
            "What `make soak` ran whole: properties with thousands of examples, real processes killed many times. "
            "Each run is by seed and goes on where it stopped."
        ),
        "",
        (
            f"`make soak SEED={seed}` on Python {platform.python_version()}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}: "
            f"{sum(bool(row['held']) for row in told)} of {len(proofs)} held, {len(proofs) - len(told)} not run yet."
        ),
        "",
        *table(told),
    ]
    elsewhere = known(ledger_of(seed, on_postgresql=True))
    if elsewhere:
        lines += ["", "## On PostgreSQL", "", *table(list(elsewhere.values()))]
    PROOFS.write_text("\n".join(lines) + "\n")


def table(rows: list[dict[str, object]]) -> list[str]:
    return ["| proof | held | examples | seconds |", "|---|---|---|---|"] + [
        f"| `{row['proof']}` | {'yes' if row['held'] else '**no**'} | {row['examples'] or '–'} | {row['seconds']:.0f} |"
        for row in rows
    ]


if __name__ == "__main__":
    sys.exit(main())
