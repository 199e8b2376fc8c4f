"""The `dateline` command: one verb, one file in `verbs/`. Starting it loads neither Django nor a parser of pages."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Final

from dateline import __version__

# In the order in which a newcomer meets them.
VERBS: Final = (
    "run", "setup", "sample", "staff", "outlet", "fetch", "agreement", "pick", "translate", "memory",
    "publish", "withdraw", "hold", "letters", "readers", "bake", "why", "urls", "search", "starter", "purge", "websub",
    "fediverse", "store", "webserver", "records", "verify", "snapshots", "doctor", "lab",
)  # fmt: skip
DESCRIPTION: Final = (
    "Publishes a daily digest: your own exclusives, translations and reprints about one subject."
)
EPILOG: Final = "`dateline VERB --help` explains a verb. Data lives in DATELINE_HOME (default ./var)."


def build_parser(verb: str | None = None) -> argparse.ArgumentParser:
    """Return the parser. With `verb`, only that verb's file is read; the others stand in the list by name."""
    parser = argparse.ArgumentParser(prog="dateline", description=DESCRIPTION, epilog=EPILOG)
    parser.add_argument("--version", action="version", version=f"dateline {__version__}")
    subparsers = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name in VERBS if verb is None else (verb,):
        module = module_of(name)
        if name == "lab":
            module.add_parser(subparsers)
            subparsers.choices["lab"].set_defaults(act=module.run)
            continue
        own = subparsers.add_parser(name, help=module.HELP, description=module.__doc__)
        module.add_arguments(own)
        own.set_defaults(act=module.run)
    return parser


def module_of(verb: str) -> ModuleType:
    """Return the file of a verb."""
    return import_module("dateline.cli.lab" if verb == "lab" else f"dateline.cli.verbs.{verb}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and end the process: 0 done, 1 refused or failed, 2 wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    verb = words[0] if words and words[0] in VERBS else None
    options = build_parser(verb).parse_args(words)
    try:
        sys.exit(options.act(options))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output has gone: `dateline urls | head`
        sys.stderr.close()
        sys.exit(0)
