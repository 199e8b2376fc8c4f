"""The sample newsroom in the database: loaded through the gate, and taken away without a trace."""

import pytest
from cast import a_contributor, an_exclusive, an_identity
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from dateline.articles import gate
from dateline.articles.models import Article, Section
from dateline.exchange.actions.sample import NothingOfTheSample, SampleIsHere, load_sample, remove_sample
from dateline.intake.models import Original
from dateline.publishing.actions import bake_everything
from dateline.publishing.models import BakedFile
from dateline.site.models import Identity
from dateline.sources.models import Outlet
from dateline.work.testing import run_all_jobs

pytestmark = pytest.mark.django_db

OUR_ROOMS = ("sources", "agreements", "intake", "rights", "articles", "translation", "desk", "exchange")


@pytest.fixture(autouse=True)
def _home(tmp_path, settings):
    settings.HOME = type(settings.HOME)(tmp_path / "home")
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.HOME.lay()


def rows():
    """Return how many rows each model of ours has; audit and ledger are records and stay."""
    return {
        model._meta.label: model.objects.count()
        for room in OUR_ROOMS
        for model in apps.get_app_config(room).get_models()
        if model._meta.label != "rights.Use"
    }


def test_the_sample_is_a_whole_newsroom_and_the_gate_has_cleared_all_that_is_live():
    load_sample(now=timezone.now())
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


def test_a_piece_without_an_agreement_stays_a_draft():
    load_sample(now=timezone.now())
    drafts = Article.objects.filter(live=False)
    assert drafts
    assert all(
        "no-permission" in {lack.code for lack in gate.lacks(one, now=timezone.now())} for one in drafts
    )


def test_it_is_not_loaded_twice():
    load_sample(now=timezone.now())
    before = rows()
    with pytest.raises(SampleIsHere):
        load_sample(now=timezone.now())
    assert rows() == before


def test_taking_it_away_leaves_nothing_of_it_in_the_database_or_on_the_pages():
    before = rows()
    load_sample(now=timezone.now())
    bake_everything(now=timezone.now())
    assert BakedFile.objects.filter(kind="article").count() >= 40
    assert remove_sample(now=timezone.now()) == []
    run_all_jobs()
    bake_everything(now=timezone.now())
    assert rows() == before
    pages = [file for file in settings.HOME.site.rglob("*.html") if "Halcyon" in file.read_text()]
    assert pages == []


def test_what_is_ours_stays_and_is_named_when_it_rests_on_the_sample():
    an_identity()
    load_sample(now=timezone.now())
    section = Section.objects.get(slug="transport", locale__language_code="en")
    ours = an_exclusive(section=section, authors=(a_contributor(),))
    kept = remove_sample(now=timezone.now())
    assert any(str(section) in line and ours.headline in line for line in kept)
    assert Article.objects.filter(pk=ours.pk).exists()
    assert Section.objects.filter(pk=section.pk).exists()
    assert not Outlet.objects.exists()


def test_there_is_nothing_to_take_away_where_nothing_was_loaded():
    with pytest.raises(NothingOfTheSample):
        remove_sample(now=timezone.now())
