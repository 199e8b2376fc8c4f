"""A section is renamed that so many pieces show: how long till all say so, and how long who publishes meanwhile waits.

    python benchmarks/press/rename_section.py [ARTICLES]

All pieces stand in the section. The job that makes the long tail again runs in this process, and pieces are published
by another thread while it does, each waiting for its turn as on a site with one worker. Prints one JSON object.
"""

import json
import sys
import threading
import time
from typing import Any

from paper import LANGUAGES, Paper, in_a_home_of_its_own

ARTICLES = 500
PUBLISHINGS = 5


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    in_a_home_of_its_own(lambda: print(json.dumps(measure(articles), indent=1)))


def measure(articles: int) -> dict[str, Any]:
    from django.utils import timezone

    from dateline.articles.models import Article
    from dateline.publishing.actions import bake_everything
    from dateline.work.models import Job

    paper = Paper()
    paper.sections = {code: shelves[:1] for code, shelves in paper.sections.items()}
    paper.print_pieces(articles)
    Job.objects.all().delete()
    bake_everything(now=timezone.now())
    section = paper.sections[LANGUAGES[0]][0]
    concerned = Article.objects.filter(section=section).count()
    section.name = "Another name"
    section.save()
    return {"articles": articles, "in the section": concerned, **follow(paper)}


def follow(paper: Paper) -> dict[str, Any]:
    """Make the long tail, and publish meanwhile. Returns what both took."""
    from django.utils import timezone

    from dateline.publishing import tasks
    from dateline.publishing.models import Due
    from dateline.work.models import Job

    Job.objects.all().delete()
    desk = Desk(paper)
    began, cpu = time.monotonic(), time.process_time()
    desk.start()
    files = tasks.actions.bake_due(now=timezone.now(), between=desk.take_turn)
    took, spent = time.monotonic() - began, time.process_time() - cpu
    desk.stop()
    assert not Due.objects.exists(), "something is still due"
    return {
        "files made again": files,
        "seconds": round(took, 1),
        "cpu seconds": round(spent, 1),
        "published meanwhile": len(desk.waits),
        "seconds a publishing waited for its turn, each": [round(one, 2) for one in desk.waits],
        "seconds till its pages stood, each": [round(one, 2) for one in desk.whole],
    }


class Desk(threading.Thread):
    """Asks for a piece to be published every few seconds, and notes how long the press lets it wait.

    What is published is written by the press's own thread at its turn, so that SQLite has one writer.
    """

    def __init__(self, paper: Paper) -> None:
        super().__init__(daemon=True)
        self.paper = paper
        self.asked: list[float] = []
        self.waits: list[float] = []
        self.whole: list[float] = []
        self.is_over = threading.Event()

    def run(self) -> None:
        while not self.is_over.wait(2) and len(self.waits) + len(self.asked) < PUBLISHINGS:
            self.asked.append(time.monotonic())

    def stop(self) -> None:
        self.is_over.set()
        self.join()

    def take_turn(self) -> None:
        import cast
        from django.utils import timezone

        from dateline.articles.actions import publish
        from dateline.publishing.actions import bake_all_around_those_due

        while self.asked:
            asked = self.asked.pop(0)
            self.waits.append(time.monotonic() - asked)
            piece = cast.an_exclusive(
                section=self.paper.sections[LANGUAGES[0]][0],
                headline=self.paper.prose(8),
                body=self.paper.body(),
            )
            now = timezone.now()
            publish(article=piece, by=None, now=now)
            bake_all_around_those_due(now=now)
            self.whole.append(time.monotonic() - asked)


if __name__ == "__main__":
    main()
