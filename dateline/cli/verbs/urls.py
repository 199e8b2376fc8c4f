"""Everything that is baked: address, kind, language, article, status, file."""

import json
from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "list everything that is baked"


def add_arguments(parser: ArgumentParser) -> None:
    """`urls [--jsonl]`."""
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line")


def kind_of(kind: str, path: str) -> str:
    """Return what a file is: the page of its kind, its text-only version, or the same as data."""
    if path.startswith("/lite/"):
        return "lite"
    return "data" if kind == "article" and not path.endswith("/") else kind


@with_django
def run(options: Namespace) -> int:
    """List it in the order of the addresses."""
    from django.conf import settings

    from dateline.publishing.models import BakedFile

    for row in BakedFile.objects.order_by("path").iterator():
        line = {
            "url": settings.DATELINE_URL + row.path,
            "kind": kind_of(row.kind, row.path),
            "language": row.language,
            "article": str(row.piece) if row.piece else None,
            "status": row.status,
            "file": row.file,
        }
        text = (
            json.dumps(line, ensure_ascii=False)
            if options.jsonl
            else "\t".join(str(part or "") for part in line.values())
        )
        print(text)
    return 0
