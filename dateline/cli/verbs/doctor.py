"""What is wrong with this installation, and what to do about it."""

from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "say what is wrong with this installation and what to do"


def add_arguments(parser: ArgumentParser) -> None:
    """`doctor` takes nothing."""
    parser.set_defaults()


@with_django
def run(_options: Namespace) -> int:
    """Print each finding. Ends with 1 where one of them is a fault."""
    from dateline.cli.examination import examine

    findings = examine()
    for finding in findings:
        print(f"{finding.degree:8}{finding.message}")
        if finding.remedy:
            print(f"{'':8}→ {finding.remedy}")
    if not findings:
        print("Nothing is wrong.")
    return 1 if any(finding.degree == "fault" for finding in findings) else 0
