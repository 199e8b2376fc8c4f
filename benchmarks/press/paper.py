"""A paper of so many pieces for the benchmarks of the press, by seed. It measures nothing itself.

A few pieces go out through the gate, as on the desk; the others are copies of their rows with words, sections,
topics, people, outlets and days of their own, so that 100,000 take minutes. Every bake asks the gate about each.

`have_archive` has older pieces stand as rows alone: all that a publishing reads of them (the piece, its clearance, its
record, the rows of its files, of what they show and on what they rest), and no files.
"""

import copy
import random
import sys
import tempfile
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "benchmarks"))

from newsrooms import open_home  # noqa: E402

LANGUAGES = ("en", "fr")
SECTIONS, TOPICS, PEOPLE, OUTLETS, PICTURES = 8, 24, 24, 10, 20
A_DAY = 20
TOGETHER = 500


def in_a_home_of_its_own(measure: Callable[[], None]) -> None:
    """Call `measure` with an empty home and database that go afterwards. DATELINE_HOME of the caller is left alone."""
    with tempfile.TemporaryDirectory() as home:
        open_home(Path(home))
        measure()


class Paper:
    """Shelves, people and pieces. `print_pieces` adds more of them; the newest is a day old or younger."""

    def __init__(self, *, seed: int = 1) -> None:
        import cast
        from django.utils import timezone

        from dateline.publishing.queries.pictures import picture_view

        self.draw = random.Random(seed)
        self.now = timezone.now()
        self.words = [self._word() for _ in range(4000)]
        self.weights = [1 / (rank + 3) for rank in range(len(self.words))]
        cast.an_identity(languages=LANGUAGES, time_zone="Europe/Lisbon")
        self.sections = {
            code: [cast.a_section(self._name(), language=code) for _ in range(SECTIONS)] for code in LANGUAGES
        }
        self.topics = {
            code: [cast.a_topic(self._name(), language=code) for _ in range(TOPICS)] for code in LANGUAGES
        }
        self.people = [cast.a_contributor(self._name(2)) for _ in range(PEOPLE)]
        self.outlets = [cast.an_outlet(self._name(2)) for _ in range(OUTLETS)]
        self.pictures = [cast.a_picture(self._name()) for _ in range(PICTURES)]
        for picture in self.pictures:
            picture_view(picture, alt="")  # its sizes are made when the desk takes it in, not when pages are
        self.models = [self._model(number) for number in range(6)]
        self.bodies: list[Any] = []
        self.printed = 0

    def _word(self) -> str:
        vowels, others = "aeiou", "bcdfglmnprstvz"
        return "".join(
            self.draw.choice(others) + self.draw.choice(vowels) for _ in range(self.draw.randint(1, 4))
        )

    def _name(self, words: int = 1) -> str:
        return " ".join(self.draw.choice(self.words) for _ in range(words)).title()

    def prose(self, words: int) -> str:
        """Return a sentence of so many words."""
        return " ".join(self.draw.choices(self.words, self.weights, k=words)).capitalize() + "."

    def body(self) -> list[Any]:
        """Return a body of some six hundred words."""
        import cast

        return cast.a_body(*(" ".join(self.prose(15) for _ in range(4)) for _ in range(10)))

    def _model(self, number: int) -> Any:
        """A third each of exclusives, translations and reprints went out by the desk's own verb."""
        import cast

        code = LANGUAGES[number % 2]
        fields = {
            "language": code,
            "section": self.sections[code][0],
            "headline": self.prose(8),
            "hero": self.pictures[0],
            "hero_alt": "A ferry",
            "body": self.body(),
        }
        if number % 3 == 0:
            piece = cast.an_exclusive(authors=[self.people[0]], **fields)
        elif number % 3 == 1:
            piece = cast.a_translation(
                cast.an_original(self.outlets[0]), translators=[self.people[1]], **fields
            )
        else:
            piece = cast.a_reprint(cast.an_original(self.outlets[1]), **fields)
        return cast.published(piece, now=self.now)

    def print_pieces(self, count: int) -> None:
        """Have so many pieces stand in all, those that went out by the desk among them."""
        from dateline.articles.models import Article

        left = count - Article.objects.live().count()
        for start in range(0, left, TOGETHER):
            self._copied(min(TOGETHER, left - start))

    def have_archive(self, count: int) -> None:
        """Have so many pieces stand in all: those that are missing are older, and as if they had been baked."""
        from archive import lists_as_if_baked, pieces_as_if_baked

        from dateline.articles.models import Article

        self.bodies = [
            self.body() for _ in range(50)
        ]  # texts repeat in the archive: making them up would take longest
        left = count - Article.objects.live().count()
        for start in range(0, left, TOGETHER):
            pieces_as_if_baked(self._copied(min(TOGETHER, left - start)), now=self.now)
        lists_as_if_baked(now=self.now)

    def _copied(self, count: int) -> list[Any]:
        from django.db import models, transaction

        from dateline.articles.models import Article, Credit
        from dateline.intake.models import Original, Snapshot
        from dateline.rights.models import Permission
        from dateline.rights.models.ledger import Use

        drawn = [self._drawn() for _ in range(count)]
        foreign = [one for one in drawn if one.original is not None]
        with transaction.atomic():
            Original.objects.bulk_create([one.original for one in foreign])
            for one in foreign:
                one.snapshot.original = one.permission.original = one.original
            Snapshot.objects.bulk_create([one.snapshot for one in foreign])
            Permission.objects.bulk_create([one.permission for one in foreign])
            for one in foreign:
                one.original, one.permission = one.original, one.permission  # their numbers are known now
            # Past the gate: their models went through it, and the bake asks about each of these.
            models.QuerySet(Article).bulk_create(drawn)
            uses = [
                Use(permission=one.permission, piece=one.uid, words=600, began_at=self.now) for one in foreign
            ]
            Use.objects.bulk_create(uses)
            Credit.objects.bulk_create(
                [
                    Credit(article=one, role=row.role, sort_order=row.sort_order, name=row.name,
                           contributor=row.contributor and self.draw.choice(self.people))
                    for one in drawn for row in one.byline
                ]
            )  # fmt: skip
            through = Article.topics.through
            through.objects.bulk_create(
                through(article_id=one.pk, topic_id=topic.pk)
                for one in drawn
                for topic in self.draw.sample(self.topics[one.tongue], 2)
            )
        return drawn

    def _drawn(self) -> Any:
        model = self.draw.choice(self.models)
        one = _copy_of(model)
        one._cluster_related_objects = {}
        self.printed += 1
        at = self.now - timedelta(days=self.printed // A_DAY, minutes=self.printed % A_DAY * 7 + 5)
        one.tongue, one.byline = model.language, list(model.credits.all())
        one.uid, one.translation_key, one.slug = uuid.uuid4(), uuid.uuid4(), f"piece-{self.printed}"
        one.headline, one.standfirst, one.body = self.prose(8), self.prose(18), self._text()
        one.section = self.draw.choice(self.sections[one.tongue])
        one.hero = self.draw.choice(self.pictures)
        one.first_published_at = one.last_published_at = at
        one.address_date = at.date()
        one.live_revision = one.latest_revision = None
        if model.original is not None:
            self._with_original(one, model)
        return one

    def _text(self) -> list[Any]:
        return self.draw.choice(self.bodies) if self.bodies else self.body()

    def _with_original(self, one: Any, model: Any) -> None:
        one.original, one.permission = _copy_of(model.original), _copy_of(model.permission)
        one.snapshot = _copy_of(model.original.snapshots.first())
        one.original.url = f"https://outlet.example/{self.printed}"
        one.original.identity = one.original.url
        one.original.headline = self.prose(8)
        one.original.outlet = self.draw.choice(self.outlets)
        one.snapshot.sha256 = f"{self.printed:064x}"


def _copy_of(row: Any) -> Any:
    """Return a row like another that is not written yet."""
    one = copy.copy(row)
    one._state = copy.copy(row._state)
    one._state.fields_cache = dict(row._state.fields_cache)
    one._state.adding, one.pk = True, None
    return one
