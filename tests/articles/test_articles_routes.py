"""Every way out that there is, tried with pieces that are not cleared: refused, or nothing of them is baked."""

import itertools
import json
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from cast import (
    NOW,
    a_contributor,
    a_picture,
    a_picture_permission,
    a_reprint,
    a_section,
    a_statement,
    a_translation,
    an_agreement,
    an_article,
    an_exclusive,
    an_identity,
    an_original,
    an_outlet,
    published,
    somebody,
)
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management import call_command
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.edit import EditAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Task, Workflow, WorkflowContentType, WorkflowTask

from dateline.articles import gate
from dateline.articles.actions import publish, publish_due
from dateline.articles.gate import NotCleared
from dateline.articles.models import Article, OnlyThroughTheGate, Section
from dateline.cli.main import main
from dateline.publishing.actions import bake_everything, store
from dateline.publishing.leaf import file_of
from dateline.publishing.models import BakedFile
from dateline.rights.actions import revoke, take_from_agreement
from dateline.work.models import Job
from dateline.work.testing import run_all_jobs

pytestmark = pytest.mark.django_db

number = itertools.count(1)


@pytest.fixture(autouse=True)
def _home(tmp_path, settings):
    settings.HOME = type(settings.HOME)(tmp_path / "home")
    settings.HOME.lay()
    an_identity()


# Pieces that lack something, all in one section of their language: each section more is baked with all its feeds


def desk(language="en"):
    return Section.objects.filter(
        slug__startswith="contraband", locale__language_code=language
    ).first() or a_section("Contraband", language=language)


def no_permission():
    return a_reprint(permission=None, section=desk("fr"))


def revoked():
    article = a_translation(section=desk())
    revoke(permission=article.permission, reason="Changed their mind", by=None, now=NOW)
    return article


def agreement_ended():
    outlet = an_outlet()
    agreement = an_agreement(outlet, ends_on=NOW.date() - timedelta(days=400))
    original = an_original(outlet)
    permission = take_from_agreement(
        original=original, agreement=agreement, use="translation", language="en", by=None, now=NOW
    )
    return a_translation(original, permission=permission, section=desk())


def unsigned():
    return a_translation(authors=(), section=desk())


def no_translator():
    return a_translation(translators=(), section=desk())


def no_original():
    return an_article(kind="translation", authors=[a_contributor()], translators=["Tomas"], section=desk())


def stolen_picture():
    return an_exclusive(hero=a_picture(permission=None), hero_alt="A ferry", section=desk())


def picture_without_words():
    return an_exclusive(hero=a_picture(), hero_alt="", section=desk())


def picture_whose_right_ended():
    permission = a_picture_permission(ends_on=NOW.date() - timedelta(days=900))
    return an_exclusive(hero=a_picture(permission=permission), hero_alt="A ferry", section=desk())


def foreign_section():
    return an_exclusive(section=a_section(language="fr"))


def statement_of_nobody():
    return a_statement(issued_by="", authors=[a_contributor()], section=desk())


LACKING = [
    no_permission, revoked, agreement_ended, unsigned, no_translator, no_original, stolen_picture,
    picture_without_words, picture_whose_right_ended, foreign_section, statement_of_nobody,
]  # fmt: skip


# Ways out


def our_verb(article):
    publish(article=article, by=None, now=NOW)


def its_revision(article):
    article.save_revision().publish()


def wagtails_action(article):
    PublishRevisionAction(article.save_revision()).execute(skip_permission_checks=True)


def its_own_publish(article):
    article.publish(article.save_revision())


def saving_it_live(article):
    article.live = True
    article.save()


def saving_one_field(article):
    article.live = True
    article.save(update_fields=["live"])


def update(article):
    Article.objects.filter(pk=article.pk).update(live=True, first_published_at=NOW)


def bulk_create(article):
    article.pk, article.uid, article.live, article.translation_key = (
        None,
        article.translation_key,
        True,
        article.uid,
    )
    Article.objects.bulk_create([article])


def bulk_update(article):
    article.live = True
    Article.objects.bulk_update([article], ["live"])


def the_schedule(article):
    article.go_live_at = timezone.now() + timedelta(seconds=5)
    article.save_revision(approved_go_live_at=timezone.now() - timedelta(seconds=1), clean=False)
    publish_due(now=timezone.now() + timedelta(minutes=1))


def wagtails_schedule(article):
    article.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")


def the_button(article):
    client = Client()
    client.force_login(somebody("editor-in-chief", role="owner", is_superuser=True))
    address = reverse(article.snippet_viewset.get_url_name("edit"), args=[article.pk])
    page = client.get(address)
    data = form_data(page.context["form"]) | {"action-publish": "yes"}
    client.post(address, data)


def the_workflow(article):
    workflow = Workflow.objects.create(name=f"Second pair of eyes {next(number)}")
    task = Task.objects.create(name=f"Read {next(number)}")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowContentType.objects.update_or_create(
        content_type=article.get_content_type(), defaults={"workflow": workflow}
    )
    article.save_revision()
    state = workflow.start(article, somebody())
    state.current_task_state.approve(user=somebody())


def wagtails_api(article):
    EditAction(article, user=None, publish=True).execute(skip_permission_checks=True)


def the_command(article):
    with pytest.raises(SystemExit) as ended:
        main(["publish", str(article.pk)])
    assert ended.value.code == 1


def loading_a_fixture(article):
    row = json.loads(serializers.serialize("json", [article]))
    row[0]["fields"]["live"] = True
    for loaded in serializers.deserialize("json", json.dumps(row)):
        loaded.save()


def past_django(article):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_article SET live = %s, first_published_at = %s WHERE id = %s",
            [True, NOW, article.pk],
        )


def past_the_manager(article):
    models.QuerySet(Article).filter(pk=article.pk).update(live=True, first_published_at=NOW)


def past_the_save(article):
    article.live = True
    models.Model.save(article)


WAYS = [
    our_verb, its_revision, wagtails_action, its_own_publish, saving_it_live, saving_one_field, update, bulk_create,
    bulk_update, the_schedule, wagtails_schedule, the_button, the_workflow, wagtails_api, the_command,
    loading_a_fixture, past_django, past_the_manager, past_the_save,
]  # fmt: skip
# These end in Django's own writing, which nobody can forbid; the baker refuses what they wrote.
PAST_THE_GATE = {loading_a_fixture, past_django, past_the_manager, past_the_save}
# These go to whatever waits, or change how all pieces go out: each is tried with pieces of its own alone.
ALONE = (the_schedule, wagtails_schedule, the_workflow)
# The others are tried one after the other, each with pieces of its own, and everything is baked once after them.
ROUNDS = [tuple(way for way in WAYS if way not in ALONE), *((way,) for way in ALONE)]
ATTEMPTS = [attempt for ways in ROUNDS for attempt in itertools.product(ways, LACKING)]


def form_data(form):
    """Return what a browser would send for a Wagtail form, its inline rows included."""
    data = {}
    for bound in form:
        value = bound.value()
        if hasattr(value, "stream_block") or bound.name == "body":
            data |= {"body-count": "0"}
        elif value is None:
            data[bound.html_name] = ""
        elif isinstance(value, (list, tuple)) or hasattr(value, "all"):
            data[bound.html_name] = [str(getattr(one, "pk", one)) for one in value]
        elif value is not False:
            data[bound.html_name] = str(value)
    for formset in form.formsets.values():
        data |= {f"{formset.prefix}-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
        data[f"{formset.prefix}-MAX_NUM_FORMS"] = 1000
    return data


def test_there_are_a_hundred_attempts_and_more():
    assert len(ATTEMPTS) == len(WAYS) * len(LACKING) >= 100


def bake_all():
    Job.objects.filter(task="publishing.bake_everything").delete()  # the last line does it
    run_all_jobs()
    bake_everything(now=timezone.now())


def readers_see(word):
    """Return the files below the site that hold a word, compressed ones left out."""
    return [str(file) for file in files_of_readers() if word.encode() in file.read_bytes()]


def files_of_readers():
    return (
        file for file in settings.HOME.site.rglob("*") if file.is_file() and file.suffix not in {".gz", ".br"}
    )


@pytest.mark.parametrize("ways", ROUNDS, ids=lambda ways: ways[0].__name__)
def test_what_is_not_cleared_reaches_no_reader(ways):
    neighbour = published(an_exclusive(headline="A cleared neighbour"))
    words = {}
    for way, lacking in itertools.product(ways, LACKING):
        article = lacking()
        word = f"Contraband{next(number):04}"
        article.headline = word
        article.save()
        words[word] = (way.__name__, lacking.__name__)
        was_refused = False
        try:
            way(article)
        except (NotCleared, OnlyThroughTheGate):
            was_refused = True
        stands_live = models.QuerySet(Article).filter(headline=word, live=True).exists()
        assert way in PAST_THE_GATE or was_refused or not stands_live, words[word]
    bake_all()
    seen = b"\0".join(file.read_bytes() for file in files_of_readers())
    assert b"A cleared neighbour" in seen, "the baker was not at work"
    assert BakedFile.objects.filter(piece=neighbour.uid, status=200).exists()
    assert [told for word, told in words.items() if word.encode() in seen] == []


def test_the_same_ways_put_out_what_is_cleared():
    welcome = {}
    for way in (our_verb, its_revision, wagtails_action, saving_it_live, wagtails_schedule, wagtails_api):
        article = an_exclusive(headline=f"Welcome{next(number):04}", section=desk())
        way(article)
        welcome[article.headline] = way.__name__
    bake_all()
    assert [told for word, told in welcome.items() if not readers_see(word)] == []


def test_taking_the_gate_away_is_noticed(monkeypatch):
    """Without the gate a piece that nobody cleared would be out: these tests would fail."""
    article = no_permission()
    article.headline = "Contraband0"
    article.save()
    monkeypatch.setattr(gate, "REQUIRED", ())
    our_verb(article)
    bake_all()
    assert readers_see("Contraband0")


def test_the_baker_takes_down_what_is_no_longer_cleared():
    article = published(a_translation(headline="Cleared yesterday"))
    bake_all()
    assert readers_see("Cleared yesterday")
    name = file_of(article.get_absolute_url())
    revoke(permission=article.permission, reason="It ended", by=None, now=NOW)
    bake_all()
    # Its addresses say that it is no longer here; nothing else tells of it.
    seen = {str(Path(file).relative_to(settings.HOME.site)) for file in readers_see("Cleared yesterday")}
    assert name in seen
    assert seen <= {name, f"lite/{name}"}
    assert {store().status_of(one) for one in seen} == {410}


def test_a_refused_schedule_keeps_nobody_else_waiting_and_is_told_on_the_article():
    bad, good = no_permission(), an_exclusive()
    for article in (bad, good):
        article.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    went_out = publish_due(now=timezone.now())
    assert [article.pk for article in went_out] == [good.pk]
    bad.refresh_from_db()
    assert "permission" in bad.trouble
    assert publish_due(now=timezone.now()) == []


def test_every_model_that_readers_see_live_passes_a_gate():
    """A second model with a `live` column would be a second way out."""
    from wagtail.models import DraftStateMixin, Page

    live = {
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    }
    assert live == {Article}


def test_the_gate_sees_pieces_as_they_will_be_and_not_as_they_were():
    article = SimpleNamespace(kept=published(a_translation()))
    draft = article.kept
    draft.credits = [credit for credit in draft.credits.all() if credit.role != "translator"]
    revision = draft.save_revision()
    with pytest.raises(NotCleared):
        revision.publish()
