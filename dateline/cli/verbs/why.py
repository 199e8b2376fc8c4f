"""Why a page stands as it does: what it depends on, when it was made, and why."""

from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "say on what a page depends, when it was made and why"
_LISTED = 12


def add_arguments(parser: ArgumentParser) -> None:
    """`why URL`."""
    parser.add_argument("url", help="an address of the site, whole or from its root: /en/")


@with_django
def run(options: Namespace) -> int:
    """Say it."""
    from dateline.publishing.queries.why import why

    found = why(options.url)
    row = found.row
    print(f"{row.path} ({row.status}), the file {row.file}")
    print(f"made by the recipe {row.kind!r} from the key {row.key!r}, in {row.language or 'no language'}")
    print(f"last changed {found.made_at:%Y-%m-%d %H:%M:%S %Z}: {row.why or 'a piece on it changed'}")
    if not found.is_as_written:
        print("the file on the disk is not what was made: `dateline bake --mend`")
    if row.stale_on:
        print(f"tells days so until {row.stale_on}")
    if found.due:
        print(
            f"due again: {found.due}" + (f" (it could not be made: {found.trouble})" if found.trouble else "")
        )
    _list(
        "rests on", [*([f"what stands around all pages in {row.language}"] if row.sheet else []), *found.tags]
    )
    _list("shows", [headline for _uid, headline, is_present in found.pieces if not is_present])
    _list("shows for the moment", [headline for _uid, headline, is_present in found.pieces if is_present])
    return 0


def _list(what: str, names: list[str]) -> None:
    if names:
        print(f"{what}:")
        for name in names[:_LISTED]:
            print(f"  {name}")
        if len(names) > _LISTED:
            print(f"  and {len(names) - _LISTED} more")
