"""How many pages the press makes in a second of CPU: a whole site of so many articles, from nothing.

    python benchmarks/press/bake.py [ARTICLES]

Its home and database are made in a folder of its own and removed. Prints one JSON object.
"""

import json
import logging
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as home:
        os.environ["DATELINE_HOME"] = home
        os.environ.pop("DATABASE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings"
        print(json.dumps(measure(articles), indent=1))


def measure(articles: int) -> dict[str, object]:
    import django
    from django.conf import settings

    settings.HOME.lay()
    django.setup()
    logging.disable(logging.WARNING)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(articles)
    return {
        "articles": articles,
        "from nothing": bake(),
        "again, nothing changed": bake(),
        "one more": one_more(),
    }


def fill(articles: int) -> None:
    """Write a site: a third each of exclusives, translations and reprints, with pictures, sections and topics."""
    import cast
    from django.db import transaction

    cast.an_identity()
    original, author = cast.an_original(), cast.a_contributor()
    picture = cast.a_picture()
    shelves = {
        language: (
            [cast.a_section(language=language) for _ in range(6)],
            [cast.a_topic(language=language) for _ in range(4)],
        )
        for language in ("en", "fr")
    }
    body = cast.a_body(
        *(
            f"{number}. The ferry of Port Salin sails again on Monday, {'and again ' * 12}."
            for number in range(12)
        )
    )
    makers = (
        lambda **more: cast.an_exclusive(authors=[author], **more),
        lambda **more: cast.a_translation(original, **more),
        lambda **more: cast.a_reprint(original, **more),
    )
    for number in range(articles):
        language = "fr" if number % 3 == 2 else "en"
        sections, topics = shelves[language]
        with transaction.atomic():
            cast.published(
                makers[number % 3](
                    language=language,
                    section=sections[number % 6],
                    topics=[topics[number % 4]],
                    hero=picture,
                    hero_alt="A ferry",
                    body=body,
                )
            )


def bake() -> dict[str, float]:
    from django.utils import timezone

    from dateline.publishing.actions import bake_everything

    return timed(lambda: bake_everything(now=timezone.now()))


def one_more() -> dict[str, float]:
    import cast
    from django.utils import timezone

    from dateline.publishing.actions import bake_around

    piece = cast.published(cast.an_exclusive())
    return timed(lambda: bake_around(piece=piece.uid, now=timezone.now()))


def timed(work) -> dict[str, float]:
    from dateline.publishing.models import BakedFile

    began, cpu = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    changed = work()
    wall, now = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    spent = now.ru_utime + now.ru_stime - cpu.ru_utime - cpu.ru_stime
    pages = BakedFile.objects.filter(file__endswith=".html").count()
    return {
        "html pages standing": pages,
        "files changed": changed,
        "cpu seconds": round(spent, 2),
        "wall seconds": round(wall, 2),
        "changed files a cpu second": round(changed / spent, 1),
    }


if __name__ == "__main__":
    main()
