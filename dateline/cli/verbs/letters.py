"""Letters to readers: offer one, bring in a list with its proof of consent, lead it out, see how far one is."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from dateline.cli.edge import with_django

HELP = "offer a letter to readers, bring readers in, lead them out, see how far an issue is"


def add_arguments(parser: ArgumentParser) -> None:
    """`letters offer LANGUAGE`, `letters import FILE --language TAG …`, `letters export`, `letters list`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    offer = actions.add_parser("offer", help="offer the daily letter in a language of the site")
    offer.add_argument("language", help="a language of the site: en")
    offer.add_argument("--by-hand", action="store_true", help="its issues wait until somebody sends them out")
    bring = actions.add_parser("import", help="bring in a list of readers, as CSV")
    bring.add_argument("file", type=Path, help="its first line names the columns; one of them is email")
    bring.add_argument("--language", required=True, help="where a line does not say it")
    bring.add_argument("--zone", default="UTC", help="time zone, where a line does not say it")
    bring.add_argument(
        "--hour", type=int, choices=range(24), metavar="HOUR", help="0 to 23; as soon as it is out"
    )
    bring.add_argument("--proof", default="", help="where and how they agreed, where a line does not say it")
    bring.add_argument("--agreed", default="", metavar="DATE", help="when, where a line does not say it")
    bring.add_argument("--by", default="", metavar="NAME", help="who of the staff does it")
    out = actions.add_parser("export", help="write all readers with their proof of consent, as CSV")
    out.add_argument("--by", default="", metavar="NAME", help="who of the staff does it")
    actions.add_parser(
        "list", help="the latest issues: letter, edition, state, taken, waiting, refused, unknown"
    )


@with_django
def run(options: Namespace) -> int:
    """Do it. Ends with 1 where a line was bad."""
    return {"offer": _offer, "import": _import, "export": _export, "list": _list}[options.action](options)


def _offer(options: Namespace) -> int:
    from dateline.editions.models import Letter
    from dateline.site.queries import identity, languages

    known = [row.code for row in languages(identity())]
    if options.language not in known:
        print(f"The site is not in {options.language}; it is in {', '.join(known)}.", file=sys.stderr)
        return 1
    letter, _made = Letter.objects.update_or_create(
        kind="daily", language=options.language, defaults={"is_on": True, "is_by_hand": options.by_hand}
    )
    print(letter)
    return 0


def _import(options: Namespace) -> int:
    from datetime import UTC, datetime

    from django.utils import timezone

    from dateline.cli.naming import person_called
    from dateline.editions.actions.lists import import_list
    from dateline.editions.models import Letter
    from dateline.editions.reader_lists import Assumed
    from dateline.lib.decoding import decode

    known = frozenset(Letter.objects.filter(kind="daily").values_list("language", flat=True))
    if options.language not in known:
        print(
            f"There is no letter in {options.language}: dateline letters offer {options.language}",
            file=sys.stderr,
        )
        return 1
    agreed = datetime.fromisoformat(options.agreed) if options.agreed else None
    came = import_list(
        text=decode(options.file.read_bytes()),
        kind="daily",
        assumed=Assumed(
            language=options.language,
            languages=known,
            zone=options.zone,
            hour=options.hour,
            consent_at=agreed.replace(tzinfo=agreed.tzinfo or UTC) if agreed else None,
            consent_source=options.proof,
        ),
        by=person_called(options.by),
        now=timezone.now(),
    )
    for line in came.bad:
        print(f"line {line.number}\t{line.shown}\t{line.why}", file=sys.stderr)
    print(f"{came.taken} taken, {came.known} had it, {came.suppressed} not wanted, {len(came.bad)} bad")
    return 1 if came.bad else 0


def _export(options: Namespace) -> int:
    from django.utils import timezone

    from dateline.cli.naming import person_called
    from dateline.editions.actions.lists import export_list

    for line in export_list(by=person_called(options.by), now=timezone.now()):
        sys.stdout.write(line)
    return 0


def _list(_options: Namespace) -> int:
    from dateline.editions.queries.letters import counts, issues

    for row in issues()[:30]:
        told = counts(row)
        shown = [told[name] for name in ("done", "waiting", "refused", "unknown")]
        print(row.letter, row.edition, row.state, *shown, row.trouble, sep="\t")
    return 0
