"""How many pages the press makes in a second of CPU: a whole site of so many articles, from nothing, compressed.

    python benchmarks/press/bake.py [ARTICLES …]

Two sizes tell whether it is linear. Pictures for links (cards) are counted apart. What compressing the same files alone
takes in the same minute is told beside it, since a busy machine makes all of it slower. hugo.py is the peer; here a
loop stands for it that asks for each article by itself, as a page that is rendered at each visit does. Prints a JSON
object a size.
"""

import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from paper import Paper, in_a_home_of_its_own

SIZES = (200, 1_000)
A_SAMPLE = 200
ALONE = 30


def main() -> None:
    sizes = [int(one) for one in sys.argv[1:]] or list(SIZES)
    in_a_home_of_its_own(lambda: measure(sizes))


def measure(sizes: list[int]) -> None:
    from django.conf import settings

    from dateline.publishing.models import BakedFile
    from dateline.publishing.stores.disk import DiskStore

    paper = Paper()
    for size in sizes:
        paper.print_pieces(size)
        for (
            row
        ) in BakedFile.objects.all().iterator():  # from nothing each time; cards stand where nothing changed
            DiskStore(settings.HOME.site).remove(row.file)
        BakedFile.objects.all().delete()
        print(json.dumps({"articles": size, **whole()}, indent=1), flush=True)
    print(json.dumps({"each article by itself": one_at_a_time()}, indent=1), flush=True)
    print(json.dumps({"again, nothing changed": whole()}, indent=1), flush=True)


def whole() -> dict[str, Any]:
    """Bake everything, and tell what each kind of page took."""
    from django.utils import timezone

    from dateline.publishing.actions import bake_everything, due

    took, made = Counter[str](), Counter[str]()
    step = due._make

    def noted(press: Any, rows: Any, **ways: Any) -> Any:
        began = cpu()
        try:
            return step(press, rows, **ways)
        finally:
            took[rows[0].kind] += cpu() - began
            made[rows[0].kind] += len(rows)

    with patch.object(due, "_make", noted):
        seconds, wall, changed = timed(lambda: bake_everything(now=timezone.now()))
    full, lite = pages()
    without_cards = seconds - took["card"]
    return {
        "files changed": changed,
        "html pages": full,
        "text-only html pages": lite,
        "cpu seconds": round(seconds, 1),
        "of them cards for links": round(took["card"], 1),
        "wall seconds": round(wall, 1),
        "html pages a cpu second, cards apart": round((full + lite) / without_cards, 1),
        "of them full pages": round(full / without_cards, 1),
        "files a cpu second": round(changed / seconds, 1),
        "ms of a processor each": {
            kind: round(1000 * took[kind] / made[kind], 1) for kind, _s in took.most_common(8)
        },
        "compressing alone, ms a full page": compressing(),
        "store": store_size(),
    }


def one_at_a_time() -> dict[str, float]:
    """Read, render and compress some articles, each by itself and with a press of its own."""
    from django.utils import timezone

    from dateline.articles.models import Article
    from dateline.publishing.actions.making import leaves_of
    from dateline.publishing.queries.baked import ARTICLE, Errand
    from dateline.publishing.queries.press import open_press
    from dateline.publishing.stores.disk import forms_of

    pieces = list(Article.objects.live().values_list("uid", flat=True)[:ALONE])

    def loop() -> None:
        for uid in pieces:
            leaves = leaves_of(open_press(now=timezone.now()), Errand(ARTICLE, str(uid)))
            for leaf in leaves:
                forms_of(leaf.content)

    seconds, _wall, _nothing = timed(loop)
    return {"articles": len(pieces), "articles a cpu second": round(len(pieces) / seconds, 1)}


def compressing() -> float:
    """Return how long gzip and brotli take for a page of an article, as a mean of some."""
    from django.conf import settings

    from dateline.publishing.models import BakedFile
    from dateline.publishing.stores.disk import forms_of

    rows = BakedFile.objects.filter(kind="article", path__endswith="/").exclude(path__startswith="/lite/")
    bodies = [(settings.HOME.site / row.file).read_bytes() for row in rows[:A_SAMPLE]]
    seconds, _wall, _nothing = timed(lambda: [forms_of(body) for body in bodies])
    return round(1000 * seconds / max(len(bodies), 1), 2)


def pages() -> tuple[int, int]:
    """Return how many full and how many text-only HTML pages stand."""
    from dateline.publishing.models import BakedFile

    html = BakedFile.objects.filter(file__endswith=".html")
    lite = html.filter(path__startswith="/lite/").count()
    return html.count() - lite, lite


def store_size() -> dict[str, float]:
    """Return what the files take as they are long, and the database beside them, in MB."""
    from django.conf import settings

    site = settings.HOME.site
    files = [
        one for one in site.rglob("*") if one.is_file() and "static" not in one.relative_to(site).parts[:1]
    ]
    base = sum(one.stat().st_size for one in settings.HOME.db.glob("*.sqlite3*"))
    return {
        "files": len(files),
        "MB": round(sum(one.stat().st_size for one in files) / 1e6, 1),
        "MB of pictures for links": round(
            sum(one.stat().st_size for one in files if one.suffix == ".png") / 1e6, 1
        ),
        "MB of database": round(base / 1e6, 1),
    }


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    began, spent = time.perf_counter(), cpu()
    done = work()
    return cpu() - spent, time.perf_counter() - began, done


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
