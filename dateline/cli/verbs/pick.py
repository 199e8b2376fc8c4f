"""Pick an original: as a reprint, or as a translation into one of the site's languages."""

from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "pick an original as reprint or translation"


def add_arguments(parser: ArgumentParser) -> None:
    """`pick ORIGINAL --as reprint`, `pick ORIGINAL --as translation --into fr`."""
    parser.add_argument("original", help="number or address of the original")
    parser.add_argument(
        "--as", dest="kind", required=True, choices=("reprint", "translation"), help="as what"
    )
    parser.add_argument("--into", metavar="LANGUAGE", help="into which language (for a translation)")
    parser.add_argument(
        "--agreement", type=int, help="number of the agreement that covers it (`agreement list`)"
    )
    parser.add_argument("--by", default="", metavar="NAME", help="who of the staff picks it")


@with_django
def run(options: Namespace) -> int:
    """Pick it and print the article's number."""
    from django.utils import timezone

    from dateline.cli.naming import NoSuchPiece, original_called, person_called
    from dateline.desk.actions import pick_as_reprint, pick_as_translation

    original = original_called(options.original)
    agreement = original.outlet.agreements.filter(pk=options.agreement).first() if options.agreement else None
    if options.agreement and agreement is None:
        raise NoSuchPiece(
            f"{original.outlet} has no agreement {options.agreement}. `dateline agreement list` has them."
        )
    by, now = person_called(options.by), timezone.now()
    if options.kind == "reprint":
        article = pick_as_reprint(original=original, agreement=agreement, by=by, now=now)
    else:
        if not options.into:
            raise NoSuchPiece("Say into which language: --into LANGUAGE.")
        article = pick_as_translation(
            original=original, language=options.into, agreement=agreement, by=by, now=now
        )
    print(f"{article.pk}\t{article}")
    return 0
