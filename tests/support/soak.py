"""The long proofs, whole: each in a process of its own, by seed, resumable. Figures go to docs/proofs.md.

`make soak`, `make soak SEED=7`. What a run of the same seed has proved already is not proved again; remove
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
    ledger = PROJECT / "var" / f"soak-{options.seed}.jsonl"
    ledger.parent.mkdir(exist_ok=True)
    rows = (
        {row["proof"]: row for row in map(json.loads, ledger.read_text().splitlines())}
        if ledger.exists()
        else {}
    )
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
    write_down(told, options.seed, of=len(proofs))
    return 0 if len(told) == len(proofs) and all(row["held"] for row in told) else 1


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


def write_down(rows: list[dict[str, object]], seed: int, *, of: int) -> None:
    """Write the table of docs/proofs.md anew."""
    lines = [
        "# Proofs",
        (
            "What `make soak` ran whole: properties with thousands of examples, real processes killed many times. "
            "Each run is by seed and goes on where it stopped."
        ),
        "",
        (
            f"`make soak SEED={seed}` on Python {platform.python_version()}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}: "
            f"{sum(bool(row['held']) for row in rows)} of {of} held, {of - len(rows)} not run yet."
        ),
        "",
        "| proof | held | examples | seconds |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| `{row['proof']}` | {'yes' if row['held'] else '**no**'} | {row['examples'] or '–'} | {row['seconds']:.0f} |"
        for row in rows
    ]
    PROOFS.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
