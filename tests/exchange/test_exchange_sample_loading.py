"""The sample newsroom in the database: loaded through the gate, and taken away without a trace."""

import pytest
from cast import a_contributor, an_exclusive
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from dateline.articles import gate
from dateline.articles.models import Article, Section
from dateline.audience.models import ReaderLetter
from dateline.desk.models import Idea
from dateline.exchange.actions.sample import SampleIsHere, load_sample, remove_sample
from dateline.intake.models import Original
from dateline.publishing.actions import bake_everything
from dateline.publishing.models import BakedFile
from dateline.rights.models import Request
from dateline.site.models import Identity
from dateline.sources.models import Outlet
from dateline.translation.actions.memory_files import go_on_bringing
from dateline.translation.models import Job as TranslationJob
from dateline.translation.models import MemoryImport, MemoryUnit, TermForm
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

OUR_ROOMS = ("sources", "agreements", "intake", "rights", "articles", "translation", "desk", "exchange")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Return where the files of this module's newsroom lie."""
    return tmp_path_factory.mktemp("sample")


@pytest.fixture(autouse=True)
def _home(place, settings):
    settings.HOME = type(settings.HOME)(place / "home")
    settings.MEDIA_ROOT = place / "media"
    settings.HOME.lay()


@pytest.fixture(scope="module")
def before_and_after(place, django_db_setup, django_db_blocker):
    """Load the sample once for this module; each test's own changes are rolled back to it. Returns `rows()` before."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=place / "media"), transaction.atomic():
        home = settings.HOME
        settings.HOME = type(home)(place / "home")
        settings.HOME.lay()
        before = rows()
        load_sample(now=timezone.now())
        settings.HOME = home
        yield before
        transaction.set_rollback(True)


@pytest.fixture
def sample(before_and_after, db):
    """Have the sample loaded; returns how many rows there were of each model before."""
    return before_and_after


def rows():
    """Return how many rows each model of ours has; audit and ledger are records and stay."""
    return {
        model._meta.label: model.objects.count()
        for room in OUR_ROOMS
        for model in apps.get_app_config(room).get_models()
        if model._meta.label != "rights.Use"
    }


def test_the_sample_is_a_whole_newsroom_and_the_gate_has_cleared_all_that_is_live(sample):
    live = Article.objects.filter(live=True)
    assert live.count() >= 40
    assert {kind: live.filter(kind=kind).exists() for kind in ("exclusive", "translation", "reprint")} == {
        "exclusive": True,
        "translation": True,
        "reprint": True,
    }
    assert set(live.values_list("locale__language_code", flat=True)) == {"en", "fr", "fa"}
    assert all(gate.lacks(article, now=timezone.now()) == () for article in live)
    assert Section.objects.filter(slug="diaspora", locale__language_code="en").exists()
    assert Original.objects.filter(articles=None, answered_by=None).count() >= 10
    dispute = Article.objects.get(slug="societies-statement", locale__language_code="en").answers.get()
    assert dispute.relation == "disputes"
    assert dispute.to_original is not None
    reply = Article.objects.get(slug="office-reply").answers.get()
    assert reply.to_article.slug == "societies-statement"
    menus = Identity.load().menu_items
    assert menus.filter(menu="main", target_id__isnull=False).count() >= 6
    assert menus.filter(menu="side").exists()


def test_a_piece_without_an_agreement_stays_a_draft(sample):
    drafts = Article.objects.filter(live=False, kind="reprint")
    assert drafts
    assert all(
        "no-permission" in {lack.code for lack in gate.lacks(one, now=timezone.now())} for one in drafts
    )


def test_the_desk_is_in_the_middle_of_its_day(sample):
    job = TranslationJob.objects.get()
    assert job.segments.exclude(text="").count() == 4
    assert job.segments.filter(text="").exists()
    assert {form.status for form in TermForm.objects.filter(language="en")} == {
        "preferred",
        "forbidden",
        "keep",
    }
    assert Request.objects.get().state == "asked"
    assert Idea.objects.filter(state="proposed").count() == 2
    assert set(ReaderLetter.objects.values_list("kind", flat=True)) == {"error", "reply"}


def test_the_memory_has_what_was_translated_before(sample):
    brought = MemoryImport.objects.get()
    go_on_bringing(brought=brought, now=timezone.now())
    assert brought.state == "ready"
    assert brought.added > 200
    assert MemoryUnit.objects.filter(source_language="tr", language="en", text__contains="dry").exists()


def test_it_is_not_loaded_twice(sample):
    before = rows()
    with pytest.raises(SampleIsHere):
        load_sample(now=timezone.now())
    assert rows() == before


def test_taking_it_away_leaves_nothing_of_it_in_the_database_or_on_the_pages(sample):
    bake_everything(now=timezone.now())
    assert BakedFile.objects.filter(kind="article").count() >= 40
    assert remove_sample(now=timezone.now()) == []
    Job.objects.filter(task__startswith="publishing.bake_").delete()  # the line after the next does it
    run_all_jobs()
    bake_everything(now=timezone.now())
    assert rows() == sample
    pages = [file for file in settings.HOME.site.rglob("*.html") if "Halcyon" in file.read_text()]
    assert pages == []


def test_what_is_ours_stays_and_is_named_when_it_rests_on_the_sample(sample):
    section = Section.objects.get(slug="transport", locale__language_code="en")
    ours = an_exclusive(section=section, authors=(a_contributor(),))
    kept = remove_sample(now=timezone.now())
    assert any(str(section) in line and ours.headline in line for line in kept)
    assert Article.objects.filter(pk=ours.pk).exists()
    assert Section.objects.filter(pk=section.pk).exists()
    assert not Outlet.objects.exists()
