"""What stands after any changes, in any order and past any crash, is what a bake of everything from nothing gives."""

import re
import shutil
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from unittest.mock import patch

import cast
import pytest
from django.conf import settings as site_settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext, pgettext
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from soaking import SOAKING, budget

from dateline.articles import actions as articles
from dateline.articles.models import Article, Section
from dateline.lib.home import Home
from dateline.publishing import actions
from dateline.publishing.models import BakedFile, Carried, Clearance, Due, PieceDue, Raised, Shown, Tag
from dateline.publishing.queries.due import DAY
from dateline.site.models import Identity
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

STEPS = 25
BEGIN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
which = st.integers(min_value=0, max_value=30)
number = count(1)
# What only shows the present: the day and the latest edition, the newest pieces, what else one might like; in the
# text-only version it stands under the same headings.
PRESENT = re.compile(
    rb'<(section|aside|nav) class="(?:newest|article-rail|sheet related|reads-on)".*?</\1>'
    rb'|<div class="edition-line"><div class="sheet">\s*<p>.*?</p>',
    re.DOTALL,
)
# Its headings in the text-only version, in the languages of the paper.
PRESENT_IN_WORDS = ("You might also like", "New articles")
# Lines that were left empty: where nothing of the present was to be shown there were none.
EMPTY = re.compile(rb"\s*\n\s*")
HEAD = "dateline-head.json"


class Killed(BaseException):
    """The process died here."""


class Press(RuleBasedStateMachine):
    """A small digest in two languages that everybody changes all the time."""

    def __init__(self):
        super().__init__()
        self.now = BEGIN
        self.folder = tempfile.TemporaryDirectory()
        self.home, site_settings.HOME = site_settings.HOME, Home(Path(self.folder.name) / "home")
        site_settings.HOME.lay()
        # The queue goes by the database's clock, which a test cannot set.
        self.clocks = [
            patch(place, lambda: self.now)
            for place in ("django.utils.timezone.now", "dateline.work.testing.queue_now")
        ]
        for clock in self.clocks:
            clock.start()
        self.whole = transaction.atomic()
        self.whole.__enter__()
        self.steps = 0

    @initialize()
    def a_paper(self):
        cast.an_identity(languages=("en", "fr"), time_zone="Europe/Lisbon")
        news = cast.a_section("News")
        self.sections = [news, cast.a_section("Ports", parent=news), cast.a_section("Mer", language="fr")]
        self.topics = [cast.a_topic("The ferry"), cast.a_topic("Le bac", language="fr")]
        self.people = [cast.a_contributor("Vera Lindholm"), cast.a_contributor("Tomas Arden")]
        self.original = cast.an_original()
        self.pieces = []
        actions.bake_everything(now=self.now)
        Job.objects.all().delete()

    def teardown(self):
        if self.steps and not self.is_failed:
            self.everything_is_as_from_nothing()
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)
        for clock in self.clocks:
            clock.stop()
        site_settings.HOME = self.home
        self.folder.cleanup()

    is_failed = False

    # What happens

    @rule(at=which, topic=which, who=which, is_translated=st.booleans())
    def publish(self, at, topic, who, is_translated):
        section = self.sections[at % len(self.sections)]
        language = section.locale.language_code
        topics = [one for one in self.topics if one.locale == section.locale][: topic % 2]
        fields = {"language": language, "section": section, "topics": topics, "slug": f"piece-{next(number)}"}
        if is_translated:
            piece = cast.a_translation(self.original, **fields)
        else:
            piece = cast.an_exclusive(authors=[self.people[who % 2]], **fields)
        self.pieces.append(cast.published(piece, now=self.now))
        self.settle()

    @precondition(lambda self: self.live())
    @rule(of=which, what=st.sampled_from(["headline", "section", "slug", "topics"]), to=which)
    def edit(self, of, what, to):
        piece = self.one_live(of)
        if what == "headline":
            piece.headline = f"Another headline {to}"
        elif what == "slug":
            piece.slug = f"moved-{next(number)}"
        elif what == "topics":
            piece.topics.set([one for one in self.topics if one.locale == piece.locale][: to % 2])
        else:
            piece.section = [one for one in self.sections if one.locale == piece.locale][to % 2 - 1]
        piece.save_revision()
        articles.publish(article=Article.objects.get(pk=piece.pk), by=None, now=self.now)
        self.settle()

    @precondition(lambda self: self.live())
    @rule(of=which, how=st.sampled_from(["unpublish", "withdraw", "expire"]))
    def take_down(self, of, how):
        piece = self.one_live(of)
        if how == "withdraw":
            articles.withdraw(article=piece, reason="Wrong", by=None, now=self.now)
        elif how == "expire":
            articles.expire(article=piece, now=self.now)
        else:
            articles.unpublish(article=piece, by=None, now=self.now)
        self.settle()

    @precondition(lambda self: self.live())
    @rule(of=which, text=which)
    def correct(self, of, text):
        piece = self.one_live(of)
        from dateline.articles.models import Correction

        Correction.objects.create(
            article=piece, kind="correction", was_wrong="We said so.", said=f"It was {text}.", at=self.now
        )
        self.settle()

    @rule(what=st.sampled_from(["section", "topic", "contributor", "outlet", "slug"]), of=which)
    def rename(self, what, of):
        rows = {
            "section": self.sections,
            "slug": self.sections,
            "topic": self.topics,
            "contributor": self.people,
        }
        row = rows[what][of % len(rows[what])] if what in rows else self.original.outlet
        row.refresh_from_db()
        if what == "slug":
            row.slug = f"renamed-{next(number)}"
        else:
            row.name = f"Renamed {next(number)}"
        row.save()
        self.settle()

    @rule()
    def move_a_section(self):
        ports = Section.objects.get(pk=self.sections[1].pk)
        ports.parent = None if ports.parent_id else Section.objects.get(pk=self.sections[0].pk)
        ports.save()
        self.settle()

    @rule(words=which)
    def rename_the_site(self, words):
        identity = Identity.load()
        identity.email = f"desk-{words}@digest.example"
        identity.save()
        self.settle()

    @rule(days=st.integers(min_value=1, max_value=60))
    def pass_days(self, days):
        self.now += timedelta(days=days)
        actions.raise_tags(DAY)
        self.settle()

    @rule(seen=which)
    def change_a_template(self, seen):
        """New templates raise nothing: whoever mends finds that the prints differ."""
        with patch("dateline.publishing.queries.sheets.__version__", f"test-{seen}"):
            actions.mend(now=self.now)
        actions.mend(now=self.now)

    @precondition(lambda self: self.live())
    @rule(of=which, after=st.integers(min_value=1, max_value=12))
    def crash(self, of, after):
        """A worker dies at some point, and a restart mends."""
        piece = self.one_live(of)
        piece.headline = f"Killed {after} {next(number)}"
        piece.save_revision()
        articles.publish(article=Article.objects.get(pk=piece.pk), by=None, now=self.now)
        self.sections[0].refresh_from_db()
        self.sections[0].name = f"Killed {next(number)}"
        self.sections[0].save()
        with dying(after):
            self.settle()
        Job.objects.all().delete()
        actions.mend(now=self.now)
        self.settle()
        self.everything_is_as_from_nothing()

    # What has to be so

    def settle(self):
        self.now += timedelta(minutes=1)
        run_all_jobs()
        self.steps += 1
        if self.steps % STEPS == 0:
            self.everything_is_as_from_nothing()

    def everything_is_as_from_nothing(self):
        try:
            assert not Due.objects.exists()
            assert not Raised.objects.exists()
            assert not PieceDue.objects.exists()
            stands = tree(site_settings.HOME.site)
            whole = self.from_nothing()
            differing = sorted(name for name in {*stands, *whole} if stands.get(name) != whole.get(name))
            assert differing == [], [(name, stands.get(name), whole.get(name)) for name in differing[:1]]
        except AssertionError:
            self.is_failed = True
            raise

    def from_nothing(self):
        here = site_settings.HOME
        folder = Path(self.folder.name) / "from-nothing"
        shutil.rmtree(folder, ignore_errors=True)
        site_settings.HOME = Home(folder)
        site_settings.HOME.lay()
        shutil.copytree(here.keys, site_settings.HOME.keys, dirs_exist_ok=True)
        try:
            with transaction.atomic():
                for model in (Shown, Carried, BakedFile, Tag, Clearance):
                    model.objects.all().delete()
                actions.bake_everything(now=self.now)
                transaction.set_rollback(True)
            return tree(site_settings.HOME.site)
        finally:
            site_settings.HOME = here

    def live(self):
        return Article.objects.live().exists() if self.steps else False

    def one_live(self, of):
        rows = Article.objects.live().order_by("pk")
        return rows[of % rows.count()]


@contextmanager
def dying(after):
    """Let the press die at the crash point that it comes to as the `after`th; it may be done before."""
    left = count(after, -1)

    def point(_name):
        if next(left) == 1:
            raise Killed

    places = ("actions.due", "actions.placing", "actions.rows", "stores.staging")
    with_points = [patch(f"dateline.publishing.{place}.crash_point", point) for place in places]
    for one in with_points:
        one.start()
    try:
        yield
    except Killed:
        pass
    finally:
        for one in with_points:
            one.stop()


def tree(site):
    """Return every file that readers can get, as {name: content} without what only shows the present."""
    return {
        str(file.relative_to(site)): without_the_present(file)
        for file in site.rglob("*")
        if file.is_file()
        and not {"static", "locks"} & set(file.parts)
        and file.suffix not in {".gz", ".br"}
        and not file.name.startswith(HEAD)
    }


def without_the_present(file):
    """Return what a file says; only pages show the present, and of all others every byte counts."""
    content = file.read_bytes()
    if file.suffix != ".html":
        return content
    for heading in headings_of_the_present():
        listed = rb"<h2>%s</h2>\s*<([ou]l)>.*?</\1>" % re.escape(heading)
        content = re.sub(listed, b"", content, flags=re.DOTALL)
    return EMPTY.sub(b"\n", PRESENT.sub(b"", content))


@cache
def headings_of_the_present():
    """Return them as bytes, the longest first."""
    found = set()
    for language in ("en", "fr"):
        with translation.override(language):
            found |= {
                pgettext("titles at the end of a body", PRESENT_IN_WORDS[0]),
                gettext(PRESENT_IN_WORDS[1]),
            }
    return sorted((one.encode() for one in found), key=len, reverse=True)


def test_a_week_of_the_desk_leaves_what_a_bake_from_nothing_gives(db):
    press = Press()
    try:
        press.a_paper()
        for at in range(4):
            press.publish(at, at, at, is_translated=at == 2)
        press.edit(0, "headline", 1)
        press.rename("section", 0)
        press.rename("outlet", 0)
        press.move_a_section()
        press.correct(1, 1)
        press.take_down(2, "withdraw")
        press.rename("contributor", 0)
        press.pass_days(60)
        press.rename_the_site(1)
        press.edit(0, "section", 1)
        press.crash(0, 5)
    finally:
        press.teardown()


def test_the_sitemap_knows_when_a_section_lost_what_it_listed_by_a_move(db):
    press = Press()
    try:
        press.a_paper()
        press.publish(at=1, topic=0, who=0, is_translated=False)
        press.move_a_section()  # its parent lists nothing any more, and has no last change
        press.everything_is_as_from_nothing()
    finally:
        press.teardown()


@pytest.mark.soak
def test_what_stands_is_what_a_bake_from_nothing_gives(db):
    run_state_machine_as_test(
        Press,
        settings=settings(
            max_examples=budget(1, whole=50),
            stateful_step_count=budget(8, whole=100),
            # Every run takes the same few steps; a soak draws others by its seed.
            derandomize=not SOAKING,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
