"""How fast the verifier is, and whether one changed byte in any of ten thousand records escapes it.

    python benchmarks/rights/verifier.py [RECORDS]

Each record is changed in one byte, at a place and to a value that the seed chooses, and opened by itself; then the
whole chain is checked as it was sealed, and with every tenth record changed. Prints one JSON object; ends with 1
where a change escaped.
"""

import json
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from dateline.lib.records import (
    FIRST,
    NotGenuine,
    faults_of,
    hash_of,
    make_key,
    open_record,
    public_part,
    seal,
)

SEED = 20261123


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    key = make_key()
    public, chance = public_part(key), random.Random(SEED)  # which bytes change has to repeat
    lines = chain(count, key)
    began = time.perf_counter()
    escaped = sum(not is_found(changed(line, chance), public) for line in lines)
    one_each = time.perf_counter() - began
    began = time.perf_counter()
    faults = len(list(faults_of(lines, public=public)))
    whole = time.perf_counter() - began
    spoiled = [changed(line, chance) if number % 10 == 0 else line for number, line in enumerate(lines)]
    named = {fault.number for fault in faults_of(spoiled, public=public)}
    missed = [number for number in range(1, count + 1, 10) if number not in named]
    print(
        json.dumps(
            {
                "records": count,
                "bytes a record": sum(len(line.encode()) for line in lines) // count,
                "changes of one byte, one in each record": count,
                "escaped": escaped,
                "seconds for all of them": round(one_each, 2),
                "seconds for the whole chain as sealed": round(whole, 2),
                "faults in it": faults,
                "changed records of the chain that were not named": len(missed),
            },
            indent=1,
        )
    )
    return 1 if escaped or faults or missed else 0


def chain(count: int, key: bytes) -> list[str]:
    lines: list[str] = []
    previous = FIRST
    for number in range(1, count + 1):
        line = seal(body(number), number=number, previous=previous, key=key)
        lines.append(line)
        previous = hash_of(line)
    return lines


def body(number: int) -> dict[str, object]:
    """A record as a translation has it."""
    return {
        "event": "published",
        "site": "https://digest.example",
        "piece": f"00000000-0000-4000-8000-{number:012}",
        "address": f"https://digest.example/en/2026/11/the-borrowed-boat-{number}/",
        "kind": "translation",
        "headline": f"The borrowed boat came back on day {number}: «Лодка вернулась»",
        "content_sha256": hash_of(str(number)),
        "credits": [{"role": "author", "name": "Inês Faria"}, {"role": "translator", "name": "Tomas Arden"}],
        "machine": {"help": "revised", "name": "Argos"},
        "approved": {"by": "Vera Lindholm", "at": "2026-11-23T12:00:00+00:00"},
        "review": {
            "responsible": "The Digest",
            "sentences": 40,
            "machine": 38,
            "rewritten": 21,
            "approved": 38,
            "steps": [
                {
                    "what": "approved",
                    "by": "Tomas Arden",
                    "role": "translator",
                    "at": "2026-11-23T11:00:00+00:00",
                    "count": 40,
                    "rewritten": 21,
                }
            ],
        },
        "original": {
            "url": f"https://gazeta.example/barco/{number}",
            "outlet": "Gazeta",
            "snapshot_sha256": hash_of(f"s{number}"),
        },
        "permission": {"ground": "agreement", "number": number, "use": "translation", "until": "2027-01-31"},
    }


def changed(line: str, chance: random.Random) -> str:
    raw = bytearray(line.encode())
    place = chance.randrange(len(raw))
    raw[place] = (raw[place] + chance.randrange(1, 256)) % 256
    return raw.decode("utf-8", "surrogateescape")


def is_found(line: str, public: bytes) -> bool:
    try:
        open_record(line, public=public)
    except NotGenuine:
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
